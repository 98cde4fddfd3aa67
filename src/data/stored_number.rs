//! The numbers of workbooks, which are kept in binary, as the decimals they stand for.
#![allow(
    clippy::disallowed_types,
    reason = "a workbook keeps its numbers as 64-bit floats; this file turns them into decimal text, without arithmetic"
)]

use crate::calendar::Date;

/// A number of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StoredNumber {
    /// It stands for this decimal, which has at most 15 digits.
    Decimal(String),
    /// It needs more than 15 digits, more than a workbook keeps of a decimal number.
    TooFine(String),
    /// It is no number.
    None,
}

/// Decimal numbers of up to this many digits come back unchanged from 64-bit floats.
const MOST_DIGITS: usize = 15;

/// The decimal that the number stands for: the shortest one that is kept as this number.
pub(super) fn decimal(text: &str) -> StoredNumber {
    let Ok(value) = text.trim().parse::<f64>() else {
        return StoredNumber::None;
    };
    if !value.is_finite() {
        return StoredNumber::None;
    }
    let shortest = value.to_string();
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

/// The date of a serial number of days, and whether it is the start of that day.
pub(super) fn date(decimal: &str, from_1904: bool) -> Option<(Date, bool)> {
    let (days, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let days: i64 = days.parse().ok()?;
    let start = if from_1904 {
        Date::new(1904, 1, 1)
    } else if days > 60 {
        Date::new(1899, 12, 30)
    } else if (1..60).contains(&days) {
        Date::new(1899, 12, 31)
    } else {
        return None;
    };
    let span = jiff::Span::new().try_days(days).ok()?;
    let date = start.ok()?.checked_add(span).ok()?;
    Some((date, fraction.is_empty()))
}
