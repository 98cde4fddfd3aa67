//! Earn-back: a credit is returned, as deducted after limits, once the months after it are good.
//!
//! As many months after the month of the credit as the contract says must all be good. A month that is not good
//! forfeits the credit. A month that does not count (excused) neither helps nor hurts. A second credit starts the count
//! again and forfeits the first, because a month with a credit is not good.
//!
//! Alternatively, a share of the year's credits is returned in the last month of the year, if the year was good.

use crate::ledger::{LineKind, StepKind};
use crate::program::{Before, Cause, Comparison, Fold, NodeId, Op, WindowMonths};
use crate::quantity::Type;
use crate::text::Span;
use crate::typing::{Context, Share, Typed};

use super::award::above_zero;
use super::open_amount::OpenAmount;
use super::worksheet::{LineHead, PendingTerms};
use super::{Pending, Worksheet};

/// Adds the line that returns the credit. `deducted` is its amount after limits, as a positive number.
pub fn read(cx: &mut Context<'_>, sheet: &mut Worksheet, pending: &Pending, deducted: NodeId) {
    let span = pending.span;
    let (returned, of_the_year) = match &pending.terms {
        PendingTerms::AfterMonths {
            months,
            good,
            skipped,
        } => {
            let months = GoodMonths {
                credit: &pending.credit,
                months: *months,
                good: *good,
                skipped: *skipped,
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

/// The share of the amount deducted in the year, if it is earned.
fn at_year_end(
    cx: &mut Context<'_>,
    (year, earned, share): (WindowMonths, NodeId, Option<&Typed>),
    deducted: NodeId,
    pending: &Pending,
) -> (NodeId, Option<Share>) {
    let span = pending.span;
    let money = cx.money();
    let series = cx.series_of(deducted);
    let sum = cx.node(Op::Window(series, Fold::Sum, year), money.clone(), span);
    cx.graph
        .label(sum, StepKind::Part, "credits deducted in the year", None);
    let zero = cx.number(0, money.clone(), span);
    let mut back = match share {
        Some(share) => cx.node(Op::Multiply(sum, share.node), money.clone(), span),
        None => sum,
    };
    let already = cx.lineages.is_amended().then(|| cx.new_series());
    if let Some(already) = already {
        let before = cx.node(
            Op::Window(already, Fold::Sum, before_this_month(year)),
            money.clone(),
            span,
        );
        cx.graph
            .label(before, StepKind::Part, "earned back in the year", None);
        let left = cx.node(Op::Subtract(back, before), money.clone(), span);
        back = cx.node(Op::Max(Box::new([left, zero])), money.clone(), span);
    }
    let due = cx.node(Op::If(earned, back, zero), money.clone(), span);
    let shown = share.map(|share| Share {
        rate: share.clone(),
        base: Typed::new(sum, money, span),
    });
    let due = cx.line_amount(due, span);
    let due = cx.fact(span, &returned(&pending.credit), due, Before::Zero);
    if let Some(already) = already {
        cx.graph.bind_series(already, due);
    }
    (due, shown)
}

/// The months of the year before this one.
fn before_this_month(year: WindowMonths) -> WindowMonths {
    match year {
        WindowMonths::CalendarYear => WindowMonths::CalendarYearBefore,
        _ => WindowMonths::ContractYearBefore,
    }
}

/// The name of the fact that says how much of a credit was returned, under any text.
fn returned(credit: &str) -> String {
    format!("{credit} earned back")
}

/// A credit that comes back once the months after it are good.
struct GoodMonths<'p> {
    credit: &'p str,
    months: u32,
    good: NodeId,
    skipped: NodeId,
    span: Span,
}

fn after_good_months(cx: &mut Context<'_>, terms: &GoodMonths<'_>, deducted: NodeId) -> NodeId {
    let span = terms.span;
    let money = cx.money();
    let (run, run_before) = good_months(cx, terms, deducted);
    let needed = cx.number(i64::from(terms.months), Type::Number, span);
    let enough = cx.node(
        Op::Compare(Comparison::AtLeast, run, needed),
        Type::Flag,
        span,
    );
    let counts = cx.node(Op::Not(terms.skipped), Type::Flag, span);
    let credit = OpenAmount::new(
        cx,
        span,
        &format!("{} to be earned back", terms.credit),
        &money,
    );
    cx.graph.label(
        credit.before,
        StepKind::Part,
        "credit that can be earned back",
        None,
    );
    // Whether the month is good matters only if it could return something.
    let open = above_zero(cx, credit.before, span);
    let all_but_this = cx.number(i64::from(terms.months) - 1, Type::Number, span);
    let near = Op::Compare(Comparison::AtLeast, run_before, all_but_this);
    let near = cx.node(near, Type::Flag, span);
    let earned = Op::And(Box::new([open, near, counts, terms.good, enough]));
    let earned = cx.node(earned, Type::Flag, span);
    let zero = cx.number(0, money.clone(), span);
    let back = cx.node(Op::If(earned, credit.before, zero), money, span);
    let back = cx.fact(span, &returned(terms.credit), back, Before::Zero);
    let left = left_to_earn(cx, terms, (credit.before, back), deducted);
    credit.leave_by_facts(cx, left);
    back
}

/// The number of good months in a row up to this month, and up to the one before. A miss whose credit could not be
/// computed is passed over, and so is a month without a value.
fn good_months(cx: &mut Context<'_>, terms: &GoodMonths<'_>, deducted: NodeId) -> (NodeId, NodeId) {
    let series = cx.new_series();
    let zero = cx.number(0, cx.money(), terms.span);
    let never = Op::Compare(Comparison::Below, deducted, zero);
    let never = cx.node(never, Type::Flag, terms.span);
    let yes = cx.number(1, Type::Flag, terms.span);
    let good = cx.node(Op::If(terms.good, yes, never), Type::Flag, terms.span);
    let run = cx.run_in(series, good, Some(terms.skipped), terms.span);
    let none = cx.number(0, Type::Number, terms.span);
    let before = Op::Previous(series, Some(none));
    let before = cx.node(before, Type::Number, terms.span);
    cx.graph
        .label(run, StepKind::Part, "good months in a row", None);
    (run, before)
}

/// The credit that can still be earned back after this month: a new one, or what is left of the earlier one (`before`).
fn left_to_earn(
    cx: &mut Context<'_>,
    terms: &GoodMonths<'_>,
    (before, back): (NodeId, NodeId),
    deducted: NodeId,
) -> NodeId {
    let span = terms.span;
    let money = cx.money();
    let zero = cx.number(0, money.clone(), span);
    let left = cx.node(Op::Subtract(before, back), money.clone(), span);
    let left = cx.node(Op::Max(Box::new([left, zero])), money.clone(), span);
    let kept = cx.node(Op::If(terms.good, left, zero), money.clone(), span);
    let kept = cx.node(Op::If(terms.skipped, before, kept), money.clone(), span);
    let credited = above_zero(cx, deducted, span);
    let now = cx.node(Op::If(credited, deducted, kept), money.clone(), span);
    cx.node(Op::Recover(now, Cause::Any, before), money, span)
}
