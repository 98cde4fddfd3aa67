//! `no-objective`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;

use crate::lint::rule::rule;

rule! {
    /// The contract does not say what it is for.
    ///
    /// A supplier that knows only its figures improves only its figures. When the figures are disputed, an objective,
    /// with the KPI that shows it, says what they are for.
    ///
    /// ```quid bad
    /// # without: care
    /// ```
    ///
    /// ```quid good
    /// objective care "Good service" { purpose quality; measured by csat at least 4.2 }
    /// ```
    ///
    /// To fix it, write an objective with its purpose and the KPIs that show it.
    "no-objective": Governance, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if !subject.has_charges() || !subject.contract.facts.objectives.is_empty() {
        return Vec::new();
    }
    vec![
        Diagnostic::warning(
            RULE.name,
            subject.place(),
            "the contract does not say what it is for",
        )
        .because("a supplier that knows only its figures improves only its figures")
        .help("add `objective … \"…\" { purpose quality; measured by csat at least 4.2 }`"),
    ]
}
