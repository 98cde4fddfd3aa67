//! Fractions that fit two machine words. Nearly all arithmetic of a contract uses them.

use std::cmp::Ordering;
use std::num::NonZeroU64;

use super::gcd::{divide_wide, gcd, gcd_wide};

/// A fraction in lowest terms whose denominator is from 1 to `i64::MAX`.
///
/// Zero is 0/1. Every cross product of two fractions is below 2^126, so the sum of two of them fits an `i128`.
/// Operations return nothing if the result does not fit, or might not.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::quantity) struct Fraction {
    numerator: i64,
    denominator: NonZeroU64,
}

impl Fraction {
    /// A whole number.
    #[inline]
    pub(in crate::quantity) const fn integer(value: i64) -> Self {
        Self {
            numerator: value,
            denominator: NonZeroU64::MIN,
        }
    }

    /// A fraction that the caller knows to be in lowest terms, if its denominator is in range.
    #[inline]
    pub(in crate::quantity) fn from_lowest(numerator: i64, denominator: u64) -> Option<Self> {
        let denominator = NonZeroU64::new(denominator)?;
        (denominator.get() <= i64::MAX.unsigned_abs()).then_some(Self {
            numerator,
            denominator,
        })
    }

    /// Any fraction by its sign, numerator and denominator, if it fits once it is in lowest terms.
    #[inline]
    pub(in crate::quantity) fn reduced(
        negative: bool,
        numerator: u64,
        denominator: NonZeroU64,
    ) -> Option<Self> {
        let common = gcd(numerator, denominator);
        Self::from_lowest(
            signed(negative, numerator / common)?,
            denominator.get() / common,
        )
    }

    /// The part above the fraction bar.
    #[inline]
    pub(in crate::quantity) const fn numerator(self) -> i64 {
        self.numerator
    }

    /// The part below the fraction bar.
    #[inline]
    pub(in crate::quantity) const fn denominator(self) -> NonZeroU64 {
        self.denominator
    }

    /// Whether it is a whole number.
    #[inline]
    pub(in crate::quantity) const fn is_integer(self) -> bool {
        self.denominator.get() == 1
    }

    #[inline]
    pub(super) fn add(self, other: Self) -> Option<Self> {
        self.combine(other, i64::checked_add, i128::wrapping_add)
    }

    #[inline]
    pub(super) fn subtract(self, other: Self) -> Option<Self> {
        self.combine(other, i64::checked_sub, i128::wrapping_sub)
    }

    #[inline]
    pub(super) fn multiply(self, other: Self) -> Option<Self> {
        if self.is_integer() && other.is_integer() {
            return self
                .numerator
                .checked_mul(other.numerator)
                .map(Self::integer);
        }
        product(
            (self.numerator ^ other.numerator) < 0,
            (self.numerator.unsigned_abs(), self.denominator),
            (other.numerator.unsigned_abs(), other.denominator),
        )
    }

    /// Divides. Also returns nothing if `other` is 0.
    #[inline]
    pub(super) fn divide(self, other: Self) -> Option<Self> {
        product(
            (self.numerator ^ other.numerator) < 0,
            (self.numerator.unsigned_abs(), self.denominator),
            (
                other.denominator.get(),
                NonZeroU64::new(other.numerator.unsigned_abs())?,
            ),
        )
    }

    #[inline]
    pub(super) fn negate(self) -> Option<Self> {
        Some(Self {
            numerator: self.numerator.checked_neg()?,
            ..self
        })
    }

    #[inline]
    pub(super) fn floor(self) -> Self {
        if self.is_integer() {
            return self;
        }
        Self::integer(self.numerator.div_euclid(self.signed_denominator()))
    }

    #[inline]
    pub(super) fn ceiling(self) -> Self {
        if self.is_integer() {
            return self;
        }
        // The denominator is at least 2, so the quotient is far from the largest number.
        let floor = self.numerator.div_euclid(self.signed_denominator());
        Self::integer(floor.wrapping_add(1))
    }

    /// Both are in lowest terms. So the quotient is whole exactly if the numerator of `step` divides this numerator,
    /// and this denominator divides the denominator of `step`.
    #[inline]
    pub(super) fn is_multiple_of(self, step: Self) -> bool {
        let Some(count) = NonZeroU64::new(step.numerator.unsigned_abs()) else {
            return true;
        };
        step.denominator.get() % self.denominator == 0 && self.numerator.unsigned_abs() % count == 0
    }

    #[inline]
    fn signed_denominator(self) -> i64 {
        self.denominator.get().cast_signed()
    }

    /// The sum or difference, using the operation on numerators that is passed in two widths.
    #[inline]
    fn combine(
        self,
        other: Self,
        narrow: impl Fn(i64, i64) -> Option<i64>,
        wide: impl Fn(i128, i128) -> i128,
    ) -> Option<Self> {
        if self.denominator == other.denominator {
            let sum = narrow(self.numerator, other.numerator)?;
            if self.is_integer() {
                return Some(Self::integer(sum));
            }
            return Self::reduced(sum < 0, sum.unsigned_abs(), self.denominator);
        }
        self.combine_unlike(other, wide)
    }

    /// Knuth, The Art of Computer Programming 2, 4.5.1: a common factor of numerator and denominator of the result must
    /// also be a common factor of the two denominators.
    fn combine_unlike(self, other: Self, wide: impl Fn(i128, i128) -> i128) -> Option<Self> {
        let common = gcd(self.denominator.get(), other.denominator);
        let left_rest = self.denominator.get() / common;
        let right_rest = other.denominator.get() / common;
        let sum = wide(
            i128::from(self.numerator).wrapping_mul(i128::from(right_rest)),
            i128::from(other.numerator).wrapping_mul(i128::from(left_rest)),
        );
        if common == NonZeroU64::MIN {
            let denominator = left_rest.checked_mul(right_rest)?;
            return Self::from_lowest(i64::try_from(sum).ok()?, denominator);
        }
        let magnitude = sum.unsigned_abs();
        let shared = gcd_wide(magnitude, common);
        let (numerator, _) = divide_wide(magnitude, shared.into());
        Self::from_lowest(
            signed(sum < 0, u64::try_from(numerator).ok()?)?,
            left_rest.checked_mul(other.denominator.get() / shared)?,
        )
    }
}

/// Cross products: denominators are above 0, so they keep the order.
impl Ord for Fraction {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        let cross =
            |left: i64, right: NonZeroU64| i128::from(left).wrapping_mul(i128::from(right.get()));
        cross(self.numerator, other.denominator).cmp(&cross(other.numerator, self.denominator))
    }
}

impl PartialOrd for Fraction {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The product of two fractions in lowest terms. They are reduced crosswise, so that no intermediate value is larger
/// than the result.
#[inline]
fn product(
    negative: bool,
    (left_above, left_below): (u64, NonZeroU64),
    (right_above, right_below): (u64, NonZeroU64),
) -> Option<Fraction> {
    let falling = gcd(left_above, right_below);
    let rising = gcd(right_above, left_below);
    let numerator = (left_above / falling).checked_mul(right_above / rising)?;
    let denominator = (left_below.get() / rising).checked_mul(right_below.get() / falling)?;
    Fraction::from_lowest(signed(negative, numerator)?, denominator)
}

#[inline]
fn signed(negative: bool, magnitude: u64) -> Option<i64> {
    if negative {
        0_i64.checked_sub_unsigned(magnitude)
    } else {
        0_i64.checked_add_unsigned(magnitude)
    }
}
