//! Amendments: what they change from their date onwards, what continues across that date, and what the data must have.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test reads files, and fails by panicking"
)]

mod chains;
mod columns;
mod continuity;
mod memory;
mod mistakes;
mod shown;
mod still_open;

use std::io::Cursor;

use quidpro::data::{Options, open};
use quidpro::driver::{self, Files, Invoicing, Loaded, Outcome, run_scenarios_of};
use quidpro::ledger::Statement;
use quidpro::report::findings;
use quidpro::report::statement::text;

/// Files by their names.
pub struct Texts(pub Vec<(&'static str, String)>);

impl Files for Texts {
    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        let found = self.0.iter().find(|(name, _)| *name == path);
        let (name, text) = found.ok_or("there is no such file")?;
        Ok(((*name).to_owned(), text.clone()))
    }
}

/// Loads the first of the files.
pub fn load(files: &[(&'static str, &str)]) -> Loaded {
    let texts = files.iter().map(|(name, text)| (*name, (*text).to_owned()));
    let texts = Texts(texts.collect());
    let (name, text) = files.first().unwrap();
    driver::load(name, text, &texts)
}

pub fn findings(loaded: &Loaded) -> String {
    findings::full::render(&loaded.diagnostics, &loaded.sources, false)
}

/// A contract in GBP with these items, as `base.quid`.
pub fn base(items: &str) -> String {
    format!(
        "contract deal \"Deal\" {{\n  customer \"A\"\n  supplier \"B\"\n  currency GBP\n  \
         term 2026-01-01 to 2027-12-31\n  round each line half up to 0.01 GBP\n{items}\n}}\n"
    )
}

/// An amendment to that contract, with the `use` above it.
pub fn amendment(name: &str, uses: &str, effective: &str, changes: &str) -> String {
    format!("use \"{uses}\"\namendment {name} to deal effective {effective} {{\n{changes}\n}}\n")
}

/// A sound contract with one amendment.
pub fn amended(items: &str, effective: &str, changes: &str) -> Loaded {
    let loaded = load(&[
        ("a1.quid", &amendment("a1", "base.quid", effective, changes)),
        ("base.quid", &base(items)),
    ]);
    assert!(loaded.is_sound(), "{}", findings(&loaded));
    loaded
}

/// The statements of every row, or why the month has none.
pub fn statements(loaded: &Loaded, csv: &str) -> Vec<Result<Statement, String>> {
    assert!(loaded.is_sound(), "{}", findings(loaded));
    let contract = loaded.contracts.first().unwrap();
    let schema = driver::schema_of(contract).unwrap();
    let bytes = Cursor::new(csv.as_bytes().to_vec());
    let name = if csv.starts_with('[') {
        "data.json"
    } else {
        "data.csv"
    };
    let reader = open(name, None, bytes, &schema, &Options::default());
    let mut invoicing = Invoicing::of(contract).unwrap();
    let rows = reader.unwrap_or_else(|problems| panic!("{problems:?}"));
    rows.map(|row| match invoicing.compute(&row.unwrap()) {
        Outcome::Invoiced(statement) => Ok(*statement),
        Outcome::Refused(refusal, problems) => Err(format!("{refusal:?} {problems:?}")),
    })
    .collect()
}

/// The totals of every row.
pub fn totals(loaded: &Loaded, csv: &str) -> Vec<String> {
    let all = statements(loaded, csv).into_iter();
    all.map(|statement| statement.unwrap().total.to_string())
        .collect()
}

/// The statements as printed, without the name of the amendment.
pub fn printed(loaded: &Loaded, csv: &str) -> Vec<String> {
    let contract = loaded.contracts.first().unwrap();
    let all = statements(loaded, csv).into_iter();
    all.map(|statement| match statement {
        Ok(mut statement) => {
            statement.amendment = None;
            text::render(&contract.contract_in(statement.month).heading, &statement)
        }
        Err(refusal) => refusal,
    })
    .collect()
}

/// What the scenarios find wrong.
pub fn mismatches(loaded: &Loaded) -> Vec<String> {
    assert!(loaded.is_sound(), "{}", findings(loaded));
    let contract = loaded.contracts.first().unwrap();
    let results = run_scenarios_of(contract);
    assert!(!results.is_empty());
    let all = results.into_iter().flat_map(|result| result.mismatches);
    all.map(|mismatch| format!("{}: {}", mismatch.month, mismatch.message))
        .collect()
}
