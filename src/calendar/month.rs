//! A calendar month.

use std::fmt;

use jiff::civil::Date;

/// The names of the months, January first.
pub const MONTH_NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A calendar month, such as 2026-02.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month(i32);

impl Month {
    /// Month `month` (1 to 12) of year `year` (1 to 9999), if there is such a month.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let within = (1..=9999).contains(&year) && (1..=12).contains(&month);
        within.then(|| Self(year * 12 + month.cast_signed() - 1))
    }

    /// The month that the date lies in.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }

    /// Reads `YYYY-MM`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?)
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Its number within the year, 1 to 12.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0.rem_euclid(12).unsigned_abs() + 1
    }

    /// Months since January of year 0: a count that makes months comparable.
    #[must_use]
    pub fn index(self) -> i32 {
        self.0
    }

    /// The month `months` later, or earlier if negative.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// How many months after `earlier` this one is; negative if it is before it.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The first month of its calendar quarter.
    #[must_use]
    pub fn quarter_start(self) -> Self {
        Self(self.0 - self.0.rem_euclid(3))
    }

    /// The first month of its calendar year.
    #[must_use]
    pub fn year_start(self) -> Self {
        Self(self.0 - self.0.rem_euclid(12))
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> u32 {
        self.first_day()
            .map_or(30, |date| date.days_in_month().unsigned_abs().into())
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Option<Date> {
        let year = i16::try_from(self.year()).ok()?;
        let month = i8::try_from(self.number()).ok()?;
        Date::new(year, month, 1).ok()
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        self.first_day().map(Date::last_of_month)
    }
}

/// `YYYY-MM`
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

/// `YYYY-MM`
impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
