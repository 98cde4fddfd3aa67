//! Application: the invoice on which a credit or bonus appears.
//!
//! A credit or bonus is computed, and limited, in the month in which it arises. Its line is on that month's invoice, on
//! the next one, or on the last one of a period. The last month of the term settles everything that is open. A month in
//! which the amount could not be computed has no invoice, and nor does the month whose invoice it would be on.

use crate::ledger::{LineKind, NoticeKind, StepKind};
use crate::program::EveryMonth;
use crate::program::{
    Before, Cause, Comparison, LinePlan, NodeId, NoticePlan, Op, Piece, WindowMonths,
};
use crate::quantity::Type;
use crate::syntax::tree::{Applied, AppliedItem, AwardKind, Every};
use crate::typing::Context;

use super::award::{above_zero, ends_by_date};
use super::open_amount::{OpenAmount, open_until, or_month};
use super::worksheet::LineHead;
use super::{Deduction, DeductionKind, Worksheet};

/// Reads `credits applied to the next invoice`. It applies to all that do not state an invoice themselves.
pub fn read(cx: &mut Context<'_>, sheet: &mut Worksheet, item: &AppliedItem) {
    for kind in &item.kinds {
        let kind = match kind {
            AwardKind::Credit => DeductionKind::Credit,
            AwardKind::Bonus => DeductionKind::Bonus,
        };
        match sheet.applied.iter().find(|(known, ..)| *known == kind) {
            Some((_, _, first)) => cx.stated_twice("applied", *first, item.span),
            None => sheet.applied.push((kind, item.to, item.span)),
        }
    }
}

/// The lines of one credit, bonus or adjustment, after limits. There is one, unless it is on another month's invoice.
pub(super) fn lines(
    cx: &mut Context<'_>,
    sheet: &Worksheet,
    kind: LineKind,
    part: &Deduction,
) -> Vec<LinePlan> {
    let money = cx.money();
    let amount = match part.kind {
        DeductionKind::Credit => cx.node(Op::Negate(part.amount), money, part.span),
        DeductionKind::Adjustment | DeductionKind::Bonus => part.amount,
    };
    let all = sheet.applied.iter().find(|(known, ..)| *known == part.kind);
    let applied = part.applied.or(all.map(|(_, applied, _)| *applied));
    let head = LineHead {
        kind,
        name: part.name.clone(),
        title: part.title.as_deref(),
        clause: part.clause.as_deref(),
        span: part.span,
    };
    let amounts = match applied {
        None | Some(Applied::This | Applied::LastOf(Every::Month)) => {
            let mut line = head.line(cx, amount, part.share.as_ref());
            line.cuts = part.cuts.clone();
            line.shown_when = part.shown_when;
            return vec![line];
        }
        Some(Applied::Next) => next(cx, part, amount),
        Some(Applied::LastOf(every)) => last_of(cx, part, amount, every),
    };
    let mut lines = Vec::new();
    for (amount, arose) in amounts {
        let mut line = head.line(cx, amount, None);
        line.shown_when = Some(line.amount);
        line.arose_since = arose.as_ref().and_then(|(_, since)| *since);
        line.arose = arose.map(|(months, _)| months);
        lines.push(line);
    }
    lines
}

/// The months in which an amount arose, under the text in force, and the first of them in which another text may have
/// left it open.
type Arose = (WindowMonths, Option<NodeId>);

/// The first month of what is settled. It is kept if the contract is amended, because another text may have left the
/// amount open. `before` is what earlier months left open, and `each` is set if a month settles all of it.
fn open_since(
    cx: &mut Context<'_>,
    part: &Deduction,
    before: Option<NodeId>,
    each: bool,
) -> Option<NodeId> {
    let before = before.filter(|_| cx.lineages.is_amended())?;
    let span = part.span;
    let zero = cx.number(0, cx.money(), span);
    let series = cx.new_series();
    let now = cx.node(Op::Month, Type::Month, span);
    let since = cx.node(Op::Previous(series, Some(now)), Type::Month, span);
    let nothing = cx.node(Op::Compare(Comparison::Is, before, zero), Type::Flag, span);
    let first = cx.node(Op::If(nothing, now, since), Type::Month, span);
    let first = cx.node(Op::Recover(first, Cause::Any, now), Type::Month, span);
    let left = if each { now } else { first };
    let what = format!("{} since", kept(part));
    let left = cx.fact(span, &what, left, Before::Computed);
    cx.graph.bind_series(series, left);
    Some(first)
}

