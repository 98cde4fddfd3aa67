//! Periods of several months: where they end, the sum of their months, and how much of a period is in the term.

use crate::calendar::{Month, Period};
use crate::ledger::{NoticeKind, StepKind};
use crate::program::{Comparison, Fold, NodeId, NoticePlan, Op, Piece, SeriesId, WindowMonths};
use crate::quantity::{Exact, Type};
use crate::syntax::tree::Every;
use crate::text::Span;
use crate::typing::Context;

use super::award::ends;

/// A value for the term's first period, one for its last, and one for all in between.
struct ByPeriod {
    first: Exact,
    /// The last month of the first period.
    first_until: Month,
    last: Exact,
    /// The first month of the last period.
    last_from: Month,
    between: Exact,
}

/// The name of the period.
pub(super) fn word(every: Every) -> &'static str {
    match every {
        Every::Month => "month",
        Every::Quarter => "quarter",
        Every::ContractYear => "contract year",
        Every::CalendarYear => "calendar year",
    }
}

/// The months of the period up to this one; nothing means the month alone.
pub(super) fn window(every: Every) -> Option<WindowMonths> {
    match every {
        Every::Month => None,
        Every::Quarter => Some(WindowMonths::CalendarQuarter),
        Every::ContractYear => Some(WindowMonths::ContractYear),
        Every::CalendarYear => Some(WindowMonths::CalendarYear),
    }
}

/// The sum of the node's values over the period up to this month.
pub(super) fn sum_so_far(cx: &mut Context<'_>, every: Every, node: NodeId, span: Span) -> NodeId {
    let Some(months) = window(every) else {
        return node;
    };
    let kind = cx
        .graph
        .get(node)
        .map_or(Type::Unknown, |node| node.kind.clone());
    let series = cx.series_of(node);
    cx.node(Op::Window(series, Fold::Sum, months), kind, span)
}

/// The amount in the last month of the period, and 0 in every other month.
pub(super) fn at_the_end(
    cx: &mut Context<'_>,
    (every, span): (Every, Span),
    amount: NodeId,
) -> (NodeId, Option<NodeId>) {
    let Some(ends) = ends(cx, every, span) else {
        return (amount, None);
    };
    let money = cx.money();
    let zero = cx.number(0, money.clone(), span);
    let amount = cx.node(Op::If(ends, amount, zero), money, span);
    (amount, Some(ends))
}

/// The part of `whole` for the months of the period that are in the term.
pub(super) fn pro_rata(
    cx: &mut Context<'_>,
    every: Every,
    whole: NodeId,
    kind: &Type,
    span: Span,
) -> NodeId {
    let Some(of) = by_period(cx, every).filter(|of| !of.is_whole()) else {
        return whole;
    };
    let months = of.node(cx, span);
    let name = format!("months of this {} within the term", word(every));
    cx.graph.label(months, StepKind::Part, name, None);
    let all = cx.graph.constant(of.between, Type::Number, span);
    let product = cx.node(Op::Multiply(whole, months), kind.clone(), span);
    cx.node(Op::Divide(product, all), kind.clone(), span)
}

/// A period that an amendment ends early.
pub(super) struct CutShort {
    /// Its last month.
    pub(super) last: Month,
    /// The number of its months, as a part month counts.
    pub(super) months: Exact,
    whole: Exact,
}

/// The period in which the text at `place` ends, if the period is not over by then.
pub(super) fn cut_short(cx: &mut Context<'_>, every: Every, place: Span) -> Option<CutShort> {
    let last = cx.keep(place, every.words())?;
    let term = cx.term?;
    let from = start(every, &term, last);
    let until = from.plus(length(every) - 1).min(Month::of(term.last));
    if last >= until {
        return None;
    }
    let first = from.max(Month::of(term.first));
    let steps = 0..=last.since(first);
    let months = steps.map(|step| cx.share_of_month(first.plus(step)));
    Some(CutShort {
        last,
        months: months.fold(Exact::zero(), |sum, one| sum.add(&one)),
        whole: Exact::from_integer(i64::from(length(every))),
    })
}

impl CutShort {
    /// The part of `whole` for its months.
    pub(super) fn share_of(
        &self,
        cx: &mut Context<'_>,
        whole: NodeId,
        kind: &Type,
        span: Span,
    ) -> NodeId {
        let months = cx.graph.constant(self.months.clone(), Type::Number, span);
        let all = cx.graph.constant(self.whole.clone(), Type::Number, span);
        let product = cx.node(Op::Multiply(whole, months), kind.clone(), span);
        cx.node(Op::Divide(product, all), kind.clone(), span)
    }
}

