//! The numbers of workbooks, which are stored in binary, as decimals.
#![allow(
    clippy::disallowed_types,
    reason = "a workbook keeps its numbers as 64-bit floats; this file turns them into decimal text, without arithmetic"
)]

use calamine::ExcelDateTime;

use crate::calendar::Date;

/// A number of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StoredNumber {
    /// It is this decimal, which has at most 15 digits.
    Decimal(String),
    /// It needs more than 15 digits, more than a workbook keeps of a decimal number.
    TooFine(String),
    /// It is not a number: `NaN`.
    None(String),
}

/// Decimal numbers of up to this many digits come back unchanged from 64-bit floats.
const MOST_DIGITS: usize = 15;

/// The decimal for the number: the shortest one that is stored as this number.
pub(super) fn decimal(value: f64) -> StoredNumber {
    let shortest = value.to_string();
    if !value.is_finite() {
        return StoredNumber::None(shortest);
    }
    let digits = shortest.trim_start_matches(['-', '0', '.']);
    let digits = if shortest.contains('.') {
        digits
    } else {
        digits.trim_end_matches('0')
    };
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    if count > MOST_DIGITS {
        StoredNumber::TooFine(shortest)
    } else {
        StoredNumber::Decimal(shortest)
    }
}

/// The days that workbooks know as dates whatever their epoch; `calamine` takes others for the nearest of them.
const DAYS: std::ops::Range<f64> = 1.0..2_957_004.0;

/// The date of a number that is formatted as a date, and whether it is the start of that day.
pub(super) fn date(moment: ExcelDateTime) -> Option<(Date, bool)> {
    if moment.is_duration() || !DAYS.contains(&moment.as_f64()) {
        return None;
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = Date::new(i16::try_from(year).ok()?, month, day).ok()?;
    Some((date, (hour, minute, second, milli) == (0, 0, 0, 0)))
}
