//! A few months of data for any sound contract, and their results.

use std::fmt::Write as _;
use std::io::Cursor;

use quidpro::calendar::Month;
use quidpro::data::{self, Column, Options, Schema};
use quidpro::driver::{Invoicing, Loaded, Outcome, run_scenarios_of, schema_of, show};
use quidpro::evaluate::{CellTexts, story};
use quidpro::quantity::Type;
use quidpro::report::{refusal, statement, story as stories};

/// The number of months that are computed.
const MONTHS: i32 = 3;

/// The results of the sound contracts, whatever their layout: which scenarios pass, and the statements.
pub(crate) fn outcome(loaded: &Loaded) -> String {
    let mut out = String::new();
    for (at, checked) in loaded.contracts.iter().enumerate() {
        let (Some(schema), Some(mut invoicing)) = (schema_of(checked), Invoicing::of(checked))
        else {
            continue;
        };
        assert!(show(loaded, at, None).is_some_and(|text| !text.is_empty()));
        for result in run_scenarios_of(checked) {
            let _ = write!(out, "{:?}", result.has_passed());
        }
        let Some(term) = checked.contract.term else {
            continue;
        };
        let table = table(&schema, Month::of(term.first));
        let rows = data::open(
            "fuzz.csv",
            None,
            Cursor::new(table),
            &schema,
            &Options::default(),
        );
        let Ok(rows) = rows else { continue };
        for row in rows.flatten() {
            match invoicing.compute(&row) {
                Outcome::Invoiced(made) => {
                    let heading = &checked.contract_in(made.month).heading;
                    out.push_str(&statement::text::render(heading, &made));
                }
                Outcome::Refused(why, problems) => {
                    let shown = refusal::render(&[*why], &loaded.sources, false);
                    let _ = write!(out, "refused {}, {}", !shown.is_empty(), problems.len());
                }
            }
            let told = invoicing.history(row.account.as_ref()).and_then(|history| {
                story(
                    invoicing.evaluator()?,
                    history,
                    &loaded.sources,
                    &CellTexts::default(),
                    None,
                    None,
                )
            });
            if let Some(told) = told {
                assert!(!stories::text::render(&told, &loaded.sources, false).is_empty());
            }
        }
    }
    out
}

/// A row for each of the first months.
fn table(schema: &Schema, first: Month) -> String {
    let mut table = String::from("month");
    for column in &schema.columns {
        let _ = write!(table, ",{}", quoted(&column.name));
    }
    for later in 0..MONTHS {
        let _ = write!(table, "\n{}", first.plus(later));
        for (at, column) in schema.columns.iter().enumerate() {
            let _ = write!(table, ",{}", cell(column, at, later));
        }
    }
    table.push('\n');
    table
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Something that fits the column, if that is easy. Cells have different numbers, and some are 0 or empty.
fn cell(column: &Column, at: usize, later: i32) -> String {
    let number = (at * 7 + usize::try_from(later).unwrap_or_default() * 3) % 11;
    match (&column.kind, number) {
        (_, 10) if column.may_be_missing => String::new(),
        (Type::Percent, _) => format!("{}%", 90 + number),
        (Type::Score, _) => format!("{}", 1 + number % 5),
        (Type::Flag, _) => ["yes", "no"][number % 2].to_owned(),
        (Type::Month, _) => "2026-01".to_owned(),
        _ => format!("{}", number * number * 10),
    }
}
