//! `percentile-without-tail`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::kinds::SATISFACTION;
use crate::lint::rule::rule;
use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::quantity::Type;

rule! {
    /// The contract pays for the share answered in time, and nothing shows how long the rest wait.
    ///
    /// A caller who has waited past the limit no longer counts. Then it is rational to leave that caller waiting and
    /// take the next one, who can still be answered in time (Milner and Olsen).
    ///
    /// Any of these shows it, if it is paid for: an average or longest wait, a second share with another limit, the
    /// share of callers who give up, or what customers think.
    ///
    /// ```quid bad with service-level-only, unpaid-satisfaction-metric
    /// # without: experience, adjustment, content
    /// ```
    ///
    /// ```quid good
    /// metric average_wait is timeliness, seconds per call, lower is better { waited / offered }
    /// input waited : seconds from "ACD" by both
    /// credit slow on average_wait { above 60 seconds per call: 200 EUR }
    /// # without: scenario
    /// ```
    ///
    /// To fix it, measure the average wait or the share of callers who give up, and set a target for it.
    "percentile-without-tail": Incentive, Warning, Stable since "0.2.0" from Absence
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let speed = subject.metrics(&[KpiKind::Timeliness]);
    let shares: Vec<&&MetricFacts> = speed
        .iter()
        .filter(|metric| metric.value_type == Type::Percent && subject.is_paid(metric))
        .collect();
    let satisfaction = subject.metrics(SATISFACTION);
    let waits = speed
        .iter()
        .any(|metric| metric.value_type != Type::Percent);
    let gives_up = !subject.metrics(&[KpiKind::Abandonment]).is_empty();
    let asked = satisfaction.iter().any(|metric| subject.is_paid(metric));
    if waits || gives_up || asked {
        return Vec::new();
    }
    shares
        .into_iter()
        .filter(|metric| !has_second_share(subject, metric, &speed))
        .map(|metric| {
            let message = format!(
                "`{}` pays for the share in time, and nothing shows how long the rest wait",
                metric.name
            );
            Diagnostic::warning(RULE.name, metric.span, message)
                .because(
                    "a caller who has waited past the limit no longer counts: it then pays to leave them waiting and \
                     take the next one",
                )
                .help(
                    "measure the average wait or the share of callers who give up, and set a target for it; or add a \
                     second share with a longer limit, at about 99%",
                )
        })
        .collect()
}

/// Whether another share counts the same things differently: they have a column in common, and each has a column of its
/// own.
fn has_second_share(subject: &Subject<'_>, metric: &MetricFacts, speed: &[&MetricFacts]) -> bool {
    let columns = subject.flow.columns(&metric.nodes);
    speed
        .iter()
        .filter(|other| other.name != metric.name && other.value_type == Type::Percent)
        .any(|other| {
            let others = subject.flow.columns(&other.nodes);
            let shared = columns.iter().any(|column| others.contains(column));
            shared && columns.iter().any(|column| !others.contains(column))
        })
}
