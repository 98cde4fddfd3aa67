//! `wrong-direction`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::samples::{at, samples};
use crate::lint::{Example, Subject};
use crate::model::MetricFacts;
use crate::quantity::{Exact, Figure, Type};

rule! {
    /// A better value of a KPI earns the supplier less.
    ///
    /// The contract says which way a KPI is better, and then pays the other way: a band was copied with its neighbour's
    /// sign, a table is used for a KPI for which less is better, or a price grows when it should shrink.
    ///
    /// The rule computes the contract's example with the KPI at each edge in the contract, next to it and in between,
    /// and looks for two neighbours of which the better one earns less.
    ///
    /// ```quid bad
    /// credit content on csat { below 3.8: 2_000 EUR; below 4.2: 3_000 EUR }
    /// ```
    ///
    /// ```quid good
    /// credit content on csat { below 3.8: 3_000 EUR; below 4.2: 2_000 EUR }
    /// ```
    ///
    /// To fix it, reverse the bands, or correct `higher is better`.
    "wrong-direction": Measurement, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(example) = &subject.example else {
        return Vec::new();
    };
    let metrics = subject.contract.metrics.iter();
    metrics
        .filter(|metric| subject.is_paid(metric))
        .filter_map(|metric| {
            finding(subject, example, metric).or_else(|| on_a_scorecard(subject, example, metric))
        })
        .collect()
}

/// The finding if a better value earns fewer points, even if the bands of the score in the example month hide this.
fn on_a_scorecard(
    subject: &Subject<'_>,
    example: &Example<'_>,
    metric: &MetricFacts,
) -> Option<Diagnostic> {
    let mut values = samples(subject, metric);
    if !metric.higher_is_better? {
        values.reverse();
    }
    let cards = subject.own(&subject.facts().scorecards);
    cards
        .filter_map(|card| {
            let named = subject.named(card.head.name())?;
            let node = named
                .nodes
                .iter()
                .find(|node| subject.flow.changes_pay(&[**node]))?;
            let arm = card.arms.iter().find(|arm| metric.is(&arm.metric))?;
            Some((*node, card, arm))
        })
        .find_map(|(node, card, arm)| {
            let points: Vec<(Exact, Exact)> = values
                .iter()
                .filter_map(|value| {
                    let points = example.value_with(node, &at(metric, value))?;
                    Some((value.clone(), points))
                })
                .collect();
            let fallen = points.windows(2).find_map(|pair| match pair {
                [worse, better] if better.1 < worse.1 => Some((worse, better)),
                _ => None,
            });
            let (worse, better) = fallen?;
            let figure = |value: &Exact| Figure::new(value.clone(), metric.value_type.clone());
            let points = |value: &Exact| Figure::new(value.clone(), Type::Number);
            Some(
                Diagnostic::warning(
                    RULE.name,
                    arm.span,
                    format!("a better `{}` earns fewer points", metric.name),
                )
                .because(format!(
                    "`{}` is {} with it at {}, and {} at {}, which is better",
                    card.head.name(),
                    points(&worse.1),
                    figure(&worse.0),
                    points(&better.1),
                    figure(&better.0)
                ))
                .because("a supplier that is paid for the worse value will deliver the worse value")
                .help("reverse the bands, or correct which side is better"),
            )
        })
}

fn finding(
    subject: &Subject<'_>,
    example: &Example<'_>,
    metric: &MetricFacts,
) -> Option<Diagnostic> {
    let mut values = samples(subject, metric);
    if !metric.higher_is_better? {
        values.reverse();
    }
    let totals: Vec<(Exact, Exact)> = values
        .into_iter()
        .filter_map(|value| {
            let total = example.total_with_values(&at(metric, &value))?;
            Some((value, total))
        })
        .collect();
    let fallen = totals.windows(2).find_map(|pair| match pair {
        [worse, better] if better.1 < worse.1 => Some((worse, better)),
        _ => None,
    });
    let (worse, better) = fallen?;
    let less = worse.1.subtract(&better.1);
    let figure = |value: &Exact| Figure::new(value.clone(), metric.value_type.clone());
    let way = if metric.higher_is_better? {
        "higher"
    } else {
        "lower"
    };
    Some(
        Diagnostic::warning(
            RULE.name,
            metric.span,
            format!("a better `{}` earns the supplier less", metric.name),
        )
        .here(format!("declared as `{way} is better`"))
        .because(format!(
            "in the contract's example the supplier is paid {} with it at {}, and {} at {}, which is better",
            subject.money(&worse.1),
            figure(&worse.0),
            subject.money(&better.1),
            figure(&better.0)
        ))
        .because("a supplier that is paid for the worse value will deliver the worse value")
        .help(format!("reverse the bands, or correct `{way} is better`"))
        .costing(subject.money(&less)),
    )
}
