//! `no-data-deadline`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::facts::PartnershipKind;

rule! {
    /// It is not said by when a month's figures must be there, and what it means if they are late.
    ///
    /// Whoever reports the figures that a credit depends on can put off the credit, and whoever waits for the figures that the
    /// price depends on waits for the money.
    ///
    /// ```quid bad
    /// measurement { corrections within 60 days on the next invoice; time zone "CET"; service hours "Always"; transfers counted once; abandoned contacts counted }
    /// ```
    ///
    /// ```quid good
    /// measurement { data within 5 working days; late data counts as missing; corrections within 60 days on the next invoice; time zone "CET"; service hours "Always"; transfers counted once; abandoned contacts counted }
    /// ```
    ///
    /// To answer it, write both: the days after the month's end, and whether late figures delay the invoice or count as missing,
    /// so that `if missing, …` takes their place.
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
            "by when must a month's figures be there, and what if they are late?",
            "data within 5 working days; late data delays the invoice",
        ),
        (false, true) => (
            "by when must a month's figures be there?",
            "data within 5 working days",
        ),
        (true, _) => (
            "what if a month's figures are late?",
            "late data delays the invoice",
        ),
    };
    let mut finding = Diagnostic::info(RULE.name, subject.place(), message).because(
        "today a month has no invoice for as long as one of its figures is missing, and nobody is late",
    );
    finding.why.extend(asked::of_the_month(
        subject,
        "a figure that does not come holds up",
    ));
    let edit = answers::fact(subject, PartnershipKind::Measurement, text);
    finding.fix = answers::agreed(
        subject,
        "say when, and what then",
        edit.into_iter().collect(),
    );
    vec![
        finding
            .help("write `measurement { data within 5 working days; late data delays the invoice }`")
            .help("or `late data counts as missing`, and in the inputs what counts then: `if missing, …`"),
    ]
}
