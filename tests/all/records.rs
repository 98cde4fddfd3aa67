//! Inputs that are counted from records: what the checker says, what the commands print. What the queries count is held by
//! `tests/records`, on engines.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a contract of a test that is not as written here is a failure of the test"
)]

use std::collections::BTreeMap;

use quidpro::calendar::Month;
use quidpro::driver::{Files, Loaded, load};
use quidpro::format::format;
use quidpro::records::{Columns, Dialect, Obstacle, Plan, Table, Target, checks, sql, templates};
use quidpro::report::findings;

struct Nothing;

impl Files for Nothing {
    fn read(&self, _from: &str, path: &str) -> Result<(String, String), String> {
        Err(format!("there is no `{path}`"))
    }
}

const HEAD: &str = "contract desk \"Desk\" {
  currency EUR  term 2026-01-01 to 2026-12-31  round each line half up to 0.01 EUR
  dimension queue { voice, chat }
  records calls \"Calls\" from \"ACD\" by supplier {
    id      : text, key
    started : time in \"Europe/Madrid\"
    queue   : one of queue
    caller  : text
    wait    : duration in seconds
    talk    : duration in seconds, may be missing
    marks   : number to 0.1
    agent_name : text
  }
  charge fee 1_000 EUR per month
";

fn loaded(rest: &str) -> Loaded {
    load("desk.quid", &format!("{HEAD}{rest}\n}}\n"), &Nothing)
}

/// The errors of a contract with those items, as a terminal shows them.
fn errors(rest: &str) -> String {
    let loaded = loaded(rest);
    let errors: Vec<_> = loaded
        .diagnostics
        .iter()
        .filter(|found| found.is_error())
        .cloned()
        .collect();
    findings::full::render(&errors, &loaded.sources, false)
}

fn plan(rest: &str) -> Result<Plan, Obstacle> {
    let loaded = loaded(rest);
    assert!(loaded.is_sound(), "{}", errors(rest));
    let month = Month::parse("2026-03").unwrap();
    Plan::of(&loaded.contracts[0].contract, month, month)
}

fn query(rest: &str, dialect: Dialect) -> String {
    sql(&plan(rest).unwrap(), &target(dialect))
}

fn target(dialect: Dialect) -> Target {
    Target {
        dialect,
        tables: BTreeMap::new(),
        columns: Columns::Text,
    }
}

#[test]
fn a_comparison_of_different_types_points_at_both() {
    insta::assert_snapshot!(errors(
        "  input slow : calls = count of calls where wait at least \"20\""
    ));
}

#[test]
fn a_duration_needs_its_unit() {
    insta::assert_snapshot!(errors(
        "  input slow : calls = count of calls where wait at least 20"
    ));
}

#[test]
fn names_that_do_not_exist() {
    insta::assert_snapshot!(errors(
        "  input one   : calls = count of cals\n  input two   : calls = count of calls where wiat < 5 seconds\n  \
         input three : calls = count of calls where queue is voic\n  input four  : calls = sum of id of calls"
    ));
}

#[test]
fn what_an_input_is_reported_in_must_fit() {
    insta::assert_snapshot!(errors(
        "  input one   : minutes = sum of wait of calls\n  input two   : seconds = count of calls\n  \
         input three : calls by site { madrid, york } = count of calls\n  input four : seconds = 90th percentile of wait of calls"
    ));
}

#[test]
fn a_repeat_window_needs_a_value_that_is_there() {
    insta::assert_snapshot!(errors(
        "  input one : calls = count of calls where followed by another of the same talk within 7 days\n  \
         input two : calls = count of calls where not followed by another of the same caller within 0.5 days"
    ));
}

#[test]
fn parts_of_a_month_compare_inputs() {
    insta::assert_snapshot!(errors(
        "  input by_queue by queue : calls = count of calls\n  input reported : calls\n  \
         input one : days = count of days where by_queue above 3\n  input two : days = count of days where reported above 3\n  \
         input three : days = count of days"
    ));
}

#[test]
fn records_must_say_what_tells_them_apart_and_when_they_are() {
    let other = "  records two { id : text; at : time in \"Madrid\"; day : date; number : number; many : duration; odd : one of site }";
    insta::assert_snapshot!(errors(other));
}

/// Laid out and read again, a contract with records says the same.
#[test]
fn the_layout_keeps_records() {
    let text = format!(
        "{HEAD}  input one by queue:calls=count of calls where (wait<5 seconds or not talk is missing)and followed by another of the same caller,queue within 7 days \"Annex 3\"\n  input half : days=count of half hours where one_all below 80% of one_all\n  input one_all:calls = count of calls\n input p : seconds = 99.9th percentile of wait of calls where marks between 1.5 and 2,nearest rank if missing,no value\n}}\n"
    );
    let once = format(&text).unwrap().text;
    insta::assert_snapshot!(once);
    assert_eq!(format(&once).unwrap().text, once);
}

/// Only columns that a definition needs are read.
#[test]
fn other_columns_are_not_read() {
    let plan = plan("  input offered : calls = count of calls where wait < 5 seconds").unwrap();
    let sets = templates(&plan);
    let names: Vec<_> = sets[0]
        .columns
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["id", "started", "wait"]);
    for dialect in [
        Dialect::DuckDb,
        Dialect::Postgres,
        Dialect::Spark,
        Dialect::Snowflake,
        Dialect::BigQuery,
    ] {
        let query = query(
            "  input offered : calls = count of calls where wait < 5 seconds",
            dialect,
        );
        let checks = checks(&plan, &target(dialect));
        for text in [&query, &checks] {
            assert!(!text.contains("agent_name"), "{dialect}: {text}");
            assert!(!text.contains("caller"), "{dialect}: {text}");
        }
    }
}

/// Texts of a contract cannot end a literal of the query.
#[test]
fn texts_are_escaped() {
    let with = "  input odd : calls = count of calls where caller is \"it's \\\\ ; DROP\"";
    let of = |dialect| query(with, dialect);
    assert!(of(Dialect::DuckDb).contains("'it''s \\\\ ; DROP'"));
    assert!(of(Dialect::Postgres).contains("'it''s \\\\ ; DROP'"));
    assert!(of(Dialect::Spark).contains("'it\\'s \\\\\\\\ ; DROP'"));
    assert!(of(Dialect::BigQuery).contains("'it\\'s \\\\\\\\ ; DROP'"));
    assert!(of(Dialect::Snowflake).contains("'it''s \\\\\\\\ ; DROP'"));
}

#[test]
fn a_query_of_one_month() {
    let with = "  input offered by queue : calls = count of calls where marks < 4.55\n  input p90 : seconds = 90th percentile of wait of calls, nearest rank if missing, no value";
    insta::assert_snapshot!(query(with, Dialect::DuckDb));
}

#[test]
fn without_definitions_there_is_no_query() {
    assert_eq!(
        plan("  input offered : calls").unwrap_err(),
        Obstacle::NothingCounted
    );
}

#[test]
fn files_are_read_by_some_engines_only() {
    assert!(Table::parse("calls.csv", Dialect::DuckDb).is_ok());
    assert!(Table::parse("calls.csv", Dialect::Postgres).is_err());
    assert_eq!(
        Table::parse("acd.calls", Dialect::Postgres).unwrap(),
        Table::Named(vec!["acd".to_owned(), "calls".to_owned()])
    );
}
