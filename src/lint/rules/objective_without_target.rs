//! `objective-without-target`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;

rule! {
    /// An objective names its KPIs, but no value to reach.
    ///
    /// A KPI without a goal shows movement, but not whether the contract achieved its purpose.
    ///
    /// ```quid bad
    /// objective care "Good service" { purpose quality; measured by csat }
    /// ```
    ///
    /// ```quid good
    /// objective care "Good service" { purpose quality; measured by csat at least 4.2 }
    /// ```
    ///
    /// To fix it, write the value that the parties want to reach.
    "objective-without-target": Measurement, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for objective in subject.own(&subject.facts().objectives) {
        let goals = objective.measured_by.iter();
        if objective.measured_by.is_empty() || goals.clone().any(|goal| goal.level.is_some()) {
            continue;
        }
        let message = format!(
            "the objective `{}` has no value to reach",
            objective.head.name()
        );
        found.push(
            Diagnostic::info(RULE.name, objective.head.span, message)
                .because("a KPI without a goal shows movement, but not whether the contract achieved its purpose")
                .help("add a value to one of its KPIs: `measured by csat at least 4.2`"),
        );
    }
    found
}
