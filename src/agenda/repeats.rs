//! Events that repeat: by which day each time is due.

use jiff::ToSpan;
use jiff::civil::Weekday;

use crate::calendar::{Date, Month, Period};

/// How an event repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeats {
    /// How often.
    pub often: Often,
    /// No time is due after this day.
    pub last: Date,
}

/// How often something is due, and on which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Often {
    /// On each day.
    Daily,
    /// Every seventh day.
    Weekly,
    /// Every fourteenth day.
    Fortnightly,
    /// On the last day of each calendar month.
    Monthly,
    /// On the last day of each calendar quarter.
    Quarterly,
    /// On the last days of June and December.
    HalfYearly,
    /// On the same day of each year; the last day of February stays the last one in leap years.
    YearlyOnTheDay,
    /// So many days after the end of each month.
    AfterMonth {
        /// How many.
        days: u8,
        /// Whether only Monday to Friday count. Holidays are not known here.
        working: bool,
    },
}

impl Often {
    /// The meaning of a word of the language, such as `quarterly`.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "daily" => Self::Daily,
            "weekly" => Self::Weekly,
            "fortnightly" => Self::Fortnightly,
            "monthly" => Self::Monthly,
            "quarterly" => Self::Quarterly,
            "half-yearly" => Self::HalfYearly,
            "yearly" => Self::YearlyOnTheDay,
            _ => return None,
        })
    }

    /// The first day on which it is due in a term that begins on a day; nothing at the end of time.
    #[must_use]
    pub fn first(self, term: Period) -> Option<Date> {
        let begins = term.first;
        match self {
            Self::Daily => Some(begins),
            Self::Weekly => begins.checked_add(6.days()).ok(),
            Self::Fortnightly => begins.checked_add(13.days()).ok(),
            Self::Monthly => Month::of(begins).last_day(),
            Self::Quarterly => quarter_end(begins, 3).last_day(),
            Self::HalfYearly => quarter_end(begins, 6).last_day(),
            // The last day of the contract year.
            Self::YearlyOnTheDay => begins.checked_add(1.year()).ok()?.checked_sub(1.day()).ok(),
            Self::AfterMonth { days, working } => after_month(Month::of(begins), days, working),
        }
    }

    /// The day on which it is due next after a day on which it is due.
    #[must_use]
    pub fn next(self, due: Date, first: Date) -> Option<Date> {
        match self {
            Self::Daily => due.checked_add(1.day()).ok(),
            Self::Weekly => due.checked_add(7.days()).ok(),
            Self::Fortnightly => due.checked_add(14.days()).ok(),
            Self::Monthly => Month::of(due).plus(1).last_day(),
            Self::Quarterly => Month::of(due).plus(3).last_day(),
            Self::HalfYearly => Month::of(due).plus(6).last_day(),
            Self::YearlyOnTheDay if is_end_of_february(first) => Month::of(due).plus(12).last_day(),
            Self::YearlyOnTheDay => {
                let years = i64::from(due.year()) - i64::from(first.year()) + 1;
                first.checked_add(years.years()).ok()
            }
            Self::AfterMonth { days, working } => {
                let ended = Month::of(due).plus(-1);
                let ended = match after_month(ended, days, working) {
                    Some(found) if found == due => ended,
                    _ => ended.plus(-1),
                };
                after_month(ended.plus(1), days, working)
            }
        }
    }
}

/// Whether a day is the last one of a February.
#[must_use]
pub fn is_end_of_february(day: Date) -> bool {
    day.month() == 2 && Month::of(day).last_day() == Some(day)
}

/// The last month of the calendar period of so many months that a day is in.
fn quarter_end(day: Date, months: i32) -> Month {
    let month = Month::of(day);
    let of_year = i32::try_from(month.number()).unwrap_or(1) - 1;
    month.plus(months - 1 - of_year % months)
}

/// So many days after the end of a month.
pub(super) fn after_month(month: Month, days: u8, working: bool) -> Option<Date> {
    let mut day = month.last_day()?;
    let mut left = days;
    while left > 0 {
        day = day.checked_add(1.day()).ok()?;
        let counts = !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if counts || !working {
            left -= 1;
        }
    }
    Some(day)
}

impl super::Event {
    /// The days in a period on which the event is due.
    #[must_use]
    pub fn days_in(&self, from: Date, to: Date) -> Vec<Date> {
        let mut days = Vec::new();
        let last = self
            .repeats
            .map_or(self.due, |repeats| repeats.last)
            .min(to);
        let mut next = Some(self.due);
        while let Some(due) = next.filter(|due| *due <= last) {
            if due >= from {
                days.push(due);
            }
            let repeats = self.repeats.as_ref();
            next = repeats.and_then(|repeats| repeats.often.next(due, self.due));
        }
        days
    }
}
