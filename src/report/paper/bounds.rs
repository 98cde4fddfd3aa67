//! Limits, holdbacks, minimum and maximum, commitments, in prose.

use crate::model::facts::{
    Commitment, Every, Excess, Floor, FloorKind, Holdback, Limit, LimitPeriod, LimitSubject,
    Release, Terminate, Value,
};

use super::index::part_period;
use super::quality::bands;
use super::words::{Words, capital, every, list, period, settled};
use super::{Clause, Part};

/// The limits, one clause each, in the order in which they apply.
pub(super) fn limits(words: &Words<'_>, limits: &[Limit]) -> Vec<Clause> {
    limits.iter().map(|one| limit(words, one)).collect()
}

fn limit(words: &Words<'_>, limit: &Limit) -> Clause {
    let Limit {
        head,
        subjects,
        to,
        period: over,
        excess,
        terminate,
    } = limit;
    let subjects: Vec<String> = subjects
        .iter()
        .map(|subject| match subject {
            LimitSubject::Credits => "credits".to_owned(),
            LimitSubject::Reductions => "reductions by adjustments".to_owned(),
            LimitSubject::Bonuses => "bonuses".to_owned(),
            LimitSubject::Named(link) => format!("the amounts of {}", words.link(link)),
        })
        .collect();
    let subjects = list(&subjects, "and");
    let over = match over {
        LimitPeriod::Each(of) => format!("in each {}", period(*of)),
        LimitPeriod::Rolling(months) => format!("in any {} months in a row", bare(words, months)),
        LimitPeriod::Term => "over the whole term".to_owned(),
    };
    let mut text = format!(
        "{} come to at most {} {over}.",
        capital(&subjects),
        words.value(to)
    );
    match excess {
        Some(excess) => text += &format!(" {}", self::excess(words, excess, "What is cut off")),
        None => text += " What is cut off lapses.",
    }
    if let Some(Terminate { failures, months }) = terminate {
        let within = match months {
            Some(months) => format!("in {} months", bare(words, months)),
            None => "in a row".to_owned(),
        };
        text += &format!(
            " The Customer may terminate this agreement once the limit was reached {} times {within}.",
            bare(words, failures)
        );
    }
    Clause {
        title: format!("Limit of {subjects}"),
        ..words.clause(head, vec![Part::Text(text)])
    }
}

/// How limits apply, once for all of them.
pub(super) fn limits_in_general() -> &'static str {
    "Limits apply one after the other in the order of their clauses, each to what the ones before have left. Where several amounts \
     are limited together, they are cut in proportion; steps left over go to those that lost most, the earlier first among equals. \
     A limit of more than one month allows what the earlier months of its period have left of it."
}

/// What happens to an excess.
fn excess(words: &Words<'_>, excess: &Excess, what: &str) -> String {
    match excess {
        Excess::Lapses => format!("{what} lapses."),
        Excess::Carried { months, paid_out } => {
            let months = months.as_ref().map_or_else(String::new, |months| {
                format!(" for {} months, after which it lapses", bare(words, months))
            });
            let end = match paid_out {
                Some(true) => {
                    "; what is left at the end of the term is paid out on the last invoice"
                }
                Some(false) => "; what is left at the end of the term lapses",
                None => "",
            };
            format!(
                "{what} is carried forward{months}: a later month’s own amounts come first, and what room they leave goes to what is \
                 carried, the oldest first{end}."
            )
        }
    }
}

/// A number without its unit.
fn bare(words: &Words<'_>, value: &Value) -> String {
    let text = words.value(value);
    text.trim_end_matches(" months")
        .trim_end_matches(" times")
        .to_owned()
}

/// The maximum and the minimum, one clause each.
pub(super) fn floors(words: &Words<'_>, floors: &[Floor]) -> Vec<Clause> {
    let each = floors.iter().map(|floor| {
        let Floor {
            head,
            kind,
            amount,
            after_credits,
        } = floor;
        let after = if *after_credits { ", after credits," } else { "" };
        let (title, text) = match kind {
            FloorKind::Maximum => (
                "Maximum",
                format!(
                    "The invoice of a month before tax{after} is at most {}. What is above it is taken off in a line of its own, before a \
                     minimum applies.",
                    words.value(amount)
                ),
            ),
            FloorKind::Minimum => (
                "Minimum",
                format!(
                    "The invoice of a month before tax{after} is at least {}. What is missing is added in a line of its own, after credits, \
                     bonuses and a maximum.",
                    words.value(amount)
                ),
            ),
        };
        Clause {
            title: title.to_owned(),
            ..words.clause(head, vec![Part::Text(text)])
        }
    });
    each.collect()
}

/// The commitments, one clause each.
pub(super) fn commitments(words: &Words<'_>, commitments: &[Commitment]) -> Vec<Clause> {
    let each = commitments.iter().map(|commitment| {
        let Commitment {
            head,
            amount,
            counted,
            price,
            every: of,
            part,
        } = commitment;
        let counted: Vec<String> = counted.iter().map(|one| words.value(one)).collect();
        let missing = match price {
            Some(price) => format!(
                "the units that are missing are invoiced at {} each",
                words.value(price)
            ),
            None => "what is missing is invoiced".to_owned(),
        };
        let mut text = format!(
            "The Customer commits itself to {} of {} {}. {}, {missing} in a line of its own, {}.",
            words.value(amount),
            list(&counted, "and"),
            every(*of),
            capital(&settled(*of)),
            words.term(head)
        );
        if let Some(part) = part {
            text += &format!(" {}", part_period(*part, period(*of)));
        }
        words.clause(head, vec![Part::Text(text)])
    });
    each.collect()
}

/// The holdbacks, one clause each.
pub(super) fn holdbacks(words: &Words<'_>, holdbacks: &[Holdback]) -> Vec<Clause> {
    let each = holdbacks.iter().map(|holdback| {
        let Holdback {
            head,
            amount,
            release_every,
            release,
        } = holdback;
        let mut text = format!(
            "The Customer holds back {} each month, {}.",
            words.value(amount),
            words.term(head)
        );
        let when = match release_every {
            Every::Month => "In the same month".to_owned(),
            other => capital(&settled(*other)),
        };
        let mut parts = Vec::new();
        match release {
            Release::InFull(None) => text += &format!(" {when} all that was held back in the period is released."),
            Release::InFull(Some(condition)) => {
                text += &format!(
                    " {when} all that was held back in the period is released if {}, and otherwise nothing.",
                    words.condition(condition)
                );
            }
            Release::By(by, all) => {
                text += &format!(
                    " {when} a share of what was held back in the period is released, by {}:",
                    words.value(by)
                );
                parts.extend(bands(words, all, ["Value", "Released"]));
            }
        }
        parts.insert(0, Part::Text(text));
        parts.push(Part::Text("What is not released stays with the Customer.".to_owned()));
        words.clause(head, parts)
    });
    each.collect()
}