/// The amount that arose in the month before and, in the term's last month, also the amount of that month.
fn next(cx: &mut Context<'_>, part: &Deduction, amount: NodeId) -> Vec<(NodeId, Option<Arose>)> {
    let (money, span) = (cx.money(), part.span);
    let open = OpenAmount::new(cx, span, &kept(part), &money);
    cx.graph.label(
        open.before,
        StepKind::Part,
        format!("{} of the month before", part.name),
        part.clause.clone(),
    );
    let end = cx.node(Op::Ends(EveryMonth::TermEnd), Type::Flag, span);
    let last = or_last_of(cx, part, end);
    tell(cx, part, last, "applied to the next invoice");
    let none = none_yet(cx, part, amount);
    let own = cx.node(Op::If(last, amount, none), money.clone(), span);
    let zero = cx.number(0, money.clone(), span);
    let left = cx.node(Op::If(last, zero, amount), money, span);
    open.leave(cx, left);
    let since = open_since(cx, part, Some(open.before), true);
    let arose = (WindowMonths::Previous(1), since);
    vec![(open.before, Some(arose)), (own, None)]
}

/// The amounts that arose in the months of the period, settled in its last month.
fn last_of(
    cx: &mut Context<'_>,
    part: &Deduction,
    amount: NodeId,
    every: Every,
) -> Vec<(NodeId, Option<Arose>)> {
    let (money, span) = (cx.money(), part.span);
    let (months, words) = match every {
        Every::Month | Every::Quarter => (WindowMonths::CalendarQuarter, "quarter"),
        Every::ContractYear => (WindowMonths::ContractYear, "contract year"),
        Every::CalendarYear => (WindowMonths::CalendarYear, "calendar year"),
    };
    let Some(end) = ends_by_date(cx, every, span) else {
        return vec![(amount, None)];
    };
    let end = or_last_of(cx, part, end);
    let none = none_yet(cx, part, amount);
    let (all, before) = open_until(cx, (span, &kept(part)), amount, (months, end));
    let all = cx.graph.alias(all, span);
    cx.graph.label(
        all,
        StepKind::Part,
        format!("{} of the {words}", part.name),
        part.clause.clone(),
    );
    tell(
        cx,
        part,
        end,
        &format!("applied to the last invoice of the {words}"),
    );
    let due = cx.node(Op::If(end, all, none), money, span);
    let since = open_since(cx, part, before, false);
    vec![(due, Some((months, since)))]
}

/// `end`, or the last month in which the text keeps the amount open. A carried amount that has found room is owed, and
/// does not lapse with the rest.
fn or_last_of(cx: &mut Context<'_>, part: &Deduction, end: NodeId) -> NodeId {
    let (span, what) = (part.span, kept(part));
    let last = if part.carried {
        cx.keep_settled(span, &what)
    } else {
        cx.keep(span, &what)
    };
    or_month(cx, span, last, end)
}

/// The name of what stays open, whatever the text says about the invoice on which it is settled.
fn kept(part: &Deduction) -> String {
    format!("{} to be applied", part.name)
}

/// Zero, but computed from the amount: a month whose amount could not be computed has no invoice, even if the amount is
/// on another one.
fn none_yet(cx: &mut Context<'_>, part: &Deduction, amount: NodeId) -> NodeId {
    let nothing = cx.number(0, Type::Number, part.span);
    let money = cx.money();
    cx.node(Op::Multiply(amount, nothing), money, part.span)
}

/// Adds a notice of an amount in its own month, if it is on a later invoice.
fn tell(cx: &mut Context<'_>, part: &Deduction, settled: NodeId, words: &str) {
    let arises = above_zero(cx, part.amount, part.span);
    let open = cx.node(Op::Not(settled), Type::Flag, part.span);
    let when = cx.node(Op::And(Box::new([open, arises])), Type::Flag, part.span);
    cx.plan.notices.push(NoticePlan {
        kind: NoticeKind::Deferred,
        name: part.name.clone(),
        when,
        text: vec![Piece::Value(part.amount), Piece::Text(format!(", {words}"))],
        clause: part.clause.clone(),
        span: part.span,
    });
}
