//! `no-dispute-path`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::facts::PartnershipKind;

rule! {
    /// The contract does not say who decides when the parties disagree about a figure.
    ///
    /// Both parties count, and sometimes they count differently. If nobody decides by a certain day, the disputed part
    /// of an invoice stays unpaid, and the next invoice is disputed too.
    ///
    /// ```quid bad
    /// escalation { level 1 "Team lead" within 1 hour; level 2 "Manager" within 4 hours }
    /// ```
    ///
    /// ```quid good
    /// escalation { level 1 "Team lead" within 1 hour; level 2 "Manager" within 4 hours; disputes to "Joint committee" within 20 days }
    /// ```
    ///
    /// To answer it, say who decides, and within how many days.
    "no-dispute-path": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut facts = subject
        .partnership(PartnershipKind::Escalation)
        .flat_map(|clause| &clause.facts);
    if !subject.has_charges() || facts.any(|fact| fact.form == "disputes") {
        return Vec::new();
    }
    let place = subject.partnership(PartnershipKind::Escalation).next();
    let place = place.map_or(subject.place(), |clause| clause.span);
    let message = "who decides when the parties disagree about a figure, and by when?";
    let mut finding = Diagnostic::info(RULE.name, place, message)
        .because("today nobody does, and nothing says whether the disputed part is paid meanwhile");
    if let (Some((best, worst)), Some(example)) = (asked::best_and_worst(subject), &subject.example)
    {
        finding = finding.because(format!(
            "in the contract's example month, {}, the measured figures decide between {} and {}",
            example.month(),
            subject.money(&worst),
            subject.money(&best)
        ));
    }
    let text = "disputes to \"Joint committee\" within 20 days";
    let edit = answers::fact(subject, PartnershipKind::Escalation, text);
    finding.fix = answers::agreed(subject, "say who and by when", edit.into_iter().collect());
    vec![finding.help("write `escalation { disputes to \"Joint committee\" within 20 days }`")]
}
