//! Earn-back: a credit is returned, as it was deducted after limits, once the months after it are good.
//!
//! The months that follow the credit's month must all be good, as many as the contract says. A month that is not
//! good forfeits the credit; a month that does not count (excused) neither helps nor hurts. A second credit starts
//! anew, and the first is forfeited with it, because a month with a credit is not good.
//!
//! Or a share of the year's credits is returned in the last month of the year, if the year was good.

use crate::ledger::{LineKind, StepKind};
use crate::program::{Cause, Comparison, Fold, NodeId, Op, SeriesId, WindowMonths};
use crate::quantity::Type;
use crate::text::Span;
use crate::typing::{Context, Share, Typed};

use super::award::above_zero;
use super::worksheet::{LineHead, PendingTerms};
use super::{Pending, Worksheet};

/// Adds the line that returns the credit `deducted`, the amount after limits, above 0.
pub fn read(cx: &mut Context<'_>, sheet: &mut Worksheet, pending: &Pending, deducted: NodeId) {
    let span = pending.span;
    let (returned, of_the_year) = match &pending.terms {
        PendingTerms::AfterMonths {
            months,
            good,
            skipped,
        } => {
            let months = GoodMonths {
                months: *months,
                good: *good,
                skipped: *skipped,
                member: member(pending),
                span,
            };
            (after_good_months(cx, &months, deducted), None)
        }
        PendingTerms::AtYearEnd {
            year,
            earned,
            share,
        } => at_year_end(cx, (*year, *earned, share.as_ref()), deducted, pending),
    };
    let head = LineHead {
        kind: LineKind::EarnBack,
        name: pending.credit.clone(),
        title: pending.title.as_deref(),
        clause: pending.clause.as_deref(),
        span,
    };
    let mut line = head.line(cx, returned, of_the_year.as_ref());
    if of_the_year.is_some() {
        line.base_name = Some("the year's credits".to_owned());
    }
    line.shown_when = Some(above_zero(cx, line.amount, span));
    sheet.before_tax.push(line.amount);
    cx.plan.lines.push(line);
}

/// The share of what was deducted in the year, where it is earned.
fn at_year_end(
    cx: &mut Context<'_>,
    (year, earned, share): (WindowMonths, NodeId, Option<&Typed>),
    deducted: NodeId,
    pending: &Pending,
) -> (NodeId, Option<Share>) {
    let span = pending.span;
    let money = cx.money();
    let series = cx.graph.new_series(span, member(pending), false);
    cx.graph.bind_series(series, deducted);
    let sum = cx.node(Op::Window(series, Fold::Sum, year), money.clone(), span);
    cx.graph
        .label(sum, StepKind::Part, "credits deducted in the year", None);
    let back = match share {
        Some(share) => cx.node(Op::Multiply(sum, share.node), money.clone(), span),
        None => sum,
    };
    let zero = cx.number(0, money.clone(), span);
    let due = cx.node(Op::If(earned, back, zero), money.clone(), span);
    let shown = share.map(|share| Share {
        rate: share.clone(),
        base: Typed::new(sum, money, span),
    });
    (cx.line_amount(due, span), shown)
}

/// A credit that comes back once the months behind it are good.
struct GoodMonths {
    months: u32,
    good: NodeId,
    skipped: NodeId,
    member: Option<String>,
    span: Span,
}

fn after_good_months(cx: &mut Context<'_>, terms: &GoodMonths, deducted: NodeId) -> NodeId {
    let span = terms.span;
    let money = cx.money();
    let run = good_months(cx, terms);
    let needed = cx.number(i64::from(terms.months), Type::Number, span);
    let enough = cx.node(
        Op::Compare(Comparison::AtLeast, run, needed),
        Type::Flag,
        span,
    );
    let counts = cx.node(Op::Not(terms.skipped), Type::Flag, span);
    let earned = cx.node(
        Op::And(Box::new([counts, terms.good, enough])),
        Type::Flag,
        span,
    );
    let held = held_credit(cx, terms, deducted, earned);
    let zero = cx.number(0, money.clone(), span);
    cx.node(Op::If(earned, held, zero), money, span)
}

fn good_months(cx: &mut Context<'_>, terms: &GoodMonths) -> NodeId {
    let series = terms.series(cx);
    let run = cx.run_in(series, terms.good, Some(terms.skipped), terms.span);
    cx.graph
        .label(run, StepKind::Part, "good months in a row", None);
    run
}

/// The credit that still can be earned back, as it stood at the end of the month before.
fn held_credit(
    cx: &mut Context<'_>,
    terms: &GoodMonths,
    deducted: NodeId,
    earned: NodeId,
) -> NodeId {
    let span = terms.span;
    let money = cx.money();
    let series = terms.series(cx);
    let zero = cx.number(0, money.clone(), span);
    let before = cx.node(Op::Previous(series, Some(zero)), money.clone(), span);
    cx.graph.label(
        before,
        StepKind::Part,
        "credit that can be earned back",
        None,
    );
    let kept = cx.node(Op::If(terms.good, before, zero), money.clone(), span);
    let kept = cx.node(Op::If(earned, zero, kept), money.clone(), span);
    let kept = cx.node(Op::If(terms.skipped, before, kept), money.clone(), span);
    let credited = above_zero(cx, deducted, span);
    let now = cx.node(Op::If(credited, deducted, kept), money.clone(), span);
    let now = cx.node(Op::Recover(now, Cause::Any, before), money, span);
    cx.graph.bind_series(series, now);
    before
}

impl GoodMonths {
    /// A series of the credit, which may be that of one member of a dimension.
    fn series(&self, cx: &mut Context<'_>) -> SeriesId {
        cx.graph.new_series(self.span, self.member.clone(), false)
    }
}

/// The member of a dimension that the credit is for.
fn member(pending: &Pending) -> Option<String> {
    let parts = pending.credit.split_once('.');
    parts.map(|(_, member)| member.to_owned())
}
