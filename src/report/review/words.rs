//! The words of the page, whatever its format.

use crate::diagnostic::Severity;
use crate::quantity::Exact;
use crate::review::{Accepted, Concern, Measured, Review, Share};

/// The usual share of a month's charges that is at risk.
pub(super) const USUAL: &str = "10% to 12% is usual";

/// How a share compares with the usual range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Below,
    Within,
    Above,
}

/// How the share at risk compares with the usual range.
pub(super) fn place(share: &Share) -> Place {
    let hundredths = |count: i64| Exact::ratio(count, 100).unwrap_or_else(Exact::zero);
    if share.share.value < hundredths(10) {
        Place::Below
    } else if share.share.value > hundredths(12) {
        Place::Above
    } else {
        Place::Within
    }
}

/// The comparison in words: `less than the usual 10% to 12%`.
pub(super) fn beside_usual(share: &Share) -> &'static str {
    match place(share) {
        Place::Below => "less than the usual 10% to 12%",
        Place::Within => USUAL,
        Place::Above => "more than the usual 10% to 12%",
    }
}

/// `Streamly B.V. buys from Bluebird Support Ltd, 2026-01-01 to 2028-12-31, due in 30 days`
pub(super) fn parties(review: &Review) -> String {
    let unnamed = || "nobody named".to_owned();
    let customer = review.customer.clone().unwrap_or_else(unnamed);
    let supplier = review.supplier.clone().unwrap_or_else(unnamed);
    let mut words = format!("{customer} buys from {supplier}");
    if let Some(term) = review.term {
        words += &format!(", {} to {}", term.first, term.last);
    }
    match review.due_in_days {
        Some(days) => words + &format!(", due in {days} days"),
        None => words,
    }
}

/// The target.
pub(super) fn targets(measure: &Measured) -> String {
    match measure.targets.as_slice() {
        [] => "nothing stated".to_owned(),
        targets => targets.join("; "),
    }
}

/// The systems it comes from, and who reports it.
pub(super) fn measured_by(measure: &Measured) -> String {
    let sources = match measure.sources.as_slice() {
        [] => "no system named".to_owned(),
        sources => sources.join(", "),
    };
    let who = measure.reporters.join(", ");
    if who.is_empty() {
        return sources;
    }
    format!("{sources} ({who})")
}

/// The effect of the KPI.
pub(super) fn moves(measure: &Measured) -> String {
    match (&measure.moves, measure.pays) {
        (Some(moves), _) => moves.to_string(),
        (None, true) => "money".to_owned(),
        (None, false) => "nothing".to_owned(),
    }
}

/// `2 errors, 12 warnings and 3 notes`
pub(super) fn counted(concerns: &[Concern]) -> String {
    let count = |severity: Severity| {
        let of = concerns.iter().filter(|one| one.severity == severity);
        of.count()
    };
    let kinds = [
        (count(Severity::Error), "error"),
        (count(Severity::Warning), "warning"),
        (count(Severity::Info), "note"),
    ];
    let words: Vec<String> = kinds
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    match words.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The possible cost of a finding, to follow its message.
pub(super) fn cost(concern: &Concern) -> String {
    let cost = concern.cost.as_ref();
    cost.map_or(String::new(), |cost| format!(" ({cost})"))
}

/// `small-sample until 2026-12-31: agreed for the first quarter (OPS-12)`
pub(super) fn waiver(one: &Accepted) -> String {
    let reference = one.reference.as_ref();
    let reference = reference.map_or(String::new(), |text| format!(" ({text})"));
    format!(
        "{} until {}: {}{reference}",
        one.rule, one.until, one.because
    )
}

/// Adds a capital letter at the start, unless the text begins with the contract's own words.
pub(super) fn capital(text: &str) -> String {
    let mut signs = text.chars();
    let first = signs.next();
    first.map_or(String::new(), |first| {
        first.to_uppercase().chain(signs).collect()
    })
}
