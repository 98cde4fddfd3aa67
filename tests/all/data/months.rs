//! The month of a row.

use super::sample::{only, outcome, streaming};

#[test]
fn months_in_every_writing() {
    let texts = [
        "2026-02",
        "2026-02-01",
        " 2026-02 ",
        "2026-2",
        "02/2026",
        "2/2026",
        "2026/02",
        "Feb 2026",
        "Feb-2026",
        "february 2026",
        "202602",
        "2026-02-15",
        "2026-02-28",
        "2026-02-30",
        "2026-02-99",
        "01/02/2026",
        "28.02.2026",
        "2026-13",
        "0000-01",
        "26-02",
        "Feb 26",
        "2026",
        "46054",
        "Total",
        "2026-02-01T00:00:00",
        "2026-02-01-01",
        "２０２６-02",
        "2026 m02",
    ];
    let told: String = texts
        .iter()
        .map(|text| {
            let file = format!("month,offered\n{text},5\n");
            outcome("d.csv", file.as_bytes(), &only(&["offered"]), &streaming()) + "\n"
        })
        .collect();
    insta::assert_snapshot!(told);
}

#[test]
fn a_row_without_a_month() {
    let file = b"month,offered\n,5\n2026-01,4\n";
    insta::assert_snapshot!(super::sample::told("d.csv", file, &only(&["offered"])));
}
