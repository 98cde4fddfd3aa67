//! Limits: several deductions together are held to an amount, and cut in proportion by largest remainder.

use crate::diagnostic::Diagnostic;
use crate::ledger::{NoticeKind, StepKind};
use crate::program::{
    Comparison, CutPlan, Fold, NodeId, NoticePlan, Op, Piece, SeriesId, WindowMonths,
};
use crate::quantity::Type;
use crate::syntax::tree::{Every, Limit, LimitSubject, RoundScope, Text};
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::{Deduction, DeductionKind, Worksheet};

/// So many parts at the most are made to sum to one amount: each is weighed against all others.
pub(super) const MOST_PARTS: usize = 1_000;

/// Reads a limit and cuts the deductions that it names. Limits apply one after the other, in the order written.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    limit: &Limit,
    clause: Option<&Text>,
    span: Span,
) {
    let Some(chosen) = chosen(cx, sheet, limit) else {
        return;
    };
    let cap = cx.expression(&limit.to);
    let cap = cx.demand_amount(cap, "a limit");
    if cap.is_unknown() || chosen.is_empty() {
        return;
    }
    let parts: Vec<NodeId> = chosen
        .iter()
        .filter_map(|at| sheet.deductions.get(*at))
        .map(|part| part.held)
        .collect();
    let money = cx.money();
    let sum = cx.sum(parts.clone(), money.clone(), span);
    let used = cx.graph.new_series();
    let room = room(cx, &cap, limit.every, used, span);
    let allowed = cx.node(Op::Min(Box::new([sum, room])), money.clone(), span);
    cx.graph.bind_series(used, allowed);
    cx.graph.label(
        allowed,
        StepKind::Limit,
        cx.quote(span),
        clause.map(|clause| clause.text.clone()),
    );
    let reached = cx.node(Op::Compare(Comparison::Above, sum, room), Type::Flag, span);
    let words = format!("{} {}", cx.quote(limit.to.span), every_words(limit.every));
    let name = format!("limit of {words} reached");
    cx.graph.label(
        reached,
        StepKind::Limit,
        name,
        clause.map(|clause| clause.text.clone()),
    );
    for part in chosen.iter().filter_map(|at| sheet.deductions.get(*at)) {
        cx.graph.label(
            part.amount,
            StepKind::Part,
            format!("{} before the limit", part.name),
            part.clause.clone(),
        );
    }
    tell(cx, reached, sum, allowed, &words, clause, span);
    if parts.len() > MOST_PARTS {
        cx.report(
            Diagnostic::error(
                "too-many-parts",
                span,
                format!(
                    "this limit cuts {} credits or bonuses, which is more than {MOST_PARTS}",
                    parts.len()
                ),
            )
            .help("limit fewer of them together, for example each group of services on its own"),
        );
        return;
    }
    let scaled = scaled(cx, &parts, sum, allowed, span);
    for (index, at) in chosen.iter().enumerate() {
        let after = cut(cx, &parts, &scaled, index, allowed, reached, span);
        if let Some(part) = sheet.deductions.get_mut(*at) {
            apply(cx, part, after, reached, &words, clause, span);
        }
    }
}

/// The deductions that the limit names, by position.
fn chosen(cx: &mut Context<'_>, sheet: &Worksheet, limit: &Limit) -> Option<Vec<usize>> {
    let mut chosen = Vec::new();
    for subject in &limit.subjects {
        let matching = |wanted: DeductionKind| {
            let all = sheet.deductions.iter().enumerate();
            all.filter(move |(_, part)| part.kind == wanted)
                .map(|(at, _)| at)
                .collect::<Vec<_>>()
        };
        match subject {
            LimitSubject::Credits(_) => chosen.extend(matching(DeductionKind::Credit)),
            LimitSubject::Reductions(_) => chosen.extend(matching(DeductionKind::Adjustment)),
            LimitSubject::Bonuses(_) => chosen.extend(matching(DeductionKind::Bonus)),
            LimitSubject::Named(path) => {
                let symbol = cx.find(&path.name)?;
                let name = path
                    .member
                    .as_ref()
                    .map(|member| format!("{}.{}", path.name.text, member.text));
                let named: Vec<usize> = sheet
                    .deductions
                    .iter()
                    .enumerate()
                    .filter(|(_, part)| match &name {
                        Some(name) => part.name == *name,
                        None => {
                            part.item == path.name.text || sheet.is_at_risk(part, &path.name.text)
                        }
                    })
                    .map(|(at, _)| at)
                    .collect();
                if named.is_empty() {
                    let finding = Diagnostic::error(
                        "nothing-to-limit",
                        path.span,
                        format!(
                            "`{}` is {}, and has no credit or bonus that a limit could hold down",
                            path.name.text,
                            symbol.what.with_article()
                        ),
                    )
                    .and_at(symbol.span, "declared here")
                    .help(
                        "limit `credits`, `reductions`, `bonuses`, or one of them by its name; what is invoiced as a \
                         whole is held down by `maximum … each month`",
                    );
                    cx.report(finding);
                    return None;
                }
                chosen.extend(named);
            }
        }
    }
    chosen.sort_unstable();
    chosen.dedup();
    Some(chosen)
}

