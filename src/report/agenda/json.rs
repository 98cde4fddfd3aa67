//! The agenda for programs, by the schema `docs/schema/calendar.schema.json`.

use serde_json::{Value as Json, json};

use crate::agenda::{Event, Often};
use crate::calendar::Date;
use crate::report::wire::Place;

use super::ContractAgenda;
use super::text::days;

/// The agenda as a document.
#[must_use]
pub fn render(contract: ContractAgenda<'_>) -> String {
    let agenda = contract.agenda;
    let place = |span| Place::of(span, contract.sources);
    let events = agenda.events.iter().map(|event| {
        json!({
            "what": event.what,
            "about": event.about,
            "due": event.due.to_string(),
            "repeats": event.repeats.map(|repeats| json!({
                "often": key(repeats.often),
                "days_after_the_month": after(repeats.often),
                "last_day": repeats.last.to_string(),
            })),
            "clause": event.clause,
            "place": event.place.map(place),
        })
    });
    let limits = agenda.limits.iter().map(|limit| {
        json!({
            "what": limit.what,
            "within": limit.within,
            "after": limit.after,
            "clause": limit.clause,
            "place": place(limit.place),
        })
    });
    let listed = contract.listed.map(|period| {
        let days = days(contract, period.first, period.last);
        let day =
            |(day, event): &(Date, &Event)| json!({ "day": day.to_string(), "what": event.what });
        json!({
            "first_day": period.first.to_string(),
            "last_day": period.last.to_string(),
            "days": days.iter().map(day).collect::<Vec<Json>>(),
        })
    });
    let document = json!({
        "contract": contract.contract,
        "title": contract.title,
        "file": contract.file,
        "first_day": agenda.term.map(|term| term.first.to_string()),
        "last_day": agenda.term.map(|term| term.last.to_string()),
        "events": events.collect::<Vec<Json>>(),
        "time_limits": limits.collect::<Vec<Json>>(),
        "listed": listed,
    });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn key(often: Often) -> &'static str {
    match often {
        Often::Daily => "daily",
        Often::Weekly => "weekly",
        Often::Fortnightly => "fortnightly",
        Often::Monthly => "monthly",
        Often::Quarterly => "quarterly",
        Often::HalfYearly => "half_yearly",
        Often::YearlyOnTheDay => "yearly",
        Often::AfterMonth { working: false, .. } => "days_after_each_month",
        Often::AfterMonth { working: true, .. } => "working_days_after_each_month",
    }
}

fn after(often: Often) -> Option<u8> {
    match often {
        Often::AfterMonth { days, .. } => Some(days),
        _ => None,
    }
}
