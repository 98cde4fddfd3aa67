//! Choices among credits, small credits, the invoice on which they are settled, and notices, in prose.

use crate::model::facts::{AppliedTo, AwardKind, Excess, InPlace, Notice, Only, Small};

use super::words::{Words, applied, list};
use super::{Clause, Part};

/// A credit that replaces others, in a sentence.
pub(super) fn replaced(words: &Words<'_>, in_place: &InPlace) -> String {
    let InPlace { of, when_critical } = in_place;
    let others = match of {
        Some(links) => words.links(links),
        None => "all other credits".to_owned(),
    };
    let when = if *when_critical {
        " when the miss is critical"
    } else {
        ""
    };
    format!("In a month in which it is due{when}, it takes the place of {others}.")
}

/// Which of several credits counts, one clause each.
pub(super) fn choices(words: &Words<'_>, only: &[Only]) -> Vec<Clause> {
    let each = only.iter().map(|one| {
        let Only {
            head,
            of,
            chosen_by,
            otherwise_largest,
            when,
        } = one;
        let when = when.as_ref().map_or_else(String::new, |when| {
            format!(" in a month in which {}", words.condition(when))
        });
        let which = match chosen_by {
            None => "only the largest counts; if several are equal, the one named first".to_owned(),
            Some(input) => {
                let otherwise = match otherwise_largest {
                    Some(true) => "if not exactly one is chosen, the largest counts",
                    Some(false) => {
                        "if not exactly one is chosen, the month is not invoiced until it is"
                    }
                    None => "one of them has to be chosen",
                };
                format!(
                    "only the one chosen by {} counts; {otherwise}",
                    words.link(input)
                )
            }
        };
        let when = if when.is_empty() {
            when
        } else {
            format!(",{when},")
        };
        let text = format!("Of {}{when} {which}.", words.links(of));
        Clause {
            title: "Choice among credits".to_owned(),
            ..words.clause(head, vec![Part::Text(text)])
        }
    });
    each.collect()
}

/// Small credits, one clause each.
pub(super) fn small(words: &Words<'_>, small: &[Small]) -> Vec<Clause> {
    let each = small.iter().map(|one| {
        let Small {
            head,
            below,
            itself,
            together,
            then,
        } = one;
        let edge = if *itself { "at most" } else { "below" };
        let below = words.value(below);
        let which = match together {
            Some(true) => format!("If the credits of a month together are {edge} {below}, they"),
            _ => format!("Credits that on their own are {edge} {below}"),
        };
        let text = match then {
            Some(Excess::Carried { months, paid_out }) => {
                let months = months.as_ref().map_or_else(String::new, |months| {
                    format!(" for {} months at most", words.value(months).trim_end_matches(" months"))
                });
                let end = match paid_out {
                    Some(false) => "lapse",
                    _ => "are paid out on the last invoice",
                };
                format!(
                    "{which} wait{months} until they reach that amount with later ones; those that wait at the end of the term {end}."
                )
            }
            Some(Excess::Lapses) | None => format!("{which} are not settled."),
        };
        Clause {
            title: "Small credits".to_owned(),
            ..words.clause(head, vec![Part::Text(text)])
        }
    });
    each.collect()
}

/// On which invoice credits and bonuses are settled, one clause each.
pub(super) fn application(words: &Words<'_>, all: &[AppliedTo]) -> Vec<Clause> {
    let each = all.iter().map(|one| {
        let AppliedTo { head, kinds, to } = one;
        let kinds: Vec<String> = kinds
            .iter()
            .map(|kind| match kind {
                AwardKind::Credit => "credits".to_owned(),
                AwardKind::Bonus => "bonuses".to_owned(),
            })
            .collect();
        let text = format!(
            "Unless their own clauses say otherwise, {} are settled {}. The last invoice of the term settles all that are open.",
            list(&kinds, "and"),
            applied(*to).replace("in which it arises", "in which they arise")
        );
        Clause {
            title: "Invoice on which they are settled".to_owned(),
            ..words.clause(head, vec![Part::Text(text)])
        }
    });
    each.collect()
}

/// Notices, one clause each.
pub(super) fn notices(words: &Words<'_>, notices: &[Notice]) -> Vec<Clause> {
    let each = notices.iter().map(|notice| {
        let Notice { head, when } = notice;
        let title = head.title.as_ref().map_or("", |title| title.text.as_str());
        let text = format!(
            "In each month in which {}, the invoice states: “{title}”.",
            words.condition(when)
        );
        Clause {
            title: "Notice".to_owned(),
            ..words.clause(head, vec![Part::Text(text)])
        }
    });
    each.collect()
}
