//! Workbooks that would use up all memory or break the workbook reader: they are refused before it sees them.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::problem::Fault;
use super::stored_number;

/// The most bytes to which the parts of a workbook are unpacked in all.
const MOST_UNPACKED: u64 = 256 << 20;

/// The most texts that cells may share.
const MOST_TEXTS: usize = 2_000_000;

/// The most styles of a workbook. Spreadsheet programs keep at most 65,490, each of them in a few short tags.
const MOST_STYLES: usize = 65_536;
const LONGEST_STYLE: usize = 2 << 10;

/// Checks all parts of the workbook.
///
/// # Errors
/// Says why it cannot be read.
pub(super) fn check(bytes: &[u8]) -> Result<(), Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_workbook())?;
    if archive
        .file_names()
        .flatten()
        .any(|name| name.ends_with("workbook.bin"))
    {
        return Err(no_workbook());
    }
    if let Some(name) = name_taken_twice(bytes, archive.central_directory_start()) {
        let name = super::place::quotable(name.as_bytes());
        return Err(damaged(&format!("the part `{name}` is in it twice")));
    }
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        // If a part cannot be unpacked, the workbook reader reports that, if it needs the part at all.
        let Ok(part) = archive.by_index(at) else {
            continue;
        };
        if part.size() > left {
            return Err(too_large());
        }
        let name = part
            .name()
            .map_or_else(|_| String::new(), std::borrow::Cow::into_owned);
        let mut part = part.take(left);
        check_part(&name, &mut part)?;
        left = part.limit();
        if left == 0 {
            return Err(too_large());
        }
    }
    Ok(())
}

/// The name of a part that is listed twice at the end of the file. Archive readers keep the last of them, and people
/// may have looked at the first. Names that differ only in case count as the same.
fn name_taken_twice(bytes: &[u8], list: u64) -> Option<String> {
    let mut seen = BTreeSet::new();
    let mut rest = bytes.get(usize::try_from(list).ok()?..)?;
    while let Some(entry) = rest.strip_prefix(b"PK\x01\x02") {
        let length = |at: usize| -> Option<usize> {
            let two: [u8; 2] = entry.get(at..at + 2)?.try_into().ok()?;
            Some(usize::from(u16::from_le_bytes(two)))
        };
        // The fixed part of an entry is 42 bytes long. Its name, extra field and comment follow.
        let name_end = 42 + length(24)?;
        let name = String::from_utf8_lossy(entry.get(42..name_end)?).into_owned();
        if !seen.insert(name.to_lowercase()) {
            return Some(name);
        }
        rest = entry.get(name_end + length(26)? + length(28)?..)?;
    }
    None
}

/// Checks a part as far as the workbook reader would get.
fn check_part(name: &str, part: &mut impl Read) -> Result<(), Fault> {
    let mut xml = Reader::from_reader(BufReader::new(part));
    // These are the settings of the workbook reader. Otherwise it could continue where this one stops.
    let config = xml.config_mut();
    config.check_end_names = false;
    config.expand_empty_elements = true;
    let mut seen = Seen {
        part: super::place::quotable(name.as_bytes()),
        ..Seen::default()
    };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(event) => seen.check(&event)?,
        }
    }
}

/// The state of looking through a part.
#[derive(Default)]
struct Seen {
    /// The part's name for messages.
    part: String,
    /// The current cell, and how many values it has had.
    cell: String,
    values: usize,
    /// Whether its value is a number.
    is_number: bool,
    texts: usize,
    styles: usize,
    are_styles: bool,
    /// Whether the cells of a sheet have begun.
    are_cells: bool,
    /// Whether the reader is in a cell, and in one whose text is written out.
    in_cell: bool,
    in_text: bool,
    /// Whether the reader is in the value of a cell.
    in_value: bool,
}

