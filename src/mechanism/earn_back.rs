//! Earn-back: a credit is returned, as it was deducted after limits, once the months after it are good.
//!
//! The months that follow the credit's month must all be good, as many as the contract says. A month that is not
//! good forfeits the credit; a month that does not count (excused) neither helps nor hurts. A second credit starts
//! anew, and the first is forfeited with it, because a month with a credit is not good.

use crate::ledger::{LineKind, StepKind};
use crate::program::{Cause, Comparison, NodeId, Op, SeriesId};
use crate::quantity::Type;
use crate::text::Span;
use crate::typing::Context;

use super::award::above_zero;
use super::worksheet::LineHead;
use super::{Pending, Worksheet};

/// Adds the line that returns the credit `deducted`, the amount after limits, above 0.
pub fn read(cx: &mut Context<'_>, sheet: &mut Worksheet, pending: &Pending, deducted: NodeId) {
    let span = pending.span;
    let money = cx.money();
    let run = good_months(cx, pending);
    let needed = cx.number(i64::from(pending.months), Type::Number, span);
    let enough = cx.node(
        Op::Compare(Comparison::AtLeast, run, needed),
        Type::Flag,
        span,
    );
    let counts = cx.node(Op::Not(pending.skipped), Type::Flag, span);
    let earned = cx.node(
        Op::And(Box::new([counts, pending.good, enough])),
        Type::Flag,
        span,
    );
    let held = held_credit(cx, pending, deducted, earned);
    let zero = cx.number(0, money.clone(), span);
    let returned = cx.node(Op::If(earned, held, zero), money, span);
    let head = LineHead {
        kind: LineKind::EarnBack,
        name: pending.credit.clone(),
        title: pending.title.as_deref(),
        clause: pending.clause.as_deref(),
        span,
    };
    let mut line = head.line(cx, returned, None);
    line.shown_when = Some(above_zero(cx, line.amount, span));
    sheet.before_tax.push(line.amount);
    cx.plan.lines.push(line);
}

fn good_months(cx: &mut Context<'_>, pending: &Pending) -> NodeId {
    let series = series(cx, pending);
    let run = cx.run_in(series, pending.good, Some(pending.skipped), pending.span);
    cx.graph
        .label(run, StepKind::Part, "good months in a row", None);
    run
}

/// The credit that still can be earned back, as it stood at the end of the month before.
fn held_credit(
    cx: &mut Context<'_>,
    pending: &Pending,
    deducted: NodeId,
    earned: NodeId,
) -> NodeId {
    let span: Span = pending.span;
    let money = cx.money();
    let series = series(cx, pending);
    let zero = cx.number(0, money.clone(), span);
    let before = cx.node(Op::Previous(series, Some(zero)), money.clone(), span);
    cx.graph.label(
        before,
        StepKind::Part,
        "credit that can be earned back",
        None,
    );
    let kept = cx.node(Op::If(pending.good, before, zero), money.clone(), span);
    let kept = cx.node(Op::If(earned, zero, kept), money.clone(), span);
    let kept = cx.node(Op::If(pending.skipped, before, kept), money.clone(), span);
    let credited = above_zero(cx, deducted, span);
    let now = cx.node(Op::If(credited, deducted, kept), money.clone(), span);
    let now = cx.node(Op::Recover(now, Cause::Any, before), money, span);
    cx.graph.bind_series(series, now);
    before
}

/// A series of the credit, which may be that of one member of a dimension.
fn series(cx: &mut Context<'_>, pending: &Pending) -> SeriesId {
    let member = pending.credit.split_once('.');
    let member = member.map(|(_, member)| member.to_owned());
    cx.graph.new_series(pending.span, member, false)
}
