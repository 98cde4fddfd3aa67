//! The contract's example month with every KPI at one end of what can be observed.

use std::rc::Rc;

use crate::ledger::{LineKind, Statement};
use crate::program::NodeId;
use crate::quantity::Exact;

use super::subject::Subject;

/// The month with every paid KPI at its best, or at its worst; those without such an end stay as they are.
pub fn month(subject: &Subject<'_>, best: bool) -> Option<Rc<Statement>> {
    let mut values: Vec<(NodeId, Exact)> = Vec::new();
    for metric in &subject.contract.metrics {
        if !subject.is_paid(metric) || metric.kind.as_deref() == Some("volume") {
            continue;
        }
        let Some(higher) = metric.higher_is_better else {
            continue;
        };
        let end = subject.named(&metric.name).and_then(|named| {
            let end = if higher == best {
                &named.most
            } else {
                &named.least
            };
            end.clone()
        });
        if let Some(end) = end {
            values.extend(metric.nodes.iter().map(|node| (*node, end.clone())));
        }
    }
    subject.example.as_ref()?.with_values(&values)
}

/// What the lines of that kind come to: before their limits, and after them; both above 0.
#[must_use]
pub fn taken(statement: &Statement, kind: LineKind) -> (Exact, Exact) {
    let lines = statement.lines.iter().filter(|line| line.kind == kind);
    let mut sums = (Exact::zero(), Exact::zero());
    for line in lines {
        let before = line.cuts.first().map_or(&line.amount, |cut| &cut.before);
        sums = (sums.0.add(&before.abs()), sums.1.add(&line.amount.abs()));
    }
    sums
}

/// What is charged in a month before anything is taken off.
#[must_use]
pub fn charged(statement: &Statement) -> Exact {
    let lines = statement.lines.iter();
    lines
        .filter(|line| line.kind == LineKind::Charge)
        .fold(Exact::zero(), |sum, line| sum.add(&line.amount))
}
