//! The agenda as an iCalendar file (RFC 5545), which calendar programs import or subscribe to.
//!
//! Every event is a whole day. Its UID is made from the contract and its words, so that importing the file again changes
//! the events and does not double them. Its time stamp is the first day of the term, so that the same contract gives the
//! same bytes.

use icalendar::{Calendar, Component, Event as Entry, Property};
use sha2::{Digest, Sha256};

use crate::agenda::{Event, Often, is_end_of_february};
use crate::calendar::Date;

use super::ContractAgenda;
use super::words::how_often;

/// The agenda as an iCalendar file.
#[must_use]
pub fn render(contract: ContractAgenda<'_>) -> String {
    let mut calendar = Calendar::new();
    calendar.append_property(Property::new("PRODID", "-//Quidpro//Quidpro//EN"));
    calendar.name(contract.title);
    for event in &contract.agenda.events {
        let rule = event
            .repeats
            .and_then(|repeats| rule(repeats.often, event.due, repeats.last));
        match (&rule, event.repeats) {
            (None, Some(repeats)) => {
                // No rule of the format says this: each day is an event of its own.
                for day in event.days_in(event.due, repeats.last) {
                    calendar.push(entry(contract, event, day, None));
                }
            }
            _ => {
                calendar.push(entry(contract, event, event.due, rule.as_deref()));
            }
        }
    }
    calendar.done().to_string()
}

fn entry(contract: ContractAgenda<'_>, event: &Event, day: Date, rule: Option<&str>) -> Entry {
    let mut entry = Entry::new();
    entry.summary(&event.what);
    entry.add_property("UID", uid(contract, event, day));
    if let Some(term) = contract.agenda.term {
        entry.add_property("DTSTAMP", format!("{}T000000Z", basic(term.first)));
    }
    let mut start = Property::new("DTSTART", basic(day));
    start.add_parameter("VALUE", "DATE");
    entry.append_property(start.done());
    if let Some(rule) = rule {
        entry.add_property("RRULE", rule);
    }
    entry.add_property("TRANSP", "TRANSPARENT");
    let mut said = vec![format!("{}: {}", contract.title, event.about)];
    said.extend(how_often(event));
    said.extend(event.clause.clone());
    entry.description(&said.join("\n"));
    entry.done()
}

/// `20260131`
fn basic(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// The rule of the format; nothing where it has none.
fn rule(often: Often, first: Date, last: Date) -> Option<String> {
    let every = match often {
        Often::Daily => "FREQ=DAILY".to_owned(),
        Often::Weekly => "FREQ=WEEKLY".to_owned(),
        Often::Fortnightly => "FREQ=WEEKLY;INTERVAL=2".to_owned(),
        Often::Monthly => "FREQ=MONTHLY;BYMONTHDAY=-1".to_owned(),
        Often::Quarterly => "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1".to_owned(),
        Often::HalfYearly => "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1".to_owned(),
        Often::YearlyOnTheDay if is_end_of_february(first) => {
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1".to_owned()
        }
        Often::YearlyOnTheDay => "FREQ=YEARLY".to_owned(),
        Often::AfterMonth {
            days,
            working: true,
        } if (1..=15).contains(&days) => {
            format!("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={days}")
        }
        Often::AfterMonth {
            days,
            working: false,
        } if (1..=28).contains(&days) => format!("FREQ=MONTHLY;BYMONTHDAY={days}"),
        Often::AfterMonth { .. } => return None,
    };
    Some(format!("{every};UNTIL={}", basic(last)))
}

fn uid(contract: ContractAgenda<'_>, event: &Event, day: Date) -> String {
    let day = day.to_string();
    let of = [contract.contract, event.about, &event.what, &day].join("\n");
    let digest = Sha256::digest(of.as_bytes());
    let hex: String = digest
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{hex}@quidpro")
}
