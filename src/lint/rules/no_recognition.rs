//! `no-recognition`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// Nothing but money rewards good work.
    ///
    /// Agents who do well and hear nothing leave, and attrition is the largest hidden cost of a contact centre.
    ///
    /// ```quid bad
    /// governance { operations review weekly; dashboard "KPI board"; customer contact "Head of care"; process owner "Head of care" }
    /// ```
    ///
    /// ```quid good
    /// governance { operations review weekly; dashboard "KPI board"; customer contact "Head of care"; process owner "Head of care"; recognition "Team of the quarter" }
    /// ```
    ///
    /// To fix it, agree on how good work is recognised, and by whom.
    "no-recognition": Governance, Info, Stable since "0.2.0"; Unsafe fix "add a place for recognition"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "nothing recognises good work",
        why: "agents who do well and hear nothing leave, and attrition is the largest hidden cost of a service",
        lead: "add",
        write: &["recognition \"…\""],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::Governance,
        &["recognition"],
        &words,
    )
}
