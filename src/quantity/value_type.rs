//! The types of the language: what kind of value something is.

use std::fmt;

use super::{Currency, Unit};

/// The type of a value. Numbers of different types do not mix; see `docs/language.md`, "Units are types".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Unknown because of an earlier mistake. This type agrees with every other, so that one mistake is reported once.
    Unknown,
    /// Yes or no.
    Flag,
    /// A plain number.
    Number,
    /// A ratio, shown per hundred: 0.8 is 80%.
    Percent,
    /// A difference of two percentages: 0.05 is 5 percentage points.
    PercentagePoints,
    /// A mark on a scale, such as 1 to 5.
    Score,
    /// An amount of something: money, calls, hours, EUR per call.
    Quantity(Unit),
    /// A calendar month, as its [`crate::calendar::Month::index`].
    Month,
}

impl Type {
    /// The type of an amount of money.
    #[must_use]
    pub fn money(currency: Currency) -> Self {
        Self::Quantity(currency.into())
    }

    /// The currency, if this is an amount of money.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        self.unit().and_then(Unit::as_currency)
    }

    /// The unit, if this is an amount of something.
    #[must_use]
    pub fn unit(&self) -> Option<&Unit> {
        match self {
            Self::Quantity(unit) => Some(unit),
            Self::Unknown
            | Self::Flag
            | Self::Number
            | Self::Percent
            | Self::PercentagePoints
            | Self::Score
            | Self::Month => None,
        }
    }
}

/// The type in words that follow "is": `a percentage`, `an amount in EUR`, `a count of calls`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("something unknown"),
            Self::Flag => f.write_str("a yes-or-no condition"),
            Self::Number => f.write_str("a plain number"),
            Self::Percent => f.write_str("a percentage"),
            Self::PercentagePoints => f.write_str("a difference in percentage points"),
            Self::Score => f.write_str("a score"),
            Self::Month => f.write_str("a month"),
            Self::Quantity(unit) => match (unit.as_currency(), unit.as_base()) {
                (Some(currency), _) => write!(f, "an amount in {currency}"),
                (None, Some(base)) if base.seconds().is_some() => {
                    write!(f, "a duration in {unit}")
                }
                (None, Some(_)) => write!(f, "a number of {unit}"),
                (None, None) => write!(f, "a rate in {unit}"),
            },
        }
    }
}
