//! What the parties agreed: every clause is included, according to its schema, and every reference leads somewhere.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test reads the project's files, and fails by panicking"
)]

mod review;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use quidpro::catalogue::{ItemKind, Stage};
use quidpro::driver::{self, Files, Loaded};
use quidpro::report::facts::{ContractFacts, VersionHead, json, text};
use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Files next to the contract, below the root.
struct Beside;

impl Files for Beside {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let name = Path::new(from).parent().unwrap().join(path);
        let text = fs::read_to_string(Path::new(ROOT).join(&name)).map_err(|e| e.to_string())?;
        Ok((name.to_str().unwrap().replace('\\', "/"), text))
    }
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap()
}

fn load(name: &str) -> Loaded {
    driver::load(name, &read(name), &Beside)
}

/// Every contract and amendment below `contracts/`, named from the root.
fn contracts() -> Vec<String> {
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

/// What `show` returns for each version of each contract in a file, the newest version last.
fn each<T>(name: &str, loaded: &Loaded, mut show: impl FnMut(ContractFacts<'_>) -> T) -> Vec<T> {
    let mut shown = Vec::new();
    for checked in &loaded.contracts {
        let versions = checked.versions();
        let heads: Vec<VersionHead> = versions
            .iter()
            .map(|version| VersionHead {
                from: version.from,
                amendment: version.contract.plan.amendment.clone(),
            })
            .collect();
        for (at, version) in versions.iter().enumerate() {
            shown.push(show(ContractFacts {
                file: name,
                sources: &loaded.sources,
                contract: version.contract,
                versions: &heads,
                shown: at,
                waivers: &loaded.accepted(version.contract),
            }));
        }
    }
    shown
}

fn last(name: &str, render: impl Fn(ContractFacts<'_>) -> String) -> String {
    each(name, &load(name), render).pop().unwrap()
}

fn schema() -> Validator {
    jsonschema::validator_for(
        &serde_json::from_str(&read("docs/schema/facts.schema.json")).unwrap(),
    )
    .unwrap()
}

#[test]
fn every_contract_fits_the_schema() {
    let schema = schema();
    for name in contracts() {
        let loaded = load(&name);
        for document in each(&name, &loaded, json::render) {
            let document: Value = serde_json::from_str(&document).unwrap();
            if let Err(error) = schema.validate(&document) {
                panic!("{name}: {error} at {}", error.instance_path());
            }
        }
    }
}

#[test]
fn the_schema_sees_what_it_forbids() {
    let schema = schema();
    let document = last("contracts/emea_support.quid", json::render);
    for (from, to) in [
        ("\"kind\": \"timeliness\"", "\"kind\": \"speed\""),
        ("\"first_day\": \"2026-", "\"first_day\": \"26-"),
        ("\"unit\": \"%\"", "\"units\": \"%\""),
        ("\"from_library\": false", "\"from_library\": 0"),
    ] {
        let changed = document.replacen(from, to, 1);
        assert_ne!(changed, document, "{from}");
        assert!(
            !schema.is_valid(&serde_json::from_str(&changed).unwrap()),
            "{to}"
        );
    }
}

/// Whether the document has such clauses at its head, or without a head of their own.
fn is_elsewhere(kind: ItemKind) -> bool {
    kind.stage() == Stage::Header
        || matches!(
            kind,
            ItemKind::Dimension | ItemKind::Scenario | ItemKind::Partnership
        )
}

#[test]
fn every_clause_is_in_the_document_once() {
    for name in contracts() {
        let loaded = load(&name);
        each(&name, &loaded, |facts| {
            let document: Value = serde_json::from_str(&json::render(facts)).unwrap();
            let mut said = Vec::new();
            texts(&document, "designation", &mut said);
            said.sort();
            let heads = facts.contract.facts.heads.iter();
            let mut agreed: Vec<String> = heads
                .filter(|head| !is_elsewhere(head.kind))
                .map(|head| head.designation.clone())
                .collect();
            agreed.sort();
            assert_eq!(said, agreed, "{name}");
            let list = |member: &str| document[member].as_array().unwrap().len();
            assert_eq!(list("partnership"), facts.contract.partnership.len());
            assert_eq!(list("scenarios"), facts.contract.scenarios.len());
        });
    }
}

/// All texts of that member, at any depth.
fn texts(value: &Value, member: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(all) => {
            for (name, value) in all {
                match value {
                    Value::String(text) if name == member => found.push(text.clone()),
                    _ => texts(value, member, found),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|one| texts(one, member, found)),
        _ => {}
    }
}

/// The sums of a month, which have no clause.
const SUMS: &[&str] = &[
    "charges",
    "adjusted charges",
    "adjustments",
    "credits",
    "bonuses",
    "total points",
    "total",
    "month",
    "month of term",
    "month of year",
    "days in month",
    "months in term",
];

#[test]
fn what_a_value_reads_is_in_the_document() {
    for name in contracts() {
        let loaded = load(&name);
        for document in each(&name, &loaded, json::render) {
            let document: Value = serde_json::from_str(&document).unwrap();
            let mut names = Vec::new();
            texts(&document, "name", &mut names);
            let names: BTreeSet<String> = names.into_iter().collect();
            lists(&document, &["reads", "inputs"], &mut |read| {
                assert!(
                    names.contains(read) || SUMS.contains(&read),
                    "{name}: {read}"
                );
            });
        }
    }
}

/// The texts in all lists of these members.
fn lists(value: &Value, members: &[&str], see: &mut impl FnMut(&str)) {
    match value {
        Value::Object(all) => {
            for (name, value) in all {
                if let (true, Some(list)) = (members.contains(&name.as_str()), value.as_array()) {
                    list.iter().filter_map(Value::as_str).for_each(&mut *see);
                }
                lists(value, members, see);
            }
        }
        Value::Array(all) => all.iter().for_each(|one| lists(one, members, see)),
        _ => {}
    }
}

#[test]
fn figures_are_exact_and_have_their_units() {
    let source = r#"contract figures "Figures" {
  customer "A"
  supplier "B"
  currency EUR
  term 2026-01-01 to 2026-12-31
  round each line half up to 0.01 EUR
  input calls_offered : calls from "ACD" by both between 0 and 60_000
  input calls_in_time : calls from "ACD" by both
  metric speed is timeliness, percent to 0.1%, higher is better { calls_in_time / calls_offered }
  charge fee 12_000 EUR per month
  charge handling for calls_offered at 4.2050 EUR
  service level fast on speed { target 80% each month; credit 2.5% of charges }
}
"#;
    let loaded = driver::load("figures.quid", source, &Beside);
    let document = each("figures.quid", &loaded, json::render).pop().unwrap();
    let document: Value = serde_json::from_str(&document).unwrap();
    let figure = |value: &Value| {
        let unit = value["unit"].as_str().unwrap_or_default();
        format!("{} {unit}", value["value"].as_str().unwrap())
    };
    let input = &document["inputs"][0];
    assert_eq!(figure(&input["most"]), "60000 calls");
    assert_eq!(input["reported_by"], "both");
    let metric = &document["metrics"][0];
    assert_eq!(figure(&metric["step"]["fixed"]), "0.1 %");
    assert_eq!(figure(&metric["most"]), "100 %");
    assert_eq!(
        metric["inputs"],
        serde_json::json!(["calls_offered", "calls_in_time"])
    );
    let charges = &document["charges"];
    assert_eq!(charges[0]["pricing"]["kind"], "fixed");
    assert_eq!(
        figure(&charges[0]["pricing"]["amount"]["fixed"]),
        "12000 EUR per month"
    );
    let price = &charges[1]["pricing"]["price"];
    assert_eq!(figure(&price["rate"]["fixed"]), "4.205 EUR");
    let credit = &document["service_levels"][0]["credit"]["amount"];
    assert_eq!(figure(&credit["rate"]), "2.5 %");
    assert_eq!(credit["of"], "charges");
    assert_eq!(credit["reads"], serde_json::json!(["charges"]));
    assert_eq!(document["term"]["first_day"], "2026-01-01");
}

#[test]
fn a_whole_contract_as_text() {
    for name in ["retail_care", "service_desk", "claims_processing"] {
        let file = format!("contracts/whole/{name}/{name}.quid");
        insta::assert_snapshot!(name, last(&file, text::render));
    }
}

#[test]
fn an_amended_contract_as_text() {
    let name = "contracts/whole/service_desk/amendment_1.quid";
    let shown = last(name, text::render);
    let head: Vec<&str> = shown.lines().take(4).collect();
    insta::assert_snapshot!(head.join("\n"));
}

#[test]
fn a_contract_as_json() {
    insta::assert_snapshot!(last("contracts/starter.quid", json::render));
}
