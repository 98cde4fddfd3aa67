//! The KPIs that can be varied one at a time.

use crate::model::facts::KpiKind;
use crate::program::{NodeId, Op, SlotId};
use crate::prove::prover::Prover;
use crate::prove::sheet::{Source, needed};
use crate::quantity::{Exact, Type};

/// A KPI, or one member of it, that is one figure of a month.
#[derive(Clone, Debug)]
pub(super) struct Kpi {
    /// Its name, with the column where it has members.
    pub(super) name: String,
    /// What it tells about.
    pub(super) kind: Option<KpiKind>,
    /// Whether a higher value is better, if that is declared.
    pub(super) higher_is_better: Option<bool>,
    /// The figure.
    pub(super) source: Source,
    /// The step on which it is measured.
    pub(super) step: Exact,
    /// What it is measured in.
    pub(super) value_type: Type,
}

/// Kinds of KPI that say how good the work was.
const QUALITY: [KpiKind; 9] = [
    KpiKind::Satisfaction,
    KpiKind::Effort,
    KpiKind::Loyalty,
    KpiKind::Resolution,
    KpiKind::Quality,
    KpiKind::Timeliness,
    KpiKind::Abandonment,
    KpiKind::Accuracy,
    KpiKind::Compliance,
];

/// Kinds of KPI that say how content customers are.
const SATISFACTION: [KpiKind; 3] = [KpiKind::Satisfaction, KpiKind::Effort, KpiKind::Loyalty];

impl Kpi {
    /// Whether it says how good the work was.
    pub(super) fn is_quality(&self) -> bool {
        self.kind
            .is_some_and(|kind| QUALITY.contains(&kind) || kind == KpiKind::Availability)
    }

    /// Whether it says how content customers are.
    pub(super) fn is_satisfaction(&self) -> bool {
        self.kind.is_some_and(|kind| SATISFACTION.contains(&kind))
    }
}

/// The KPIs on which the total depends, those of libraries included.
pub(super) fn paid(prover: &Prover<'_>) -> Vec<Kpi> {
    let total: Vec<NodeId> = prover.program.plan.total.into_iter().collect();
    let reads = needed(prover.program, &total);
    let mut found: Vec<Kpi> = Vec::new();
    for metric in &prover.contract.metrics {
        let facts = metric
            .item
            .and_then(|item| prover.contract.facts.metric(item));
        let stated = facts
            .and_then(|facts| facts.step.as_ref())
            .and_then(|step| step.fixed().cloned());
        for node in &metric.nodes {
            let Some(place) = prover.node(*node) else {
                continue;
            };
            let Some(source) = prover.source_of(place) else {
                continue;
            };
            let is_read = reads.get(place.0 as usize).copied().unwrap_or(false);
            if !is_read || found.iter().any(|known| known.source == source) {
                continue;
            }
            let Some(step) = stated
                .clone()
                .filter(|step| !step.is_zero())
                .or_else(|| prover.shown_step(source))
            else {
                continue;
            };
            found.push(Kpi {
                name: named(prover, &metric.name, metric.nodes.len(), source),
                kind: metric.kind,
                higher_is_better: metric.higher_is_better,
                source,
                step,
                value_type: metric.value_type.clone(),
            });
        }
    }
    found.extend(unnamed(prover, &reads, &found));
    found
}

/// Shares, marks and durations that are reported and that no metric stands for: what they decide is decided by a KPI without
/// that name.
fn unnamed(prover: &Prover<'_>, reads: &[bool], known: &[Kpi]) -> Vec<Kpi> {
    let nodes = prover.program.nodes.iter().zip(reads);
    let mut slots: Vec<SlotId> = nodes
        .filter(|(_, is_read)| **is_read)
        .filter_map(|(node, _)| match node.op {
            Op::Input(slot) => Some(slot),
            _ => None,
        })
        .collect();
    slots.sort_unstable();
    slots.dedup();
    let mut found = Vec::new();
    for slot in slots {
        let source = Source::Column(slot);
        let Some(plan) = prover.program.plan.slots.get(slot.0 as usize) else {
            continue;
        };
        let is_measure = match &plan.kind {
            Type::Percent | Type::Score => true,
            Type::Quantity(unit) => unit.as_base().is_some_and(|base| base.seconds().is_some()),
            _ => false,
        };
        let is_hidden = prover.space.ratios.values().any(|ratio| ratio.slot == slot);
        if !is_measure
            || is_hidden
            || known.iter().any(|kpi| kpi.source == source)
            || is_charged(prover, slot)
        {
            continue;
        }
        let Some(step) = prover.shown_step(source) else {
            continue;
        };
        found.push(Kpi {
            name: plan.name.clone(),
            kind: None,
            higher_is_better: None,
            source,
            step,
            value_type: plan.kind.clone(),
        });
    }
    found
}

