//! Questions as they are shown.

use jsonschema::validator_for;
use quidpro::report::questions::{ContractQuestions, json, markdown, text};
use quidpro::review::Questions;
use serde_json::Value;

use super::{NAIVE, checked, contracts, load, read};

/// What `render` returns for the contract's questions.
fn shown(name: &str, source: &str, render: impl Fn(&[ContractQuestions<'_>]) -> String) -> String {
    let loaded = load(name, source);
    let asked: Vec<Questions> = loaded.questions(&checked(&loaded));
    let all: Vec<ContractQuestions<'_>> = asked
        .iter()
        .map(|questions| ContractQuestions {
            file: name,
            sources: &loaded.sources,
            questions,
        })
        .collect();
    render(&all)
}

fn as_text(all: &[ContractQuestions<'_>]) -> String {
    all.iter().map(|one| text::render(*one)).collect()
}

#[test]
fn a_naive_contract_is_asked() {
    insta::assert_snapshot!(shown("desk.quid", NAIVE, as_text));
}

#[test]
fn a_contract_by_lawyers_is_asked_less() {
    let name = "contracts/cases/t01_health_call_centre.quid";
    insta::assert_snapshot!(shown(name, &read(name), as_text));
}

#[test]
fn as_markdown() {
    insta::assert_snapshot!(shown("desk.quid", NAIVE, |all| markdown::render(all[0])));
}

#[test]
fn as_json() {
    insta::assert_snapshot!(shown("desk.quid", NAIVE, json::render));
}

#[test]
fn nothing_to_ask() {
    let text = "contract tiny { currency EUR; term 2026-01-01 to 2026-12-31; round each line half up to 0.01 EUR }";
    assert!(
        shown("tiny.quid", text, as_text)
            .contains("The text leaves open nothing that the program knows to ask about.")
    );
}

#[test]
fn every_document_fits_its_schema_and_no_line_is_too_wide() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../docs/schema/questions.schema.json")).unwrap();
    let validator = validator_for(&schema).unwrap();
    for name in contracts() {
        let source = read(&name);
        let document: Value = serde_json::from_str(&shown(&name, &source, json::render)).unwrap();
        if let Err(error) = validator.validate(&document) {
            panic!("{name}: {error} at {}", error.instance_path());
        }
        for line in shown(&name, &source, as_text).lines() {
            assert!(line.chars().count() <= 100, "{name}: {line}");
        }
    }
}

/// Questions about broken contracts cover what was understood, and no text makes the program stop.
#[test]
fn broken_contracts_are_asked_as_well() {
    let source = read("contracts/emea_support.quid");
    for at in (0..source.len()).step_by(397) {
        let Some(start) = source.get(..at) else {
            continue;
        };
        let _ = shown("broken.quid", start, as_text);
        let _ = shown(
            "broken.quid",
            &source.replacen(&source[at..at + 1], "", 1),
            json::render,
        );
    }
}
