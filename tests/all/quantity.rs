//! Exact numbers, roundings, decimals, currencies and units.
//!
//! `BigRational` is the oracle: what is computed with it, at any size, must have the same result here.

mod currency;
mod decimal;
mod exact;
mod rounding;
mod unit;

use std::hash::{DefaultHasher, Hash, Hasher};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use proptest::prelude::*;
use quidpro::quantity::Exact;

fn exact(text: &str) -> Exact {
    match text.split_once('/') {
        Some((above, below)) => {
            let quotient = exact(above).divide(&exact(below));
            quotient.unwrap_or_else(|| unreachable!("{text} has a denominator of 0"))
        }
        None => Exact::parse_decimal(text).unwrap_or_else(|why| unreachable!("{text}: {why:?}")),
    }
}

fn power(base: i64, exponent: usize) -> Exact {
    let base = Exact::from_integer(base);
    (0..exponent).fold(Exact::one(), |product, _| product.multiply(&base))
}

fn rational(above: i64, below: i64) -> BigRational {
    BigRational::new(above.into(), below.into())
}

/// Builds an exact number of any size using only the public operations.
fn exact_of(value: &BigRational) -> Exact {
    let quotient = exact_integer(value.numer()).divide(&exact_integer(value.denom()));
    quotient.unwrap_or_else(|| unreachable!("no fraction has a denominator of 0"))
}

fn exact_integer(value: &BigInt) -> Exact {
    if let Some(small) = value.to_i64() {
        return Exact::from_integer(small);
    }
    let chunk = 1_000_000_000_i64;
    let (upper, lower) = (value / chunk, value % chunk);
    let lower = Exact::from_integer(lower.to_i64().unwrap_or_default());
    exact_integer(&upper)
        .multiply(&Exact::from_integer(chunk))
        .add(&lower)
}

/// Reads a number of any size from what it prints.
fn rational_of(value: &Exact) -> BigRational {
    let printed = value.to_string();
    let (above, below) = match (printed.split_once('/'), printed.split_once('.')) {
        (Some((above, below)), _) => (above.to_owned(), integer(below)),
        (None, Some((whole, decimals))) => (
            format!("{whole}{decimals}"),
            num_traits::pow(BigInt::from(10), decimals.len()),
        ),
        (None, None) => (printed, BigInt::from(1)),
    };
    BigRational::new(integer(&above), below)
}

fn integer(text: &str) -> BigInt {
    text.parse()
        .unwrap_or_else(|_| unreachable!("{text} is no integer"))
}

fn hash(value: &Exact) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Checks that a result is the expected number, and equals the same number made in another way.
fn agree(result: &Exact, expected: &BigRational) -> Result<(), TestCaseError> {
    let otherwise = exact_of(expected);
    prop_assert_eq!(&rational_of(result), expected);
    prop_assert_eq!(result, &otherwise);
    prop_assert_eq!(hash(result), hash(&otherwise));
    Ok(())
}

/// Integers at which something may go wrong: tiny ones, those around the ends of machine words, and huge ones.
fn any_integer() -> impl Strategy<Value = BigInt> {
    let edges = [15_u32, 31, 32, 53, 62, 63, 64, 126, 127, 128, 200];
    let edge = (proptest::sample::select(edges.to_vec()), -3..=3_i64)
        .prop_map(|(exponent, offset)| (BigInt::from(1) << exponent) + offset);
    let signed_edge =
        (edge, any::<bool>()).prop_map(|(edge, negative)| if negative { -edge } else { edge });
    let huge = (any::<i128>(), any::<i128>())
        .prop_map(|(upper, lower)| (BigInt::from(upper) << 128_u32) + lower);
    prop_oneof![
        6 => (-12..=12_i64).prop_map(BigInt::from),
        4 => (-1_000_000..=1_000_000_i64).prop_map(BigInt::from),
        4 => signed_edge,
        3 => any::<i64>().prop_map(BigInt::from),
        1 => any::<i128>().prop_map(BigInt::from),
        1 => huge,
    ]
}

/// Fractions with such numerators, over denominators of the same kind or those of prices and hours.
fn any_rational() -> impl Strategy<Value = BigRational> {
    let usual = proptest::sample::select(vec![1_i64, 2, 3, 4, 60, 100, 1_000, 3_600, 10_000]);
    let denominator = prop_oneof![
        usual.prop_map(BigInt::from),
        any_integer().prop_filter("a denominator is not 0", |value| !value.is_zero()),
    ];
    (any_integer(), denominator).prop_map(|(above, below)| BigRational::new(above, below))
}

fn any_positive() -> impl Strategy<Value = BigRational> {
    any_rational()
        .prop_filter("above 0", |value| !value.is_zero())
        .prop_map(|value| value.abs())
}
