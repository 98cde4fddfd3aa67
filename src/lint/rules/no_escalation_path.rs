//! `no-escalation-path`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The contract does not say who gets a problem that an agent cannot solve, and how soon.
    ///
    /// A case without a path is passed around or closed. A dispute without a path goes to court.
    ///
    /// ```quid bad
    /// # without: escalation
    /// ```
    ///
    /// ```quid good
    /// escalation { level 1 "Team lead" within 1 hour; level 2 "Manager" within 4 hours; disputes to "Expert" within 20 days }
    /// ```
    ///
    /// To fix it, name the levels and their times, and who decides disputes.
    "no-escalation-path": Governance, Warning, Stable since "0.2.0"; Unsafe fix "add an escalation path to agree on"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "there is no escalation path",
        why: "a case without a path is passed around or closed",
        lead: "add",
        write: &[
            "escalation { level 1 \"Team lead\" within 1 hour; level 2 \"…\" within 4 hours }",
        ],
    };
    lacking::clause(subject, &RULE, PartnershipKind::Escalation, &words)
}
