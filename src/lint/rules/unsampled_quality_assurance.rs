//! `unsampled-quality-assurance`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// The contract does not say that the audited contacts are drawn at random.
    ///
    /// Whoever chooses the contacts chooses the score.
    ///
    /// ```quid bad
    /// quality assurance { platform "QA suite"; 8 audits per agent per month; calibrated monthly; feedback to agents within 3 days }
    /// ```
    ///
    /// ```quid good
    /// quality assurance { platform "QA suite"; 8 audits per agent per month; random sample; calibrated monthly; feedback to agents within 3 days }
    /// ```
    ///
    /// To fix it, say that the sample is random.
    "unsampled-quality-assurance": Governance, Warning, Stable since "0.2.0"; Unsafe fix "say that the audits are a random sample"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "the contract does not say that audits are drawn at random",
        why: "whoever chooses the contacts chooses the score",
        lead: "add",
        write: &["random sample"],
    };
    lacking::statement(
        subject,
        &RULE,
        PartnershipKind::QualityAssurance,
        &["random"],
        &words,
    )
}
