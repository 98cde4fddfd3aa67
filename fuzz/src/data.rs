//! A table for a contract that does not change. Its first bytes decide whether it is CSV, JSON, a workbook, or the
//! sheet of a workbook.

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use quidpro::data::{self, Mode, Options, Schema};
use quidpro::driver::{Checked, Invoicing, Loaded, schema_of};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::load;

/// A contract with many kinds of input: plain, with members, percentages, money, yes or no.
static CONTRACT: LazyLock<(Loaded, Schema)> = LazyLock::new(|| {
    let loaded = load(include_str!("data.quid"));
    assert!(loaded.is_sound(), "the contract is wrong");
    let schema = schema_of(checked(&loaded)).expect("a sound contract has a schema");
    (loaded, schema)
});

fn checked(loaded: &Loaded) -> &Checked {
    loaded.contracts.first().expect("there is a contract")
}

/// Reads one file of data as a whole and, where possible, row by row.
pub fn data(input: &[u8]) {
    match input {
        [b'[' | b'{', ..] => compute("fuzz.json", input, Mode::Whole),
        [b'P', b'K', ..] => compute("fuzz.xlsx", input, Mode::Whole),
        [b'<', ..] => compute("fuzz.xlsx", &workbook(input), Mode::Whole),
        _ => {
            compute("fuzz.csv", input, Mode::Whole);
            compute("fuzz.csv", input, Mode::Streaming);
            compute("fuzz", input, Mode::Whole);
        }
    }
}

fn compute(name: &str, bytes: &[u8], mode: Mode) {
    let (loaded, schema) = &*CONTRACT;
    let options = Options {
        mode,
        sheet: None,
        keep_text: true,
    };
    let rows = match data::open(name, None, Cursor::new(bytes), schema, &options) {
        Ok(rows) => rows,
        Err(problems) => return assert!(!problems.is_empty()),
    };
    let mut invoicing = Invoicing::of(checked(loaded)).expect("a sound contract can be computed");
    for row in rows {
        match row {
            Ok(row) => {
                let _ = invoicing.compute(&row);
            }
            Err(problem) => assert!(!problem.to_string().is_empty()),
        }
    }
}

/// A workbook around the text of its only sheet. What follows a zero byte is the text of its table of strings. Without
/// this, nearly every change would only break the checksums of the archive.
fn workbook(input: &[u8]) -> Vec<u8> {
    let mut parts = input.splitn(2, |byte| *byte == 0);
    let sheet = parts.next().unwrap_or_default();
    let strings = parts
        .next()
        .unwrap_or(include_bytes!("workbook/strings.xml"));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let files: [(&str, &[u8]); 7] = [
        ("[Content_Types].xml", include_bytes!("workbook/types.xml")),
        ("_rels/.rels", include_bytes!("workbook/root.xml")),
        ("xl/workbook.xml", include_bytes!("workbook/book.xml")),
        (
            "xl/_rels/workbook.xml.rels",
            include_bytes!("workbook/relations.xml"),
        ),
        ("xl/styles.xml", include_bytes!("workbook/styles.xml")),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, text) in files {
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(name, stored).expect("memory can be written");
        zip.write_all(text).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}
