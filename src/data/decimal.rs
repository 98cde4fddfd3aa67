//! Decimal numbers from bytes, without allocating for the short ones.

use crate::quantity::Exact;

/// `mantissa / 10^places`, of at most 18 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) mantissa: i64,
    pub(super) places: u32,
}

/// A bound or step of a column, small enough to be compared without allocating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Small {
    numerator: i64,
    denominator: i64,
}

const MOST_DIGITS: usize = 18;

impl Decimal {
    /// Reads an optional sign, digits, and an optional point with digits after it. Returns nothing if there is anything
    /// else or more than 18 digits.
    pub(super) fn scan(text: &[u8]) -> Option<Self> {
        let (negative, digits) = match text.split_first() {
            Some((b'-', rest)) => (true, rest),
            Some((b'+', rest)) => (false, rest),
            _ => (false, text),
        };
        if digits.len() > MOST_DIGITS + 1 {
            return None;
        }
        let mut mantissa = 0_i64;
        let mut point = None;
        for (at, byte) in digits.iter().enumerate() {
            match byte {
                b'0'..=b'9' => {
                    let tenfold = mantissa.checked_mul(10)?;
                    mantissa = tenfold.checked_add(i64::from(byte - b'0'))?;
                }
                b'.' if point.is_none() => point = Some(at),
                _ => return None,
            }
        }
        let count = digits.len() - usize::from(point.is_some());
        let after = point.map_or(0, |at| digits.len() - at - 1);
        let lopsided = point.is_some_and(|at| at == 0 || after == 0);
        if count == 0 || count > MOST_DIGITS || lopsided {
            return None;
        }
        Some(Self {
            mantissa: if negative { -mantissa } else { mantissa },
            places: u32::try_from(after).ok()?,
        })
    }

    /// The value, if it has at most 18 decimals.
    pub(super) fn exact(self) -> Option<Exact> {
        if self.places == 0 {
            return Some(Exact::from_integer(self.mantissa));
        }
        Exact::ratio(self.mantissa, 10_i64.checked_pow(self.places)?)
    }

    /// A hundredth of it.
    pub(super) fn per_cent(self) -> Self {
        Self {
            places: self.places + 2,
            ..self
        }
    }

    /// Whether it is certainly a whole number.
    pub(super) fn is_whole(self) -> bool {
        self.places == 0
            || self.is_step(Small {
                numerator: 1,
                denominator: 1,
            })
    }

    /// Whether it is certainly `bound` or more.
    pub(super) fn is_at_least(self, bound: Small) -> bool {
        self.scaled(bound).is_some_and(|(own, bound)| own >= bound)
    }

    /// Whether it is certainly `bound` or less.
    pub(super) fn is_at_most(self, bound: Small) -> bool {
        self.scaled(bound).is_some_and(|(own, bound)| own <= bound)
    }

    /// Whether it is certainly a whole multiple of `step`.
    pub(super) fn is_step(self, step: Small) -> bool {
        self.scaled(step)
            .and_then(|(own, step)| own.checked_rem(step))
            .is_some_and(|rest| rest == 0)
    }

    /// Both numbers in a common denominator.
    fn scaled(self, other: Small) -> Option<(i128, i128)> {
        let scale = 10_i128.checked_pow(self.places)?;
        let own = i128::from(self.mantissa).checked_mul(i128::from(other.denominator))?;
        let other = i128::from(other.numerator).checked_mul(scale)?;
        Some((own, other))
    }
}

impl Small {
    /// The number, if it is whole.
    pub(super) fn to_whole(self) -> Option<i64> {
        (self.denominator == 1).then_some(self.numerator)
    }

    /// Whether 1 is a whole multiple of it.
    pub(super) fn divides_one(self) -> bool {
        self.denominator.checked_rem(self.numerator) == Some(0)
    }

    /// The number, if numerator and denominator are short.
    pub(super) fn of(value: &Exact) -> Option<Self> {
        let text = value.to_string();
        if let Some((numerator, denominator)) = text.split_once('/') {
            return Some(Self {
                numerator: numerator.parse().ok()?,
                denominator: denominator.parse().ok()?,
            });
        }
        let Decimal { mantissa, places } = Decimal::scan(text.as_bytes())?;
        Some(Self {
            numerator: mantissa,
            denominator: 10_i64.checked_pow(places)?,
        })
    }
}
