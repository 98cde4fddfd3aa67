//! Limits: several deductions together are limited to an amount, and cut in proportion, by largest remainders.
//!
//! A limit over several months allows what the earlier months of its period have left of it. A month of the period that
//! could not be computed stops the later ones, because what it used is unknown.

mod excess;
mod whole;

use crate::diagnostic::Diagnostic;
use crate::ledger::{NoticeKind, StepKind};
use crate::program::{
    Before, Cause, Comparison, CutPlan, Fold, NodeId, NoticePlan, Op, Piece, SeriesId, WindowMonths,
};
use crate::quantity::{Rounding, RoundingMode, Type};
use crate::syntax::tree::{Every, Limit, LimitPeriod, LimitSubject, RoundScope, Terminate, Text};
use crate::text::{FileId, Span};
use crate::typing::{Context, ContractRounding, Typed};

use super::amounts::amount_over;
use super::award::above_zero;
use super::period::window;
use super::{Deduction, DeductionKind, Worksheet};

/// The most parts that are made to add up to one amount. Each is compared with all others.
pub(super) const MOST_PARTS: usize = 1_000;

/// Reads a limit and cuts the deductions that it names. Limits apply one after another, in the order of the text.
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
    cx.item = "limit".to_owned();
    let cap = cx.expression(&limit.to);
    let Some(period) = period(cx, &limit.period) else {
        return;
    };
    let cap = amount_over(cx, cap, "a limit", period.so_far());
    // If everything that it limits was removed, what it carries or still has to make up is still open.
    if cap.is_unknown() || chosen.is_empty() && !cx.lineages.is_amended() {
        return;
    }
    let parts: Vec<NodeId> = chosen
        .iter()
        .filter_map(|at| sheet.deductions.get(*at))
        .map(|part| part.held)
        .collect();
    let money = cx.money();
    let sum = cx.sum(parts.clone(), money.clone(), span);
    let used = cx.new_series();
    let (room, before) = room(cx, &cap, period, used, span);
    // If there is nothing to limit, the limit need not be known.
    let arises = above_zero(cx, sum, span);
    let allowed = cx.node(Op::Min(Box::new([sum, room])), money.clone(), span);
    let allowed = cx.node(Op::If(arises, allowed, sum), money.clone(), span);
    cx.graph.label(
        allowed,
        StepKind::Limit,
        cx.quote(span),
        clause.map(|clause| clause.text.clone()),
    );
    let above = cx.node(Op::Compare(Comparison::Above, sum, room), Type::Flag, span);
    let reached = Op::And(Box::new([arises, above]));
    let reached = cx.node(reached, Type::Flag, span);
    let words = format!("{} {}", cx.quote(limit.to.span), period.words());
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
    let held = Held {
        sum,
        room,
        allowed,
        words: &words,
        clause,
        span,
    };
    held.terminate(cx, limit.terminate.as_ref());
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
            .help("limit fewer of them together, for example each group of services separately"),
        );
        return;
    }
    let scaled = scaled(cx, &parts, sum, allowed, span);
    for (index, at) in chosen.iter().enumerate() {
        let Some(own) = parts.get(index).copied() else {
            continue;
        };
        // An amount of 0 stays 0, whatever the limit and its other subjects are.
        let arises = above_zero(cx, own, span);
        let reached = Op::And(Box::new([arises, reached]));
        let reached = cx.node(reached, Type::Flag, span);
        let after = cut(cx, &parts, &scaled, index, allowed, reached, span);
        if let Some(part) = sheet.deductions.get_mut(*at) {
            apply(cx, part, after, reached, &words, clause, span);
        }
    }
    let carried = excess::carry(cx, sheet, limit, &chosen, &held)
        .or_else(|| whole::make_up(cx, sheet, limit, &chosen, &held, period));
    let all_used = match carried {
        Some(carried) => cx.sum(vec![allowed, carried], money.clone(), span),
        None => allowed,
    };
    sheet.usages.push(Usage {
        series: used,
        in_month: all_used,
        before,
        subjects: chosen,
        kinds: limit.subjects.iter().filter_map(kind_of_all).collect(),
        span,
    });
}

