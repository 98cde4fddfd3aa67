//! The contracts that come with the program: all are sound, their scenarios pass, and their amounts are as stated
//! elsewhere.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test reads files, and fails by panicking"
)]

mod models;
mod whole;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use quidpro::calendar::Month;
use quidpro::data::{self, Mode, Options, Row};
use quidpro::driver::{self, Files, Invoicing, Loaded, Outcome, run_scenarios_of};
use quidpro::evaluate::{Cell, Evaluator, History, invoice};
use quidpro::ledger::Statement;
use quidpro::quantity::Exact;
use quidpro::report::findings;
use quidpro::report::statement::{csv, text};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Files next to the contract.
struct Beside;

impl Files for Beside {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let name = Path::new(from).parent().unwrap().join(path);
        let text = fs::read_to_string(Path::new(ROOT).join(&name)).map_err(|e| e.to_string())?;
        Ok((name.to_str().unwrap().replace('\\', "/"), text))
    }
}

/// A file below the root, loaded under that name.
fn load(name: &str) -> Loaded {
    let text = fs::read_to_string(Path::new(ROOT).join(name)).unwrap();
    driver::load(name, &text, &Beside)
}

fn findings(loaded: &Loaded) -> String {
    findings::full::render(&loaded.diagnostics, &loaded.sources, false)
}

