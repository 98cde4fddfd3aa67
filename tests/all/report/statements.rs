//! Statements in text, CSV and JSON.

use quidpro::ledger::{Heading, Refusal, Statement};
use quidpro::report::statement::{csv, json, text};
use serde_json::Value;

use super::contract::{Files, currency, exact};
use super::snapshot::check;
use super::statement_fixtures::{
    bare_heading, february, heading, line, march, odd_titles, refusals, statement,
};

use quidpro::ledger::LineKind;

#[test]
fn text_of_a_month_with_tiers_and_cuts() {
    check("statement_text", &text::render(&heading(), &february()));
}

#[test]
fn text_of_an_account_with_tax_and_a_minimum() {
    check("statement_text_tax", &text::render(&heading(), &march()));
}

#[test]
fn text_with_odd_titles_stays_aligned() {
    let heading = Heading {
        title: Some("Support 🌍 for every market in which the customer sells, in every language that is spoken there, by voice and chat".to_owned()),
        ..heading()
    };
    check(
        "statement_text_odd_titles",
        &text::render(&heading, &odd_titles()),
    );
}

#[test]
fn text_of_the_least_statement() {
    let mut least = statement(vec![line(
        LineKind::Charge,
        "fee",
        "-1200",
        "charge platform",
    )]);
    least.currency = currency("JPY");
    check(
        "statement_text_least",
        &text::render(&bare_heading("kaisha"), &least),
    );
}

#[test]
fn text_of_a_month_without_lines() {
    check(
        "statement_text_empty",
        &text::render(&bare_heading("nothing"), &statement(Vec::new())),
    );
}

#[test]
fn csv_of_two_months() {
    check("statement_csv", &csv_of(&[february(), march()]));
}

#[test]
fn csv_keeps_what_has_no_finite_decimals() {
    let mut third = statement(vec![line(LineKind::Charge, "fee", "10", "charge platform")]);
    third.lines[0].rate = Some(super::contract::figure("100/3%"));
    third.lines[0].base = Some(super::contract::figure("30 EUR"));
    let csv = csv_of(&[third]);
    assert!(
        csv.contains("charge,fee,,,,100/3%,30.00,10.00,EUR"),
        "{csv}"
    );
}

#[test]
fn csv_rows_sum_to_the_total() {
    for statement in [february(), march(), odd_titles()] {
        let csv = csv_of(&[statement]);
        let mut rows = ::csv::Reader::from_reader(csv.as_bytes());
        let (mut sum, mut total) = (exact("0"), exact("0"));
        for row in rows.records().map(Result::unwrap) {
            if &row[3] == "total" {
                total = total.add(&exact(&row[10]));
            } else {
                sum = sum.add(&exact(&row[10]));
            }
        }
        assert_eq!(sum, total, "{csv}");
    }
}

#[test]
fn json_of_two_months_and_refusals() {
    let files = Files::new();
    let json = json_of(&files, &[february(), march()], &refusals(&files));
    check("statement_json", &pretty(&json));
}

#[test]
fn json_keeps_its_schema() {
    let schema = schema(include_str!("../../../docs/schema/statement.schema.json"));
    let files = Files::new();
    let refused = refusals(&files);
    for document in [
        json_of(&files, &[], &[]),
        json_of(&files, &[february()], &[]),
        json_of(&files, &[february(), march(), odd_titles()], &refused),
    ] {
        let document: Value = serde_json::from_str(&document).unwrap();
        let errors: Vec<String> = schema
            .iter_errors(&document)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

#[test]
fn json_schema_refuses_what_is_not_promised() {
    let schema = schema(include_str!("../../../docs/schema/statement.schema.json"));
    let files = Files::new();
    let document = json_of(&files, &[february()], &[]);
    for (from, to) in [
        ("\"160500.00\"", "160500.00"),
        ("\"kind\":\"charge\"", "\"kind\":\"fee\""),
        ("\"month\":\"2026-02\"", "\"month\":\"02/2026\""),
        ("\"base_name\":\"charges\"", "\"base\":\"charges\""),
    ] {
        assert!(document.contains(from), "{from}");
        let broken: Value = serde_json::from_str(&document.replace(from, to)).unwrap();
        assert!(!schema.is_valid(&broken), "{to}");
    }
}

pub fn schema(text: &str) -> jsonschema::Validator {
    jsonschema::draft202012::new(&serde_json::from_str(text).unwrap()).unwrap()
}

fn csv_of(statements: &[Statement]) -> String {
    let mut out = Vec::new();
    let mut writer = csv::Writer::new(&mut out).unwrap();
    for statement in statements {
        writer.statement(&heading(), statement).unwrap();
    }
    writer.finish().unwrap();
    String::from_utf8(out).unwrap()
}

pub fn json_of(files: &Files, statements: &[Statement], refusals: &[Refusal]) -> String {
    let file = |name: &str, digit: &str| json::DigestedFile {
        name: name.to_owned(),
        sha256: digit.repeat(64),
    };
    let origin = json::Origin {
        contract: vec![file("contract.quid", "a"), file("a1.quid", "b")],
        data: vec![file("data.csv", "c")],
    };
    let mut out = Vec::new();
    let mut writer = json::Writer::new(&mut out, &heading(), &origin, &files.sources).unwrap();
    for statement in statements {
        writer.statement(statement).unwrap();
    }
    for refusal in refusals {
        writer.refusal(refusal);
    }
    writer.finish().unwrap();
    String::from_utf8(out).unwrap()
}

fn pretty(json: &str) -> String {
    let document: Value = serde_json::from_str(json).unwrap();
    serde_json::to_string_pretty(&document).unwrap()
}
