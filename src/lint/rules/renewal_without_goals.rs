//! `renewal-without-goals`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The contract is renewed whatever its KPIs show.
    ///
    /// An automatic renewal rewards the supplier for having stayed; a renewal that depends on a goal rewards it for
    /// having served.
    ///
    /// ```quid bad
    /// renewal { automatic for 12 months }
    /// ```
    ///
    /// ```quid good
    /// renewal { if csat at least 4.2; decided 180 days before the end }
    /// ```
    ///
    /// To fix it, tie the renewal to a KPI.
    "renewal-without-goals": Incentive, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "renewal does not depend on any KPI",
        why: "an automatic renewal rewards the supplier for having stayed, not for having served",
        lead: "add a goal:",
        write: &["if csat at least 4.2"],
    };
    lacking::statement(subject, &RULE, PartnershipKind::Renewal, &["goal"], &words)
}
