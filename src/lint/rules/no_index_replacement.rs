//! `no-index-replacement`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::facts::{Index, PartnershipKind};

rule! {
    /// Prices follow an index, and the contract does not say what replaces the index when it ends or gets a new base.
    ///
    /// Statistical offices stop publishing series, and move them to a new base. From then on there is no value to
    /// adjust by, and so no invoice for what follows the index.
    ///
    /// ```quid bad with indexation-without-cap
    /// input cpi : points to 0.1 from "Statistics office" by both
    /// index handling by cpi { base 118.4 of 2025-10; each January from 2027 with the value of October before; against the base }
    /// measurement { data within 5 days; late data counts as missing; corrections within 60 days by a new invoice; time zone "CET"; service hours "Always"; transfers counted once; abandoned contacts counted; index values as first published }
    /// ```
    ///
    /// ```quid good
    /// charge platform 2_000 EUR per month
    /// ```
    ///
    /// To answer it, write `index followed by "…"` into the clause about measurement. Once the successor is known, link
    /// it in the index itself: `from 2028-01 by cpi_new, 104.2 linked to 121.7`.
    "no-index-replacement": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if asked::measurement(subject, "index followed").is_some() {
        return Vec::new();
    }
    let indices = subject.indices();
    let open: Vec<&Index> = indices.filter(|index| index.links.is_empty()).collect();
    let Some(first) = open.first() else {
        return Vec::new();
    };
    let message = format!(
        "what replaces `{}` when it is no longer published, or gets a new base?",
        first.by.name
    );
    let mut finding = Diagnostic::info(RULE.name, first.head.span, message).because(
        "today nothing does: from the next adjustment on there is no invoice for what follows the index",
    );
    for index in open.iter().skip(1) {
        finding = finding.and_at(index.head.span, "the same question");
    }
    let text = "index followed by \"the successor that its publisher names\"";
    let edit = answers::fact(subject, PartnershipKind::Measurement, text);
    finding.fix = answers::agreed(subject, "name what replaces it", edit.into_iter().collect());
    vec![finding.help(format!("write `measurement {{ {text} }}`"))]
}
