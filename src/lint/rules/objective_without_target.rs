//! `objective-without-target`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::syntax::tree::ItemKind;

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
    for item in subject.items() {
        let ItemKind::Objective(objective) = &item.kind else {
            continue;
        };
        let goals = objective.measured_by.iter();
        if objective.measured_by.is_empty() || goals.clone().any(|measured| measured.goal.is_some())
        {
            continue;
        }
        let message = format!(
            "the objective `{}` has no value to reach",
            objective.name.text
        );
        found.push(
            Diagnostic::info(RULE.name, item.span, message)
                .because("a KPI without a goal shows movement, but not whether the contract achieved its purpose")
                .help("add a value to one of its KPIs: `measured by csat at least 4.2`"),
        );
    }
    found
}
