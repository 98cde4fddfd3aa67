//! `agent-feedback-missing`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// Agents do not get the results of their audits.
    ///
    /// An audit whose result never reaches the agent changes nothing but the report.
    ///
    /// ```quid bad
    /// quality assurance { platform "QA suite"; 8 audits per agent per month; random sample; calibrated monthly }
    /// ```
    ///
    /// ```quid good
    /// quality assurance { platform "QA suite"; 8 audits per agent per month; random sample; calibrated monthly; feedback to agents within 3 days }
    /// ```
    ///
    /// To fix it, say within how many days an agent gets the result.
    "agent-feedback-missing": Governance, Warning, Stable since "0.2.0"; Unsafe fix "say when agents get the results"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "agents do not get the results of their audits",
        why: "an audit whose result never reaches the agent changes nothing but the report",
        lead: "add",
        write: &["feedback to agents within 3 days"],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::QualityAssurance,
        &["feedback"],
        &words,
    )
}
