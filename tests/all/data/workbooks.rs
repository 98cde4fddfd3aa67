//! Workbooks: what spreadsheet programs keep in cells.

use std::io::Write;

use quidpro::data::{Options, TemplateFormat, TemplateOptions, template};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use super::sample::{only, outcome, schema};

fn book(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet()).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn told(bytes: &[u8], columns: &[&str]) -> String {
    outcome("d.xlsx", bytes, &only(columns), &Options::default())
}

/// What a cell of that column is read as, if `write` writes it at the given row and column.
fn cell(
    column: &str,
    write: impl FnOnce(&mut Worksheet) -> Result<&mut Worksheet, XlsxError>,
) -> String {
    let bytes = book(|sheet| {
        sheet
            .write(0, 0, "month")?
            .write(0, 1, column)?
            .write(1, 0, "2026-02")?;
        write(sheet).map(|_| ())
    });
    told(&bytes, &[column]) + "\n"
}

fn percent() -> Format {
    Format::new().set_num_format("0.0%")
}

#[test]
fn numbers() {
    let told = [
        cell("hours", |sheet| sheet.write(1, 1, 1234.5)),
        cell("hours", |sheet| sheet.write(1, 1, 0.1)),
        cell("hours", |sheet| sheet.write(1, 1, 0.1 + 0.2)),
        cell("hours", |sheet| sheet.write(1, 1, 1.0 / 3.0)),
        cell("hours", |sheet| {
            sheet.write(1, 1, 123_456_789_012_345_u64 as i64)
        }),
        cell("hours", |sheet| sheet.write(1, 1, 1e300)),
        cell("hours", |sheet| sheet.write(1, 1, 1e-7)),
        cell("hours", |sheet| sheet.write(1, 1, -0.0)),
        cell("offered", |sheet| sheet.write(1, 1, 12.5)),
        cell("offered", |sheet| sheet.write(1, 1, -3)),
        cell("offered", |sheet| sheet.write(1, 1, "41250")),
        cell("offered", |sheet| sheet.write(1, 1, "41,250")),
        cell("offered", |sheet| sheet.write(1, 1, " ")),
    ];
    insta::assert_snapshot!("workbook_numbers", told.concat());
}

#[test]
fn percentages() {
    let general = Format::new();
    let told = [
        cell("in_time", |sheet| {
            sheet.write_with_format(1, 1, 0.985, &percent())
        }),
        cell("in_time", |sheet| {
            sheet.write_with_format(1, 1, 0.985, &general)
        }),
        cell("in_time", |sheet| {
            sheet.write_with_format(1, 1, 98.5, &general)
        }),
        cell("in_time", |sheet| {
            sheet.write_with_format(1, 1, 0.9855, &percent())
        }),
        cell("in_time", |sheet| {
            sheet.write_with_format(1, 1, 98.5, &percent())
        }),
        cell("in_time", |sheet| sheet.write(1, 1, "98.5%")),
        cell("in_time", |sheet| sheet.write(1, 1, "0.985")),
        cell("hours", |sheet| {
            sheet.write_with_format(1, 1, 0.5, &percent())
        }),
        cell("in_time", |sheet| sheet.write(1, 1, true)),
    ];
    insta::assert_snapshot!("workbook_percentages", told.concat());
}

/// What a number in that column is read as, in a cell with that number format.
#[allow(
    clippy::disallowed_types,
    reason = "the library that writes workbooks takes floats"
)]
fn shown(column: &str, number: f64, format: &str) -> String {
    let styled = Format::new().set_num_format(format);
    let told = cell(column, |sheet| {
        sheet.write_with_format(1, 1, number, &styled)
    });
    format!("{number} as {format}\n{told}\n")
}

/// What a cell shows is read, or the cell is refused.
#[test]
fn number_formats_that_show_the_number() {
    let told: String = [
        (1234.5, "General"),
        (1234.5, "#,##0.00"),
        (1234.5, "# ##0.00"),
        (1234.567, "0.0"),
        (1234.5, "0"),
        (-5.0, "#,##0;[Red]-#,##0"),
        (-5.0, "#,##0;[Red]#,##0"),
        (-5.0, "0;(0)"),
        (5.0, "0 \"h\""),
        (5.0, "\"about \"0"),
        (0.0, "_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-"),
        (5.0, "_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-"),
        (1234.5, "[$€-407]#,##0.00"),
        (1234.5, "@"),
        (5.0, "[<100]0.0;0.0"),
        (7.0, "00000"),
    ]
    .iter()
    .map(|(number, format)| shown("fees", *number, format))
    .collect();
    assert!(!told.contains("disguised"), "{told}");
    insta::assert_snapshot!("formats_that_show", told);
}