/// Whether a charge is computed from a column.
fn is_charged(prover: &Prover<'_>, slot: SlotId) -> bool {
    let reads = needed(
        prover.program,
        &prover.amounts(crate::ledger::LineKind::Charge),
    );
    let mut nodes = prover.program.nodes.iter().zip(reads);
    nodes.any(|(node, is_read)| is_read && node.op == Op::Input(slot))
}

fn named(prover: &Prover<'_>, name: &str, members: usize, source: Source) -> String {
    if members < 2 {
        return name.to_owned();
    }
    let slot = match source {
        Source::Column(slot) => Some(slot),
        Source::Ratio(node) => prover.space.ratios.get(&node).map(|ratio| ratio.slot),
        _ => None,
    };
    let slot = slot.and_then(|slot| prover.program.plan.slots.get(slot.0 as usize));
    match slot.and_then(|slot| slot.member.as_ref()) {
        Some(member) => format!("{name}.{member}"),
        None => name.to_owned(),
    }
}

/// The KPIs that the total reads and that no single figure is: their names.
pub(super) fn composed(prover: &Prover<'_>) -> Vec<String> {
    let total: Vec<NodeId> = prover.program.plan.total.into_iter().collect();
    let reads = needed(prover.program, &total);
    let metrics = prover.contract.metrics.iter();
    metrics
        .filter(|metric| {
            metric.nodes.iter().any(|node| {
                prover.node(*node).is_some_and(|place| {
                    reads.get(place.0 as usize).copied().unwrap_or(false)
                        && prover.source_of(place).is_none()
                })
            })
        })
        .map(|metric| metric.name.clone())
        .collect()
}

/// The best or the worst value of a KPI.
pub(super) fn end(prover: &Prover<'_>, kpi: &Kpi, best: bool) -> Option<Exact> {
    let range = match kpi.source {
        Source::Column(slot) => prover.space.columns.get(slot.0 as usize)?.range.clone(),
        Source::Ratio(node) => prover.space.ratios.get(&node)?.range.clone(),
        _ => return None,
    };
    if kpi.higher_is_better? == best {
        range.high
    } else {
        range.low
    }
}

/// The columns that a charge reads and no KPI is: the volumes.
pub(super) fn volumes(prover: &Prover<'_>) -> Vec<(String, Source, Exact)> {
    let charges = prover.amounts(crate::ledger::LineKind::Charge);
    let reads = needed(prover.program, &charges);
    let kpis: Vec<Source> = paid(prover).into_iter().map(|kpi| kpi.source).collect();
    let nodes = prover.program.nodes.iter().zip(reads);
    let mut found = Vec::new();
    for (node, is_read) in nodes {
        let Op::Input(slot) = node.op else { continue };
        let source = Source::Column(slot);
        let Some(plan) = prover.program.plan.slots.get(slot.0 as usize) else {
            continue;
        };
        let counts = matches!(plan.kind, Type::Quantity(_)) && plan.kind.currency().is_none();
        if !is_read
            || !counts
            || kpis.contains(&source)
            || found.iter().any(|(_, known, _)| *known == source)
        {
            continue;
        }
        let column = prover.space.columns.get(slot.0 as usize);
        let step = column
            .and_then(|column| column.step.clone())
            .unwrap_or_else(Exact::one);
        found.push((plan.name.clone(), source, step));
    }
    found
}
