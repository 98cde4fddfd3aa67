//! One cell: every way to write a value, right and wrong.

use super::sample::{only, outcome, streaming};

/// What a cell of that column is read as.
fn cell(column: &str, text: &[u8]) -> String {
    let mut file = format!("month,{column},# note\n2026-02,").into_bytes();
    let quoted = text.contains(&b',') || text.contains(&b'"');
    if quoted {
        file.push(b'"');
    }
    file.extend_from_slice(text);
    if quoted {
        file.push(b'"');
    }
    file.extend_from_slice(b",x\n");
    outcome("d.csv", &file, &only(&[column]), &streaming())
}

fn cells(column: &str, texts: &[&str]) -> String {
    texts
        .iter()
        .map(|text| cell(column, text.as_bytes()) + "\n")
        .collect()
}

#[test]
fn numbers_that_are_read() {
    let counts = [
        "0",
        "41250",
        "007",
        "+5",
        " 12 ",
        "12.00",
        "-0",
        "999999999999999999999",
    ];
    insta::assert_snapshot!("read_counts", cells("offered", &counts));
    let hours = ["0.5", "1234.5678901234567890123", "0.000000000000000000001"];
    insta::assert_snapshot!("read_hours", cells("hours", &hours));
    let fees = ["-12.50", "4.20", "100000000000000000000000000000.01"];
    insta::assert_snapshot!("read_fees", cells("fees", &fees));
    insta::assert_snapshot!(
        "read_percent",
        cells("in_time", &["98.5%", "98.5 %", "0%", "100%", "100.0%"])
    );
    insta::assert_snapshot!("read_flags", cells("live", &["yes", "No", "TRUE", "false"]));
    insta::assert_snapshot!("read_missing", cells("offered", &["", "  "]));
}

#[test]
fn numbers_in_the_writing_of_other_countries() {
    let texts = [
        "12,5",
        "1,234",
        "0,985",
        "-1,234",
        "1,234,567",
        "1.234.567",
        "1 234",
        "1\u{a0}234",
        "1\u{202f}234,50",
        "1'234",
        "1_234",
        "1,234.56",
        "1.234,56",
        "12,34,567",
        "1,2,3",
    ];
    insta::assert_snapshot!(cells("hours", &texts));
}

/// `1.250` is one and a quarter in London, and one thousand two hundred and fifty in Berlin.
#[test]
fn decimals_that_look_like_thousands() {
    let texts = [
        "1.250", "-1.250", "12.000", "999.999", "12.500", "0.125", "1.2500", "1250.000", "1.25",
        "01.250",
    ];
    insta::assert_snapshot!("like_thousands_hours", cells("hours", &texts));
    insta::assert_snapshot!(
        "like_thousands_money",
        cells("fees", &["12.000", "-1.250", "12.00"])
    );
    insta::assert_snapshot!(
        "like_thousands_counts",
        cells("offered", &["12.000", "1.234", "12.0000"])
    );
    // The contract's range, or the fact that it is not a count, leaves only one reading.
    insta::assert_snapshot!(
        "not_like_thousands",
        cells("forecast", &["61.000"])
            + &cells("csat", &["4.000"])
            + &cells("in_time", &["98.500%"])
    );
}

#[test]
fn things_that_are_no_numbers() {
    let texts = [
        "n/a",
        "-",
        "abc",
        "1e3",
        "1.5E-7",
        "(12)",
        "−12",
        ".5",
        "5.",
        "1:30",
        "01:30:00",
        "--5",
        "1.2.3",
        "0x10",
        "#REF!",
        "½",
        "١٢",
        "NaN",
        "inf",
        "12 hours 30",
        "5%",
    ];
    insta::assert_snapshot!(cells("hours", &texts));
}

#[test]
fn nothing_said_where_the_contract_has_a_rule() {
    insta::assert_snapshot!(cells("forecast", &["n/a"]));
}

#[test]
fn units_and_signs_beside_the_number() {
    let texts = [
        "€12",
        "12 EUR",
        "12€",
        "$ 4.20",
        "-12 EUR",
        "EUR 12.50",
        "12,50 EUR",
    ];
    insta::assert_snapshot!(cells("fees", &texts));
}

#[test]
fn values_that_cannot_be() {
    insta::assert_snapshot!(
        "impossible_counts",
        cells("offered", &["-5", "12.5", "1.234", "5%"])
    );
    insta::assert_snapshot!(
        "impossible_forecast",
        cells("forecast", &["60000", "60001", "-1"])
    );
    insta::assert_snapshot!(
        "impossible_scores",
        cells("csat", &["5", "0.99", "5.01", "4.255", "1.234"])
    );
}

#[test]
fn percentages() {
    let texts = [
        "0.985", "98.5", "1", "98.55%", "101%", "-1%", "98,5%", "abc", "abc%", "%", "98.5%%",
        "1,000%", "98.5 pct", "n/a",
    ];
    insta::assert_snapshot!(cells("in_time", &texts));
}

#[test]
fn flags() {
    insta::assert_snapshot!(cells("live", &["1", "y", "yes please"]));
}

#[test]
fn long_cells() {
    let texts = [
        "1".repeat(60),
        "1".repeat(61),
        "1".repeat(200),
        "1".repeat(201),
        "é".repeat(3000),
    ];
    let told: String = texts
        .iter()
        .map(|text| cell("hours", text.as_bytes()) + "\n")
        .collect();
    insta::assert_snapshot!(told);
}

#[test]
fn numbers_about_as_long_as_a_machine_word() {
    let digits = [
        "9".repeat(17),
        "9".repeat(18),
        "9".repeat(19),
        "9".repeat(20),
    ];
    for digits in digits {
        for sign in ["", "-", "+"] {
            for point in 0..digits.len() {
                let (whole, fraction) = digits.split_at(point);
                let text = match whole {
                    "" => format!("{sign}{fraction}"),
                    whole => format!("{sign}{whole}.{fraction}"),
                };
                let value = super::sample::exact(&text);
                let told = cell("fees", text.as_bytes());
                assert_eq!(told, format!("row 2 is 2026-02: fees {value}\n"));
            }
        }
    }
}

#[test]
fn bytes_that_are_no_text() {
    let texts: [&[u8]; 4] = [b"12\x00", b"12\xff", b"\xa3 12", b"1\x072"];
    let told: String = texts
        .iter()
        .map(|text| cell("hours", text) + "\n")
        .collect();
    insta::assert_snapshot!(told);
}
