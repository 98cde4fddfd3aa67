//! `uncalibrated-quality-assurance`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The parties do not calibrate how they judge contacts.
    ///
    /// Two auditors who never compare give two different scores for the same call, and a score that changes the pay
    /// becomes a dispute.
    ///
    /// ```quid bad
    /// quality assurance { platform "QA suite"; 8 audits per agent per month; random sample; feedback to agents within 3 days }
    /// ```
    ///
    /// ```quid good
    /// quality assurance { platform "QA suite"; 8 audits per agent per month; random sample; calibrated monthly; feedback to agents within 3 days }
    /// ```
    ///
    /// To fix it, say how often the parties calibrate.
    "uncalibrated-quality-assurance": Governance, Warning, Stable since "0.2.0"; Unsafe fix "say how often the audits are calibrated"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "the parties' audits are never calibrated",
        why: "two auditors who never compare give two different scores for the same call",
        lead: "add how often:",
        write: &["calibrated monthly"],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::QualityAssurance,
        &["calibrated"],
        &words,
    )
}
