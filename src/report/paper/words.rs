//! Values, days, periods and lists in prose.

use std::num::NonZeroU32;

use crate::calendar::{Date, Month};
use crate::model::Contract;
use crate::model::facts::{
    Applied, Comparison, Every, Facts, Fallback, Form, Head, Link, Replacement, Rounded, Value,
};
use crate::quantity::{Exact, Figure, RoundingMode, Type};
use crate::text::{Sources, Span};

use super::terms::{Terms, noun};
use super::translate::{Tone, translate};
use super::{Clause, Part};

/// What is needed to write clauses.
pub(super) struct Words<'p> {
    pub(super) sources: &'p Sources,
    pub(super) contract: &'p Contract,
    pub(super) facts: &'p Facts,
    pub(super) terms: Terms,
}

impl<'p> Words<'p> {
    pub(super) fn of(sources: &'p Sources, contract: &'p Contract) -> Self {
        Self {
            sources,
            contract,
            facts: &contract.facts,
            terms: Terms::of(contract),
        }
    }

    /// A clause of the text, with what it says.
    pub(super) fn clause(&self, head: &Head, parts: Vec<Part>) -> Clause {
        let title = head.title.as_ref().map(|title| title.text.clone());
        let named = head
            .name
            .as_ref()
            .map(|name| capital(&name.text.replace('_', " ")));
        let title = title.or(named);
        Clause {
            title: title.unwrap_or_else(|| capital(noun(head.kind))),
            reference: head.clause.as_ref().map(|clause| clause.text.clone()),
            designation: Some(head.designation.clone()),
            place: Some((
                self.sources.name(head.span.file).to_owned(),
                self.sources.start(head.span).line,
            )),
            parts,
        }
    }

    /// The defined term of a clause.
    pub(super) fn term(&self, head: &Head) -> String {
        let term = self.terms.of_clause(head.id);
        term.map_or_else(|| format!("this {}", noun(head.kind)), str::to_owned)
    }

    /// A name that the text refers to.
    pub(super) fn link(&self, link: &Link) -> String {
        let term = link.to.and_then(|id| self.terms.of_clause(id));
        let term = term.map_or_else(
            || format!("“{}”", link.name.replace('_', " ")),
            str::to_owned,
        );
        match &link.member {
            Some(member) => format!("{term} for {}", member.replace('_', " ")),
            None => term,
        }
    }

    pub(super) fn links(&self, all: &[Link]) -> String {
        let all: Vec<String> = all.iter().map(|link| self.link(link)).collect();
        list(&all, "and")
    }

    /// The words of a value.
    pub(super) fn value(&self, value: &Value) -> String {
        let words = self.said(value.span, Tone::Value);
        match &value.form {
            // The sign of a percentage can be a word of the sentence, and not of the value.
            Form::Fixed(figure) if figure.kind == Type::Percent && !words.contains('%') => {
                self::figure(&figure.value, &figure.kind)
            }
            _ => words,
        }
    }

    /// The words of a condition.
    pub(super) fn condition(&self, value: &Value) -> String {
        self.said(value.span, Tone::Condition)
    }

    pub(super) fn said(&self, span: Span, tone: Tone) -> String {
        translate(self.sources.slice(span), span, &self.terms, tone)
    }

    pub(super) fn rounded(&self, rounded: &Rounded) -> String {
        format!(
            "rounded {} to {}",
            mode(rounded.mode),
            self.value(&rounded.step)
        )
    }

    /// What counts instead: a clause of a sentence.
    pub(super) fn fallback(&self, fallback: &Fallback) -> String {
        match &fallback.with {
            Replacement::NoValue => "there is no value for the month".to_owned(),
            Replacement::NoInvoice => {
                "the month is not invoiced until the figure is known or the parties agree"
                    .to_owned()
            }
            Replacement::LastKnown => "the last known value counts".to_owned(),
            Replacement::AverageOfLast(months) => format!(
                "the average of the {} months before counts, or of as many as there are",
                self.value(months)
            ),
            Replacement::Value(value) => format!("{} counts", self.value(value)),
        }
    }

