//! A period from one date to another.

use jiff::civil::Date;

use super::Month;

/// A period of days, both ends included; the first is never after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl Period {
    /// From `first` to `last`, if that is not backwards.
    #[must_use]
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// Whether any day of `month` lies in it.
    #[must_use]
    pub fn has_month(&self, month: Month) -> bool {
        Month::of(self.first) <= month && month <= Month::of(self.last)
    }

    /// The first month of the contract year that `month` lies in; contract years run from the month in
    /// which the period starts.
    #[must_use]
    pub fn contract_year_start(&self, month: Month) -> Month {
        let start = Month::of(self.first);
        month.plus(-month.since(start).rem_euclid(12))
    }
}
