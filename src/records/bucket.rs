//! Days, months and other parts of the calendar as expressions.

use crate::calendar::{DAY, Offset};
use crate::model::facts::RecordPeriod;

use super::dialect::Dialect;
use super::plan::PlannedMonth;

/// The milliseconds of a half hour.
const HALF_HOUR: i64 = 1_800_000;

/// How far a zone is ahead of UTC at a moment, from its generated table of offsets.
pub(super) fn ahead(offsets: &[Offset], moment: &str) -> String {
    let Some((last, earlier)) = offsets.split_last() else {
        return "0".to_owned();
    };
    if earlier.is_empty() {
        return last.ahead.to_string();
    }
    // Each offset holds until the next one begins.
    let arms = earlier.iter().zip(offsets.iter().skip(1));
    let arms: Vec<_> = arms
        .map(|(offset, next)| format!("WHEN {moment} < {} THEN {}", next.from, offset.ahead))
        .collect();
    format!("CASE {} ELSE {} END", arms.join(" "), last.ahead)
}

/// The local day of a moment, in days since 1970-01-01.
pub(super) fn local_day(dialect: Dialect, offsets: &[Offset], moment: &str) -> String {
    dialect.divide(&format!("{moment} + {}", ahead(offsets, moment)), DAY)
}

/// The month of a day as `YYYY-MM`; nothing for a day of no month of the query.
pub(super) fn month(dialect: Dialect, months: &[PlannedMonth], day: &str) -> String {
    let first = months.first().map_or(0, |month| month.first);
    let mut out = format!("CASE WHEN {day} < {first} THEN NULL");
    for month in months {
        out += &format!(
            " WHEN {day} < {} THEN {}",
            month.next,
            dialect.text(&month.month.to_string())
        );
    }
    out + " END"
}

/// The part of the calendar that a record belongs to: its number, and how far local time was ahead, which tells the two half
/// hours apart that a clock shows twice.
pub(super) fn part(
    dialect: Dialect,
    every: RecordPeriod,
    day: &str,
    moment: &str,
    offsets: &[Offset],
) -> (String, String) {
    match every {
        RecordPeriod::Day => (day.to_owned(), "0".to_owned()),
        RecordPeriod::Week => (dialect.divide(&format!("{day} + 3"), 7), "0".to_owned()),
        RecordPeriod::HalfHour => {
            let ahead = ahead(offsets, moment);
            (
                dialect.divide(&format!("{moment} + {ahead}"), HALF_HOUR),
                ahead,
            )
        }
    }
}

/// The day by which a part of the calendar counts: of a week its Sunday.
pub(super) fn day_of_part(dialect: Dialect, every: RecordPeriod, part: &str) -> String {
    match every {
        RecordPeriod::Day => part.to_owned(),
        RecordPeriod::Week => format!("{part} * 7 + 3"),
        RecordPeriod::HalfHour => dialect.divide(part, 48),
    }
}
