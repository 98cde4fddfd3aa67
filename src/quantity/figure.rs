//! A value together with its type, as people read it.

use std::fmt;

use super::{BaseUnit, Exact, Rounding, RoundingMode, Type, group_digits};

/// A value with its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The exact value. A percentage is a ratio.
    pub value: Exact,
    /// The type of the value.
    pub kind: Type,
}

/// The most decimals that are shown of a number.
const MOST_DECIMALS: usize = 4;

impl Figure {
    /// A value of that type.
    #[must_use]
    pub fn new(value: Exact, kind: Type) -> Self {
        Self { value, kind }
    }

    /// The number alone as it is shown, without its unit: 0.8 as a percentage is `80%`.
    #[must_use]
    pub fn number(&self) -> String {
        match &self.kind {
            Type::Percent => format!("{}%", shown(&percent(&self.value), 0)),
            Type::PercentagePoints => shown(&percent(&self.value), 0),
            Type::Flag => if self.value.is_zero() { "no" } else { "yes" }.to_owned(),
            Type::Month => month_name(&self.value),
            Type::Quantity(unit) => shown(&self.value, least_decimals(unit)),
            Type::Number | Type::Score | Type::Unknown => shown(&self.value, 0),
        }
    }

    /// The unit in words, singular for exactly one, and empty if there is none: `calls`, `EUR per call`.
    #[must_use]
    pub fn unit(&self) -> String {
        match &self.kind {
            Type::PercentagePoints if percent(&self.value) == Exact::one() => {
                "percentage point".to_owned()
            }
            Type::PercentagePoints => "percentage points".to_owned(),
            Type::Quantity(unit) => match unit.as_base() {
                Some(base) if self.value == Exact::one() => base.singular().to_owned(),
                _ => unit.to_string(),
            },
            Type::Unknown
            | Type::Flag
            | Type::Number
            | Type::Percent
            | Type::Score
            | Type::Month => String::new(),
        }
    }
}

/// The number and unit: `41 250 calls`, `4.20 EUR per call`, `76.2%`. A number that is cut off begins with `≈`.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.unit();
        f.write_str(&self.number())?;
        if unit.is_empty() {
            Ok(())
        } else {
            write!(f, " {unit}")
        }
    }
}

fn percent(ratio: &Exact) -> Exact {
    ratio.multiply(&Exact::from_integer(100))
}

/// The least number of decimals to show. Money has at least the decimals of its currency.
fn least_decimals(unit: &super::Unit) -> usize {
    unit.parts()
        .find_map(|(base, _)| match base {
            BaseUnit::Currency(currency) => Some(currency.decimals()),
            BaseUnit::Counted(_) => None,
        })
        .unwrap_or(0)
}

fn shown(value: &Exact, least: usize) -> String {
    match value.decimal_places() {
        Some(places) if places <= MOST_DECIMALS.max(least) => {
            group_digits(&value.to_fixed(places.max(least)), ' ')
        }
        _ => {
            let places = MOST_DECIMALS.max(least);
            let scale = 10_i64.saturating_pow(u32::try_from(places).unwrap_or(4));
            let step = Exact::ratio(1, scale).unwrap_or_else(Exact::one);
            let rounding = Rounding {
                mode: RoundingMode::HalfEven,
                step,
            };
            format!(
                "≈{}",
                group_digits(&rounding.apply(value).to_fixed(places), ' ')
            )
        }
    }
}

fn month_name(index: &Exact) -> String {
    let index = index.to_string().parse::<i32>().unwrap_or_default();
    format!(
        "{:04}-{:02}",
        index.div_euclid(12),
        index.rem_euclid(12) + 1
    )
}
