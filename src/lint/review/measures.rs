//! The KPIs: their targets, who measures them, and what they change.

use crate::model::MetricFacts;
use crate::model::facts::{
    Head, ItemId, KpiKind, Link, Metric, Reporter, Scorecard, ServiceLevel, Text,
};
use crate::program::Slot;
use crate::review::{Measured, Reporting};

use super::stakes;
use crate::lint::Subject;

/// The words if no reporter is named.
const NOBODY: &str = "nobody named";
/// The words if both parties report, as in the plan.
const BOTH: &str = "customer and supplier";

/// The contract's KPIs: first those that change the pay, in order of how much they change it.
pub fn measures(subject: &Subject<'_>) -> Vec<Measured> {
    let metrics = subject.contract.metrics.iter();
    let mut all: Vec<Measured> = metrics.map(|metric| measured(subject, metric)).collect();
    all.sort_by_key(|one| {
        let moves = one.moves.as_ref().map(|moves| moves.value.clone());
        std::cmp::Reverse((one.pays, moves))
    });
    all
}

fn measured(subject: &Subject<'_>, metric: &MetricFacts) -> Measured {
    let slots = slots(subject, metric);
    let declared = subject.declared(metric);
    let pays = subject.is_paid(metric);
    let text = |of: fn(&Head) -> &Option<Text>| {
        let text = declared.and_then(|declared| of(&declared.head).as_ref());
        text.map(|text| text.text.clone())
    };
    Measured {
        name: metric.name.clone(),
        title: text(|head| &head.title),
        kind: metric.kind.map(KpiKind::words),
        targets: targets(subject, metric),
        sources: sources(&slots, declared),
        reporters: named(&slots, declared),
        pays,
        moves: pays.then(|| stakes::moved_by(subject, metric)).flatten(),
        clause: text(|head| &head.clause),
    }
}

/// The targets: those of service levels, and the weights in scorecards.
fn targets(subject: &Subject<'_>, metric: &MetricFacts) -> Vec<String> {
    let facts = subject.facts();
    let is_it = |link: Option<&Link>| link.is_some_and(|link| metric.is(link));
    let mut all: Vec<(ItemId, String)> = Vec::new();
    for level in subject.levels().filter(|level| metric.is(&level.metric)) {
        all.extend(target(subject, level).map(|words| (level.head.id, words)));
    }
    for card in subject.own(&facts.scorecards) {
        let weights = weights(subject, card, metric).into_iter();
        all.extend(weights.map(|words| (card.head.id, words)));
    }
    let adjustments = subject.own(&facts.adjustments);
    for adjust in adjustments.filter(|adjust| is_it(adjust.by.name())) {
        all.push((adjust.head.id, "moves the price".to_owned()));
    }
    for points in subject.points().filter(|one| is_it(one.terms.measure())) {
        all.push((points.head.id, format!("points `{}`", points.head.name())));
    }
    for award in subject.awards().filter(|one| is_it(one.terms.measure())) {
        all.push((award.head.id, format!("`{}`", award.head.name())));
    }
    all.sort_by_key(|(id, _)| *id);
    all.into_iter().map(|(_, words)| words).collect()
}

fn target(subject: &Subject<'_>, level: &ServiceLevel) -> Option<String> {
    let target = level.target.as_ref()?;
    let words = format!(
        "{} {}",
        subject.quote(target.level.span),
        target.every.words()
    );
    Some(match &level.critical {
        Some(critical) => format!("{words}, critical {}", subject.quote(critical.level.span)),
        None => words,
    })
}

/// The weights of a KPI in a scorecard: one, or one for each of its members.
fn weights(subject: &Subject<'_>, card: &Scorecard, metric: &MetricFacts) -> Vec<String> {
    let arms = card.arms.iter().filter(|arm| metric.is(&arm.metric));
    arms.map(|arm| {
        let weight = subject.quote(arm.weight.span);
        format!("{weight} of `{}`", card.head.name())
    })
    .collect()
}

/// The columns from which a KPI is computed.
fn slots<'c>(subject: &Subject<'c>, metric: &MetricFacts) -> Vec<&'c Slot> {
    let all = &subject.contract.plan.slots;
    let columns = subject.flow.columns(&metric.nodes).into_iter();
    columns
        .filter_map(|slot| all.get(slot.0 as usize))
        .collect()
}

fn sources(slots: &[&Slot], declared: Option<&Metric>) -> Vec<String> {
    let own = declared.and_then(|declared| declared.source.as_ref());
    let stated = own.map(|source| source.text.clone()).into_iter();
    let read = slots.iter().filter_map(|slot| slot.source.clone());
    unique(stated.chain(read))
}

fn named(slots: &[&Slot], declared: Option<&Metric>) -> Vec<&'static str> {
    let own = declared.and_then(|declared| declared.reporter);
    match own {
        Some(Reporter::Customer) => vec!["customer"],
        Some(Reporter::Supplier) => vec!["supplier"],
        Some(Reporter::Both) => vec![BOTH],
        None => unique(slots.iter().map(|slot| slot.reporter.unwrap_or(NOBODY))),
    }
}

/// Who reports the figures that change the pay.
pub fn reporters(subject: &Subject<'_>) -> Vec<Reporting> {
    let slots = &subject.contract.plan.slots;
    let paid: Vec<&Slot> = subject
        .paid_columns()
        .into_iter()
        .filter_map(|at| slots.get(at))
        .collect();
    ["customer", "supplier", BOTH, NOBODY]
        .into_iter()
        .map(|by| {
            let own = paid
                .iter()
                .filter(|slot| slot.reporter.unwrap_or(NOBODY) == by);
            Reporting {
                by,
                inputs: unique(own.map(|slot| slot.input.clone())),
            }
        })
        .filter(|reporting| !reporting.inputs.is_empty())
        .collect()
}

fn unique<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}
