//! Files that are too large or too wrong.

use std::io::Read;

use quidpro::data::{Mode, Options, open};

use super::sample::{only, outcome, problem, streaming};

#[test]
fn a_file_full_of_mistakes_is_not_read_to_its_end() {
    let file = "month,offered\n".to_owned() + &"x,1\n".repeat(100_000);
    let told = outcome(
        "d.csv",
        file.as_bytes(),
        &only(&["offered"]),
        &Options::default(),
    );
    let last = told.lines().rev().take(2).collect::<Vec<_>>();
    assert_eq!(
        last.last(),
        Some(&"d.csv: there are more than 1000 problems[too-many-problems]")
    );
    let file: String = (0..2000)
        .map(|at| format!("{:04}-01,x\n", at + 1))
        .collect();
    let told = outcome(
        "d.csv",
        format!("month,offered\n{file}").as_bytes(),
        &only(&["offered"]),
        &Options::default(),
    );
    assert!(
        told.starts_with("d.csv: there are more than 1000 problems"),
        "{told}"
    );
}

#[test]
fn a_line_without_an_end() {
    let schema = only(&["offered"]);
    for (start, told) in [
        ("", "the row is longer than a megabyte"),
        (
            "month,offered\n2026-01,",
            "the row is longer than a megabyte",
        ),
        (
            "month,offered\n2026-01,\"",
            "the row is longer than a megabyte",
        ),
    ] {
        for mode in [Mode::Whole, Mode::Streaming] {
            let endless = std::io::Cursor::new(start.to_owned()).chain(std::io::repeat(b'a'));
            let options = Options {
                mode,
                ..Options::default()
            };
            let problems = match open("d.csv", None, endless, &schema, &options) {
                Err(problems) => problems,
                Ok(reader) => reader.map(|row| *row.unwrap_err()).collect(),
            };
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].message == told, "{problems:?}");
        }
    }
}

#[test]
fn input_that_fails() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let schema = only(&["offered"]);
    let problems = open("d.csv", None, Failing, &schema, &Options::default())
        .err()
        .unwrap();
    insta::assert_snapshot!("failing_at_once", problem(&problems[0]));
    let later =
        std::io::Cursor::new("month,offered\n2026-01,1\n".to_owned() + &" \n".repeat(50_000))
            .chain(Failing);
    let found: Vec<_> = open("d.csv", None, later, &schema, &streaming())
        .unwrap()
        .collect();
    assert_eq!(found.len(), 2);
    insta::assert_snapshot!("failing_later", problem(found[1].as_ref().unwrap_err()));
}

#[test]
fn json_that_is_too_long_or_too_deep() {
    let schema = only(&["offered"]);
    let endless = std::io::Cursor::new("[".to_owned()).chain(std::io::repeat(b' '));
    let problems = open("d.json", None, endless, &schema, &Options::default())
        .err()
        .unwrap();
    insta::assert_snapshot!("long_json", problem(&problems[0]));
    let deep = "[".repeat(200_000);
    assert!(outcome("d.json", deep.as_bytes(), &schema, &Options::default()).contains("not JSON"));
    let deep = format!(
        "[{{\"month\":{}1{}}}]",
        "{\"a\":".repeat(100_000),
        "}".repeat(100_000)
    );
    outcome("d.json", deep.as_bytes(), &schema, &Options::default());
}

#[test]
fn entries_with_countless_keys() {
    let schema = only(&["offered"]);
    let keys = |key: &str, count: usize| {
        let keys: Vec<String> = (0..count).map(|at| format!("\"{key}{at}\":1")).collect();
        keys.join(",")
    };
    let many = format!("[{{{}}}]", keys("#", 20_001));
    let told = outcome("d.json", many.as_bytes(), &schema, &Options::default());
    assert!(
        told.contains("the entry has more than 20000 keys"),
        "{told}"
    );
    let unknown = format!("[{{{}}}]", keys("k", 19_000));
    let told = outcome("d.json", unknown.as_bytes(), &schema, &Options::default());
    assert_eq!(told.matches("the contract does not know").count(), 101);
    let nested = format!(
        "[{{\"{}\":{{{}}}}}]",
        "k".repeat(1_000_000),
        keys("m", 19_000)
    );
    outcome("d.json", nested.as_bytes(), &schema, &Options::default());
}

#[test]
fn a_quote_that_swallows_the_rest() {
    let rest = "2026-01,1\n".repeat(200_000);
    let file = format!("month,offered\n2026-01,\"1\n{rest}");
    let told = outcome("d.csv", file.as_bytes(), &only(&["offered"]), &streaming());
    assert!(
        told.starts_with("d.csv, row 2, column B (`offered`): a quote is opened and never closed")
    );
}

#[test]
fn any_number_of_empty_lines() {
    let empty = "\n".repeat(3 << 20);
    let file = format!("{empty}month,offered\n{empty}2026-01,1\n2026-02,x\n{empty}");
    let told = outcome("d.csv", file.as_bytes(), &only(&["offered"]), &streaming());
    let rows: Vec<&str> = told.lines().take(3).collect();
    assert_eq!(
        rows,
        [
            "row 6291458 is 2026-01: offered 1",
            "row 6291459 is 2026-02: offered refused",
            "d.csv, row 6291459, column B (`offered`): `x` is not a number[not-a-number]",
        ]
    );
}
