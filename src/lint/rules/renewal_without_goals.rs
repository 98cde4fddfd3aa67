//! `renewal-without-goals`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The contract is renewed without any KPI being looked at.
    ///
    /// A renewal that comes by itself rewards having stayed; one that depends on a goal rewards having served.
    ///
    /// ```quid bad
    /// renewal { automatic for 12 months }
    /// ```
    ///
    /// ```quid good
    /// renewal { if csat at least 4.2; decided 180 days before the end }
    /// ```
    ///
    /// To mend it, tie the renewal to a KPI.
    "renewal-without-goals": Incentive, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "renewal does not depend on any KPI",
        why: "a renewal that comes by itself rewards having stayed, not having served",
        lead: "add a goal:",
        write: &["if csat at least 4.2"],
    };
    lacking::statement(subject, &RULE, PartnershipKind::Renewal, &["goal"], &words)
}