/// The amount that a limit allowed in a month, for the later months of its period.
#[derive(Clone, Debug)]
pub struct Usage {
    series: SeriesId,
    in_month: NodeId,
    /// The amount that it allowed in all earlier months, if this is kept as a running sum.
    before: Option<NodeId>,
    /// The deductions that it limits, by position.
    subjects: Vec<usize>,
    /// The kinds for which it limits all deductions.
    kinds: Vec<DeductionKind>,
    span: Span,
}

/// Binds what the later months of each limit's period read about this one. In months whose text did not have the limit,
/// this is the amount of its subjects after the limits of that time. So it is bound after all limits.
pub(super) fn bind_usages(cx: &mut Context<'_>, sheet: &mut Worksheet, held: &[NodeId]) {
    let money = cx.money();
    let usages = std::mem::take(&mut sheet.usages);
    let all = cx
        .lineages
        .is_amended()
        .then(|| held_in_all(cx, sheet, held));
    for usage in usages {
        let mut in_month = usage.in_month;
        if let Some(all) = &all {
            let others = usage.subjects.iter().filter(|at| {
                let part = sheet.deductions.get(**at);
                part.is_some_and(|part| !usage.kinds.contains(&part.kind))
            });
            let others = others.filter_map(|at| held.get(*at).copied());
            let kinds = all.iter().filter(|(kind, _)| usage.kinds.contains(kind));
            let subjects = others.chain(kinds.map(|(_, node)| *node)).collect();
            let held = cx.sum(subjects, money.clone(), usage.span);
            in_month = cx.fact(usage.span, "used", in_month, Before::Other(held));
        }
        let all = match usage.before {
            Some(before) => cx.sum(vec![before, in_month], money.clone(), usage.span),
            None => in_month,
        };
        cx.graph.bind_series(usage.series, all);
    }
}

/// The sum of all credits, reductions and bonuses of the month after all limits, whatever items there were.
fn held_in_all(
    cx: &mut Context<'_>,
    sheet: &Worksheet,
    held: &[NodeId],
) -> Vec<(DeductionKind, NodeId)> {
    let money = cx.money();
    let stages = [
        (DeductionKind::Credit, "credits held"),
        (DeductionKind::Adjustment, "reductions held"),
        (DeductionKind::Bonus, "bonuses held"),
    ];
    stages
        .into_iter()
        .map(|(kind, stage)| {
            let parts = sheet.deductions.iter().zip(held);
            let parts = parts.filter(|(part, _)| part.kind == kind);
            let parts = parts.map(|(_, node)| *node).collect();
            let place = Span::new(FileId(0), 0, 0);
            let sum = cx.sum(parts, money.clone(), place);
            (kind, cx.stage_fact(stage, sum, place))
        })
        .collect()
}

/// The kind of deductions, if a limit's subject names all of that kind.
fn kind_of_all(subject: &LimitSubject) -> Option<DeductionKind> {
    match subject {
        LimitSubject::Credits(_) => Some(DeductionKind::Credit),
        LimitSubject::Reductions(_) => Some(DeductionKind::Adjustment),
        LimitSubject::Bonuses(_) => Some(DeductionKind::Bonus),
        LimitSubject::Named(_) => None,
    }
}

/// The months that a limit covers together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Period {
    Each(Every),
    Rolling(u32),
    Term,
}

impl Period {
    /// Its months up to this one; nothing means the month alone.
    fn so_far(self) -> Option<WindowMonths> {
        match self {
            Self::Each(every) => window(every),
            Self::Rolling(months) => Some(WindowMonths::Last(months)),
            Self::Term => Some(WindowMonths::Term),
        }
    }

