//! `no-exit-plan`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The contract does not say how it ends.
    ///
    /// A customer that cannot leave cannot negotiate. Data, knowledge and help must be handed back on agreed terms.
    ///
    /// ```quid bad
    /// # without: exit
    /// ```
    ///
    /// ```quid good
    /// exit { plan "Exit plan"; assistance 6 months; data returned within 30 days; knowledge handed over within 30 days }
    /// ```
    ///
    /// To fix it, agree on the plan, the months of assistance, and the return of data and knowledge.
    "no-exit-plan": Governance, Warning, Stable since "0.2.0"; Unsafe fix "add an exit clause to agree on"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "the contract does not say how it ends",
        why: "a customer that cannot leave cannot negotiate",
        lead: "add",
        write: &[
            "exit { plan \"…\"; assistance 6 months; data returned within 30 days; knowledge handed over within 30 days }",
        ],
    };
    lacking::clause(subject, &RULE, PartnershipKind::Exit, &words)
}