/// What is left of the limit: all of it, less what earlier months of its period used.
fn room(cx: &mut Context<'_>, cap: &Typed, every: Every, used: SeriesId, span: Span) -> NodeId {
    let money = cx.money();
    let cap = cx.line_amount(cap.node, cap.span);
    let before = match every {
        Every::Month => None,
        Every::Quarter => Some(WindowMonths::CalendarQuarterBefore),
        Every::ContractYear => Some(WindowMonths::ContractYearBefore),
        Every::CalendarYear => Some(WindowMonths::CalendarYearBefore),
    };
    let zero = cx.number(0, money.clone(), span);
    let left = match before {
        Some(months) => {
            let used = cx.node(Op::Window(used, Fold::Sum, months), money.clone(), span);
            cx.graph
                .label(used, StepKind::Part, "used earlier in the period", None);
            cx.node(Op::Subtract(cap, used), money.clone(), span)
        }
        None => cap,
    };
    cx.node(Op::Max(Box::new([left, zero])), money, span)
}

/// The parts in proportion to what is left of them together.
fn scaled(
    cx: &mut Context<'_>,
    parts: &[NodeId],
    sum: NodeId,
    allowed: NodeId,
    span: Span,
) -> Vec<NodeId> {
    let money = cx.money();
    let share = cx.node(Op::Divide(allowed, sum), Type::Number, span);
    parts
        .iter()
        .map(|part| cx.node(Op::Multiply(*part, share), money.clone(), span))
        .collect()
}

/// What is left of one part: in proportion, as a multiple of the rounding step.
fn cut(
    cx: &mut Context<'_>,
    parts: &[NodeId],
    scaled: &[NodeId],
    index: usize,
    allowed: NodeId,
    reached: NodeId,
    span: Span,
) -> NodeId {
    let Some(part) = parts.get(index).copied() else {
        return allowed;
    };
    if parts.len() == 1 {
        return cx.node(Op::If(reached, allowed, part), cx.money(), span);
    }
    let money = cx.money();
    let whole_cents = cx
        .rounding
        .as_ref()
        .is_some_and(|rounding| rounding.scope == RoundScope::EachLine);
    let cut = match (whole_cents, scaled.get(index)) {
        (true, _) => {
            let step = Box::new(cx.money_step());
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            cx.node(
                Op::Share {
                    parts: scaled.into(),
                    total: allowed,
                    step,
                    index,
                },
                money.clone(),
                span,
            )
        }
        (false, Some(exact)) => *exact,
        (false, None) => part,
    };
    cx.node(Op::If(reached, cut, part), money, span)
}

#[allow(clippy::too_many_arguments, reason = "one limit's effect on one part")]
fn apply(
    cx: &mut Context<'_>,
    part: &mut Deduction,
    after: NodeId,
    reached: NodeId,
    words: &str,
    clause: Option<&Text>,
    span: Span,
) {
    let money = cx.money();
    let (before_line, after_line) = match part.kind {
        DeductionKind::Adjustment => {
            let taken = cx.node(Op::Subtract(part.held, after), money.clone(), span);
            let cut = cx.node(Op::Sum(Box::new([part.amount, taken])), money.clone(), span);
            let amount = cx.node(Op::If(reached, cut, part.amount), money.clone(), span);
            let before = part.amount;
            part.amount = amount;
            (before, amount)
        }
        DeductionKind::Credit => {
            let before = cx.node(Op::Negate(part.amount), money.clone(), span);
            part.amount = after;
            (before, cx.node(Op::Negate(after), money, span))
        }
        DeductionKind::Bonus => {
            let before = part.amount;
            part.amount = after;
            (before, after)
        }
    };
    part.held = after;
    part.cuts.push(CutPlan {
        before: before_line,
        after: after_line,
        limit: words.to_owned(),
        clause: clause.map(|clause| clause.text.clone()),
    });
}

fn tell(
    cx: &mut Context<'_>,
    reached: NodeId,
    sum: NodeId,
    allowed: NodeId,
    words: &str,
    clause: Option<&Text>,
    span: Span,
) {
    let text = vec![
        Piece::Value(sum),
        Piece::Text(" cut to ".to_owned()),
        Piece::Value(allowed),
        Piece::Text(format!(" by the limit of {words}")),
    ];
    cx.plan.notices.push(NoticePlan {
        kind: NoticeKind::Limited,
        name: "limit".to_owned(),
        when: reached,
        text,
        clause: clause.map(|clause| clause.text.clone()),
        span,
    });
}

fn every_words(every: Every) -> &'static str {
    match every {
        Every::Month => "each month",
        Every::Quarter => "each quarter",
        Every::ContractYear => "each contract year",
        Every::CalendarYear => "each calendar year",
    }
}
