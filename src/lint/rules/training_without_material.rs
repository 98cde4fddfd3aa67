//! `training-without-material`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// Training is agreed, but not its material.
    ///
    /// Hours can be filled with anything. Material that the customer owns keeps its products and its tone in the
    /// answers.
    ///
    /// ```quid bad
    /// training { 60 hours per agent before go-live; refreshed quarterly }
    /// ```
    ///
    /// ```quid good
    /// training { 60 hours per agent before go-live; materials "Academy"; refreshed quarterly }
    /// ```
    ///
    /// To fix it, name the material, and who delivers it.
    "training-without-material": Governance, Warning, Stable since "0.2.0"; Unsafe fix "add a place for the material"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "training is agreed without material",
        why: "hours can be filled with anything",
        lead: "add the material:",
        write: &["materials \"…\""],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::Training,
        &["materials"],
        &words,
    )
}
