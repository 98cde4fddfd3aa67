//! Order of rows, accounts, duplicates; reading row by row.

use super::sample::{only, streaming, told, told_with};

const MIXED: &[u8] =
    b"month,account,offered\n2026-02,North,1\n2026-01,South,2\n2026-01,North,3\n2026-02,South,4\n";

#[test]
fn rows_are_put_in_order() {
    insta::assert_snapshot!(told("d.csv", MIXED, &only(&["offered"])));
}

#[test]
fn months_given_twice() {
    let schema = only(&["offered"]);
    let file = b"month,offered\n2026-01,1\n2026-02,2\n2026-01,3\n2026-01,1\n";
    insta::assert_snapshot!("twice", told("d.csv", file, &schema));
    let file = b"month,account,offered\n2026-01,North,1\n2026-01,South,2\n2026-01,North,3\n";
    insta::assert_snapshot!("twice_of_account", told("d.csv", file, &schema));
}

#[test]
fn accounts_that_are_no_accounts() {
    let long = "n".repeat(201);
    let file = format!(
        "month,account,offered\n2026-01,,1\n2026-02,{long},2\n2026-03,a\u{7}b,2\n2026-04, North ,n/a\n"
    );
    insta::assert_snapshot!(told("d.csv", file.as_bytes(), &only(&["offered"])));
}

#[test]
fn reading_row_by_row_needs_order() {
    let schema = only(&["offered"]);
    insta::assert_snapshot!(
        "streaming_mixed",
        told_with("d.csv", MIXED, &schema, &streaming())
    );
    let file = b"month,offered\n2026-01,1\n2026-03,2\n2026-02,3\n2026-03,4\n2026-04,5\n";
    insta::assert_snapshot!(
        "streaming_out_of_order",
        told_with("d.csv", file, &schema, &streaming())
    );
}
