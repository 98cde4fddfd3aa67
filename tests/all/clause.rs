//! Small contracts around one clause, loaded, run and computed. The tests of clauses and mechanisms share this.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::io::Cursor;

use quidpro::calendar::Month;
use quidpro::data::{self, Options};
use quidpro::driver::{self, Files, Invoicing, Loaded, Outcome, run_scenarios};
use quidpro::evaluate::{Cell, Evaluator, History, invoice};
use quidpro::ledger::{Refusal, Statement};
use quidpro::quantity::Exact;

pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        Err(format!("`{path}` is not there"))
    }
}

/// A contract in USD with these items.
pub fn contract(items: &str) -> Loaded {
    let text = format!(
        "contract clause \"Clause\" {{\n  customer \"A\"\n  supplier \"B\"\n  currency USD\n  \
         term 2026-01-01 to 2026-12-31\n  round each line half up to 0.01 USD\n{items}\n}}\n"
    );
    driver::load("clause.quid", &text, &NoFiles)
}

pub fn messages(loaded: &Loaded) -> Vec<&str> {
    let found = loaded.diagnostics.iter();
    found.map(|finding| finding.message.as_str()).collect()
}

/// What the scenarios of a sound contract find wrong.
pub fn mismatches(loaded: &Loaded) -> Vec<String> {
    assert_eq!(messages(loaded), [""; 0]);
    let checked = loaded.contracts.first().unwrap();
    let results = run_scenarios(&checked.contract, checked.compiled.as_ref().unwrap());
    assert!(!results.is_empty());
    let all = results.into_iter().flat_map(|result| result.mismatches);
    all.map(|mismatch| format!("{}: {}", mismatch.month, mismatch.message))
        .collect()
}

/// The first month with these values of the inputs, in order.
pub fn first_month(loaded: &Loaded, given: &[i64]) -> Result<Statement, Box<Refusal>> {
    assert_eq!(messages(loaded), [""; 0]);
    let compiled = loaded.contracts.first().unwrap().compiled.as_ref().unwrap();
    let mut evaluator = Evaluator::new(&compiled.program);
    let cells: Vec<Cell> = given
        .iter()
        .map(|value| Cell::Value(Exact::from_integer(*value)))
        .collect();
    let month = Month::parse("2026-01").unwrap();
    evaluator.compute(&mut History::default(), month, &cells);
    invoice(&evaluator, None)
}

/// The statements of every row of the data, or why the month has none.
pub fn statements(loaded: &Loaded, csv: &str) -> Vec<Result<Statement, String>> {
    assert_eq!(messages(loaded), [""; 0]);
    let program = &loaded
        .contracts
        .first()
        .unwrap()
        .compiled
        .as_ref()
        .unwrap()
        .program;
    let schema = driver::schema(program);
    let bytes = Cursor::new(csv.as_bytes().to_vec());
    let reader = data::open("data.csv", None, bytes, &schema, &Options::default());
    let mut invoicing = Invoicing::new(program);
    let rows = reader.unwrap_or_else(|problems| panic!("{problems:?}"));
    rows.map(|row| match invoicing.compute(&row.unwrap()) {
        Outcome::Invoiced(statement) => Ok(*statement),
        Outcome::Refused(refusal, problems) => Err(format!("{refusal:?} {problems:?}")),
    })
    .collect()
}

/// The sum of the lines with that name, as text: `-1250.5`.
pub fn amount(statement: &Statement, name: &str) -> String {
    let lines = statement.lines.iter().filter(|line| line.name == name);
    let zero = Exact::zero();
    lines
        .fold(zero, |sum, line| sum.add(&line.amount))
        .to_string()
}
