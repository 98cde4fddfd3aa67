//! `unsettled-index`

use crate::diagnostic::Diagnostic;
use crate::lint::extremes;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::facts::PartnershipKind;
use crate::quantity::Exact;

rule! {
    /// Prices follow an index whose values are revised, and the contract does not say which publication counts.
    ///
    /// A price index is published as an estimate, and corrected a few weeks later. A tenth of a point changes every
    /// price for a year.
    ///
    /// ```quid bad with indexation-without-cap
    /// input cpi : points to 0.1 from "Statistics office" by both
    /// index handling by cpi { base 118.4 of 2025-10; each January from 2027 with the value of October before; against the base }
    /// measurement { data within 5 days; late data counts as missing; corrections within 60 days by a new invoice; time zone "CET"; service hours "Always"; transfers counted once; abandoned contacts counted; index followed by "its successor" }
    /// ```
    ///
    /// ```quid good
    /// charge platform 2_000 EUR per month
    /// ```
    ///
    /// To answer it, write `index values as first published` or `index values as last published`.
    "unsettled-index": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let (Some(index), None) = (
        subject.indices().next(),
        asked::measurement(subject, "index values"),
    ) else {
        return Vec::new();
    };
    let message = format!(
        "`{}` is revised after it was published: which value counts, the first or the last one?",
        index.by.name
    );
    let mut finding = Diagnostic::info(RULE.name, index.head.span, message)
        .because("today it is whichever value the data has when the month is computed");
    if let (Some(example), Some(tenth)) = (&subject.example, Exact::ratio(1, 10)) {
        let share = tenth.divide(&index.base).unwrap_or_else(Exact::zero);
        let moved = extremes::charged(&example.statement).multiply(&share);
        let moved = moved.multiply(&Exact::from_integer(100)).floor();
        let moved = moved
            .divide(&Exact::from_integer(100))
            .unwrap_or_else(Exact::zero);
        finding = finding.because(format!(
            "in the contract's example month, {}, a tenth of a point is up to {}, and the same in every month until \
             the next adjustment",
            example.month(),
            subject.money(&moved)
        ));
    }
    let text = "index values as first published";
    let edit = answers::fact(subject, PartnershipKind::Measurement, text);
    finding.fix = answers::agreed(
        subject,
        "say that it is the first",
        edit.into_iter().collect(),
    );
    vec![
        finding
            .help(format!("write `measurement {{ {text} }}`"))
            .help("or `index values as last published`"),
    ]
}