#[test]
fn number_formats_that_show_something_else() {
    let formats = [
        (1234.0, "0,"),
        (1_200_000.0, "0.0,,\"M\""),
        (1234.0, "#,##0,.0"),
        (5.0, ";;;"),
        (5.0, "\"n/a\""),
        (0.0, "0;-0;"),
        (0.0, "#"),
        (0.5, "# ?/?"),
        (1234.0, "0.00E+00"),
        (-5.0, "0;0"),
        (0.004, "0.00"),
        (0.4, "0"),
        (5.0, "0\"000\""),
        (5.0, "\"1\"0"),
        (125.0, "0\".\"00"),
        (5.0, "0\"k\""),
        (5.0, "0 \"Mio.\""),
        (5.0, "0%%"),
        (5.0, "[<100]0.0;0.0,"),
        (5.0, "*00"),
    ];
    let told: Vec<String> = formats
        .iter()
        .map(|(number, format)| shown("fees", *number, format))
        .collect();
    for one in &told {
        assert!(
            one.contains("disguised-number") && one.contains("fees refused"),
            "{one}"
        );
    }
    insta::assert_snapshot!("formats_that_show_something_else", told.concat());
}

/// A percent sign that is only a character of the format does not multiply.
#[test]
fn percent_signs_of_number_formats() {
    let told = [
        shown("in_time", 98.5, "0.0\"%\""),
        shown("in_time", 0.8, "0.0\"%\""),
        shown("in_time", 0.8, "0.0\\%"),
        shown("in_time", 0.8, "0.0%"),
        shown("in_time", 0.8, "0.0"),
        shown("in_time", 0.0, "0.0"),
        shown("in_time", 1.0, "General"),
        shown("hours", 0.8, "0.0\"%\""),
        shown("hours", 0.8, "0.0%"),
        shown("in_time", 0.8, "0%\"%\""),
    ];
    insta::assert_snapshot!("percent_signs_of_formats", told.concat());
}

#[test]
fn dates_times_errors_formulas_and_flags() {
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let time = Format::new().set_num_format("[h]:mm");
    let date = ExcelDateTime::from_ymd(2026, 3, 5).unwrap();
    let told = [
        cell("hours", |sheet| sheet.write_with_format(1, 1, &date, &day)),
        cell("hours", |sheet| sheet.write_with_format(1, 1, 1.5, &time)),
        cell("hours", |sheet| {
            sheet.write(1, 1, Formula::new("=1+1").set_result("2"))
        }),
        cell("hours", |sheet| {
            sheet.write(1, 1, Formula::new("=1/0").set_result("#DIV/0!"))
        }),
        cell("hours", |sheet| {
            sheet.write(1, 1, Formula::new("=A9").set_result(""))
        }),
        cell("hours", |sheet| sheet.write(1, 1, true)),
        cell("live", |sheet| sheet.write(1, 1, true)),
        cell("live", |sheet| sheet.write(1, 1, "no")),
        cell("live", |sheet| sheet.write(1, 1, 1)),
    ];
    insta::assert_snapshot!("workbook_others", told.concat());
}

#[test]
fn months() {
    let bytes = book(|sheet| {
        let day = Format::new().set_num_format("mmm yyyy");
        let long = Format::new().set_num_format("[$-409]d. mmmm yyyy;@");
        sheet.write(0, 0, "month")?.write(0, 1, "offered")?;
        sheet.write_with_format(1, 0, &ExcelDateTime::from_ymd(2026, 1, 1)?, &day)?;
        sheet.write_with_format(2, 0, &ExcelDateTime::from_ymd(2026, 2, 28)?, &long)?;
        sheet.write_with_format(3, 0, &ExcelDateTime::from_ymd(2026, 3, 15)?, &day)?;
        sheet.write_with_format(
            4,
            0,
            &ExcelDateTime::from_ymd(2026, 4, 1)?.and_hms(9, 30, 0)?,
            &day,
        )?;
        sheet.write(5, 0, 46143)?;
        sheet.write(6, 0, 202_606)?;
        sheet.write(7, 0, "2026-07")?;
        sheet.write(8, 0, "Aug 2026")?;
        sheet.write(9, 0, true)?;
        sheet.write(10, 0, Formula::new("=1/0").set_result("#DIV/0!"))?;
        for row in 1..12 {
            sheet.write(row, 1, 5)?;
        }
        Ok(())
    });
    insta::assert_snapshot!("workbook_months", told(&bytes, &["offered"]));
}

