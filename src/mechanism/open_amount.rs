//! Amounts that are open at the end of a month. They arose in it or earlier, and are settled later.
//!
//! What is open is a fact of the month (`program::Fact`), so that it continues when an amendment changes the text that
//! settles it. If the next text no longer keeps it open, the last month under the old text settles it, as the last
//! month of the term would.

use crate::calendar::Month;
use crate::ledger::StepKind;
use crate::program::{Before, Comparison, EveryMonth, Fold, NodeId, Op, SeriesId, WindowMonths};
use crate::quantity::Type;
use crate::text::Span;
use crate::typing::Context;

/// An amount that stays open beyond the end of a month.
pub(super) struct OpenAmount {
    /// The amount that earlier months left open.
    pub(super) before: NodeId,
    series: SeriesId,
    place: Span,
    what: String,
}

impl OpenAmount {
    /// The amount that the item at `place` keeps open under that name. Nothing is open before the first month.
    pub(super) fn new(cx: &mut Context<'_>, place: Span, what: &str, kind: &Type) -> Self {
        let series = cx.new_series();
        let zero = cx.number(0, kind.clone(), place);
        let before = cx.node(Op::Previous(series, Some(zero)), kind.clone(), place);
        Self {
            before,
            series,
            place,
            what: what.to_owned(),
        }
    }

    /// Sets what is open at the end of this month. In a month whose text does not keep it open, nothing is.
    pub(super) fn leave(&self, cx: &mut Context<'_>, left: NodeId) {
        self.bind(cx, left, Before::Zero);
    }

    /// The same for what can be open even without a text for it, because it follows from other facts.
    pub(super) fn leave_by_facts(&self, cx: &mut Context<'_>, left: NodeId) {
        self.bind(cx, left, Before::Computed);
    }

    fn bind(&self, cx: &mut Context<'_>, left: NodeId, before: Before) {
        let left = cx.fact(self.place, &self.what, left, before);
        cx.graph.bind_series(self.series, left);
    }
}

/// The open part of an amount that is settled at the end of a period, including this month's own part. The end leaves
/// nothing open. If no other text can have left anything, this is the sum of the period's months. Otherwise what was
/// open before this month is also returned.
pub(super) fn open_until(
    cx: &mut Context<'_>,
    (place, what): (Span, &str),
    own: NodeId,
    (months, ends): (WindowMonths, NodeId),
) -> (NodeId, Option<NodeId>) {
    let kind = cx
        .graph
        .get(own)
        .map_or(Type::Unknown, |own| own.kind.clone());
    if !cx.lineages.is_amended() {
        let series = cx.series_of(own);
        let all = cx.node(Op::Window(series, Fold::Sum, months), kind, place);
        return (all, None);
    }
    let open = OpenAmount::new(cx, place, what, &kind);
    let words = format!("{what}, from earlier months");
    cx.graph.label(open.before, StepKind::Part, words, None);
    let all = cx.sum(vec![open.before, own], kind.clone(), place);
    let zero = cx.number(0, kind.clone(), place);
    let left = cx.node(Op::If(ends, zero, all), kind, place);
    open.leave(cx, left);
    (all, Some(open.before))
}

/// Whether this is the last month in which what the item at `place` keeps open can be settled: the last month of the
/// term, or under a text if the next version no longer keeps it.
pub(super) fn is_last_month(cx: &mut Context<'_>, place: Span, what: &str) -> NodeId {
    let end = cx.node(Op::Ends(EveryMonth::TermEnd), Type::Flag, place);
    or_last_month(cx, place, what, end)
}

/// `end`, or the last month under a text if the next version no longer keeps it.
pub(super) fn or_last_month(cx: &mut Context<'_>, place: Span, what: &str, end: NodeId) -> NodeId {
    let last = cx.keep(place, what);
    or_month(cx, place, last, end)
}

/// `end`, or that month.
pub(super) fn or_month(
    cx: &mut Context<'_>,
    place: Span,
    month: Option<Month>,
    end: NodeId,
) -> NodeId {
    let Some(last) = month else {
        return end;
    };
    let now = cx.node(Op::Month, Type::Month, place);
    let last = cx.number(i64::from(last.index()), Type::Month, place);
    let is_last = cx.node(Op::Compare(Comparison::Is, now, last), Type::Flag, place);
    cx.node(Op::Or(Box::new([end, is_last])), Type::Flag, place)
}

/// Whether the period of the item at `place` is settled in this month, as a fact. A run counts what was settled, in any
/// period. Nothing if every month is settled and no other text can have said otherwise.
pub(super) fn settled_as_fact(
    cx: &mut Context<'_>,
    settled: Option<NodeId>,
    place: Span,
) -> Option<NodeId> {
    if !cx.lineages.is_amended() {
        return settled;
    }
    let settled = settled.unwrap_or_else(|| cx.number(1, Type::Flag, place));
    Some(cx.fact(place, "settled", settled, Before::Zero))
}
