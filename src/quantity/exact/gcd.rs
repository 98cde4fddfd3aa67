//! Greatest common divisors and divisions of machine words.

use std::num::{NonZeroU64, NonZeroU128};

/// The greatest common divisor. One division brings both numbers to the size of the smaller one (a price in
/// cents meets a large count), and the rest is done by shifts.
#[inline]
pub(super) fn gcd(left: u64, right: NonZeroU64) -> NonZeroU64 {
    if right == NonZeroU64::MIN || left == 1 {
        return NonZeroU64::MIN;
    }
    match NonZeroU64::new(left % right) {
        None => right,
        Some(rest) => gcd_by_shifts(rest, right),
    }
}

/// The greatest common divisor if the left number may be twice as long.
#[inline]
pub(super) fn gcd_wide(left: u128, right: NonZeroU64) -> NonZeroU64 {
    let (_, rest) = divide_wide(left, right.into());
    // A remainder is below its divisor, so it fits.
    u64::try_from(rest).map_or(NonZeroU64::MIN, |rest| gcd(rest, right))
}

/// The quotient and remainder, using the machine's own division if the numbers are short enough.
#[inline]
pub(in crate::quantity) fn divide_wide(left: u128, right: NonZeroU128) -> (u128, u128) {
    match (u64::try_from(left), NonZeroU64::try_from(right)) {
        (Ok(left), Ok(right)) => ((left / right).into(), (left % right).into()),
        _ => (left / right, left % right),
    }
}

/// Stein's algorithm: the odd parts are subtracted from each other until they are equal.
fn gcd_by_shifts(left: NonZeroU64, right: NonZeroU64) -> NonZeroU64 {
    let twos = (left | right).trailing_zeros();
    let mut small = left.get() >> left.trailing_zeros();
    let mut large = right.get() >> right.trailing_zeros();
    while small != large {
        let difference = small.abs_diff(large);
        small = small.min(large);
        large = difference >> difference.trailing_zeros();
    }
    // Both were odd, so they are not 0.
    NonZeroU64::new(small << twos).unwrap_or(NonZeroU64::MIN)
}
