//! `no-transition-plan`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The contract does not say how the work moves to the supplier.
    ///
    /// Most failures of outsourcing begin in the first three months, with knowledge that was never handed over and a
    /// go-live that nobody accepted.
    ///
    /// ```quid bad
    /// # without: transition
    /// ```
    ///
    /// ```quid good
    /// transition { plan "Transition plan"; 10 weeks; ramp-up 2 months; reviewed weekly; accepted by customer }
    /// ```
    ///
    /// To fix it, name the plan, its weeks, the ramp-up, and who accepts it.
    "no-transition-plan": Governance, Warning, Stable since "0.2.0"; Unsafe fix "add a transition clause to agree on"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "the contract does not say how the work moves to the supplier",
        why: "most failures begin in the first three months, with knowledge that was never handed over",
        lead: "add",
        write: &[
            "transition { plan \"…\"; 10 weeks; ramp-up 2 months; reviewed weekly; accepted by customer }",
        ],
    };
    lacking::clause(subject, &RULE, PartnershipKind::Transition, &words)
}
