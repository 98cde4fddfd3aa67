//! What several questions share.

use crate::model::facts::{AwardKind, Head, PartnershipKind};
use std::rc::Rc;

use crate::ledger::Statement;
use crate::model::PartnershipFact;
use crate::model::facts::KpiKind;
use crate::program::{NodeId, SlotId};
use crate::quantity::Exact;
use crate::text::Span;

use super::samples::{at, end};
use super::subject::Subject;

/// The first statement of that form in the clauses about measurement.
pub fn measurement<'c>(subject: &Subject<'c>, form: &str) -> Option<&'c PartnershipFact> {
    let mut facts = subject
        .partnership(PartnershipKind::Measurement)
        .flat_map(|clause| &clause.facts);
    facts.find(|fact| fact.form == form)
}

/// The total of the example month, as the beginning of another sentence: `in the contract's example month, 2026-02,
/// that is 51 200.00 EUR`.
pub fn of_the_month(subject: &Subject<'_>, what: &str) -> Option<String> {
    let example = subject.example.as_ref()?;
    Some(format!(
        "in the contract's example month, {}, {what} {}",
        example.month(),
        subject.money(&example.statement.total)
    ))
}

/// The invoice of the example month with every KPI at its best, and at its worst, if they differ.
pub fn best_and_worst(subject: &Subject<'_>) -> Option<(Exact, Exact)> {
    let end = |best: bool| Some(month(subject, best)?.total.clone());
    let (best, worst) = (end(true)?, end(false)?);
    (best != worst).then_some((best, worst))
}

/// The example month with every KPI that changes the pay at its best, or at its worst. Volumes do not count as KPIs
/// here.
pub fn month(subject: &Subject<'_>, best: bool) -> Option<Rc<Statement>> {
    subject.example.as_ref()?.with_values(&ends(subject, best))
}

/// Every KPI that changes the pay, at the best or worst end of what can be observed, or of the values that the contract
/// distinguishes.
pub fn ends(subject: &Subject<'_>, best: bool) -> Vec<(NodeId, Exact)> {
    let metrics = subject.contract.metrics.iter();
    metrics
        .filter(|metric| metric.kind != Some(KpiKind::Volume) && subject.is_paid(metric))
        .filter_map(|metric| Some(at(metric, &end(subject, metric, best)?)))
        .flatten()
        .collect()
}

/// How much the example month's invoice changes if the first counted figure on which a charge depends is one percent
/// higher, with the name of the figure.
pub fn of_a_hundredth<'c>(subject: &Subject<'c>) -> Option<(&'c str, Exact)> {
    let example = subject.example.as_ref()?;
    let slots = &subject.contract.plan.slots;
    subject.paid_columns().into_iter().find_map(|at| {
        let slot = slots.get(at)?;
        let id = SlotId(u32::try_from(at).ok()?);
        let more = example.cell(id)?.multiply(&Exact::from_integer(101));
        let more = more.divide(&Exact::from_integer(100))?;
        let more = if slot.whole { more.ceiling() } else { more };
        let changed = example.with_cells(&[(id, more)])?.total.clone();
        let moved = changed.subtract(&example.statement.total).abs();
        (!moved.is_zero()).then_some((slot.name.as_str(), moved))
    })
}

/// The item at a place.
pub fn item_at<'c>(subject: &Subject<'c>, place: Span) -> Option<&'c Head> {
    subject.heads().find(|item| {
        item.span.file == place.file && item.span.start <= place.start && place.end <= item.span.end
    })
}

/// Items that can take something off for a miss, with the name of their line.
pub fn credits<'c>(subject: &Subject<'c>) -> Vec<(&'c str, Span)> {
    let levels = subject.levels().filter(|level| level.credit.is_some());
    let awards = subject
        .awards()
        .filter(|award| award.kind == AwardKind::Credit);
    let mut heads: Vec<&Head> = levels.map(|level| &level.head).collect();
    heads.extend(awards.map(|award| &award.head));
    heads.sort_by_key(|head| head.id);
    heads
        .into_iter()
        .map(|head| (head.name(), head.span))
        .collect()
}

/// Names in a list: `a`, `b` and `c`.
#[must_use]
pub fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
