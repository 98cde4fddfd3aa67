//! `no-feedback`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// No feedback is agreed: nobody passes on what customers say or what agents see.
    ///
    /// The supplier hears first what is wrong. If nobody passes it on, the same contact comes every day, and is paid
    /// for every day.
    ///
    /// ```quid bad
    /// # without: feedback
    /// ```
    ///
    /// ```quid good
    /// feedback { customer feedback to "Product" weekly; agent feedback to "Knowledge owners" monthly }
    /// ```
    ///
    /// To fix it, say who gets feedback, and how often.
    "no-feedback": Governance, Warning, Stable since "0.2.0"; Unsafe fix "add a feedback clause to agree on"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "no feedback is agreed",
        why: "the supplier hears first what is wrong; if nobody passes it on, the same contact is paid for every day",
        lead: "add",
        write: &[
            "feedback { customer feedback to \"Product\" weekly; agent feedback to \"Knowledge owners\" monthly }",
        ],
    };
    lacking::clause(subject, &RULE, PartnershipKind::Feedback, &words)
}
