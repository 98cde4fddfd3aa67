//! The exponent of growth, computed in whole numbers.

use std::time::Duration;

/// The power of the size by which the time grew, in hundredths.
pub(crate) fn exponent(before: Duration, after: Duration, small: usize, large: usize) -> u128 {
    let time = logarithm(after.as_nanos()).saturating_sub(logarithm(before.as_nanos()));
    let size = logarithm(large as u128).saturating_sub(logarithm(small as u128));
    (time * 100 + size / 2) / size.max(1)
}

/// The binary logarithm of a number, in 1,024ths: its whole part, and ten digits by squaring the rest.
fn logarithm(number: u128) -> u128 {
    let number = number.clamp(1, 1 << 60);
    let whole = u128::from(number.ilog2());
    // A number from 1 to 2, with 62 binary digits after the point.
    let mut rest = number << (62 - whole);
    let mut digits = whole;
    for _ in 0..10 {
        rest = (rest * rest) >> 62;
        digits *= 2;
        if rest >= 2 << 62 {
            digits += 1;
            rest >>= 1;
        }
    }
    digits
}
