//! `separate-tools`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;
use crate::model::{FactValue, PartnershipFact};

rule! {
    /// The parties do not share a system of record.
    ///
    /// If each party keeps its own tickets, each has its own count, and every KPI becomes a negotiation.
    ///
    /// ```quid bad
    /// tools { shared "ACD reports" }
    /// ```
    ///
    /// ```quid good
    /// tools { system of record "Helpdesk"; shared "ACD reports"; access for both }
    /// ```
    ///
    /// A shared tool, with access for both, is a record of both parties. A tool that only the supplier has access to is
    /// not.
    ///
    /// To fix it, name the system whose figures count, and give both parties access.
    "separate-tools": Measurement, Info, Stable since "0.2.0"; Unsafe fix "add a place for the system of record"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let clauses = subject.partnership(PartnershipKind::Tools);
    let facts: Vec<&PartnershipFact> = clauses.flat_map(|clause| &clause.facts).collect();
    let says = |form: &str| facts.iter().any(|fact| fact.form == form);
    let is_open_to = |who: &str| {
        let is_who = |value: &FactValue| matches!(value, FactValue::Word(word) if word == who);
        facts
            .iter()
            .any(|fact| fact.form == "access" && fact.values.iter().any(is_who))
    };
    // A tool in which both work is the record of both.
    if says("shared") && is_open_to("both") {
        return Vec::new();
    }
    let closed = is_open_to("supplier") && !is_open_to("customer") && !is_open_to("both");
    if closed && let Some(first) = subject.partnership(PartnershipKind::Tools).next() {
        return vec![
            Diagnostic::info(
                RULE.name,
                first.span,
                "only the supplier sees the system whose figures count",
            )
            .because("a party that cannot see the record must believe it, or dispute every KPI")
            .help("write `access for both`"),
        ];
    }
    let words = Words {
        message: "the contract does not say which system's figures count",
        why: "if each party keeps its own tickets, every KPI becomes a negotiation",
        lead: "add",
        write: &["system of record \"…\"", "access for both"],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::Tools,
        &["system of record"],
        &words,
    )
}
