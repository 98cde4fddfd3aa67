//! Units as types: currencies, counted things, durations, and their products and quotients.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::{Currency, Exact, UnitInfo};

/// A unit that is not made of others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BaseUnit {
    /// Money.
    Currency(Currency),
    /// Something counted or a duration.
    Counted(Arc<UnitInfo>),
}

/// A product of base units with whole exponents: `EUR per call` is EUR¹ · call⁻¹. No exponent is 0. Copies share
/// their parts, since every figure of a statement has a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit(Arc<BTreeMap<BaseUnit, i32>>);

impl BaseUnit {
    /// The number of seconds in one of it, if it is a duration.
    #[must_use]
    pub fn seconds(&self) -> Option<u32> {
        match self {
            Self::Currency(_) => None,
            Self::Counted(info) => info.seconds,
        }
    }

    /// The name for one: `call`, `EUR`.
    #[must_use]
    pub fn singular(&self) -> &str {
        match self {
            Self::Currency(currency) => currency.code(),
            Self::Counted(info) => &info.singular,
        }
    }

    /// The name for many: `calls`, `EUR`.
    #[must_use]
    pub fn plural(&self) -> &str {
        match self {
            Self::Currency(currency) => currency.code(),
            Self::Counted(info) => &info.plural,
        }
    }
}

impl From<BaseUnit> for Unit {
    fn from(base: BaseUnit) -> Self {
        Self(Arc::new(BTreeMap::from([(base, 1)])))
    }
}

impl From<Currency> for Unit {
    fn from(currency: Currency) -> Self {
        BaseUnit::Currency(currency).into()
    }
}

impl Unit {
    /// The unit of a plain number.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether it is the unit of a plain number.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// The currency, if this is the unit of an amount of money.
    #[must_use]
    pub fn as_currency(&self) -> Option<Currency> {
        match self.as_base() {
            Some(BaseUnit::Currency(currency)) => Some(*currency),
            _ => None,
        }
    }

    /// The base unit, if this is a single one.
    #[must_use]
    pub fn as_base(&self) -> Option<&BaseUnit> {
        match (self.0.len(), self.0.iter().next()) {
            (1, Some((base, 1))) => Some(base),
            _ => None,
        }
    }

    /// Whether any currency is part of it.
    #[must_use]
    pub fn has_currency(&self) -> bool {
        self.0
            .keys()
            .any(|base| matches!(base, BaseUnit::Currency(_)))
    }

    /// Whether a point before three digits can be read as separating thousands in an amount of this unit. It cannot if
    /// the unit's money has three decimals itself: `12.000 KWD` is how such amounts are written.
    #[must_use]
    pub fn is_read_in_groups(&self) -> bool {
        !self
            .0
            .keys()
            .any(|base| matches!(base, BaseUnit::Currency(currency) if currency.decimals() > 2))
    }

    /// The base units with their exponents.
    pub fn parts(&self) -> impl Iterator<Item = (&BaseUnit, i32)> {
        self.0.iter().map(|(base, exponent)| (base, *exponent))
    }

    /// The product of the units, and the factor that results: hours × EUR per minute is EUR, times 60.
    #[must_use]
    pub fn multiply(&self, other: &Self) -> (Self, Exact) {
        self.combine(other, 1)
    }

    /// The quotient of the units, and the factor that results.
    #[must_use]
    pub fn divide(&self, other: &Self) -> (Self, Exact) {
        self.combine(other, -1)
    }

    /// The number that turns a value in this unit into one in `other`: 60 from hours to minutes, and 1 for the same
    /// unit. Nothing if they do not measure the same thing.
    #[must_use]
    pub fn factor_to(&self, other: &Self) -> Option<Exact> {
        let (rest, factor) = self.divide(other);
        rest.is_none().then_some(factor)
    }

    fn combine(&self, other: &Self, sign: i32) -> (Self, Exact) {
        let mut parts = (*self.0).clone();
        for (base, exponent) in other.0.iter() {
            *parts.entry(base.clone()).or_insert(0) += sign * exponent;
        }
        parts.retain(|_, exponent| *exponent != 0);
        let factor = merge_durations(&mut parts);
        (Self(Arc::new(parts)), factor)
    }
}

/// Converts all durations to the first one, and returns the factor for this.
fn merge_durations(parts: &mut BTreeMap<BaseUnit, i32>) -> Exact {
    let mut factor = Exact::one();
    let durations: Vec<(BaseUnit, i32)> = parts
        .iter()
        .filter(|(base, _)| base.seconds().is_some())
        .map(|(base, exponent)| (base.clone(), *exponent))
        .collect();
    let Some((kept, rest)) = durations.split_first() else {
        return factor;
    };
    for (base, exponent) in rest {
        parts.remove(base);
        *parts.entry(kept.0.clone()).or_insert(0) += exponent;
        let (Some(from), Some(to)) = (base.seconds(), kept.0.seconds()) else {
            continue;
        };
        let Some(one) = Exact::ratio(i64::from(from), i64::from(to)) else {
            continue;
        };
        for _ in 0..exponent.unsigned_abs() {
            factor = if *exponent > 0 {
                factor.multiply(&one)
            } else {
                factor.divide(&one).unwrap_or(factor)
            };
        }
    }
    parts.retain(|_, exponent| *exponent != 0);
    factor
}

/// The unit in words, in the plural: `calls`, `EUR per call`, `seconds per contact`.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let above: Vec<String> = self
            .0
            .iter()
            .filter(|(_, e)| **e > 0)
            .map(|(b, e)| power(b.plural(), *e))
            .collect();
        let below: Vec<String> = self
            .0
            .iter()
            .filter(|(_, e)| **e < 0)
            .map(|(b, e)| power(b.singular(), -*e))
            .collect();
        match (above.is_empty(), below.is_empty()) {
            (true, true) => f.write_str("plain number"),
            (false, true) => f.write_str(&above.join(" x ")),
            (true, false) => write!(f, "1 per {}", below.join(" and ")),
            (false, false) => write!(f, "{} per {}", above.join(" x "), below.join(" and ")),
        }
    }
}

fn power(name: &str, exponent: i32) -> String {
    vec![name; exponent.unsigned_abs() as usize].join(" x ")
}
