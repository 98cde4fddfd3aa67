//! Which columns of the data are expected volumes, not delivered ones.

use crate::ledger::LineKind;
use crate::program::{NodeId, SlotId};
use crate::quantity::Type;
use crate::syntax::tree::{Expr, ItemKind, PointsStatement, SlStatement};
use crate::syntax::tree::{Price, Pricing};

use super::subject::Subject;

/// The conditions under which a service level, or points, are excused.
pub fn excuses<'c>(subject: &Subject<'c>) -> Vec<&'c Expr> {
    let mut found = Vec::new();
    for item in subject.items() {
        match &item.kind {
            ItemKind::ServiceLevel(level) => {
                found.extend(level.statements.iter().filter_map(|one| match one {
                    SlStatement::ExcusedWhen(condition, ..) => Some(condition),
                    _ => None,
                }));
            }
            ItemKind::Points(points) => {
                found.extend(points.statements.iter().filter_map(|one| match one {
                    PointsStatement::ExcusedWhen(condition, _) => Some(condition),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    found
}

/// Volumes that change credits, bonuses or adjustments, and that no KPI measures and no charge prices: expected
/// volumes.
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
    for item in subject.items() {
        if let ItemKind::Charge(charge) = &item.kind
            && let Some(advance) = &charge.advance
        {
            let nodes = subject.values_of(&advance.forecast);
            columns.extend(subject.flow.columns(&nodes));
        }
    }
    columns
}

/// Whether a column counts something, and not money.
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
    subject.items().any(|item| match &item.kind {
        ItemKind::Charge(charge) => match &charge.pricing {
            Pricing::For(_, price) => matches!(price, Price::Baseline(_)),
            Pricing::Card(_, arms) => arms
                .iter()
                .any(|arm| matches!(arm.price, Price::Baseline(_))),
            Pricing::Amount(_) | Pricing::AtCost(_) => false,
        },
        _ => false,
    })
}