#[test]
fn the_table_may_stand_anywhere_on_the_sheet() {
    let bytes = book(|sheet| {
        sheet
            .write(3, 2, "month")?
            .write(3, 3, "account")?
            .write(3, 4, "offered")?
            .write(3, 5, "# x")?;
        sheet
            .write(5, 2, "2026-01")?
            .write(5, 3, 1001)?
            .write(5, 4, 7)?
            .write(5, 5, "note")?;
        sheet
            .write(6, 2, "2026-02")?
            .write(6, 3, "North")?
            .write(6, 4, 7)?;
        sheet
            .write(7, 0, "stray")?
            .write(7, 2, "2026-03")?
            .write(7, 3, "North")?;
        sheet
            .write(8, 2, "2026-04")?
            .write(8, 3, "North")?
            .write(8, 900, 1)?;
        sheet.write(9, 3, "North")?;
        Ok(())
    });
    insta::assert_snapshot!("workbook_anywhere", told(&bytes, &["offered"]));
}

#[test]
fn the_long_form_is_read_from_workbooks_too() {
    let bytes = book(|sheet| {
        sheet.write_row(0, 0, ["month", "input", "value", "channel"])?;
        sheet
            .write(1, 0, "2026-01")?
            .write(1, 1, "offered")?
            .write(1, 2, 5)?;
        sheet
            .write(2, 0, "2026-01")?
            .write(2, 1, "handled")?
            .write(2, 2, 2.5)?
            .write(2, 3, "voice")?;
        Ok(())
    });
    insta::assert_snapshot!("workbook_long", told(&bytes, &["offered", "handled.voice"]));
}

#[test]
fn sheets() {
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .set_name("Hidden")
        .unwrap()
        .set_hidden(true);
    workbook
        .add_worksheet()
        .set_name("Empty")
        .unwrap()
        .set_active(true);
    let data = workbook.add_worksheet().set_name("Figures & more").unwrap();
    data.write_row(0, 0, ["month", "offered"]).unwrap();
    data.write_row(1, 0, ["2026-01", "<5>"]).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let told = |sheet: Option<&str>| {
        let options = Options {
            sheet: sheet.map(str::to_owned),
            ..Options::default()
        };
        outcome("d.xlsx", &bytes, &only(&["offered"]), &options) + "\n"
    };
    let all = [
        told(None),
        told(Some("Figures & more")),
        told(Some("figures")),
    ];
    insta::assert_snapshot!("workbook_sheets", all.concat());
}

#[test]
fn a_workbook_of_another_program() {
    let bytes = include_bytes!("../../data/report.xlsx");
    insta::assert_snapshot!(
        "workbook_openpyxl",
        outcome("report.xlsx", bytes, &schema(), &Options::default())
    );
}

/// A workbook with that sheet and those shared texts.
fn by_hand(sheet: &str, texts: &str) -> Vec<u8> {
    let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    part(
        "_rels/.rels",
        &format!(
            "<Relationships><Relationship Id=\"a\" Type=\"{rels}/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"
        ),
    );
    part(
        "xl/workbook.xml",
        "<workbook><sheets><sheet name=\"S\" r:id=\"s\"/></sheets></workbook>",
    );
    part(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "<Relationships><Relationship Id=\"s\" Type=\"{rels}/worksheet\" Target=\"sheet.xml\"/><Relationship Id=\"t\" Type=\"{rels}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
        ),
    );
    part("xl/sheet.xml", sheet);
    part("xl/sharedStrings.xml", texts);
    zip.finish().unwrap().into_inner()
}

const TEXTS: &str = "<sst uniqueCount=\"2\"><si><t>month</t></si><si><r><t>off</t></r><r><t>ered</t></r><rPh><t>x</t></rPh></si></sst>";
const HEAD: &str =
    "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>";

