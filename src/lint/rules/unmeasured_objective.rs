//! `unmeasured-objective`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;

use crate::lint::rule::rule;

rule! {
    /// An objective has no KPI that measures it.
    ///
    /// Nobody can be held to what nobody measures.
    ///
    /// ```quid bad
    /// objective care "Good service" { purpose quality }
    /// ```
    ///
    /// ```quid good
    /// objective care "Good service" { purpose quality; measured by csat at least 4.2 }
    /// ```
    ///
    /// To fix it, name the KPIs that show whether it is reached.
    "unmeasured-objective": Measurement, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let objectives = subject.contract.facts.objectives.iter();
    objectives
        .filter(|objective| objective.measured_by.is_empty())
        .map(|objective| {
            let message = format!("no KPI measures the objective `{}`", objective.head.name());
            Diagnostic::warning(RULE.name, objective.head.place(), message)
                .because("nobody can be held to what nobody measures")
                .help("add the KPIs that show it: `measured by csat at least 4.2`")
        })
        .collect()
}
