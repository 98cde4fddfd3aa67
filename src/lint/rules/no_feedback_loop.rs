//! `no-feedback-loop`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// What customers say does not reach those who can change the product.
    ///
    /// The supplier hears first what is wrong. If nobody passes it on, the same contact comes every day, and is paid
    /// for every day.
    ///
    /// ```quid bad
    /// feedback { agent feedback to "Knowledge owners" monthly }
    /// ```
    ///
    /// ```quid good
    /// feedback { customer feedback to "Product" weekly; agent feedback to "Knowledge owners" monthly }
    /// ```
    ///
    /// To fix it, say who gets customer feedback, and how often.
    "no-feedback-loop": Governance, Warning, Stable since "0.2.0"; Unsafe fix "say where customer feedback goes"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "nobody gets the customers' feedback",
        why: "the supplier hears first what is wrong; if nobody passes it on, the same contact is paid for every day",
        lead: "add where it goes:",
        write: &["customer feedback to \"Product\" weekly"],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::Feedback,
        &["customer feedback", "voice"],
        &words,
    )
}
