//! `no-correction-rule`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::facts::PartnershipKind;

rule! {
    /// Figures can turn out wrong after the invoice, and the contract does not say until when and where they are
    /// corrected.
    ///
    /// Without an end date, any month of the term can be reopened. If the contract does not say where to correct, one
    /// party sends a new invoice and the other waits for a line on the next one.
    ///
    /// ```quid bad
    /// measurement { data within 5 working days; late data delays the invoice; time zone "CET"; service hours "Always"; transfers counted once; abandoned contacts counted }
    /// ```
    ///
    /// ```quid good
    /// measurement { data within 5 working days; late data delays the invoice; corrections within 60 days by a new invoice; time zone "CET"; service hours "Always"; transfers counted once; abandoned contacts counted }
    /// ```
    ///
    /// To answer it, say until when, and on which invoice.
    "no-correction-rule": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if asked::measurement(subject, "corrections").is_some() || subject.paid_columns().is_empty() {
        return Vec::new();
    }
    let message = "figures turn out wrong after the invoice: until when are they corrected, and on which invoice?";
    let mut finding = Diagnostic::info(RULE.name, subject.place(), message)
        .because("today a month that is recomputed with corrected figures has another total, and nothing says whether \
                  it still counts");
    if let (Some((name, moved)), Some(example)) = (asked::of_a_hundredth(subject), &subject.example)
    {
        finding = finding.because(format!(
            "in the contract's example month, {}, a correction of `{name}` by 1% changes the invoice by {}",
            example.month(),
            subject.money(&moved)
        ));
    }
    let text = "corrections within 60 days on the next invoice";
    let edit = answers::fact(subject, PartnershipKind::Measurement, text);
    finding.fix = answers::agreed(
        subject,
        "say until when and where",
        edit.into_iter().collect(),
    );
    vec![
        finding
            .help("write `measurement { corrections within 60 days on the next invoice }`")
            .help("or `corrections within 60 days by a new invoice`"),
    ]
}
