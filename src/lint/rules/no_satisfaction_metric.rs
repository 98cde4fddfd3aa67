//! `no-satisfaction-metric`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::kinds::SATISFACTION;
use crate::lint::rule::rule;

rule! {
    /// No KPI shows what customers think of the service: none is of kind satisfaction, loyalty or effort.
    ///
    /// Customers who are not asked send no feedback. If a contract measures only speed and volume, every figure can be
    /// good while customers leave.
    ///
    /// ```quid bad with percentile-without-tail
    /// objective care "Good service" { purpose quality; measured by fcr at least 75% }
    /// scorecard experience {
    ///   40% fcr           { below 65%: 0; below 75%: 60; otherwise 100 }
    ///   40% qa            { below 80: 0; below 90: 60; otherwise 100 }
    ///   20% service_level { below 70%: 0; below 80%: 60; otherwise 100 }
    /// }
    /// # without: csat, content
    /// ```
    ///
    /// ```quid good
    /// metric csat is satisfaction, 1 to 5, higher is better { survey_points / surveys; needs surveys >= 50, otherwise last known value }
    /// ```
    ///
    /// To fix it, add a metric of what customers say, its source, and who asks them; then let part of the pay depend on it.
    "no-satisfaction-metric": Incentive, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if !subject.has_charges() || !subject.metrics(SATISFACTION).is_empty() {
        return Vec::new();
    }
    vec![
        Diagnostic::warning(
            RULE.name,
            subject.place(),
            "no KPI shows what customers think of the service",
        )
        .because("customers who are not asked send no feedback, and every other figure can be good while they leave")
        .help(
            "add one, such as `metric csat is satisfaction, 1 to 5, higher is better { survey_points / surveys; needs surveys >= 50, otherwise last known value }`, \
             and let part of the pay depend on it",
        ),
    ]
}
