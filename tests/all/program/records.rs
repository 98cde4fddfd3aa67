//! `quidpro records`: the queries, the columns, and what was reported beside what the records give.

use super::{Desk, fits};

const CONTRACT: &str = "contract desk \"Desk\" {
  currency EUR  term 2026-01-01 to 2026-12-31  round each line half up to 0.01 EUR
  records calls \"Calls\" from \"ACD\" by supplier {
    id      : text, key
    started : time in \"Europe/Madrid\"
    wait    : duration in seconds
    outcome : one of { answered, abandoned }
  }
  input offered  : calls \"Calls offered\" = count of calls
  input in_time  : calls \"Answered in 20 seconds\" = count of calls where outcome is answered and wait at most 20 seconds
  input forecast : calls by customer
  metric speed is timeliness, percent, higher is better { in_time / offered; if nothing to measure, no value }
  charge handling for offered at 2 EUR
  service level fast on speed { target 80% each month; credit 5% of charges; no value excused }
}
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("desk.quid", CONTRACT);
    desk.write("reported.csv", "month,offered,in_time,forecast\n2026-01,1000,800,900\n2026-02,1000,800,900\n2026-03,10,9,10\n");
    desk.write(
        "kpis.csv",
        "month,offered,in_time\n2026-01,1000,800\n2026-02,990,791\n2026-04,1,1\n",
    );
    desk
}

#[test]
fn the_columns_that_records_need() {
    let desk = desk();
    insta::assert_snapshot!(desk.run(&["records", "template", "desk.quid"]).ends(0).out);
    let csv = desk.run(&[
        "records",
        "template",
        "desk.quid",
        "--records",
        "calls",
        "--format",
        "csv",
    ]);
    assert_eq!(
        csv.ends(0).out,
        "id,started,wait,outcome\nA-1,2026-03-29T00:59:59Z,20,answered\n"
    );
    desk.run(&["records", "template", "desk.quid", "--records", "tickets"])
        .ends(2)
        .tells("nothing is counted from records `tickets`");
}

/// 990 calls at 2 EUR are 20 EUR less, and 791 of 990 calls miss the target: 5% of 1,980 EUR.
#[test]
fn a_difference_is_worth_what_the_invoice_changes() {
    let desk = desk();
    let arguments = [
        "records",
        "verify",
        "desk.quid",
        "--data",
        "reported.csv",
        "--records",
        "kpis.csv",
    ];
    let done = desk.run(&arguments);
    insta::assert_snapshot!(done.ends(1).out);
    let json = desk.run(&[&arguments[..], &["--format", "json"]].concat());
    fits("records.schema.json", &json.ends(1).out);
}

#[test]
fn equal_figures_end_with_0() {
    let desk = desk();
    desk.write(
        "reported.csv",
        "month,offered,in_time,forecast\n2026-01,1000,800,900\n",
    );
    desk.write("kpis.csv", "month,offered,in_time\n2026-01,1000,800\n");
    desk.run(&[
        "records",
        "verify",
        "desk.quid",
        "--data",
        "reported.csv",
        "--records",
        "kpis.csv",
    ])
    .ends(0)
    .says("All 2 values that are counted from records agree.");
}

/// A month whose records cannot all be used has empty cells, which is said.
#[test]
fn an_empty_cell_is_no_zero() {
    let desk = desk();
    desk.write("kpis.csv", "month,offered,in_time\n2026-01,,\n");
    desk.run(&[
        "records",
        "verify",
        "desk.quid",
        "--data",
        "reported.csv",
        "--records",
        "kpis.csv",
    ])
    .ends(1)
    .says("nothing")
    .says("no invoice")
    .says("--checks");
}

#[test]
fn wrong_words() {
    let desk = desk();
    let sql = |more: &[&str]| {
        let words = ["records", "sql", "desk.quid", "--dialect", "postgres"];
        desk.run(&[&words[..], more].concat())
    };
    sql(&["--month", "2026-13"])
        .ends(2)
        .tells("`2026-13` is not a month");
    sql(&["--from", "2026-02", "--to", "2026-01"])
        .ends(2)
        .tells("2026-02 is after 2026-01");
    sql(&["--from", "1990-02", "--to", "2026-01"])
        .ends(2)
        .tells("240 months at most");
    sql(&["--month", "2026-01", "--table", "calls"])
        .ends(2)
        .tells("does not say which records are where");
    sql(&["--month", "2026-01", "--table", "cals=x"])
        .ends(2)
        .tells("nothing is counted from records `cals`");
    sql(&["--month", "2026-01", "--table", "calls=calls.csv"])
        .ends(2)
        .tells("PostgreSQL reads no file in a query");
    sql(&["--month", "2026-01", "--table", "calls=a\u{202e}b"])
        .ends(2)
        .tells("U+202E");
    sql(&["--month", "2026-01", "--table", "calls=acd.calls"])
        .ends(0)
        .says("FROM \"acd\".\"calls\"");
}

#[test]
fn a_contract_without_definitions() {
    let desk = desk();
    desk.write(
        "plain.quid",
        CONTRACT.replace(" = count of calls\n", "\n").replace(
            " = count of calls where outcome is answered and wait at most 20 seconds",
            "",
        ),
    );
    desk.run(&[
        "records",
        "sql",
        "plain.quid",
        "--dialect",
        "spark",
        "--month",
        "2026-01",
    ])
    .ends(2)
    .tells("no input of the contract is counted from records");
}
