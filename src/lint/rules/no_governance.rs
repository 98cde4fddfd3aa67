//! `no-governance`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The contract does not say how the parties steer the service together.
    ///
    /// Outsourcing that nobody looks after drifts: nobody reads the figures, and the first meeting is about a dispute.
    ///
    /// ```quid bad
    /// # without: governance
    /// ```
    ///
    /// ```quid good
    /// governance { operations review weekly; dashboard "KPI board"; customer contact "Head of care"; process owner "Head of care"; recognition "Team of the quarter" }
    /// ```
    ///
    /// To fix it, agree on reviews, a dashboard, and a named person on each side.
    "no-governance": Governance, Warning, Stable since "0.2.0"; Unsafe fix "add a governance clause to agree on"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "the contract does not say how the service is steered",
        why: "figures that nobody meets about change nothing, and the first meeting is about a dispute",
        lead: "add",
        write: &[
            "governance { operations review weekly; business review quarterly; customer contact \"…\"; dashboard \"…\"; process owner \"…\"; recognition \"…\" }",
        ],
    };
    lacking::clause(subject, &RULE, PartnershipKind::Governance, &words)
}
