//! `no-quality-assurance`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::lacking::{self, Words};
use crate::lint::rule::rule;
use crate::model::facts::PartnershipKind;

rule! {
    /// Nobody is bound to listen to contacts and to say how good they were.
    ///
    /// Satisfaction tells that something is wrong; audits tell what. Without them the supplier cannot coach and the
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
    /// To mend it, agree the platform, how many audits, how they are drawn, how often the parties calibrate.
    "no-quality-assurance": Governance, Warning, Stable since "0.2.0"; Unsafe fix "add a quality-assurance clause to agree on"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let words = Words {
        message: "no quality assurance is agreed",
        why: "satisfaction tells that something is wrong, audits tell what; without them nobody can coach",
        lead: "add",
        write: &[
            "quality assurance { platform \"…\"; 8 audits per agent per month; random sample; calibrated monthly; feedback to agents within 3 days }",
        ],
    };
    lacking::clause(subject, &RULE, PartnershipKind::QualityAssurance, &words)
}