impl Seen {
    fn check(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::End(end) => match end.local_name().as_ref() {
                "v" => self.in_value = false,
                "c" => self.in_cell = false,
                _ => {}
            },
            Event::Text(text) if self.in_value && self.is_number => {
                let text = text.as_ref();
                if !stored_number::is_kept(text) {
                    return Err(self.not_kept(text));
                }
            }
            Event::Text(_) => {}
            Event::GeneralRef(_) if self.in_text => {}
            // The workbook reader skips these, but spreadsheet programs may not.
            _ if self.in_value => return Err(damaged("a value in it is not written plainly")),
            Event::Start(start) => self.check_start(start)?,
            _ => {}
        }
        Ok(())
    }

    fn check_start(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        match start.local_name().as_ref() {
            "dimension" => each(start, "ref", is_reference)?,
            "sheetData" => self.are_cells = true,
            "row" if self.are_cells => each(start, "r", is_reference)?,
            "c" if self.are_cells => {
                each(start, "r", is_reference)?;
                self.in_cell = true;
                self.values = 0;
                let named = |name: &str| {
                    let found = start.try_get_attribute(name).ok().flatten();
                    found.map(|found| found.value.to_string())
                };
                self.cell = named("r").unwrap_or_default();
                let kind = named("t");
                self.in_text = kind.as_deref() == Some("str");
                self.is_number = kind.is_none_or(|kind| kind == "n");
            }
            "f" if self.are_cells => each(start, "ref", is_reference)?,
            "v" | "is" if self.in_cell => {
                self.values += 1;
                if self.values > 1 {
                    return Err(damaged(&format!("{} has two values", self.place())));
                }
                self.in_value = start.local_name().as_ref() == "v";
            }
            "sst" => each(start, "uniqueCount", is_count)?,
            "si" => self.texts += 1,
            "xf" => self.styles += 1,
            "styleSheet" => self.are_styles = true,
            _ => {}
        }
        let long = self.are_styles && start.len() > LONGEST_STYLE;
        if long || self.texts > MOST_TEXTS || self.styles > MOST_STYLES {
            return Err(too_large());
        }
        Ok(())
    }
}

impl Seen {
    /// The cell, in words.
    fn place(&self) -> String {
        let part = &self.part;
        match self.cell.as_str() {
            "" => format!("a cell of `{part}`"),
            cell => format!("the cell `{cell}` of `{part}`"),
        }
    }

    fn not_kept(&self, text: &str) -> Fault {
        let shown = super::place::quotable(text.as_bytes());
        let place = self.place();
        Fault::new("inexact-number", format!("{place} holds `{shown}`, which no workbook can keep"))
            .because("spreadsheet programs keep up to 17 digits of a number and would read another one, which the contract would then pay by")
            .help("open it in a spreadsheet program, type the number again and save it; or save the sheet as CSV in UTF-8")
    }
}

/// Refuses a tag if an attribute with that name is not as it should be.
fn each(start: &BytesStart<'_>, name: &str, sound: fn(&str) -> bool) -> Result<(), Fault> {
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| damaged("an attribute of a tag is malformed"))?;
        if attribute.key.as_ref() == name && !sound(&attribute.value) {
            return Err(damaged(&format!(
                "`{}` cannot be the `{name}` of a tag `{}`",
                super::place::quotable(attribute.value.as_bytes()),
                start.local_name().as_ref()
            )));
        }
    }
    Ok(())
}

fn is_count(text: &str) -> bool {
    text.parse::<usize>().is_ok_and(|count| count <= MOST_TEXTS)
}

/// Whether a text is the name of a row, of a cell or of a range of cells: `7`, `C7`, `A1:C7`.
fn is_reference(text: &str) -> bool {
    let places: Option<Vec<(u32, u32)>> = text.split(':').map(place_of).collect();
    match places.as_deref() {
        Some([_]) => true,
        Some([first, last]) => first.0 <= last.0 && first.1 <= last.1,
        _ => false,
    }
}

/// The column and row of a cell's name. The column is 0 if the name is only that of a row.
fn place_of(name: &str) -> Option<(u32, u32)> {
    let digits = name.trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
    let letters = name
        .strip_suffix(digits)
        .filter(|letters| letters.len() <= 3)?;
    let digit = |letter: char| letter.to_digit(36).map(|digit| digit.saturating_sub(9));
    let column = letters
        .chars()
        .try_fold(0, |column, letter| Some(column * 26 + digit(letter)?))?;
    let row = digits.parse().ok().filter(|row| *row <= 1 << 20)?;
    Some((column, row))
}

pub(super) fn no_workbook() -> Fault {
    Fault::new("wrong-format", "this is not a workbook that can be read")
        .because("only workbooks in the format `.xlsx` are read")
        .help("save it as an Excel workbook (`.xlsx`), or as CSV in UTF-8")
}

pub(super) fn damaged(why: &str) -> Fault {
    Fault::new("damaged-workbook", "the workbook is damaged")
        .because(why)
        .help("open it in a spreadsheet program and save it again, or save it as CSV in UTF-8")
}

pub(super) fn too_large() -> Fault {
    Fault::new("too-much-data", "the workbook is too large")
        .because("its parts unpack to more than 256 MB, or contain millions of texts or cells")
        .help("save the sheet with the data as CSV in UTF-8, sorted by month")
}
