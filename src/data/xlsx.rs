//! A workbook's sheet to records. Numbers are taken as the decimals they stand for, formulas by their value.

use quick_xml::events::{BytesStart, Event};

use super::number_format::Look;
use super::problem::Fault;
use super::sheet::{Sheet, SheetCell};
use super::stored_number::{self, StoredNumber};
use super::workbook::{Workbook, Xml, attribute, damaged, text_of, too_large};

/// Opens the sheet of that name, or the first one that is not hidden.
///
/// # Errors
/// Says why the workbook or the sheet cannot be read.
pub(super) fn open(bytes: Vec<u8>, name: Option<&str>) -> Result<Sheet, Fault> {
    let mut workbook = Workbook::open(bytes)?;
    let part = workbook.sheet(name)?;
    let context = Context {
        texts: std::mem::take(&mut workbook.texts),
        looks: std::mem::take(&mut workbook.looks),
        from_1904: workbook.from_1904,
    };
    let cells = workbook.part(&part.path, |xml| cells(xml, &context))?;
    let mut cells = cells.ok_or_else(damaged)?;
    cells.sort_by_key(|cell| (cell.row, cell.column));
    let twice = cells
        .iter()
        .zip(cells.iter().skip(1))
        .any(|(one, next)| (one.row, one.column) == (next.row, next.column));
    if twice {
        return Err(damaged());
    }
    let others = workbook.others(&part.name);
    Ok(Sheet::new(part.name, others, cells))
}

/// A cell with its place, counted from 0.
pub(super) struct Placed {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) cell: SheetCell,
}

/// What cells refer to.
struct Context {
    texts: Vec<String>,
    looks: Vec<Look>,
    from_1904: bool,
}

/// A sheet may have this many cells that hold anything.
const MOST_CELLS: usize = 4_000_000;

/// The sheets of spreadsheet programs have 1,048,576 rows and 16,384 columns.
const MOST_ROWS: usize = 1 << 20;
const MOST_COLUMNS: usize = 1 << 14;

fn cells(xml: &mut Xml<'_>, context: &Context) -> Result<Vec<Placed>, Fault> {
    let mut cells = Vec::new();
    let mut buffer = Vec::new();
    let mut inner = Vec::new();
    let (mut row, mut column) = (0_usize, 0_usize);
    let mut before_first = true;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) if start.local_name().as_ref() == "row" => {
                let number = attribute(&start, "r").and_then(|number| number.parse::<usize>().ok());
                let next = if before_first {
                    0
                } else {
                    row.saturating_add(1)
                };
                row = number.map_or(next, |number| number.saturating_sub(1));
                before_first = false;
                column = 0;
            }
            Event::Start(start) if start.local_name().as_ref() == "c" => {
                if let Some(place) = attribute(&start, "r") {
                    (row, column) = place_of(&place).ok_or_else(damaged)?;
                }
                if row >= MOST_ROWS || column >= MOST_COLUMNS {
                    return Err(damaged());
                }
                if let Some(cell) = cell(xml, &start, context, &mut inner)? {
                    cells.push(Placed { row, column, cell });
                }
                if cells.len() > MOST_CELLS {
                    return Err(too_large());
                }
                column += 1;
            }
            Event::End(end) if end.local_name().as_ref() == "sheetData" => return Ok(cells),
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}

/// Row and column, from 0, of a cell's name such as `C7`.
fn place_of(name: &str) -> Option<(usize, usize)> {
    let digits = name.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut column = 0_usize;
    for letter in letters.bytes() {
        let digit = letter
            .to_ascii_uppercase()
            .checked_sub(b'A')
            .filter(|digit| *digit < 26)?;
        column = column * 26 + usize::from(digit) + 1;
    }
    Some((number.parse::<usize>().ok()?.checked_sub(1)?, column - 1))
}

/// Reads a cell up to its end; nothing if it is empty.
fn cell(
    xml: &mut Xml<'_>,
    start: &BytesStart<'_>,
    context: &Context,
    buffer: &mut Vec<u8>,
) -> Result<Option<SheetCell>, Fault> {
    let kind = attribute(start, "t").unwrap_or_default();
    let style = attribute(start, "s").and_then(|style| style.parse::<usize>().ok());
    let look = style.and_then(|style| context.looks.get(style)).copied();
    let mut formula = false;
    let mut value = None;
    loop {
        let mut event = Vec::new();
        let inner = match xml.read_event_into(&mut event).map_err(|_| damaged())? {
            Event::Start(inner) => inner.local_name().as_ref().to_owned(),
            Event::End(end) if end.local_name().as_ref() == "c" => break,
            Event::Eof => return Err(damaged()),
            _ => continue,
        };
        let text = text_of(xml, inner != "is", buffer)?;
        match inner.as_str() {
            "f" => formula = true,
            "v" | "is" => value = Some(text),
            _ => {}
        }
    }
    match value {
        Some(value) if !value.is_empty() => {
            read_value(&kind, value, look.unwrap_or(Look::Number), context).map(Some)
        }
        Some(_) if formula && kind == "str" => Ok(None),
        _ => Ok(formula.then_some(SheetCell::Uncomputed)),
    }
}

fn read_value(
    kind: &str,
    value: String,
    look: Look,
    context: &Context,
) -> Result<SheetCell, Fault> {
    Ok(match kind {
        "s" => {
            let at = value.trim().parse::<usize>().ok();
            let text = at.and_then(|at| context.texts.get(at));
            SheetCell::Text(text.ok_or_else(damaged)?.clone())
        }
        "str" | "inlineStr" => SheetCell::Text(value),
        "b" => match value.trim() {
            "1" | "true" => SheetCell::Flag(true),
            "0" | "false" => SheetCell::Flag(false),
            _ => return Err(damaged()),
        },
        "e" => SheetCell::Error(value),
        "d" => iso_date(value),
        _ => number(value, look, context.from_1904),
    })
}

fn number(value: String, look: Look, from_1904: bool) -> SheetCell {
    match (stored_number::decimal(&value), look) {
        (StoredNumber::None, _) => SheetCell::Text(value),
        (StoredNumber::Decimal(text) | StoredNumber::TooFine(text), Look::Date) => {
            date(&text, from_1904)
        }
        (StoredNumber::Decimal(text) | StoredNumber::TooFine(text), Look::Time) => {
            SheetCell::Time(format!("{text} days"))
        }
        (StoredNumber::TooFine(text), _) => SheetCell::TooFine(text),
        (StoredNumber::Decimal(text), look) => SheetCell::Number {
            text,
            percent: look == Look::Percent,
        },
    }
}

fn date(days: &str, from_1904: bool) -> SheetCell {
    match stored_number::date(days, from_1904) {
        Some((date, true)) => SheetCell::Date(date),
        Some((date, false)) => SheetCell::Time(format!("{date} with a time of day")),
        None => SheetCell::Time(format!("{days} days")),
    }
}

fn iso_date(value: String) -> SheetCell {
    let (day, time) = value.split_once('T').unwrap_or((&value, ""));
    let midnight = time
        .bytes()
        .all(|byte| matches!(byte, b'0' | b':' | b'.' | b'Z'));
    match day.parse() {
        Ok(date) if midnight => SheetCell::Date(date),
        _ => SheetCell::Time(value),
    }
}
