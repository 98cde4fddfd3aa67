//! What is wrong with data: where, why it cannot be read, and what to write instead.

use std::fmt;
use std::sync::Arc;

use crate::calendar::Month;

use super::place::{Excerpt, Place};

/// One thing that is wrong with the data.
///
/// Messages are lower case with no full stop, in plain words, with the user's own text in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its kind, a stable name in kebab case: `missing-column`.
    pub code: &'static str,
    /// Where it is.
    pub place: Place,
    /// The account that it is about, if that is known.
    pub account: Option<Arc<str>>,
    /// The month that it is about, if that is known.
    pub month: Option<Month>,
    /// What is wrong, in one line.
    pub message: String,
    /// Why it cannot be read as it is.
    pub why: Vec<String>,
    /// What to write instead.
    pub help: Vec<String>,
    /// The line of the data, with the cell marked.
    pub excerpt: Option<Excerpt>,
}

/// ``months.csv, row 7, column C (`offered`): `n/a` is not a number``
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Problem {}

impl Fault {
    /// What is wrong and what to do, in one line.
    pub(super) fn in_words(&self) -> String {
        let help = self.help.iter().map(|help| format!("; {help}"));
        format!("{}{}", self.message, help.collect::<String>())
    }
}

/// A problem whose place is not known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    code: &'static str,
    message: String,
    why: Vec<String>,
    help: Vec<String>,
}

impl Fault {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            why: Vec::new(),
            help: Vec::new(),
        }
    }

    pub(super) fn because(mut self, why: impl Into<String>) -> Self {
        self.why.push(why.into());
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    pub(super) fn at(self, place: Place) -> Problem {
        Problem {
            code: self.code,
            place,
            account: None,
            month: None,
            message: self.message,
            why: self.why,
            help: self.help,
            excerpt: None,
        }
    }
}

impl Problem {
    pub(super) fn with_excerpt(mut self, excerpt: Option<Excerpt>) -> Self {
        self.excerpt = excerpt;
        self
    }

    pub(super) fn of(mut self, account: Option<Arc<str>>, month: Option<Month>) -> Self {
        self.account = account;
        self.month = month;
        self
    }
}

/// Names in a list: `` `a`, `b` and `c` ``.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// The candidate closest to `word`, if any is close.
pub(super) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if word.len() > 200 {
        return None;
    }
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|name| {
            (
                strsim::damerau_levenshtein(&word, &name.to_lowercase()),
                name,
            )
        })
        .filter(|(distance, name)| *distance <= (name.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
