//! `no-knowledge-base`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// Agents have no shared knowledge base to answer from.
    ///
    /// Without one, each agent answers from memory, and the same question gets several answers.
    ///
    /// ```quid bad
    /// # without: knowledge
    /// ```
    ///
    /// ```quid good
    /// knowledge { base "Help centre"; owner customer; reviewed monthly; access for both }
    /// ```
    ///
    /// To fix it, name the knowledge base, who owns it and how often it is reviewed.
    "no-knowledge-base": Governance, Warning, Stable since "0.2.0"; Unsafe fix "add a knowledge clause to agree on"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "no knowledge base is named",
        why: "each agent then answers from memory, and the same question gets several answers",
        lead: "add",
        write: &["knowledge { base \"…\"; owner customer; reviewed monthly; access for both }"],
    };
    lacking::clause(subject, &RULE, PartnershipKind::Knowledge, &words)
}
