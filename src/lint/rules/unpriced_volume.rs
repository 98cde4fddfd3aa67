//! `unpriced-volume`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, asked};
use crate::program::Op;
use crate::text::Span;

rule! {
    /// A price is left to agreement, and it is not said what is paid until there is one.
    ///
    /// An agreement to agree is none: in the month that gets there nothing can be invoiced, and the party that needs the money
    /// negotiates under pressure.
    ///
    /// ```quid bad
    /// charge handling for handled graduated { up to 10_000 at 4.20 EUR; up to 60_000 at 3.60 EUR; beyond by agreement }
    /// ```
    ///
    /// ```quid good
    /// charge handling for handled graduated { up to 10_000 at 4.20 EUR; beyond at 3.60 EUR }
    /// ```
    ///
    /// To answer it, write the price that holds until there is another one, often that of the last tier.
    "unpriced-volume": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut places: Vec<Span> = Vec::new();
    for node in subject.contract.graph.nodes() {
        let seen = places.contains(&node.span);
        if matches!(node.op, Op::ByAgreement) && !seen && subject.is_own(node.span) {
            places.push(node.span);
        }
    }
    let Some(first) = places.first() else {
        return Vec::new();
    };
    let whose = asked::item_at(subject, *first);
    let whose = whose.map_or(String::new(), |item| format!(" `{}`", item.designation()));
    let message = format!(
        "`{}` leaves a price to agreement: what is paid until there is one?",
        subject.quote(*first)
    );
    let mut finding = Diagnostic::info(RULE.name, *first, message).because(format!(
        "today nothing: a month in which{whose} gets there has no invoice, not even for the rest"
    ));
    finding
        .why
        .extend(asked::of_the_month(subject, "this would hold up all of"));
    for place in places.iter().skip(1) {
        finding = finding.and_at(*place, "and here");
    }
    vec![finding.help("write the price that holds until then, such as that of the tier before: `beyond at 3.60 EUR`")]
}
