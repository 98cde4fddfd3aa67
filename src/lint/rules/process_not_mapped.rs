//! `process-not-mapped`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// Nobody owns the customer's process from end to end.
    ///
    /// Cases are lost in handovers between two firms. One owner sees the whole process.
    ///
    /// ```quid bad
    /// governance { operations review weekly; dashboard "KPI board"; customer contact "Head of care"; recognition "Team of the quarter" }
    /// ```
    ///
    /// ```quid good
    /// governance { operations review weekly; dashboard "KPI board"; customer contact "Head of care"; process owner "Head of care"; recognition "Team of the quarter" }
    /// ```
    ///
    /// To fix it, name the owner of the process.
    "process-not-mapped": Governance, Info, Stable since "0.2.0"; Unsafe fix "add a place for the owner of the process"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "nobody owns the process from end to end",
        why: "cases are lost in handovers between two firms",
        lead: "add",
        write: &["process owner \"…\""],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::Governance,
        &["process owner"],
        &words,
    )
}
