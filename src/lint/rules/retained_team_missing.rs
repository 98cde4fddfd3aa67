//! `retained-team-missing`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, mend};
use crate::model::FactValue;
use crate::model::facts::PartnershipKind;

rule! {
    /// Nobody on the customer's side is named for the service.
    ///
    /// Outsourced work still needs an owner at the customer: somebody who decides, answers questions and holds the
    /// supplier to the contract.
    ///
    /// ```quid bad
    /// governance { operations review weekly; dashboard "KPI board"; supplier contact "Account director"; process owner "Head of care"; recognition "Team of the quarter" }
    /// ```
    ///
    /// ```quid good
    /// governance { operations review weekly; dashboard "KPI board"; customer contact "Head of care"; supplier contact "Account director"; process owner "Head of care"; recognition "Team of the quarter" }
    /// ```
    ///
    /// To fix it, name the person or role.
    "retained-team-missing": Governance, Warning, Stable since "0.2.0"; Unsafe fix "add a place for the contact at the customer"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(first) = subject.partnership(PartnershipKind::Governance).next() else {
        return Vec::new();
    };
    let customer = FactValue::Word("customer".to_owned());
    let mut facts = subject
        .partnership(PartnershipKind::Governance)
        .flat_map(|clause| &clause.facts);
    if facts.any(|fact| fact.form == "contact" && fact.values.contains(&customer)) {
        return Vec::new();
    }
    let finding = Diagnostic::warning(
            RULE.name,
            first.span,
            "nobody on the customer's side is named for the service",
        )
        .because("outsourced work still needs an owner at the customer, who decides, answers questions and holds the \
                  supplier to the contract")
        .help("add `customer contact \"…\"`");
    let edits = mend::with_statement(subject, first.span, "customer contact \"to be agreed\"");
    vec![mend::mended(finding, &RULE, edits)]
}