    /// ` for each severity`, or nothing.
    pub(super) fn each(&self, dimension: Option<&String>) -> String {
        dimension.map_or_else(String::new, |dimension| {
            format!(" for each {}", dimension.replace('_', " "))
        })
    }
}

/// `each calendar quarter`
pub(super) fn every(every: Every) -> &'static str {
    match every {
        Every::Month => "each month",
        Every::Quarter => "each calendar quarter",
        Every::ContractYear => "each contract year",
        Every::CalendarYear => "each calendar year",
    }
}

/// `calendar quarter`
pub(super) fn period(every: Every) -> &'static str {
    match every {
        Every::Month => "month",
        Every::Quarter => "calendar quarter",
        Every::ContractYear => "contract year",
        Every::CalendarYear => "calendar year",
    }
}

/// When something is settled: a clause of a sentence.
pub(super) fn settled(of: Every) -> String {
    match of {
        Every::Month => "each month".to_owned(),
        other => format!("in the last month of {} and of the term", every(other)),
    }
}

/// `on the invoice of the following month`
pub(super) fn applied(applied: Applied) -> String {
    match applied {
        Applied::This => "on the invoice of the month in which it arises".to_owned(),
        Applied::Next => "on the invoice of the following month".to_owned(),
        Applied::LastOf(every) => format!("on the last invoice of the {}", period(every)),
    }
}

pub(super) fn mode(mode: RoundingMode) -> &'static str {
    mode.words()
}

pub(super) fn comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Below => "below",
        Comparison::AtMost => "at most",
        Comparison::Above => "above",
        Comparison::AtLeast => "at least",
        Comparison::Is => "exactly",
        Comparison::IsNot => "other than",
    }
}

/// `a, b and c`
pub(super) fn list(all: &[String], last: &str) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// The text with its first letter in upper case.
pub(super) fn capital(text: &str) -> String {
    let mut signs = text.chars();
    let first = signs.next().map(|sign| sign.to_uppercase().to_string());
    first.unwrap_or_default() + signs.as_str()
}

/// The type of a value: `a percentage`, `a number of calls`.
pub(super) fn kind(kind: &Type) -> String {
    match kind {
        Type::Unknown => "a value".to_owned(),
        Type::Flag => "yes or no".to_owned(),
        Type::Number => "a number".to_owned(),
        Type::Percent => "a percentage".to_owned(),
        Type::PercentagePoints => "percentage points".to_owned(),
        Type::Score => "a score".to_owned(),
        Type::Month => "a month".to_owned(),
        Type::Quantity(unit) => unit.to_string(),
    }
}

/// A value of that type, with commas between thousands.
pub(super) fn figure(value: &Exact, kind: &Type) -> String {
    let figure = Figure::new(value.clone(), kind.clone());
    let unit = figure.unit();
    let number = figure.number().replace(' ', ",");
    if unit.len() == 3 && unit.chars().all(|sign| sign.is_ascii_uppercase()) {
        format!("{unit} {number}")
    } else if unit.is_empty() {
        number
    } else {
        format!("{number} {unit}")
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month of the year, 1 to 12.
pub(super) fn month_name(number: u32) -> &'static str {
    let at = NonZeroU32::new(number).map_or(0, |number| number.get() - 1);
    MONTHS
        .get(usize::try_from(at).unwrap_or(0))
        .copied()
        .unwrap_or("January")
}

/// `April 2026`
pub(super) fn month(month: Month) -> String {
    written_date(&month.to_string())
}

/// `1 April 2026`
pub(super) fn day(day: Date) -> String {
    written_date(&day.to_string())
}

/// A day or month of the text in words: `1 April 2026`.
pub(super) fn written_date(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    let name = |month: &str| month.parse().map(month_name).unwrap_or("January");
    match parts.as_slice() {
        [year, month, day] => format!("{} {} {year}", day.trim_start_matches('0'), name(month)),
        [year, month] => format!("{} {year}", name(month)),
        _ => text.to_owned(),
    }
}
