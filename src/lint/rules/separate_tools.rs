//! `separate-tools`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::syntax::tree::PartnershipKind;

rule! {
    /// The parties do not share a system of record.
    ///
    /// Where each party keeps its own tickets, each has its own count, and every KPI becomes a negotiation.
    ///
    /// ```quid bad
    /// tools { shared "ACD reports" }
    /// ```
    ///
    /// ```quid good
    /// tools { system of record "Helpdesk"; shared "ACD reports"; access for both }
    /// ```
    ///
    /// To mend it, name the system whose figures count, and give both parties access.
    "separate-tools": Measurement, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "it is not said which system's figures count",
        why: "where each party keeps its own tickets, every KPI becomes a negotiation",
        help: "add `system of record \"…\"` and `access for both`",
    };
    lacking::statement(
        subject,
        PartnershipKind::Tools,
        &["system of record"],
        &words,
    )
}
