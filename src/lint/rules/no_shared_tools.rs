//! `no-shared-tools`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The contract does not say which tools are used, and who has access to them.
    ///
    /// If each party keeps its own tickets, each has its own count, and every KPI becomes a negotiation.
    ///
    /// ```quid bad
    /// # without: tools
    /// ```
    ///
    /// ```quid good
    /// tools { system of record "Helpdesk"; shared "ACD reports"; access for both }
    /// ```
    ///
    /// To fix it, name the system whose figures count, and give both parties access.
    "no-shared-tools": Measurement, Info, Stable since "0.2.0"; Unsafe fix "add a tools clause to agree on"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "the contract does not say which tools are used",
        why: "if each party keeps its own tickets, every KPI becomes a negotiation",
        lead: "add",
        write: &["tools { system of record \"…\"; access for both }"],
    };
    lacking::clause(subject, &RULE, PartnershipKind::Tools, &words)
}