/// Every contract below `contracts/`, named from the root, sorted by name.
fn all_contracts() -> Vec<String> {
    let mut folders = vec![PathBuf::from("contracts")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(Path::new(ROOT).join(&folder)).unwrap() {
            let name = folder.join(entry.unwrap().file_name());
            if Path::new(ROOT).join(&name).is_dir() {
                folders.push(name);
            } else if name.extension().is_some_and(|end| end == "quid") {
                found.push(name.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// The invoices of a contract for its data. Every month must have one.
fn invoices(contract: &Loaded, data_name: &str) -> Vec<Statement> {
    assert!(contract.is_sound(), "{}", findings(contract));
    let contract = contract.contracts.first().unwrap();
    let options = Options {
        mode: Mode::Whole,
        sheet: None,
        keep_text: false,
    };
    let bytes = fs::read(Path::new(ROOT).join(data_name)).unwrap();
    let schema = driver::schema_of(contract).unwrap();
    let mut reader = data::open(data_name, None, bytes.as_slice(), &schema, &options)
        .unwrap_or_else(|problems| panic!("{}", problems.first().unwrap()));
    let mut invoicing = Invoicing::of(contract).unwrap();
    let mut row = Row::default();
    let mut statements = Vec::new();
    while reader.read_into(&mut row).unwrap() {
        match invoicing.compute(&row) {
            Outcome::Invoiced(statement) => statements.push(*statement),
            Outcome::Refused(refusal, problems) => {
                let reasons: Vec<&str> = refusal
                    .reasons
                    .iter()
                    .map(|reason| reason.message.as_str())
                    .collect();
                panic!("{data_name}, {}: {reasons:?} {problems:?}", row.month)
            }
        }
    }
    statements
}

fn as_text(contract: &Loaded, statements: &[Statement]) -> String {
    let heading = &contract.contracts.first().unwrap().contract.heading;
    let all: Vec<String> = statements
        .iter()
        .map(|statement| text::render(heading, statement))
        .collect();
    all.join("\n\n")
}

#[test]
fn every_contract_is_without_findings() {
    let all = all_contracts();
    assert!(all.len() >= 17, "{all:?}");
    for name in all {
        let loaded = load(&name);
        assert!(loaded.diagnostics.is_empty(), "{}", findings(&loaded));
    }
}

#[test]
fn every_scenario_comes_out() {
    for name in all_contracts() {
        let loaded = load(&name);
        for checked in &loaded.contracts {
            for result in run_scenarios_of(checked) {
                assert_eq!(result.mismatches, [], "{name}, {}", result.name);
            }
        }
    }
}

#[test]
fn every_case_has_scenarios() {
    for name in all_contracts() {
        let loaded = load(&name);
        for checked in &loaded.contracts {
            let scenarios = checked.contract.scenarios.len();
            let is_case = name.starts_with("contracts/cases/");
            assert!(scenarios > 0 || !is_case, "{name}");
        }
    }
}

#[test]
fn the_reference_contract_has_the_totals_computed_independently() {
    let loaded = load("contracts/reference_r1.quid");
    let found: BTreeMap<(String, Month), Exact> = invoices(&loaded, "contracts/reference_r1.csv")
        .into_iter()
        .map(|statement| {
            let account = statement.account.unwrap();
            ((account, statement.month), statement.total)
        })
        .collect();
    let stated = fs::read_to_string(Path::new(ROOT).join("contracts/reference_r1_totals.csv"));
    let mut count = 0;
    for line in stated.unwrap().lines().skip(1) {
        let [account, month, total] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let key = (account.to_owned(), Month::parse(month).unwrap());
        let wanted = Exact::parse_decimal(total).unwrap();
        assert_eq!(found.get(&key), Some(&wanted), "{line}");
        count += 1;
    }
    assert_eq!(count, found.len());
}

#[test]
fn a_year_of_emea_support() {
    let loaded = load("contracts/emea_support.quid");
    let statements = invoices(&loaded, "contracts/emea_support.csv");
    // Computed by a second program that shares nothing with this one.
    let totals = [
        "60000",
        "248415.73",
        "276624",
        "281012.13",
        "294070.05",
        "297431.04",
        "310290",
        "366951.53",
        "301915.68",
        "311936.75",
        "299078.63",
        "382447.32",
    ];
    let found: Vec<String> = statements
        .iter()
        .map(|statement| statement.total.to_string())
        .collect();
    assert_eq!(found, totals);
    insta::assert_snapshot!("emea_support", as_text(&loaded, &statements));
}

#[test]
fn a_year_of_emea_support_as_csv() {
    let loaded = load("contracts/emea_support.quid");
    let heading = &loaded.contracts.first().unwrap().contract.heading;
    let mut out = Vec::new();
    let mut writer = csv::Writer::new(&mut out).unwrap();
    for statement in invoices(&loaded, "contracts/emea_support.csv") {
        writer.statement(heading, &statement).unwrap();
    }
    writer.finish().unwrap();
    insta::assert_snapshot!("emea_support_csv", String::from_utf8(out).unwrap());
}

#[test]
fn the_invoices_of_the_starter() {
    let loaded = load("contracts/starter.quid");
    let statements = invoices(&loaded, "contracts/starter.csv");
    insta::assert_snapshot!("starter", as_text(&loaded, &statements));
}

/// Case W17: one month, four definitions, four values.
#[test]
fn four_service_levels() {
    let loaded = load("contracts/cases/w17_four_service_levels.quid");
    let checked = loaded.contracts.first().unwrap();
    let compiled = checked.compiled.as_ref().unwrap();
    let mut evaluator = Evaluator::new(&compiled.program);
    let given = [
        ("answered", 1000),
        ("answered_in_20s", 860),
        ("abandoned_in_20s", 20),
        ("abandoned_after_20s", 40),
    ];
    let slots = compiled.program.plan.slots.iter();
    let cells: Vec<_> = slots
        .map(|slot| {
            let (_, value) = given.iter().find(|(name, _)| *name == slot.name).unwrap();
            Cell::Value(Exact::from_integer(*value))
        })
        .collect();
    let mut history = History::default();
    evaluator.compute(&mut history, Month::parse("2026-01").unwrap(), &cells);
    let statement = invoice(&evaluator, None).unwrap();
    let values: BTreeMap<&str, String> = statement
        .measures
        .iter()
        .map(|measure| {
            let value = &measure.value.as_ref().unwrap().value;
            (measure.name.as_str(), value.to_string())
        })
        .collect();
    let wanted = BTreeMap::from([
        ("abandoned_early_is_answered", "44/53"),
        ("abandoned_is_ignored", "0.86"),
        ("abandoned_is_missed", "43/53"),
        ("abandoned_early_is_ignored", "43/52"),
    ]);
    for (name, value) in wanted {
        assert_eq!(values.get(name).map(String::as_str), Some(value), "{name}");
    }
}

/// Case W2 as in its original: 98.95% is in no band, and the finding names exactly that value.
#[test]
fn a_table_with_one_decimal_leaves_gaps() {
    let loaded = load("tests/contracts/w02_gap.quid");
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["band-gap"; 3]);
    assert!(loaded.contracts.first().unwrap().compiled.is_none());
    insta::assert_snapshot!("w02_gap", findings(&loaded));
}
