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
    /// It has more than 15 digits, which is more than a workbook keeps of a decimal number.
    TooFine(String),
    /// It is not a number: `NaN`.
    None(String),
}

/// The most digits that programs write for a 64-bit float, so that it comes back unchanged.
const MOST_WRITTEN: usize = 17;

/// Whether a workbook can keep a number that is written in it: the number has no more digits than `MOST_WRITTEN`, and
/// is not too small or too large. Text that is not a number passes; others refuse it.
pub(super) fn is_kept(written: &str) -> bool {
    let written = written.trim();
    let Ok(value) = written.parse::<f64>() else {
        return true;
    };
    if !written.contains(|sign: char| sign.is_ascii_digit()) {
        return true;
    }
    let mantissa = written.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0').trim_end_matches('0');
    let is_zero = value == 0.0;
    value.is_finite() && digits.len() <= MOST_WRITTEN && is_zero == digits.is_empty()
}

/// The most digits with which decimal numbers come back unchanged from 64-bit floats.
const MOST_DIGITS: usize = 15;

/// The decimal for a number: the shortest one that is stored as this number.
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

/// The days that workbooks know as dates, whatever their epoch. `calamine` takes others for the nearest of them.
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