#[test]
fn workbooks_written_by_hand() {
    let rest = [
        "<row><c t=\"inlineStr\"><is><t>2026-01</t></is></c><c><v>5</v></c></row></sheetData></worksheet>",
        "<row><c t=\"d\"><v>2026-01-01T00:00:00</v></c><c><v>abc</v></c></row></sheetData></worksheet>",
        "<row><c t=\"str\"><v>2026-01</v></c><c><v>nan</v></c></row></sheetData></worksheet>",
        "<row><c t=\"str\"><v>2026-01</v></c><c t=\"str\"><v>&lt;5&#x41;&amp;</v></c></row></sheetData></worksheet>",
        "<row><c t=\"str\"><v>2026-01</v></c><c t=\"str\"><f>A9</f><v></v></c></row></sheetData></worksheet>",
        "<row><c t=\"s\"><v>2</v></c></row></sheetData></worksheet>",
        "<row><c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>2</v></c></row></sheetData></worksheet>",
        "<row r=\"18446744073709551615\"/><row/><row/><row><c><v>1</v></c></row></sheetData></worksheet>",
        "<row r=\"99999999999999999999\"><c><v>1</v></c></row></sheetData></worksheet>",
        "<row><c r=\"ZZZZ1\"><v>1</v></c></row></sheetData></worksheet>",
        "<row><c r=\"A1048577\"><v>1</v></c></row></sheetData></worksheet>",
        "<row><c t=\"b\"><v>7</v></c></row></sheetData></worksheet>",
        "<row><c t=\"str\"><v>2026-01</v></c><c><v>5</v><f>2+3</f></c></row></sheetData></worksheet>",
        "<row><c t=\"str\"><v>2026-01</v></c><c><f>2+3</f></c></row></sheetData></worksheet>",
        "<row><c t=\"str\"><v>2026-01</v></c><c t=\"n\"><v>+5</v></c></row></sheetData></worksheet>",
        "<row><c t=\"str\"><v>2026-01</v></c><c t=\"n\"><v>infinity</v></c></row></sheetData></worksheet>",
        "<row><c t=\"str\"><v>2026-01</v></c><c><v>5&#48;</v></c></row></sheetData></worksheet>",
        "<row><c t=\"str\"><v>2026-01</v></c><c><v>5<!-- -->0</v></c></row></sheetData></worksheet>",
        "<row><c t=\"str\"><v>2026-01</v></c><c t=\"e\"><v>#SPILL!</v></c></row></sheetData></worksheet>",
        "<row><c><f t=\"shared\" si=\"99999999999\" ref=\"C9:B1\">1</f></c></row></sheetData></worksheet>",
        "<row><c>",
        "",
    ];
    let told: String = rest
        .iter()
        .map(|rest| {
            format!(
                "{rest}\n{}\n",
                told(&by_hand(&format!("{HEAD}{rest}"), TEXTS), &["offered"])
            )
        })
        .collect();
    insta::assert_snapshot!("workbook_by_hand", told);
}

/// What a hand-made workbook is read as, if that number is the value of a cell of `offered`.
fn with_value(value: &str) -> String {
    let row = format!("<row><c t=\"str\"><v>2026-01</v></c><c r=\"B2\">{value}</c></row>");
    let sheet = format!("{HEAD}{row}</sheetData></worksheet>");
    told(&by_hand(&sheet, TEXTS), &["offered"])
}

#[test]
fn a_number_that_no_workbook_can_keep_is_refused_with_its_place() {
    for kept in [
        "5",
        "5.0",
        "500",
        "5e0",
        "0",
        "-0.0",
        "4.9999999999999998e1",
        "0.1e-300",
    ] {
        let read = with_value(&format!("<v>{kept}</v>"));
        assert!(!read.contains("no workbook can keep"), "{kept}: {read}");
    }
    for lost in [
        "4.999999999999999999999",
        "1e-400",
        "1e400",
        "-1e-330",
        "0.00000000000000000012345678901234567890",
    ] {
        let read = with_value(&format!("<v>{lost}</v>"));
        let place = format!("the cell `B2` of `xl/sheet.xml` holds `{lost}`");
        assert!(read.contains(&place), "{lost}: {read}");
    }
    insta::assert_snapshot!(
        "workbook_not_kept",
        with_value("<v>4.999999999999999999999</v>")
    );
}