    fn words(self) -> String {
        match self {
            Self::Each(Every::Month) => "each month".to_owned(),
            Self::Each(Every::Quarter) => "each quarter".to_owned(),
            Self::Each(Every::ContractYear) => "each contract year".to_owned(),
            Self::Each(Every::CalendarYear) => "each calendar year".to_owned(),
            Self::Rolling(months) => format!("each rolling {months} months"),
            Self::Term => "over the term".to_owned(),
        }
    }
}

fn period(cx: &mut Context<'_>, written: &LimitPeriod) -> Option<Period> {
    Some(match written {
        LimitPeriod::Each(every) => Period::Each(*every),
        LimitPeriod::Rolling(months) => Period::Rolling(cx.count_of_months(months)?),
        LimitPeriod::Term => Period::Term,
    })
}

/// The effect of a limit on its parts in one month.
struct Held<'l> {
    /// The parts together.
    sum: NodeId,
    /// The amount that the limit has left for this month.
    room: NodeId,
    /// The amount that it allows of the sum.
    allowed: NodeId,
    /// The limit in words.
    words: &'l str,
    clause: Option<&'l Text>,
    span: Span,
}

impl Held<'_> {
    /// As much of an open amount as there is room for. If nothing is open, the room need not be known, and if there is
    /// no room, the amount need not be known either.
    fn fitting(&self, cx: &mut Context<'_>, open: NodeId, room: NodeId) -> NodeId {
        let (money, span) = (cx.money(), self.span);
        let most = cx.node(Op::Min(Box::new([open, room])), money.clone(), span);
        let zero = cx.number(0, money.clone(), span);
        let yes = cx.number(1, Type::Flag, span);
        let any = above_zero(cx, open, span);
        let any = cx.node(Op::Recover(any, Cause::Any, yes), Type::Flag, span);
        let fits = above_zero(cx, room, span);
        let fits = cx.node(Op::And(Box::new([any, fits])), Type::Flag, span);
        cx.node(Op::If(fits, most, zero), money, span)
    }

    /// Adds a notice in a month at the limit, once this has happened as often as the contract says. Reaching the limit
    /// exactly is enough. A month that could not be computed counts as one in which the limit was not reached.
    fn terminate(&self, cx: &mut Context<'_>, terms: Option<&Terminate>) {
        if terms.is_none() && !cx.lineages.is_amended() {
            return;
        }
        let span = self.span;
        let zero = cx.number(0, cx.money(), span);
        let any = cx.node(
            Op::Compare(Comparison::Above, self.sum, zero),
            Type::Flag,
            span,
        );
        let full = cx.node(
            Op::Compare(Comparison::AtLeast, self.sum, self.room),
            Type::Flag,
            span,
        );
        let reached = cx.node(Op::And(Box::new([any, full])), Type::Flag, span);
        let reached = cx.fact(span, "reached", reached, Before::Zero);
        let Some(Terminate { failures, months }) = terms else {
            return;
        };
        let window = months.as_ref().map(|months| cx.count_of_months(months));
        let (Some(needed), Some(window)) = (cx.count_of_months(failures), lift(window)) else {
            return;
        };
        let clause = self.clause.map(|clause| clause.text.clone());
        let name = format!("at the limit of {}", self.words);
        cx.graph
            .label(reached, StepKind::Condition, name, clause.clone());
        let (count, words) = match window {
            Some(months) => {
                let no = cx.number(0, Type::Flag, span);
                let counted = cx.node(Op::Recover(reached, Cause::Any, no), Type::Number, span);
                let series = cx.series_of(counted);
                let months_back = WindowMonths::Last(months);
                let count = Op::Window(series, Fold::Sum, months_back);
                (
                    cx.node(count, Type::Number, span),
                    format!("in {months} months"),
                )
            }
            None => (
                cx.run_length(reached, None, span),
                "months in a row".to_owned(),
            ),
        };
        let threshold = cx.number(i64::from(needed), Type::Number, span);
        let often = cx.node(
            Op::Compare(Comparison::AtLeast, count, threshold),
            Type::Flag,
            span,
        );
        let when = cx.node(Op::And(Box::new([reached, often])), Type::Flag, span);
        let times = if window.is_some() { " times " } else { " " };
        cx.plan.notices.push(NoticePlan {
            kind: NoticeKind::ChronicFailure,
            name: "limit".to_owned(),
            when,
            text: vec![
                Piece::Value(count),
                Piece::Text(format!(
                    "{times}{words} at the limit of {}: the customer may terminate",
                    self.words
                )),
            ],
            clause,
            span,
        });
    }
}

