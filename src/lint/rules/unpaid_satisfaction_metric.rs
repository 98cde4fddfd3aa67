//! `unpaid-satisfaction-metric`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::kinds::SATISFACTION;
use crate::lint::rule::rule;

rule! {
    /// What customers think is measured, and no payment depends on it.
    ///
    /// The report then shows the figure, but the money follows other figures.
    ///
    /// ```quid bad with percentile-without-tail
    /// scorecard experience {
    ///   40% fcr           { below 65%: 0; below 75%: 60; otherwise 100 }
    ///   40% qa            { below 80: 0; below 90: 60; otherwise 100 }
    ///   20% service_level { below 70%: 0; below 80%: 60; otherwise 100 }
    /// }
    /// # without: content
    /// ```
    ///
    /// ```quid good
    /// credit content on csat { below 3.8: 2_000 EUR }
    /// ```
    ///
    /// To fix it, put the KPI on the scorecard, or give a credit where it is missed.
    "unpaid-satisfaction-metric": Incentive, Warning, Stable since "0.2.0" from Absence
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let metrics = subject.metrics(SATISFACTION);
    if !subject.has_charges() || metrics.iter().any(|metric| subject.is_paid(metric)) {
        return Vec::new();
    }
    let Some(first) = metrics.first() else {
        return Vec::new();
    };
    let message = format!("`{}` is measured, and no payment depends on it", first.name);
    vec![
        Diagnostic::warning(RULE.name, first.span, message)
            .because("the money then follows other figures, and so does the work")
            .help(format!(
                "put it on a scorecard that adjusts a price, or write `credit … on {} {{ … }}`",
                first.name
            )),
    ]
}
