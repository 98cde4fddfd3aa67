//! What falls due: on which days, as people, programs and calendars read it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test reads the project's files, and fails by panicking"
)]

use std::fs;
use std::path::Path;

use quidpro::agenda::{Agenda, agenda};
use quidpro::calendar::{Date, Period};
use quidpro::driver::{self, Files, Loaded};
use quidpro::report::agenda::{ContractAgenda, ics, json, text};
use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Files beside the contract, below the root.
struct Beside;

impl Files for Beside {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let name = Path::new(from).parent().unwrap().join(path);
        let text = fs::read_to_string(Path::new(ROOT).join(&name)).map_err(|e| e.to_string())?;
        Ok((name.to_str().unwrap().to_owned(), text))
    }
}

fn of_file(name: &str) -> Loaded {
    let text = fs::read_to_string(Path::new(ROOT).join(name)).unwrap();
    driver::load(name, &text, &Beside)
}

/// A contract with these clauses about the partnership, in a term.
fn contract(term: &str, clauses: &str) -> Loaded {
    let text = format!(
        "contract desk \"Desk, and more\" {{\n  currency EUR\n  term {term}\n  round each line half up to 0.01 EUR\n  \
         part months by actual days\n  charge fee 100 EUR per month\n  {clauses}\n}}\n"
    );
    let loaded = driver::load("desk.quid", &text, &Beside);
    let errors: Vec<&str> = loaded
        .diagnostics
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    assert!(loaded.is_sound(), "{errors:?}");
    loaded
}

fn shown<T>(
    loaded: &Loaded,
    listed: Option<(&str, &str)>,
    show: impl Fn(ContractAgenda<'_>) -> T,
) -> T {
    let checked = loaded.contracts.last().unwrap();
    let versions = checked.versions();
    let contract = versions.last().unwrap().contract;
    let agenda = agenda(contract, &loaded.accepted(contract));
    let day = |text: &str| text.parse::<Date>().unwrap();
    show(ContractAgenda {
        file: "desk.quid",
        sources: &loaded.sources,
        contract: &contract.heading.contract,
        title: contract.heading.title.as_deref().unwrap_or_default(),
        agenda: &agenda,
        listed: listed.and_then(|(from, to)| Period::new(day(from), day(to))),
    })
}

#[test]
fn a_whole_contract_for_people() {
    let loaded = of_file("contracts/emea_support.quid");
    insta::assert_snapshot!(shown(&loaded, None, text::render));
}

#[test]
fn the_days_of_a_quarter() {
    let loaded = of_file("contracts/whole/claims_processing/claims_processing.quid");
    insta::assert_snapshot!(shown(
        &loaded,
        Some(("2026-01-01", "2026-03-31")),
        text::render
    ));
}

#[test]
fn a_calendar_file() {
    let loaded = contract(
        "2024-03-01 to 2026-02-28",
        "governance { executive review yearly; report \"Board; all\" quarterly }\n  \
         measurement { data within 20 working days; corrections within 1 months by a new invoice }",
    );
    insta::assert_snapshot!(shown(&loaded, None, ics::render));
}

#[test]
fn every_contract_fits_the_schema() {
    let schema =
        fs::read_to_string(Path::new(ROOT).join("docs/schema/calendar.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let whole = "contracts/whole/claims_processing/claims_processing.quid";
    for name in [
        "contracts/emea_support.quid",
        "contracts/starter.quid",
        "contracts/reference_r1.quid",
        whole,
    ] {
        let loaded = of_file(name);
        for listed in [None, Some(("2026-01-01", "2026-06-30"))] {
            let document: Value =
                serde_json::from_str(&shown(&loaded, listed, json::render)).unwrap();
            if let Err(error) = schema.validate(&document) {
                panic!("{name}: {error} at {}", error.instance_path());
            }
        }
    }
}

/// Another program's reading of the calendar file gives the days that the program itself lists.
#[test]
fn the_rules_of_the_calendar_file_give_the_listed_days() {
    let clauses = "governance { operations review daily; business review weekly; executive review fortnightly; \
         service review monthly; security review quarterly; site visit half-yearly; report \"Year\" yearly }\n  \
         measurement { data within DAYS days; corrections within 2 months on the next invoice }";
    let mut compared = 0;
    for term in [
        "2026-01-01 to 2028-12-31",
        "2024-03-01 to 2028-02-29",
        "2027-03-01 to 2033-02-28",
        "2026-01-16 to 2027-08-15",
    ] {
        for days in [
            "1",
            "28",
            "40",
            "1 working",
            "10 working",
            "15 working",
            "18 working",
        ] {
            let loaded = contract(term, &clauses.replace("DAYS", days));
            let file = shown(&loaded, None, ics::render).replace("\r\n ", "");
            let mut read = Vec::new();
            for entry in file.split("BEGIN:VEVENT").skip(1) {
                read.extend(days_of(entry));
            }
            read.sort();
            let mut listed = shown(&loaded, None, |shown| all_days(shown.agenda));
            listed.sort();
            assert_eq!(read, listed, "{term}, {days}");
            compared += listed.len();
        }
    }
    assert!(compared > 10_000);
}

/// The days of an entry of a calendar file, each with what is due, as the crate `rrule` reads them.
fn days_of(entry: &str) -> Vec<(String, String)> {
    let line = |name: &str| entry.lines().find_map(|line| line.strip_prefix(name));
    let what = line("SUMMARY:")
        .unwrap()
        .replace("\\,", ",")
        .replace("\\;", ";");
    let start = line("DTSTART;VALUE=DATE:").unwrap();
    let Some(rule) = line("RRULE:") else {
        return vec![(start.to_owned(), what)];
    };
    let set: rrule::RRuleSet = format!("DTSTART:{start}T000000Z\nRRULE:{rule}T000000Z")
        .parse()
        .unwrap();
    let found = set.all(5_000);
    assert!(!found.limited);
    let days = found
        .dates
        .iter()
        .map(|date| date.format("%Y%m%d").to_string());
    days.map(|day| (day, what.clone())).collect()
}

fn all_days(agenda: &Agenda) -> Vec<(String, String)> {
    let (from, to) = ("1900-01-01".parse().unwrap(), "2100-01-01".parse().unwrap());
    let mut all = Vec::new();
    for event in &agenda.events {
        for day in event.days_in(from, to) {
            all.push((day.strftime("%Y%m%d").to_string(), event.what.clone()));
        }
    }
    all
}

#[test]
fn the_last_data_is_that_of_the_last_month() {
    let clause =
        "measurement { data within 40 days; corrections within 2 months on the next invoice }";
    let loaded = contract("2026-01-01 to 2026-03-31", clause);
    let days = shown(&loaded, None, |shown| all_days(shown.agenda));
    let data = days.iter().filter(|(_, what)| what.starts_with("data"));
    let days: Vec<&str> = data.map(|(day, _)| day.as_str()).collect();
    assert_eq!(days, ["20260312", "20260409", "20260510"]);
}

#[test]
fn a_contract_without_days_says_so() {
    let loaded = contract("2026-01-01 to 2026-12-31", "");
    let page = shown(&loaded, Some(("2026-02-01", "2026-02-28")), text::render);
    assert!(page.contains("nothing falls due"), "{page}");
}
