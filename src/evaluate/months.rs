//! What the calendar says of a month of a contract: periods that end with it, and the months that a window takes.

use crate::calendar::{Month, Period};
use crate::program::{EveryMonth, WindowMonths};

/// The number of a month in the term, from 1.
#[must_use]
pub fn month_of_term(month: Month, term: Option<Period>) -> i64 {
    let first = term.map_or(month, |term| Month::of(term.first));
    i64::from(month.since(first)) + 1
}

/// The months of a window as steps back from a month: from the newest to the oldest.
#[must_use]
pub fn reach(months: WindowMonths, month: Month, term: Option<Period>) -> (usize, usize) {
    let since = |start: Month| usize::try_from(month.since(start)).unwrap_or(0);
    let of_term = || usize::try_from(month_of_term(month, term) - 1).unwrap_or(0);
    let contract_year = || term.map_or(month.year_start(), |term| term.contract_year_start(month));
    match months {
        WindowMonths::Last(count) => (0, (count as usize).saturating_sub(1)),
        WindowMonths::Previous(count) => (1, count as usize),
        WindowMonths::ContractYear => (0, since(contract_year())),
        WindowMonths::ContractYearBefore => (1, since(contract_year())),
        WindowMonths::CalendarYear => (0, since(month.year_start())),
        WindowMonths::CalendarYearBefore => (1, since(month.year_start())),
        WindowMonths::CalendarQuarter => (0, since(month.quarter_start())),
        WindowMonths::CalendarQuarterBefore => (1, since(month.quarter_start())),
        WindowMonths::Term => (0, of_term()),
        WindowMonths::TermBefore => (1, of_term()),
    }
}

/// The first and the last month of a window that are within the term.
#[must_use]
pub fn months_of(months: WindowMonths, month: Month, term: Option<Period>) -> (Month, Month) {
    let (newest, oldest) = reach(months, month, term);
    let back = |steps: usize| {
        let steps = i32::try_from(steps).unwrap_or(i32::MAX);
        month.plus(-steps)
    };
    let start = term.map_or(back(oldest), |term| Month::of(term.first));
    (back(oldest).max(start), back(newest))
}

/// Whether a period ends with a month: its last month, or the last month of the term.
#[must_use]
pub fn ends(every: EveryMonth, month: Month, term: Option<Period>) -> bool {
    let next = month.plus(1);
    let last = term.is_some_and(|term| Month::of(term.last) == month);
    let start_of_next = match every {
        EveryMonth::TermEnd => return last,
        EveryMonth::QuarterEnd => next.quarter_start(),
        EveryMonth::CalendarYearEnd => next.year_start(),
        EveryMonth::ContractYearEnd => {
            term.map_or(next.year_start(), |term| term.contract_year_start(next))
        }
    };
    start_of_next == next || last
}
