//! `no-reporting-dashboard`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The parties do not look at the same figures.
    ///
    /// Each side then brings its own numbers, and reviews are spent on the question whose numbers are right.
    ///
    /// ```quid bad
    /// governance { operations review weekly; customer contact "Head of care"; process owner "Head of care"; recognition "Team of the quarter" }
    /// ```
    ///
    /// ```quid good
    /// governance { operations review weekly; dashboard "KPI board"; customer contact "Head of care"; process owner "Head of care"; recognition "Team of the quarter" }
    /// ```
    ///
    /// To fix it, name the dashboard or the report that both use.
    "no-reporting-dashboard": Governance, Info, Stable since "0.2.0"; Unsafe fix "add a place for the dashboard"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "no shared dashboard or report is agreed",
        why: "each side then brings its own numbers, and reviews are spent on the question whose numbers are right",
        lead: "add",
        write: &["dashboard \"…\""],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::Governance,
        &["dashboard", "report"],
        &words,
    )
}
