//! `no-data-deadline`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::facts::PartnershipKind;

rule! {
    /// The contract does not say when a month's figures are due, and what happens if they are late.
    ///
    /// Whoever reports the figures for a credit can put off the credit. Whoever waits for the figures for the price
    /// waits for the money.
    ///
    /// ```quid bad
    /// measurement { corrections within 60 days on the next invoice; time zone "CET"; service hours "Always"; transfers counted once; abandoned contacts counted }
    /// ```
    ///
    /// ```quid good
    /// measurement { data within 5 working days; late data counts as missing; corrections within 60 days on the next invoice; time zone "CET"; service hours "Always"; transfers counted once; abandoned contacts counted }
    /// ```
    ///
    /// To answer it, write both: the number of days after the end of the month, and whether late figures delay the
    /// invoice or count as missing, so that `if missing, …` applies.
    "no-data-deadline": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let data = asked::measurement(subject, "data").is_some();
    let late = asked::measurement(subject, "late data").is_some();
    if (data && late) || subject.paid_columns().is_empty() {
        return Vec::new();
    }
    let (message, text) = match (data, late) {
        (false, false) => (
            "when are a month's figures due, and what happens if they are late?",
            "data within 5 working days; late data delays the invoice",
        ),
        (false, true) => (
            "when are a month's figures due?",
            "data within 5 working days",
        ),
        (true, _) => (
            "what happens if a month's figures are late?",
            "late data delays the invoice",
        ),
    };
    let mut finding = Diagnostic::info(RULE.name, subject.place(), message).because(
        "today a month has no invoice as long as one of its figures is missing, and no figure is ever late",
    );
    finding
        .why
        .extend(asked::of_the_month(subject, "a missing figure holds up"));
    let edit = answers::fact(subject, PartnershipKind::Measurement, text);
    finding.fix = answers::agreed(
        subject,
        "say when, and what happens then",
        edit.into_iter().collect(),
    );
    vec![
        finding
            .help("write `measurement { data within 5 working days; late data delays the invoice }`")
            .help("or `late data counts as missing`, and in the inputs what counts then: `if missing, …`"),
    ]
}
