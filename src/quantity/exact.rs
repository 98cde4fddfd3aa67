//! Exact rational numbers: every value that money depends on.

mod fraction;
mod gcd;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

pub(super) use fraction::Fraction;
pub(super) use gcd::divide_wide;

/// An exact rational number, always in lowest terms.
///
/// Equal numbers are always represented equally, whatever computation they come from: a number that fits a pair of
/// machine words is always such a pair, and only others are on the heap. A number takes 16 bytes.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Repr);

/// `Big` holds only what does not fit `Small`.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(Fraction),
    Big(Box<BigRational>),
}

use Repr::{Big, Small};

impl Exact {
    /// The number 0.
    #[inline]
    #[must_use]
    pub const fn zero() -> Self {
        Self::from_integer(0)
    }

    /// The number 1.
    #[inline]
    #[must_use]
    pub const fn one() -> Self {
        Self::from_integer(1)
    }

    /// A whole number.
    #[inline]
    #[must_use]
    pub const fn from_integer(value: i64) -> Self {
        Self(Small(Fraction::integer(value)))
    }

    /// `numerator / denominator`; nothing if the denominator is 0.
    #[must_use]
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        Self::from_integer(numerator).divide(&Self::from_integer(denominator))
    }

    /// The number as a machine integer, if it is whole and fits.
    #[inline]
    #[must_use]
    pub fn to_integer(&self) -> Option<i64> {
        self.small()
            .filter(|small| small.is_integer())
            .map(Fraction::numerator)
    }

    /// Numerator and denominator in lowest terms, if both fit machine integers; the denominator is above 0.
    #[inline]
    #[must_use]
    pub fn to_ratio(&self) -> Option<(i64, i64)> {
        let small = self.small()?;
        let denominator = i64::try_from(small.denominator().get()).ok()?;
        Some((small.numerator(), denominator))
    }

    /// The number `numerator / denominator`, whatever they have in common; nothing if the denominator is 0.
    #[must_use]
    pub fn of_wide_ratio(numerator: i128, denominator: i128) -> Option<Self> {
        if let (Ok(numerator), Ok(denominator)) = (numerator.try_into(), denominator.try_into()) {
            return Self::ratio(numerator, denominator);
        }
        if denominator == 0 {
            return None;
        }
        let ratio = BigRational::new(numerator.into(), denominator.into());
        Some(Self::from_rational(ratio))
    }

    /// Sum.
    #[inline]
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        self.or_slow(other, Fraction::add, |left, right| left + right)
    }

    /// Difference.
    #[inline]
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        self.or_slow(other, Fraction::subtract, |left, right| left - right)
    }

    /// Product.
    #[inline]
    #[must_use]
    pub fn multiply(&self, other: &Self) -> Self {
        self.or_slow(other, Fraction::multiply, |left, right| left * right)
    }

    /// Quotient; nothing if `other` is 0.
    #[inline]
    #[must_use]
    pub fn divide(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        Some(self.or_slow(other, Fraction::divide, |left, right| left / right))
    }

    /// The number with its sign reversed.
    #[inline]
    #[must_use]
    pub fn negate(&self) -> Self {
        match self.small().and_then(Fraction::negate) {
            Some(small) => Self(Small(small)),
            None => self.slow(|big| -big),
        }
    }

    /// The distance from 0.
    #[inline]
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() {
            self.negate()
        } else {
            self.clone()
        }
    }

    /// The largest whole number that is not above this one.
    #[inline]
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Small(small) => Self(Small(small.floor())),
            Big(_) => self.slow(BigRational::floor),
        }
    }

    /// The smallest whole number that is not below this one.
    #[inline]
    #[must_use]
    pub fn ceiling(&self) -> Self {
        match &self.0 {
            Small(small) => Self(Small(small.ceiling())),
            Big(_) => self.slow(BigRational::ceil),
        }
    }

    /// Whether it is 0.
    #[inline]
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.small().is_some_and(|small| small.numerator() == 0)
    }

    /// Whether it is below 0.
    #[inline]
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Small(small) => small.numerator() < 0,
            Big(big) => big.is_negative(),
        }
    }

    /// Whether it is a whole number.
    #[inline]
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Small(small) => small.is_integer(),
            Big(big) => big.is_integer(),
        }
    }

    /// Whether it is a whole multiple of `step`; every number is a multiple of a step of 0.
    #[inline]
    #[must_use]
    pub fn is_multiple_of(&self, step: &Self) -> bool {
        match (&self.0, &step.0) {
            (Small(value), Small(step)) => value.is_multiple_of(*step),
            _ => self.divide(step).is_none_or(|count| count.is_integer()),
        }
    }

    /// Whether numerator or denominator is longer than a contract's arithmetic can need (4,096 bits).
    #[inline]
    #[must_use]
    pub fn is_oversize(&self) -> bool {
        match &self.0 {
            Small(_) => false,
            Big(big) => big.numer().bits() > 4096 || big.denom().bits() > 4096,
        }
    }

    /// The number as a pair of machine words, if it fits.
    #[inline]
    pub(super) fn small(&self) -> Option<Fraction> {
        match &self.0 {
            Small(small) => Some(*small),
            Big(_) => None,
        }
    }

    #[inline]
    pub(super) fn from_small(value: Fraction) -> Self {
        Self(Small(value))
    }

    /// The number at any size. Small numbers become slow here.
    pub(super) fn rational(&self) -> Cow<'_, BigRational> {
        match &self.0 {
            Big(big) => Cow::Borrowed(big),
            Small(small) => Cow::Owned(BigRational::new_raw(
                BigInt::from(small.numerator()),
                BigInt::from(small.denominator().get()),
            )),
        }
    }

    /// The only way to put a number on the heap. `value`, which is in lowest terms, goes there only if it has to.
    pub(super) fn from_rational(value: BigRational) -> Self {
        let small = match (value.numer().to_i64(), value.denom().to_u64()) {
            (Some(numerator), Some(denominator)) => Fraction::from_lowest(numerator, denominator),
            _ => None,
        };
        Self(small.map_or_else(|| Big(Box::new(value)), Small))
    }

    /// The operation on small numbers if both numbers and the result are small, and otherwise the same operation at any
    /// size.
    #[inline]
    fn or_slow(
        &self,
        other: &Self,
        fast: impl FnOnce(Fraction, Fraction) -> Option<Fraction>,
        slow: fn(&BigRational, &BigRational) -> BigRational,
    ) -> Self {
        if let (Small(left), Small(right)) = (&self.0, &other.0)
            && let Some(result) = fast(*left, *right)
        {
            return Self(Small(result));
        }
        self.slow_pair(other, slow)
    }

    #[cold]
    fn slow_pair(
        &self,
        other: &Self,
        operation: fn(&BigRational, &BigRational) -> BigRational,
    ) -> Self {
        Self::from_rational(operation(&self.rational(), &other.rational()))
    }

    #[cold]
    fn slow(&self, operation: fn(&BigRational) -> BigRational) -> Self {
        Self::from_rational(operation(&self.rational()))
    }
}

impl Default for Exact {
    fn default() -> Self {
        Self::zero()
    }
}

impl From<i64> for Exact {
    #[inline]
    fn from(value: i64) -> Self {
        Self::from_integer(value)
    }
}

impl Ord for Exact {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Small(left), Small(right)) => left.cmp(right),
            _ => self.rational().cmp(&other.rational()),
        }
    }
}

impl PartialOrd for Exact {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The same as [`fmt::Display`] writes.
impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
