//! `no-quality-assurance`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// Nobody is required to listen to contacts and say how good they were.
    ///
    /// Satisfaction shows that something is wrong; audits show what. Without audits the supplier cannot coach and the
    /// customer cannot judge.
    ///
    /// ```quid bad
    /// # without: quality assurance
    /// ```
    ///
    /// ```quid good
    /// quality assurance { platform "QA suite"; 8 audits per agent per month; random sample; calibrated monthly; pass mark 86%; feedback to agents within 3 days }
    /// ```
    ///
    /// To fix it, agree on the platform, how many audits there are, how contacts are drawn, and how often the parties
    /// calibrate.
    "no-quality-assurance": Governance, Warning, Stable since "0.2.0"; Unsafe fix "add a quality-assurance clause to agree on"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "no quality assurance is agreed",
        why: "satisfaction shows that something is wrong, audits show what; without audits nobody can coach",
        lead: "add",
        write: &[
            "quality assurance { platform \"…\"; 8 audits per agent per month; random sample; calibrated monthly; feedback to agents within 3 days }",
        ],
    };
    lacking::clause(subject, &RULE, PartnershipKind::QualityAssurance, &words)
}
