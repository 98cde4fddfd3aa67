//! `spreadsheet-quality-assurance`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::model::FactValue;
use crate::model::facts::PartnershipKind;

rule! {
    /// Contacts are judged in a spreadsheet.
    ///
    /// A spreadsheet does not remember who changed which score, cannot draw a sample by itself, and is usually read by
    /// one person. Scores that change the pay need a tool that both parties can look into.
    ///
    /// ```quid bad
    /// quality assurance { platform "Excel workbook"; 8 audits per agent per month; random sample; calibrated monthly; feedback to agents within 3 days }
    /// ```
    ///
    /// ```quid good
    /// quality assurance { platform "QA suite"; 8 audits per agent per month; random sample; calibrated monthly; feedback to agents within 3 days }
    /// ```
    ///
    /// To fix it, agree on a platform that keeps the audits and draws the sample.
    "spreadsheet-quality-assurance": Governance, Warning, Stable since "0.2.0"
}

const SPREADSHEETS: &[&str] = &[
    "excel",
    "spreadsheet",
    "google sheet",
    "xlsx",
    "csv",
    "calc",
];

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let clauses = subject.partnership(PartnershipKind::QualityAssurance);
    let platforms = clauses
        .flat_map(|clause| &clause.facts)
        .filter(|fact| fact.form == "platform");
    platforms
        .filter(|fact| fact.values.iter().any(is_spreadsheet))
        .map(|fact| {
            Diagnostic::warning(RULE.name, fact.span, "contacts are judged in a spreadsheet")
                .because("a spreadsheet does not remember who changed which score, and scores that change the pay are \
                          disputed")
                .help("agree on a platform that keeps the audits, draws the sample and is open to both parties")
        })
        .collect()
}

fn is_spreadsheet(value: &FactValue) -> bool {
    let FactValue::Text(name) = value else {
        return false;
    };
    let name = name.to_lowercase();
    SPREADSHEETS.iter().any(|word| name.contains(word))
}