#[test]
fn a_cell_has_one_value_and_a_workbook_each_part_once() {
    for two in [
        "<v>5</v><v>7</v>",
        "<v>5</v><is><t>7</t></is>",
        "<v/><v>7</v>",
    ] {
        let read = with_value(two);
        assert!(
            read.contains("the cell `B2` of `xl/sheet.xml` has two values"),
            "{two}: {read}"
        );
    }
    let sound = by_hand(&format!("{HEAD}</sheetData></worksheet>"), TEXTS);
    assert!(!told(&sound, &["offered"]).contains("twice"));
    // Another part with a name of the same length, renamed.
    for name in ["xl/sheet.xml", "XL/Sheet.xml"] {
        let mut zip = zip::ZipWriter::new_append(std::io::Cursor::new(sound.clone())).unwrap();
        zip.start_file("xl/other.xml", zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(HEAD.as_bytes()).unwrap();
        let mut bytes = zip.finish().unwrap().into_inner();
        for at in 0..bytes.len() - name.len() {
            if bytes[at..].starts_with(b"xl/other.xml") {
                bytes[at..at + name.len()].copy_from_slice(name.as_bytes());
            }
        }
        let read = told(&bytes, &["offered"]);
        assert!(
            read.contains(&format!("the part `{name}` is in it twice")),
            "{read}"
        );
    }
}

#[test]
fn bombs_do_not_go_off() {
    let long = " ".repeat(300 << 20);
    let bytes = by_hand(&format!("{HEAD}{long}</sheetData></worksheet>"), TEXTS);
    assert!(bytes.len() < 2 << 20);
    insta::assert_snapshot!("workbook_bomb", told(&bytes, &["offered"]));
    let texts = format!("<sst>{}</sst>", "<si/>".repeat(3_000_000));
    insta::assert_snapshot!("workbook_bomb", told(&by_hand(HEAD, &texts), &["offered"]));
}

#[test]
fn claims_of_workbooks_are_not_believed() {
    let texts = TEXTS.replace("\"2\"", "\"99999999999999\"");
    let read = told(&by_hand(HEAD, &texts), &["offered"]);
    assert!(
        read.contains("`99999999999999` cannot be the `uniqueCount`"),
        "{read}"
    );
    let sheet = format!("<worksheet><dimension ref=\"B9:A1\"/>{HEAD}");
    let read = told(&by_hand(&sheet, TEXTS), &["offered"]);
    assert!(read.contains("`B9:A1` cannot be the `ref`"), "{read}");
    // What other programs keep besides the sheets does not concern the guard.
    let link = "<externalLink><sheetData><row r=\"1\"><cell r=\"A1\" t=\"str\"><v>a&amp;b</v></cell></row></sheetData></externalLink>";
    let read = told(
        &by_hand(
            &format!("{HEAD}</sheetData></worksheet>"),
            &TEXTS.replace("<sst", &format!("{link}<sst")),
        ),
        &["offered"],
    );
    assert_eq!(read, "");
    let font = "x".repeat(1 << 20);
    for styles in [
        format!("<styleSheet><fonts><font><name val=\"{font}\"/></font></fonts></styleSheet>"),
        format!(
            "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
            "<xf/>".repeat(70_000)
        ),
    ] {
        let read = told(&by_hand(HEAD, &styles), &["offered"]);
        assert!(read.contains("the workbook is too large"), "{read}");
    }
}

#[test]
fn broken_workbooks_never_panic() {
    let month = quidpro::calendar::Month::new(2026, 1).unwrap();
    let sample = template(
        &schema(),
        month,
        month,
        &TemplateOptions::default(),
        TemplateFormat::Xlsx,
    )
    .unwrap();
    let read = |bytes: &[u8]| drop(outcome("d.xlsx", bytes, &schema(), &Options::default()));
    for end in (0..sample.len()).step_by(37) {
        read(&sample[..end]);
    }
    for at in (0..sample.len()).step_by(11) {
        let mut broken = sample.clone();
        broken[at] ^= 0x55;
        read(&broken);
    }
    let sheet = format!(
        "{HEAD}<row r=\"2\"><c r=\"A2\" t=\"str\"><f>1</f><v>2026-01</v></c><c r=\"B2\" s=\"1\"><v>5</v></c></row></sheetData></worksheet>"
    );
    for at in 0..sheet.len() {
        read(&by_hand(&sheet[..at], TEXTS));
        for byte in ["<", ">", "\"", "9", "&"] {
            let broken = format!("{}{byte}{}", &sheet[..at], &sheet[at + 1..]);
            read(&by_hand(&broken, TEXTS));
        }
    }
}
