//! `no-audit-right`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::facts::PartnershipKind;

rule! {
    /// The supplier reports figures that change its own pay, and the contract does not say whether the customer may
    /// check them.
    ///
    /// A right to audit is rarely used, but it keeps the figures right. It needs an end date, and records that are kept
    /// as long.
    ///
    /// ```quid bad
    /// input handled : contacts from "Helpdesk" by supplier
    /// ```
    ///
    /// ```quid good
    /// input handled : contacts from "Helpdesk" by both
    /// ```
    ///
    /// To answer it, say who may audit, and until how long after the month: `audit by customer within 12 months`.
    "no-audit-right": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if asked::measurement(subject, "audit").is_some() {
        return Vec::new();
    }
    let slots = &subject.contract.plan.slots;
    let paid = subject.paid_columns().into_iter();
    let mut names: Vec<&str> = Vec::new();
    let mut place = None;
    for slot in paid.filter_map(|at| slots.get(at)) {
        if slot.reporter != Some("supplier") || !subject.is_own(slot.span) {
            continue;
        }
        place.get_or_insert(slot.span);
        if !names.contains(&slot.input.as_str()) {
            names.push(&slot.input);
        }
    }
    let Some(place) = place else {
        return Vec::new();
    };
    let shown = match names.len() {
        0..=4 => asked::listed(&names),
        count => format!("{count} figures that it is paid by"),
    };
    let message =
        format!("the supplier reports {shown}: may the customer check them, and until when?");
    let mut finding = Diagnostic::info(RULE.name, place, message)
        .because("today nothing gives the customer that right, and nothing keeps the records that it would need");
    if let (Some((name, moved)), Some(example)) = (asked::of_a_hundredth(subject), &subject.example)
    {
        finding = finding.because(format!(
            "in the contract's example month, {}, 1% more of `{name}` changes the invoice by {}",
            example.month(),
            subject.money(&moved)
        ));
    }
    let text = "audit by customer within 12 months; records kept 24 months";
    let edit = answers::fact(subject, PartnershipKind::Measurement, text);
    finding.fix = answers::agreed(subject, "give it the right", edit.into_iter().collect());
    vec![finding.help(format!("write `measurement {{ {text} }}`"))]
}
