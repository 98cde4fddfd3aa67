//! The roundings that a contract can write.

use std::cmp::Ordering;
use std::num::NonZeroU128;

use super::Exact;
use super::exact::{Fraction, divide_wide};

/// Which way a value between two steps is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoundingMode {
    /// To the nearest step; a tie away from zero (IEEE 754 roundTiesToAway).
    HalfUp,
    /// To the nearest step; a tie to the even multiple (IEEE 754 roundTiesToEven).
    HalfEven,
    /// Away from zero.
    Up,
    /// Toward zero (IEEE 754 roundTowardZero).
    Down,
    /// Toward minus infinity (IEEE 754 roundTowardNegative).
    Floor,
    /// Toward plus infinity (IEEE 754 roundTowardPositive).
    Ceiling,
}

/// A rounding to whole multiples of a step, such as half up to 0.01.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rounding {
    /// Which way a value between two steps is rounded.
    pub mode: RoundingMode,
    /// The step, in the unit of the rounded value. It is above 0.
    pub step: Exact,
}

impl RoundingMode {
    /// The words that contracts use for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::HalfUp => "half up",
            Self::HalfEven => "half even",
            Self::Up => "up",
            Self::Down => "down",
            Self::Floor => "floor",
            Self::Ceiling => "ceiling",
        }
    }
}

impl Rounding {
    /// The multiple of the step to which `value` is rounded, or `value` itself if the step is 0.
    #[must_use]
    pub fn apply(&self, value: &Exact) -> Exact {
        if let (Some(small), Some(step)) = (value.small(), self.step.small())
            && let Some(rounded) = round_small(small, step, self.mode)
        {
            return rounded;
        }
        self.apply_at_any_size(value)
    }

    /// The reference for the shorter way above.
    #[cold]
    fn apply_at_any_size(&self, value: &Exact) -> Exact {
        let Some(steps) = value.divide(&self.step) else {
            return value.clone();
        };
        round_to_integer(&steps, self.mode).multiply(&self.step)
    }
}

/// Rounds with one division of machine integers, if the number of steps fits into one.
fn round_small(value: Fraction, step: Fraction, mode: RoundingMode) -> Option<Exact> {
    let length = step.numerator().unsigned_abs();
    let above = wide_product(value.numerator().unsigned_abs(), step.denominator().get());
    let below = NonZeroU128::new(wide_product(length, value.denominator().get()))?;
    let (count, rest) = divide_wide(above, below);
    if rest == 0 {
        return Some(Exact::from_small(value));
    }
    // The remainder is below the divisor, which is below 2^126.
    let half = rest.wrapping_mul(2).cmp(&below.get());
    let negative = (value.numerator() ^ step.numerator()) < 0;
    let outward = goes_outward(mode, negative, half, count % 2 == 1);
    let count = i64::try_from(count).ok()?.checked_add(outward.into())?;
    let steps = Exact::from_integer(if negative { -count } else { count });
    Some(steps.multiply(&Exact::from_small(step)))
}

/// Whether a number between two whole ones is rounded to the one farther from zero. `half` says how its distance from
/// the nearer one compares with a half, and `odd` whether the nearer one is odd.
fn goes_outward(mode: RoundingMode, negative: bool, half: Ordering, odd: bool) -> bool {
    match mode {
        RoundingMode::Floor => negative,
        RoundingMode::Ceiling => !negative,
        RoundingMode::Up => true,
        RoundingMode::Down => false,
        RoundingMode::HalfUp => half.is_ge(),
        RoundingMode::HalfEven => half.is_gt() || (half.is_eq() && odd),
    }
}

fn wide_product(left: u64, right: u64) -> u128 {
    u128::from(left).wrapping_mul(u128::from(right))
}

fn round_to_integer(value: &Exact, mode: RoundingMode) -> Exact {
    let negative = value.is_negative();
    let distance = value.abs();
    let inner = distance.floor();
    let rest = distance.subtract(&inner);
    if rest.is_zero() {
        return value.clone();
    }
    let half = rest.add(&rest).cmp(&Exact::one());
    let odd = !inner.is_multiple_of(&Exact::from_integer(2));
    let count = if goes_outward(mode, negative, half, odd) {
        inner.add(&Exact::one())
    } else {
        inner
    };
    if negative { count.negate() } else { count }
}
