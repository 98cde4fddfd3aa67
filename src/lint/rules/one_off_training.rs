//! `one-off-training`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// Agents are trained once and never again.
    ///
    /// Products change, agents leave, and knowledge fades. Training before go-live helps only in the first months.
    ///
    /// ```quid bad
    /// training { 60 hours per agent before go-live; materials "Academy" }
    /// ```
    ///
    /// ```quid good
    /// training { 60 hours per agent before go-live; materials "Academy"; refreshed quarterly }
    /// ```
    ///
    /// To fix it, say how often the training is refreshed.
    "one-off-training": Governance, Warning, Stable since "0.2.0"; Unsafe fix "say how often training is refreshed"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "training happens once and is never refreshed",
        why: "products change and agents leave: training before go-live helps only in the first months",
        lead: "add how often it is refreshed:",
        write: &["refreshed quarterly"],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::Training,
        &["refreshed"],
        &words,
    )
}
