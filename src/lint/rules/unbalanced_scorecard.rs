//! `unbalanced-scorecard`

use crate::model::facts::{KpiKind, Scorecard};
use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::quantity::{Exact, Figure, Type};

rule! {
    /// One KPI decides a scorecard, or all of its KPIs are of only one or two kinds and no other clause pays by a
    /// third.
    ///
    /// A scorecard is there so that nobody gains by doing one thing well and the rest badly. Five KPIs with a fifth of
    /// the weight each are usual.
    ///
    /// ```quid bad
    /// scorecard experience {
    ///   60% csat { below 3.8: 0; below 4.2: 60; otherwise 100 }
    ///   20% fcr  { below 65%: 0; below 75%: 60; otherwise 100 }
    ///   20% qa   { below 80: 0; below 90: 60; otherwise 100 }
    /// }
    /// ```
    ///
    /// ```quid good
    /// scorecard experience {
    ///   40% csat { below 3.8: 0; below 4.2: 60; otherwise 100 }
    ///   30% fcr  { below 65%: 0; below 75%: 60; otherwise 100 }
    ///   30% qa   { below 80: 0; below 90: 60; otherwise 100 }
    /// }
    /// ```
    ///
    /// To fix it, spread the weight, and add a KPI of a kind that is missing: satisfaction, resolution, quality, speed.
    "unbalanced-scorecard": Incentive, Warning, Stable since "0.2.0" from Absence,
    "weight" = "50%" "the most that one KPI should weigh",
    "kinds" = "3" "the least number of kinds of KPI on a scorecard"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject
        .own(&subject.facts().scorecards)
        .filter_map(|scorecard| finding(subject, scorecard))
        .collect()
}

fn finding(subject: &Subject<'_>, scorecard: &Scorecard) -> Option<Diagnostic> {
    let nodes = &subject.named(scorecard.head.name())?.nodes;
    if !subject.flow.changes_pay(nodes) {
        return None;
    }
    let mut weights: BTreeMap<&str, Exact> = BTreeMap::new();
    for arm in &scorecard.arms {
        if let Some(weight) = arm.weight.percent() {
            let sum = weights.entry(&arm.metric.name).or_insert_with(Exact::zero);
            *sum = sum.add(weight);
        }
    }
    let most = subject.settings.threshold(&RULE, "weight");
    let heavy = weights.iter().find(|(_, weight)| **weight > most);
    let kinds = kinds(subject, scorecard);
    let elsewhere = kinds_elsewhere(subject, scorecard);
    let few = kinds.as_ref().filter(|kinds| {
        let mut all = [kinds.as_slice(), elsewhere.as_slice()].concat();
        all.sort_unstable();
        all.dedup();
        let count = i64::try_from(all.len()).unwrap_or(i64::MAX);
        Exact::from_integer(count) < subject.settings.threshold(&RULE, "kinds")
    });
    let name = scorecard.head.name();
    let message = match (heavy, few) {
        (Some((metric, weight)), _) => {
            let weight = Figure::new((*weight).clone(), Type::Percent);
            format!("`{metric}` is {weight} of the scorecard `{name}`")
        }
        (None, Some(kinds)) => {
            let words: Vec<String> = kinds.iter().map(|kind| kind.words()).collect();
            let words = words.join(" and ");
            format!("the scorecard `{name}` has KPIs of {words} only")
        }
        (None, None) => return None,
    };
    Some(
        Diagnostic::warning(RULE.name, scorecard.head.place(), message)
            .because(
                "a supplier that does well at that can do the rest badly; five KPIs with a fifth of the weight each \
                 are usual",
            )
            .help("spread the weight, and add KPIs of other kinds: satisfaction, resolution, quality, speed"),
    )
}

/// The kinds of its KPIs; nothing if one of them has no kind.
fn kinds(subject: &Subject<'_>, scorecard: &Scorecard) -> Option<Vec<KpiKind>> {
    let mut kinds = Vec::new();
    for arm in &scorecard.arms {
        kinds.push(subject.measured(&arm.metric)?.kind?);
    }
    kinds.sort_unstable_by_key(|kind| kind.word());
    kinds.dedup();
    Some(kinds)
}

/// The kinds of KPI by which other clauses pay. A card of two kinds next to a credit for speed is not the whole
/// picture.
fn kinds_elsewhere(subject: &Subject<'_>, scorecard: &Scorecard) -> Vec<KpiKind> {
    let Some(named) = subject.named(scorecard.head.name()) else {
        return Vec::new();
    };
    let others = subject
        .flow
        .behind_without(&subject.amounts(), &named.nodes);
    let metrics = subject.contract.metrics.iter();
    metrics
        .filter(|metric| metric.nodes.iter().any(|node| others.has(*node)))
        .filter_map(|metric| metric.kind)
        .filter(|kind| !matches!(kind, KpiKind::Volume | KpiKind::Forecast | KpiKind::Cost))
        .collect()
}
