//! Which columns of the data are expected volumes rather than delivered ones.

use crate::ledger::LineKind;
use crate::model::facts::{Charge, Price, Value};
use crate::program::{NodeId, SlotId};
use crate::quantity::Type;

use super::subject::Subject;

/// The conditions under which a service level, or points, are excused.
pub fn excuses<'c>(subject: &Subject<'c>) -> Vec<&'c Value> {
    let levels = subject.levels().flat_map(|level| &level.excused);
    let points = subject.points().flat_map(|points| &points.excused);
    levels
        .chain(points)
        .map(|excuse| &excuse.condition)
        .collect()
}

/// The columns with expected volumes: those that change credits, bonuses or adjustments but that no KPI measures and no
/// charge prices, and those from which a forecast is billed in advance.
pub fn columns(subject: &Subject<'_>) -> Vec<SlotId> {
    let lines = |wanted: fn(LineKind) -> bool| -> Vec<NodeId> {
        let all = subject.contract.plan.lines.iter();
        all.filter(|line| wanted(line.kind))
            .map(|line| line.amount)
            .collect()
    };
    let charged = |kind: LineKind| kind == LineKind::Charge;
    let moved = |kind: LineKind| {
        matches!(
            kind,
            LineKind::Credit | LineKind::Bonus | LineKind::Adjustment
        )
    };
    let metrics = subject.contract.metrics.iter();
    let mut known: Vec<NodeId> = metrics.flat_map(|metric| metric.nodes.clone()).collect();
    known.extend(lines(charged));
    let known = subject.flow.columns(&known);
    let mut columns = subject.flow.columns(&lines(moved));
    columns.retain(|slot| !known.contains(slot) && is_volume(subject, *slot));
    for advance in subject
        .charges()
        .filter_map(|charge| charge.advance.as_ref())
    {
        let nodes = subject.values_of(&advance.forecast);
        columns.extend(subject.flow.columns(&nodes));
    }
    columns
}

/// Whether a column counts something other than money.
#[must_use]
pub fn is_volume(subject: &Subject<'_>, slot: SlotId) -> bool {
    let slots = &subject.contract.plan.slots;
    slots.get(slot.0 as usize).is_some_and(|slot| {
        matches!(slot.kind, Type::Quantity(_))
            && slot.kind.unit().is_some_and(|unit| !unit.has_currency())
    })
}

/// Whether a charge is priced for a baseline of units.
#[must_use]
pub fn has_baseline(subject: &Subject<'_>) -> bool {
    let mut prices = subject.charges().flat_map(Charge::prices);
    prices.any(|(_, price)| matches!(price, Price::Baseline(_)))
}