/// The shares of the term's first and last period if they are not whole, with their months, for messages.
pub(super) fn part_periods(cx: &Context<'_>, every: Every) -> Vec<(Exact, Exact)> {
    let Some(of) = by_period(cx, every) else {
        return Vec::new();
    };
    let mut parts = vec![of.first.clone(), of.last.clone()];
    parts.dedup();
    parts.retain(|months| *months != of.between);
    parts
        .into_iter()
        .map(|months| (of.share(&months), months))
        .collect()
}

/// Adds a notice at the end of a period for which the data has fewer months than the term.
pub(super) fn tell_short_history(
    cx: &mut Context<'_>,
    (every, span): (Every, Span),
    name: &str,
    node: NodeId,
) {
    let (Some(months), Some(of)) = (window(every), months_in_term(cx, every)) else {
        return;
    };
    let Some(ends) = ends(cx, every, span) else {
        return;
    };
    let series: SeriesId = cx.series_of(node);
    let known = cx.node(Op::MonthsIn(series, months), Type::Number, span);
    let all = of.node(cx, span);
    let fewer = cx.node(Op::Compare(Comparison::Below, known, all), Type::Flag, span);
    let when = cx.node(Op::And(Box::new([ends, fewer])), Type::Flag, span);
    cx.plan.notices.push(NoticePlan {
        kind: NoticeKind::ShortHistory,
        name: name.to_owned(),
        when,
        text: vec![
            Piece::Text("the data has ".to_owned()),
            Piece::Value(known),
            Piece::Text(" of ".to_owned()),
            Piece::Value(all),
            Piece::Text(format!(
                " months of this {}; the others count as nothing",
                word(every)
            )),
        ],
        clause: None,
        span,
    });
}

/// The first and last period of the term in months, as far as they are in the term.
fn by_period(cx: &Context<'_>, every: Every) -> Option<ByPeriod> {
    of_periods(cx, every, |month| cx.share_of_month(month))
}

/// The first and last period of the term in calendar months.
fn months_in_term(cx: &Context<'_>, every: Every) -> Option<ByPeriod> {
    of_periods(cx, every, |_| Exact::one())
}

fn of_periods(cx: &Context<'_>, every: Every, weight: impl Fn(Month) -> Exact) -> Option<ByPeriod> {
    let term = cx.term?;
    let (first, last) = (Month::of(term.first), Month::of(term.last));
    let first_until = start(every, &term, first).plus(length(every) - 1);
    let last_from = start(every, &term, last);
    let weigh = |from: Month, until: Month| {
        let (from, until) = (from.max(first), until.min(last));
        let months = (0..=until.since(from)).map(|step| weight(from.plus(step)));
        months.fold(Exact::zero(), |sum, one| sum.add(&one))
    };
    Some(ByPeriod {
        first: weigh(first, first_until),
        first_until,
        last: weigh(last_from, last),
        last_from,
        between: Exact::from_integer(i64::from(length(every))),
    })
}

fn length(every: Every) -> i32 {
    match every {
        Every::Month => 1,
        Every::Quarter => 3,
        Every::ContractYear | Every::CalendarYear => 12,
    }
}

/// The first month of the period that contains the month.
fn start(every: Every, term: &Period, month: Month) -> Month {
    match every {
        Every::Month => month,
        Every::Quarter => month.quarter_start(),
        Every::ContractYear => term.contract_year_start(month),
        Every::CalendarYear => month.year_start(),
    }
}

impl ByPeriod {
    fn is_whole(&self) -> bool {
        self.first == self.between && self.last == self.between
    }

    /// That many months as a share of a whole period.
    fn share(&self, months: &Exact) -> Exact {
        months.divide(&self.between).unwrap_or_else(Exact::one)
    }

    fn node(&self, cx: &mut Context<'_>, span: Span) -> NodeId {
        let number = |cx: &mut Context<'_>, value: &Exact| {
            cx.graph.constant(value.clone(), Type::Number, span)
        };
        let mut node = number(cx, &self.between);
        if self.last != self.between {
            let last = number(cx, &self.last);
            let since = compare_month(cx, Comparison::AtLeast, self.last_from, span);
            node = cx.node(Op::If(since, last, node), Type::Number, span);
        }
        if self.first != self.between {
            let first = number(cx, &self.first);
            let until = compare_month(cx, Comparison::AtMost, self.first_until, span);
            node = cx.node(Op::If(until, first, node), Type::Number, span);
        }
        node
    }
}

/// Whether the current month is before, is or is after that month, depending on `comparison`.
pub(super) fn compare_month(
    cx: &mut Context<'_>,
    comparison: Comparison,
    month: Month,
    span: Span,
) -> NodeId {
    let now = cx.node(Op::Month, Type::Month, span);
    let month = cx.number(i64::from(month.index()), Type::Month, span);
    cx.node(Op::Compare(comparison, now, month), Type::Flag, span)
}
