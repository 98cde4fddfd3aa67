//! The month that a row is about.

use crate::calendar::{Date, Month};

use super::cell::{Raw, trimmed};
use super::place::quotable;
use super::problem::Fault;
use super::unreadable;

/// The code of a row that is the sum of others and so belongs to no month.
pub const TOTAL_ROW: &str = "total-row";

/// What spreadsheets write instead of the month before the sum of a column.
const TOTALS: [&str; 12] = [
    "total",
    "totals",
    "grand total",
    "sum",
    "subtotal",
    "gesamt",
    "summe",
    "totaal",
    "totale",
    "suma",
    "somme",
    "soma",
];

const NAMES: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The month: `2026-02`, the first day of the month, or a workbook's date on its first or last day.
pub(super) fn read(raw: Raw<'_>) -> Result<Month, Fault> {
    match raw {
        Raw::Text(text) => of_text(trimmed(text)),
        Raw::Empty => Err(missing()),
        Raw::Date(date) => of_date(date),
        Raw::Number(text)
        | Raw::Stored { text, .. }
        | Raw::Disguised { text, .. }
        | Raw::TooFine(text) => Err(bare_number(text)),
        Raw::Time(text) => Err(not_a_month(text, None)),
        Raw::Flag(flag) => Err(not_a_month(if flag { "TRUE" } else { "FALSE" }, None)),
        Raw::Error(_) | Raw::Uncomputed => Err(broken(raw)),
        Raw::Nested(what) => {
            Err(Fault::new("not-a-month", format!("there is {what} instead of a month")).help(HOW))
        }
    }
}

const HOW: &str = "write the month as year and number, such as `2026-02`";

fn of_text(text: &[u8]) -> Result<Month, Fault> {
    if text.is_empty() {
        return Err(missing());
    }
    if text.contains(&0) {
        return Err(unreadable::bytes(text));
    }
    let Ok(plain) = std::str::from_utf8(text) else {
        return Err(unreadable::bytes(text));
    };
    let month = plain.strip_suffix("-01").filter(|month| month.len() == 7);
    Month::parse(month.unwrap_or(plain)).ok_or_else(|| {
        if is_day(plain) {
            return one_day(plain);
        }
        if plain.bytes().all(|byte| byte.is_ascii_digit()) {
            return bare_number(plain);
        }
        not_a_month(&quotable(text), meant(plain))
    })
}

fn of_date(date: Date) -> Result<Month, Fault> {
    let month = Month::of(date);
    let ends = [month.first_day(), month.last_day()];
    if ends.contains(&Some(date)) && month.year() > 0 {
        Ok(month)
    } else {
        Err(one_day(&date.to_string()))
    }
}

fn missing() -> Fault {
    Fault::new("missing-month", "the month is missing")
        .because("each row must say which month it is about")
        .help(HOW)
}

fn one_day(text: &str) -> Fault {
    let month = text.get(..7).unwrap_or(text);
    Fault::new("not-a-month", format!("`{text}` is a day, not a month"))
        .because("a row has the figures of a whole month")
        .help(format!("write only the month: `{month}`"))
}

fn bare_number(text: &str) -> Fault {
    let shown = quotable(text.as_bytes());
    match meant(text) {
        Some(_) => not_a_month(&shown, meant(text)),
        None => Fault::new("not-a-month", format!("`{shown}` is a number, not a month"))
            .help(HOW)
            .help(
                "if a spreadsheet shows it as a date, format the cell as text and write the month",
            ),
    }
}

fn broken(raw: Raw<'_>) -> Fault {
    match raw {
        Raw::Error(text) => Fault::new("error-in-cell", format!("the cell has the error `{text}`"))
            .because("its formula could not be computed in the sheet")
            .help(HOW),
        _ => Fault::new(
            "uncomputed-formula",
            "the cell has a formula without a value",
        )
        .because("the workbook was written by a program that does not compute formulas")
        .help("open the workbook in a spreadsheet program and save it, or write the month"),
    }
}

fn not_a_month(shown: &str, meant: Option<Month>) -> Fault {
    let word = shown.trim().trim_end_matches(':').to_lowercase();
    let code = if TOTALS.contains(&word.as_str()) {
        TOTAL_ROW
    } else {
        "not-a-month"
    };
    let fault = Fault::new(code, format!("`{shown}` is not read as a month"));
    match meant {
        Some(month) => fault
            .because("months are written in one way only, so that none is taken for another")
            .help(format!("write `{month}`")),
        None if shown.contains(|sign: char| sign.is_ascii_digit()) => fault.help(HOW),
        None => fault
            .help(HOW)
            .help("a row that is about no month, such as a total, does not belong in the data"),
    }
}

/// Whether the text is a day, as in `2026-02-15`.
fn is_day(text: &str) -> bool {
    let Some((month, day)) = text.rsplit_once('-') else {
        return false;
    };
    Month::parse(month).is_some()
        && day.len() == 2
        && day.parse::<u8>().is_ok_and(|d| (1..=31).contains(&d))
}

/// The month that a text in another form must mean: `2026-2`, `02/2026`, `Feb 2026`, `202602`.
fn meant(text: &str) -> Option<Month> {
    let signs = |sign: char| !sign.is_alphanumeric();
    let parts: Vec<&str> = text.split(signs).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [joined] if joined.len() == 6 && joined.is_ascii() => {
            month_of(joined.get(..4)?, joined.get(4..)?)
        }
        [one, other] => month_of(one, other).or_else(|| month_of(other, one)),
        _ => None,
    }
}

fn month_of(year: &str, month: &str) -> Option<Month> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !digits(year) {
        return None;
    }
    let number = if digits(month) {
        month.parse().ok()?
    } else {
        let month = month.to_ascii_lowercase();
        let at = NAMES.iter().position(|name| month.starts_with(name))?;
        u32::try_from(at).ok()? + 1
    };
    Month::new(year.parse().ok()?, number)
}
