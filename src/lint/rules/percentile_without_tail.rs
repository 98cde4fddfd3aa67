//! `percentile-without-tail`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::kinds::SATISFACTION;
use crate::lint::rule::rule;
use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::quantity::Type;

rule! {
    /// A share answered in time is paid for, and nothing tells how long the rest waits.
    ///
    /// Whoever has waited past the limit no longer counts. To leave that caller waiting and take the next one, who can still
    /// be answered in time, is then the rational thing to do (Milner and Olsen).
    ///
    /// What tells: an average or longest wait, a second share with another limit, the share that gives up, or what customers
    /// think, where it is paid for.
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
    /// To mend it, measure the average wait or the share that gives up, and state a target for it.
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
                "`{}` pays for a share in time, and nothing tells how long the rest waits",
                metric.name
            );
            Diagnostic::warning(RULE.name, metric.span, message)
                .because(
                    "whoever has waited past the limit no longer counts: to leave them waiting and take the next one then pays",
                )
                .help(
                    "measure the average wait or the share that gives up, and state a target for it; or a second share with a \
                     longer limit, at 99% or so",
                )
        })
        .collect()
}

/// Whether another share counts the same things otherwise: they have a column in common, and each has one of its own.
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
