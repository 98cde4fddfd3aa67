//! What falls due under a contract, and when: reviews, data, training, index dates, notices, the end.
//!
//! A contract says how often something happens, and rarely on which day. An event that repeats is therefore due by the
//! last day of its week, month, quarter, half-year or contract year. Nothing here depends on today.

mod partnership;
mod repeats;

use crate::calendar::{Date, Month, Period};
use crate::model::facts::{Facts, Index, IndexTarget, Waiver};
use crate::model::{Contract, FactValue, PartnershipFact};
use crate::text::Span;

pub use repeats::{Often, Repeats, is_end_of_february};

/// Something that happens on a day, or again and again from that day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What happens, in words: `operations review`.
    pub what: String,
    /// The part of the contract that says so: `governance`, `term`.
    pub about: &'static str,
    /// The day by which it is due; of an event that repeats, the first one.
    pub due: Date,
    /// How it repeats, if it does.
    pub repeats: Option<Repeats>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// The words that say so; nothing for a waiver.
    pub place: Option<Span>,
}

/// A time limit that begins with something that happens, so that it has no day in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeLimit {
    /// What is to be done: `feedback to agents`.
    pub what: String,
    /// How long there is: `5 days`.
    pub within: String,
    /// What it is counted from: `an audit`.
    pub after: &'static str,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// The words that say so.
    pub place: Span,
}

/// What falls due under a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// The first and last day of the contract.
    pub term: Option<Period>,
    /// Events, the earliest first; of the same day in the order of the text.
    pub events: Vec<Event>,
    /// Time limits without a day, in the order of the text.
    pub limits: Vec<TimeLimit>,
}

/// What falls due under a contract as it reads in one of its versions, with the findings that the parties accept for a
/// time. A contract without a term has no days.
#[must_use]
pub fn agenda(contract: &Contract, waivers: &[Waiver]) -> Agenda {
    let Some(term) = contract.term else {
        return Agenda::default();
    };
    let mut agenda = Agenda {
        term: Some(term),
        ..Agenda::default()
    };
    frame(&contract.facts, term, &mut agenda);
    for clause in &contract.partnership {
        partnership::read(clause, term, &mut agenda);
    }
    for index in &contract.facts.indices {
        agenda.events.extend(adjustment(index, term));
    }
    agenda.events.extend(waivers.iter().map(waiver));
    agenda.events.sort_by_key(|event| (event.due, event.place));
    agenda.limits.sort_by_key(|limit| limit.place);
    agenda
}

fn frame(facts: &Facts, term: Period, agenda: &mut Agenda) {
    let head = facts.frame.term.as_ref().map(|term| &term.head);
    let clause = head.and_then(|head| head.clause.as_ref());
    let event = |what: &str, due| Event {
        what: what.to_owned(),
        about: "term",
        due,
        repeats: None,
        clause: clause.map(|clause| clause.text.clone()),
        place: head.map(|head| head.span),
    };
    agenda.events.push(event("the contract begins", term.first));
    agenda.events.push(event("the contract ends", term.last));
}

/// The days on which prices follow an index.
fn adjustment(index: &Index, term: Period) -> Option<Event> {
    let first = index.first.first_day()?;
    let targets: Vec<String> = index
        .targets
        .iter()
        .map(|target| match target {
            IndexTarget::Charges => "all charges".to_owned(),
            IndexTarget::Named(link) => format!("`{}`", link.name),
        })
        .collect();
    let repeats = Repeats {
        often: Often::YearlyOnTheDay,
        last: term.last,
    };
    let is_again = index.first.plus(12) <= Month::of(term.last);
    (first <= term.last).then(|| Event {
        what: format!("{} follow `{}`", targets.join(", "), index.by.name),
        about: "index",
        due: first,
        repeats: is_again.then_some(repeats),
        clause: index.head.clause.as_ref().map(|clause| clause.text.clone()),
        place: Some(index.head.span),
    })
}

fn waiver(waiver: &Waiver) -> Event {
    let about = waiver.about.as_ref();
    let of = about.map_or_else(String::new, |about| format!(" for `{about}`"));
    Event {
        what: format!("the waiver of {}{of} ends", waiver.rule),
        about: "waive",
        due: waiver.until,
        repeats: None,
        clause: waiver.reference.clone(),
        place: None,
    }
}

/// The number at a position among a statement's values, if it is a whole number that fits.
fn number(fact: &PartnershipFact, at: usize) -> Option<i32> {
    match fact.values.get(at)? {
        FactValue::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

/// The word or text at a position among a statement's values.
fn word(fact: &PartnershipFact, at: usize) -> Option<&str> {
    match fact.values.get(at)? {
        FactValue::Word(word) | FactValue::Text(word) => Some(word),
        FactValue::Number(_) => None,
    }
}
