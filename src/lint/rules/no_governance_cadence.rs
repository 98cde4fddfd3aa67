//! `no-governance-cadence`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The parties have not agreed on regular meetings.
    ///
    /// Outsourcing that nobody looks after drifts: nobody reads the figures, and the first meeting is about a dispute.
    ///
    /// ```quid bad
    /// governance { dashboard "KPI board"; customer contact "Head of care"; supplier contact "Account director"; process owner "Head of care"; recognition "Team of the quarter" }
    /// ```
    ///
    /// ```quid good
    /// governance { operations review weekly; business review quarterly; dashboard "KPI board"; customer contact "Head of care"; supplier contact "Account director"; process owner "Head of care"; recognition "Team of the quarter" }
    /// ```
    ///
    /// To fix it, agree on an operations review and a business review.
    "no-governance-cadence": Governance, Warning, Stable since "0.2.0"; Unsafe fix "say how often the parties meet"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "no regular review is agreed",
        why: "figures that nobody meets about change nothing, and the first meeting is about a dispute",
        lead: "add",
        write: &["operations review weekly", "business review quarterly"],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::Governance,
        &["review"],
        &words,
    )
}
