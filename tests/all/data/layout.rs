//! Separators, quotes, line ends and encodings of CSV.

use quidpro::data::Format;

use super::sample::{only, outcome, told};

fn offered(file: &[u8]) -> String {
    told("d.csv", file, &only(&["offered", "hours"]))
}

#[test]
fn separators() {
    insta::assert_snapshot!(
        "semicolons",
        offered(b"month;offered;hours\n2026-01;1;2.5\n2026-02;1;2,5\n")
    );
    insta::assert_snapshot!(
        "tabs",
        offered(b"month\toffered\thours\n2026-01\t1\t2.5\n2026-02\tx\t\n")
    );
    insta::assert_snapshot!(
        "named_separator",
        offered(b"sep=;\r\nmonth;offered;hours\r\n2026-01;1;x\r\n")
    );
    insta::assert_snapshot!("bars", offered(b"month|offered|hours\n2026-01|1|2\n"));
}

#[test]
fn line_ends_and_blank_lines() {
    insta::assert_snapshot!(
        "windows",
        offered(b"month,offered,hours\r\n2026-01,1,2\r\n2026-02,1,2")
    );
    insta::assert_snapshot!(
        "blank_lines",
        offered(b"\n\nmonth,offered,hours\n\n2026-01,1,2\n  \n,,\n2026-02,1,x\n\n")
    );
    insta::assert_snapshot!(
        "old_macintosh",
        offered(b"month,offered,hours\r2026-01,1,2\r")
    );
    insta::assert_snapshot!(
        "stray_return",
        offered(b"month,offered,hours\n2026-01,1\r,2\n")
    );
}

/// This is also refused in a note: a program that begins a new line there would show a row that is not read.
#[test]
fn line_ends_of_some_programs() {
    for sign in ["\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
        for row in [
            format!("2026-01,1{sign},2,x"),
            format!("2026-01,1,2,x{sign}2026-02"),
            format!("2026-01,1,2,\"x{sign}y\""),
        ] {
            let file = format!("month,offered,hours,# note\n{row}\n2026-03,1,2,x\n");
            let told = outcome(
                "d.csv",
                file.as_bytes(),
                &only(&["offered", "hours"]),
                &Default::default(),
            );
            assert!(
                told.contains("[odd-line-end]") && told.contains("row 2"),
                "{told}"
            );
        }
    }
    let notes = b"month,offered,hours,# note\r\n2026-01,1,2,\"two\nlines\"\r\n2026-02,1,2,\"two\r\nlines\"\r\n";
    assert!(!offered(notes).contains("odd-line-end"));
}

#[test]
fn rows_with_too_few_or_too_many_cells() {
    insta::assert_snapshot!(offered(
        b"month,offered,hours\n2026-01,1\n2026-02,1,234.5,2\n2026-03,1,2,,\n2026-04\n2026-05,1,2\n"
    ));
}

#[test]
fn quotes() {
    insta::assert_snapshot!(
        "quoted",
        offered(b"\"month\",\"offered\",hours\n\"2026-01\",\"1\",\"2\"\n")
    );
    insta::assert_snapshot!(
        "never_closed",
        offered(b"month,offered,hours\n2026-01,1,2\n2026-02,\"1,2\n2026-03,1,2\n")
    );
    insta::assert_snapshot!(
        "text_after",
        offered(b"month,offered,hours\n2026-01,\"1\"0,2\n2026-02,1,2\n")
    );
    insta::assert_snapshot!(
        "inside",
        offered(b"month,offered,hours\n2026-01,1\"0,2\n2026-02,\"1\"\"0\",2\n2026-03,\"\",2\n")
    );
    insta::assert_snapshot!(
        "quoted_to_the_line_end",
        offered(b"month,offered,\"hours\"\r\n\"2026-01\" ,\"1\",\"2\"\r\n2026-02,1,\"x\"\r\n2026-03,1,\"\"2\r\n")
    );
    insta::assert_snapshot!(
        "quoted_comma",
        offered(b"month,offered,hours\n2026-01,\"1,234\",\"2\n5\"\n")
    );
}

#[test]
fn encodings() {
    insta::assert_snapshot!(
        "byte_order_mark",
        offered(b"\xef\xbb\xbfmonth,offered,hours\n2026-01,1,2\n")
    );
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let text = "month,offered,hours\n2026-01,1,2\n";
    let marked = [b"\xff\xfe".to_vec(), wide(text)].concat();
    insta::assert_snapshot!(
        "utf_16",
        outcome("d.csv", &marked, &only(&["offered"]), &Default::default())
    );
    insta::assert_snapshot!(
        "utf_16_unmarked",
        outcome(
            "d.csv",
            &wide(text),
            &only(&["offered"]),
            &Default::default()
        )
    );
    let latin = offered(b"month,account,offered,hours\n2026-01,M\xfcnchen,1,2\n");
    insta::assert_snapshot!("latin_1", latin);
}

#[test]
fn files_of_another_kind() {
    let schema = only(&["offered"]);
    let told = |name: &str, bytes: &[u8]| outcome(name, bytes, &schema, &Default::default());
    insta::assert_snapshot!("nothing", told("d.csv", b""));
    insta::assert_snapshot!("only_blanks", told("d.csv", b"\n \n"));
    insta::assert_snapshot!("workbook_as_csv", told("d.csv", b"PK\x03\x04abc"));
    insta::assert_snapshot!("old_workbook", told("d.csv", b"\xd0\xcf\x11\xe0abc"));
    insta::assert_snapshot!("csv_as_json", told("d.json", b"month,offered\n"));
    let name = if cfg!(feature = "xlsx") {
        "csv_as_workbook"
    } else {
        "workbooks_are_not_built_in"
    };
    insta::assert_snapshot!(name, told("d.xlsx", b"month,offered\n"));
}

#[test]
fn formats_by_name_and_content() {
    assert_eq!(Format::of_name("a/b.CSV"), Some(Format::Csv));
    assert_eq!(Format::of_name("b.tsv"), Some(Format::Csv));
    assert_eq!(Format::of_name("b.json"), Some(Format::Json));
    assert_eq!(Format::of_name("b.xlsm"), Some(Format::Xlsx));
    assert_eq!(Format::of_name("b.ods"), None);
    assert_eq!(Format::of_name("data"), None);
    assert_eq!(Format::of_content(b"PK\x03\x04"), Format::Xlsx);
    assert_eq!(Format::of_content(b"\xef\xbb\xbf \n[{"), Format::Json);
    assert_eq!(Format::of_content(b"month"), Format::Csv);
}
