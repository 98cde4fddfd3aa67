//! Turns a workbook's sheet into records, through `calamine`. The value of a formula is the one stored with it.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, Reader, Sheet as Listed, SheetType, SheetVisible, Style, Xlsx, XlsxError};

use super::csv::old_workbook;
use super::number_format::{NumberFormat, PercentSign};
use super::place::quotable;
use super::problem::{Fault, listed};
use super::sheet::{Sheet, SheetCell};
use super::stored_number::{self, StoredNumber};
use super::workbook_guard::{self, damaged, no_workbook, too_large};

/// Opens the sheet with that name, or the first one that is not hidden.
///
/// # Errors
/// Says why the workbook or the sheet cannot be read.
pub(super) fn open(bytes: Vec<u8>, name: Option<&str>) -> Result<Sheet, Fault> {
    workbook_guard::check(&bytes)?;
    let mut workbook: Book = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let (name, others) = choose(workbook.sheets_metadata(), name)?;
    let mut cells = values(&mut workbook, &name)?;
    cells.sort_by_key(Placed::place);
    let twice = cells
        .iter()
        .zip(cells.iter().skip(1))
        .any(|(one, next)| one.place() == next.place());
    if twice {
        return Err(damaged("two of its cells have the same place"));
    }
    apply_formats(&mut workbook, &name, &mut cells)?;
    Ok(Sheet::new(name, others, cells))
}

type Book = Xlsx<Cursor<Vec<u8>>>;

/// A cell with its place, counted from 0.
pub(super) struct Placed {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) cell: SheetCell,
}

impl Placed {
    fn place(&self) -> (usize, usize) {
        (self.row, self.column)
    }
}

/// The most non-empty cells that a sheet may have.
const MOST_CELLS: usize = 4_000_000;

/// The sheets of spreadsheet programs have 1,048,576 rows and 16,384 columns.
const MOST_ROWS: usize = 1 << 20;
const MOST_COLUMNS: usize = 1 << 14;

/// The most characters of a text that are kept. Longer cells are refused anyway.
const LONGEST_KEPT: usize = 400;

/// The name of the sheet to read, and the names of the other sheets.
fn choose(sheets: &[Listed], name: Option<&str>) -> Result<(String, Vec<String>), Fault> {
    let tables = || {
        sheets
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
    };
    let names = || tables().map(|sheet| sheet.name.as_str());
    let unknown = |message: String| Fault::new("unknown-sheet", message);
    let chosen = match name {
        _ if sheets.is_empty() => return Err(no_workbook()),
        Some(name) => tables().find(|sheet| sheet.name == name).ok_or_else(|| {
            unknown(format!("the workbook has no sheet `{name}`"))
                .because(format!("its sheets are {}", listed(names().take(20))))
        }),
        None => tables()
            .find(|sheet| sheet.visible == SheetVisible::Visible)
            .ok_or_else(|| unknown("the workbook has no sheet that is not hidden".to_owned())),
    }?;
    let others = names().filter(|other| *other != chosen.name).take(20);
    Ok((chosen.name.clone(), others.map(str::to_owned).collect()))
}

/// The non-empty cells.
fn values(workbook: &mut Book, name: &str) -> Result<Vec<Placed>, Fault> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(unreadable)?;
    let mut cells = Vec::new();
    while let Some(record) = reader
        .next_cell_with_formula_metadata()
        .map_err(unreadable)?
    {
        let (row, column) = place(record.pos.0, record.pos.1);
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(damaged("a cell is beyond the last row or column"));
        }
        let cell = match record.value {
            DataRef::Empty if record.formula.is_some() => SheetCell::Uncomputed,
            value => match cell(value) {
                Some(cell) => cell,
                None => continue,
            },
        };
        cells.push(Placed { row, column, cell });
        if cells.len() > MOST_CELLS {
            return Err(too_large());
        }
    }
    Ok(cells)
}

/// Checks how the cells show their numbers.
fn apply_formats(workbook: &mut Book, name: &str, cells: &mut [Placed]) -> Result<(), Fault> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(unreadable)?;
    let read = |style: &Style| {
        let code = &style.number_format.as_ref()?.format_code;
        Some((NumberFormat::read(code), Arc::from(kept(code))))
    };
    let formats: Vec<Option<(NumberFormat, Arc<str>)>> = reader.styles().iter().map(read).collect();
    while let Some((row, column, style)) = reader.next_style_id().map_err(unreadable)? {
        let Some(Some((format, code))) = formats.get(style) else {
            continue;
        };
        let place = place(row, column);
        let found = cells.binary_search_by_key(&place, Placed::place).ok();
        let cell = found
            .and_then(|at| cells.get_mut(at))
            .map(|placed| &mut placed.cell);
        if let Some(cell) = cell {
            show(cell, format, code);
        }
    }
    Ok(())
}

/// Sets what a cell's format shows of its number.
fn show(cell: &mut SheetCell, format: &NumberFormat, code: &Arc<str>) {
    let SheetCell::Number { text, sign } = cell else {
        return;
    };
    match format.shows(text) {
        Ok(shown) => *sign = shown,
        Err(how) => {
            *cell = SheetCell::Disguised {
                text: std::mem::take(text),
                format: Arc::clone(code),
                how,
            };
        }
    }
}

fn place(row: u32, column: u32) -> (usize, usize) {
    let wide = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    (wide(row), wide(column))
}

/// The content of a cell; nothing if it is empty.
fn cell(value: DataRef<'_>) -> Option<SheetCell> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) => return text_cell(&text),
        DataRef::SharedString(text) => return text_cell(text),
        DataRef::Int(number) => number_cell(StoredNumber::Decimal(number.to_string())),
        DataRef::Float(number) => number_cell(stored_number::decimal(number)),
        DataRef::Bool(flag) => SheetCell::Flag(flag),
        DataRef::DateTime(moment) => match stored_number::date(moment) {
            Some((date, true)) => SheetCell::Date(date),
            Some((date, false)) => SheetCell::Time(format!("{date} with a time of day")),
            None => SheetCell::Time(format!("{} days", moment.as_f64())),
        },
        DataRef::DateTimeIso(text) => iso_date(&text),
        DataRef::DurationIso(text) => SheetCell::Time(kept(&text)),
        DataRef::Error(error) => SheetCell::Error(error.to_string()),
    })
}

fn text_cell(text: &str) -> Option<SheetCell> {
    (!text.is_empty()).then(|| SheetCell::Text(kept(text)))
}

fn kept(text: &str) -> String {
    text.chars().take(LONGEST_KEPT).collect()
}

fn number_cell(number: StoredNumber) -> SheetCell {
    match number {
        StoredNumber::Decimal(text) => SheetCell::Number {
            text,
            sign: PercentSign::None,
        },
        StoredNumber::TooFine(text) => SheetCell::TooFine(text),
        StoredNumber::None(text) => SheetCell::Text(text),
    }
}

fn iso_date(value: &str) -> SheetCell {
    let (day, time) = value.split_once('T').unwrap_or((value, ""));
    let midnight = time
        .bytes()
        .all(|byte| matches!(byte, b'0' | b':' | b'.' | b'Z'));
    match day.parse() {
        Ok(date) if midnight => SheetCell::Date(date),
        _ => SheetCell::Time(kept(value)),
    }
}

fn unreadable(error: XlsxError) -> Fault {
    match error {
        XlsxError::Zip(_) | XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => {
            no_workbook()
        }
        XlsxError::Password => old_workbook(),
        other => damaged(&format!(
            "reading it failed: {}",
            quotable(other.to_string().as_bytes())
        )),
    }
}
