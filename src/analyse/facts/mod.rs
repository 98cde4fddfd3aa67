//! What the parties agreed, from the items of a contract that has been understood: one place for each kind of clause.

mod bounds;
mod charges;
mod consequences;
mod frame;
mod index;
mod levels;
mod measures;
mod reader;

use crate::model::MetricFacts;
use crate::model::facts::{Dimension, Facts, Head, Metric};
use crate::syntax::tree::{Item, ItemKind, ShareItem};
use crate::typing::Context;

use super::records;
use reader::Reader;

/// The facts of a contract. `own` is how many of the items are its own; `metrics` are its metrics as they were computed.
pub(super) fn of(
    cx: &Context<'_>,
    items: &[&Item],
    own: usize,
    records: &records::Read,
    metrics: &mut [MetricFacts],
) -> Facts {
    let reader = Reader::new(cx, items, own, records);
    let mut facts = Facts {
        dimensions: dimensions(cx),
        service: records.service.clone(),
        ..Facts::default()
    };
    for (item, head) in reader.heads() {
        clause(&reader, &mut facts, item, head);
    }
    for metric in &mut facts.metrics {
        computed(&reader, metric, metrics);
    }
    facts.heads = reader.heads().map(|(_, head)| head).collect();
    facts
}

fn dimensions(cx: &Context<'_>) -> Vec<Dimension> {
    let all = cx.dimensions.iter().map(|dimension| Dimension {
        name: dimension.name.clone(),
        members: dimension.members.clone(),
        span: dimension.span,
    });
    all.collect()
}

/// Adds what a clause says.
fn clause(reader: &Reader<'_>, facts: &mut Facts, item: &Item, head: Head) {
    match &item.kind {
        ItemKind::Customer(_)
        | ItemKind::Supplier(_)
        | ItemKind::Currency(_)
        | ItemKind::Term(_)
        | ItemKind::Invoice(_)
        | ItemKind::Round(_)
        | ItemKind::PartMonths(_)
        | ItemKind::Language(_) => frame::add(reader, &mut facts.frame, item, head),
        ItemKind::Unit(unit) => facts.units.push(frame::unit(unit, head)),
        ItemKind::Objective(one) => facts
            .objectives
            .push(measures::objective(reader, one, head)),
        ItemKind::Records(one) => facts.records.extend(measures::records(reader, one, head)),
        ItemKind::Input(one) => facts.inputs.push(measures::input(reader, one, head)),
        ItemKind::Metric(one) => facts.metrics.push(measures::metric(reader, one, head)),
        ItemKind::Let(one) => facts
            .definitions
            .push(measures::definition(reader, one, head)),
        ItemKind::Charge(one) => facts.charges.push(charges::charge(reader, one, head)),
        ItemKind::Scorecard(one) => {
            facts
                .scorecards
                .push(consequences::scorecard(reader, one, head));
        }
        ItemKind::Adjust(one) => {
            facts
                .adjustments
                .push(consequences::adjustment(reader, one, head));
        }
        ItemKind::ServiceLevel(one) => facts.levels.push(levels::level(reader, one, head)),
        ItemKind::Points(one) => facts.points.push(levels::points(reader, one, head)),
        ItemKind::AtRisk(one) => facts.pools.push(bounds::at_risk(reader, one, head)),
        ItemKind::Award(one) => facts.awards.push(consequences::award(reader, one, head)),
        ItemKind::Limit(one) => facts.limits.push(bounds::limit(reader, one, head)),
        ItemKind::Floor(one) => facts.floors.push(bounds::floor(reader, one, head)),
        ItemKind::Commitment(one) => facts
            .commitments
            .push(bounds::commitment(reader, one, head)),
        ItemKind::Holdback(one) => facts.holdbacks.push(bounds::holdback(reader, one, head)),
        ItemKind::Index(one) => facts.indices.push(index::index(reader, one, head)),
        ItemKind::Share(share) => match share.as_ref() {
            ShareItem::Currency(one) => {
                facts
                    .currency_shares
                    .push(consequences::currency(reader, one, head));
            }
            ShareItem::Gain(one) => {
                facts
                    .gain_shares
                    .push(consequences::gain(reader, one, head));
            }
        },
        ItemKind::Applied(one) => facts.applied.push(consequences::applied(one, head)),
        ItemKind::Small(one) => facts.small.push(consequences::small(reader, one, head)),
        ItemKind::Only(one) => facts.only.push(consequences::only(reader, one, head)),
        ItemKind::Tax(one) => facts.taxes.push(consequences::tax(reader, one, head)),
        ItemKind::Notice(one) => facts.notices.push(consequences::notice(reader, one, head)),
        // Dimensions have been collected where they are declared, by inputs as well; the others have facts of their own.
        ItemKind::Dimension(_) | ItemKind::Partnership(_) | ItemKind::Scenario(_) => {}
    }
}

/// Adds what the computation of a metric gave; nothing for one that could not be read.
fn computed(reader: &Reader<'_>, metric: &mut Metric, metrics: &mut [MetricFacts]) {
    let mut all = metrics.iter_mut();
    if let Some(measured) = all.find(|measured| measured.span == metric.head.place()) {
        measured.item = Some(metric.head.id);
        metric.value_type = measured.value_type.clone();
        metric.nodes = measured.nodes.clone();
        metric.inputs = reader.inputs(&reader.cx.graph.columns(&measured.nodes));
    }
}
