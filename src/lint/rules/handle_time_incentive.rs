//! `handle-time-incentive`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::kinds::QUALITY;
use crate::lint::rule::rule;
use crate::lint::samples::{at, samples};
use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::quantity::{Exact, Figure};

rule! {
    /// A shorter handle time raises the pay, and no KPI of resolution, quality or satisfaction balances it.
    ///
    /// A supplier that earns more from short contacts rushes them: customers are cut off, passed on or given half an
    /// answer, and they contact again.
    ///
    /// ```quid bad with operational-metrics-only, percentile-without-tail, unpaid-satisfaction-metric
    /// input talk : seconds from "ACD" by both
    /// metric aht is handle_time, seconds per contact, lower is better { talk / handled }
    /// credit slow on aht { above 600 seconds per contact: 500 EUR }
    /// # without: experience, adjustment, content, scenario
    /// ```
    ///
    /// ```quid good
    /// input talk : seconds from "ACD" by both
    /// metric aht is handle_time, seconds per contact, lower is better { talk / handled }
    /// credit slow on aht { above 600 seconds per contact: 500 EUR }
    /// # without: scenario
    /// ```
    ///
    /// To fix it, also pay for what the contact achieves, such as resolution at first contact, or report handle time
    /// without paying for it.
    "handle-time-incentive": Incentive, Warning, Stable since "0.2.0" from Absence
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let quality = subject.metrics(QUALITY);
    if quality.iter().any(|metric| subject.is_paid(metric)) {
        return Vec::new();
    }
    subject
        .metrics(&[KpiKind::HandleTime])
        .into_iter()
        .filter(|metric| subject.is_paid(metric))
        .filter_map(|metric| finding(subject, metric))
        .collect()
}

fn finding(subject: &Subject<'_>, metric: &MetricFacts) -> Option<Diagnostic> {
    let gain = gain(subject, metric);
    // If no month can be computed, the declared direction decides.
    let decided = gain
        .as_ref()
        .map_or(metric.higher_is_better == Some(false), |gain| {
            gain.is_some()
        });
    if !decided {
        return None;
    }
    let message = format!(
        "a shorter handle time (`{}`) raises the pay, and no KPI of quality balances it",
        metric.name
    );
    let mut finding = Diagnostic::warning(RULE.name, metric.span, message).because(
        "a supplier that earns more from short contacts rushes them, and customers contact again",
    );
    if let Some((long, short, more)) = gain.flatten() {
        let figure = |value| Figure::new(value, metric.value_type.clone());
        finding = finding
            .because(format!(
                "in the contract's example, {} instead of {} earns the supplier {} more",
                figure(short),
                figure(long),
                subject.money(&more)
            ))
            .costing(subject.money(&more));
    }
    Some(finding.help(
        "let a KPI of resolution, quality or satisfaction also change the pay, or report handle time without paying \
         for it",
    ))
}

/// Two values of which the shorter earns more, and how much more. The inner option is empty if there are no such
/// values, and the outer one if this cannot be computed.
fn gain(subject: &Subject<'_>, metric: &MetricFacts) -> Option<Option<(Exact, Exact, Exact)>> {
    let example = subject.example.as_ref()?;
    let totals: Vec<(Exact, Exact)> = samples(subject, metric)
        .into_iter()
        .filter_map(|value| {
            let total = example.total_with_values(&at(metric, &value))?;
            Some((value, total))
        })
        .collect();
    let (shortest, longest) = (totals.first()?, totals.last()?);
    if shortest.1 <= longest.1 {
        return Some(None);
    }
    let step = totals.windows(2).find_map(|pair| match pair {
        [short, long] if short.1 > long.1 => Some((short, long)),
        _ => None,
    });
    Some(step.map(|(short, long)| {
        let more = short.1.subtract(&long.1);
        (long.0.clone(), short.0.clone(), more)
    }))
}
