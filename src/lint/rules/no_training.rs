//! `no-training`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The contract does not say how agents are trained before they speak for the customer.
    ///
    /// Customers hear what an agent does not know. If nobody is required to train, each party leaves it to the other,
    /// and quality suffers first.
    ///
    /// ```quid bad
    /// # without: training
    /// ```
    ///
    /// ```quid good
    /// training { 60 hours per agent before go-live; materials "Academy"; refreshed quarterly; certified by customer }
    /// ```
    ///
    /// To fix it, say how many hours, with which material, how often it is refreshed, and who certifies.
    "no-training": Governance, Warning, Stable since "0.2.0"; Unsafe fix "add a training clause to agree on"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "the contract does not say how agents are trained",
        why: "customers hear what an agent does not know; if nobody is required to train, each party leaves it to the \
              other",
        lead: "add",
        write: &[
            "training { 60 hours per agent before go-live; materials \"…\"; refreshed quarterly; certified by customer }",
        ],
    };
    lacking::clause(subject, &RULE, PartnershipKind::Training, &words)
}