/// Swaps the two layers: `Some(None)` if there is no value, and `None` if there is one that could not be read.
fn lift<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(known) => known.map(Some),
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
                            "`{}` is {}, and has no credit or bonus that could be limited",
                            path.name.text,
                            symbol.what.with_article()
                        ),
                    )
                    .and_at(symbol.span, "declared here")
                    .help(
                        "limit `credits`, `reductions`, `bonuses`, or one of them by its name; the whole invoice is \
                         limited by `maximum … each month`",
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

/// The amount left of the limit: all of it minus what earlier months of its period used. Over the term, the amount used
/// is kept as a running sum, which is also returned.
fn room(
    cx: &mut Context<'_>,
    cap: &Typed,
    period: Period,
    used: SeriesId,
    span: Span,
) -> (NodeId, Option<NodeId>) {
    let money = cx.money();
    let cap = cx.line_amount(cap.node, cap.span);
    let zero = cx.number(0, money.clone(), span);
    let earlier = match period {
        Period::Each(Every::Month) | Period::Rolling(0 | 1) => None,
        Period::Each(Every::Quarter) => Some(WindowMonths::CalendarQuarterBefore),
        Period::Each(Every::ContractYear) => Some(WindowMonths::ContractYearBefore),
        Period::Each(Every::CalendarYear) => Some(WindowMonths::CalendarYearBefore),
        Period::Rolling(months) => Some(WindowMonths::Previous(months - 1)),
        Period::Term => {
            let before = cx.node(Op::Previous(used, Some(zero)), money.clone(), span);
            let words = "used earlier in the term";
            cx.graph.label(before, StepKind::Part, words, None);
            let left = cx.node(Op::Subtract(cap, before), money.clone(), span);
            let left = whole_steps(cx, left, span);
            let room = cx.node(Op::Max(Box::new([left, zero])), money, span);
            return (room, Some(before));
        }
    };
    let left = match earlier {
        Some(months) => {
            let used = cx.node(Op::Window(used, Fold::Sum, months), money.clone(), span);
            cx.graph
                .label(used, StepKind::Part, "used earlier in the period", None);
            let left = cx.node(Op::Subtract(cap, used), money.clone(), span);
            whole_steps(cx, left, span)
        }
        None => cap,
    };
    let room = cx.node(Op::Max(Box::new([left, zero])), money, span);
    (room, None)
}

/// The amount left of a limit, in whole steps. An amendment may have made the steps longer, and parts are cut to whole
/// steps.
fn whole_steps(cx: &mut Context<'_>, left: NodeId, span: Span) -> NodeId {
    let each_line = |rounding: &ContractRounding| rounding.scope == RoundScope::EachLine;
    if !cx.lineages.is_amended() || !cx.rounding.as_ref().is_some_and(each_line) {
        return left;
    }
    let step = cx.money_step();
    let mode = RoundingMode::Floor;
    let rounding = Rounding { mode, step };
    cx.node(Op::Round(left, Box::new(rounding)), cx.money(), span)
}

/// The parts scaled so that together they make what is allowed.
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

/// The amount left of one part: its proportion, as a multiple of the rounding step.
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
