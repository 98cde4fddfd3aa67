//! How long one operation on exact numbers takes, compared with the same operation on `BigRational`.
//!
//! The values are typical of invoices: counts, prices in cents, percentages and their results. After the samples, a
//! table shows nanoseconds per operation for both, and how many times faster `Exact` is.

use std::hint::black_box;
use std::time::{Duration, Instant};

use divan::Bencher;
use divan::counter::ItemsCount;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;
use quidpro::quantity::{Exact, Rounding, RoundingMode};

/// The number of pairs of values for each operation.
const PAIRS: i64 = 256;

/// Numerators and denominators of two values.
type Pair = (i64, i64, i64, i64);

/// The operations of both kinds of number.
trait Number: Clone + Ord + Sized + 'static {
    fn ratio(numerator: i64, denominator: i64) -> Self;
    fn add(&self, other: &Self) -> Self;
    fn multiply(&self, other: &Self) -> Self;
    fn divide(&self, other: &Self) -> Self;
    /// Rounds half up to the step.
    fn round(&self, step: &Self) -> Self;
}

impl Number for Exact {
    fn ratio(numerator: i64, denominator: i64) -> Self {
        Exact::ratio(numerator, denominator).unwrap_or_else(Exact::zero)
    }

    fn add(&self, other: &Self) -> Self {
        Exact::add(self, other)
    }

    fn multiply(&self, other: &Self) -> Self {
        Exact::multiply(self, other)
    }

    fn divide(&self, other: &Self) -> Self {
        Exact::divide(self, other).unwrap_or_else(Exact::zero)
    }

    fn round(&self, step: &Self) -> Self {
        let rounding = Rounding {
            mode: RoundingMode::HalfUp,
            step: step.clone(),
        };
        rounding.apply(self)
    }
}

impl Number for BigRational {
    fn ratio(numerator: i64, denominator: i64) -> Self {
        BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
    }

    fn add(&self, other: &Self) -> Self {
        self + other
    }

    fn multiply(&self, other: &Self) -> Self {
        self * other
    }

    fn divide(&self, other: &Self) -> Self {
        self / other
    }

    fn round(&self, step: &Self) -> Self {
        let half = BigRational::new(BigInt::one(), BigInt::from(2));
        (self / step + half).floor() * step
    }
}

/// Two counts, such as the calls of two months.
fn counts(at: i64) -> Pair {
    (10_000 + 37 * at, 1, 1 + 17 * at, 1)
}

/// Two amounts in cents.
fn cents(at: i64) -> Pair {
    (1_234_567 + 991 * at, 100, 99 + 7 * at, 100)
}

/// An amount with many decimals and one in cents.
fn mixed(at: i64) -> Pair {
    (123_456_789 + 9_973 * at, 40_000, 4_201 + at, 100)
}

/// A count and a price.
fn priced(at: i64) -> Pair {
    (41_250 + 7 * at, 1, 421 + 2 * at, 100)
}

/// Two fractions with few common factors, such as the service levels of two months.
fn levels(at: i64) -> Pair {
    (31_999 - at, 40_000 + 3 * at, 29_113 + at, 38_777 - 5 * at)
}

/// An amount that is to be rounded, and a cent.
fn unrounded(at: i64) -> Pair {
    (123_456_789 + 9_973 * at, 70_000, 1, 100)
}

fn pairs<N: Number>(values: fn(i64) -> Pair) -> Vec<(N, N)> {
    (0..PAIRS)
        .map(values)
        .map(|(a, b, c, d)| (N::ratio(a, b), N::ratio(c, d)))
        .collect()
}

fn sample<N: Number, R>(bencher: Bencher, values: fn(i64) -> Pair, operation: fn(&N, &N) -> R) {
    let pairs = pairs::<N>(values);
    bencher
        .counter(ItemsCount::new(pairs.len()))
        .bench_local(|| {
            for (left, right) in &pairs {
                black_box(operation(black_box(left), black_box(right)));
            }
        });
}

#[divan::bench(types = [Exact, BigRational])]
fn add_counts<N: Number>(bencher: Bencher) {
    sample::<N, _>(bencher, counts, N::add);
}

#[divan::bench(types = [Exact, BigRational])]
fn add_cents<N: Number>(bencher: Bencher) {
    sample::<N, _>(bencher, cents, N::add);
}

#[divan::bench(types = [Exact, BigRational])]
fn add_mixed<N: Number>(bencher: Bencher) {
    sample::<N, _>(bencher, mixed, N::add);
}

#[divan::bench(types = [Exact, BigRational])]
fn add_levels<N: Number>(bencher: Bencher) {
    sample::<N, _>(bencher, levels, N::add);
}

#[divan::bench(types = [Exact, BigRational])]
fn multiply_price<N: Number>(bencher: Bencher) {
    sample::<N, _>(bencher, priced, N::multiply);
}

#[divan::bench(types = [Exact, BigRational])]
fn multiply_levels<N: Number>(bencher: Bencher) {
    sample::<N, _>(bencher, levels, N::multiply);
}

#[divan::bench(types = [Exact, BigRational])]
fn divide_counts<N: Number>(bencher: Bencher) {
    sample::<N, _>(bencher, counts, N::divide);
}

#[divan::bench(types = [Exact, BigRational])]
fn compare_levels<N: Number>(bencher: Bencher) {
    sample::<N, _>(bencher, levels, N::cmp);
}

#[divan::bench(types = [Exact, BigRational])]
fn round_to_cent<N: Number>(bencher: Bencher) {
    sample::<N, _>(bencher, unrounded, N::round);
}

/// Nanoseconds per operation, times 10: the best of many runs, because others share the machine.
fn best<N: Number, R>(values: fn(i64) -> Pair, operation: fn(&N, &N) -> R) -> u128 {
    let pairs = pairs::<N>(values);
    let run = || {
        let start = Instant::now();
        for _ in 0..16 {
            for (left, right) in &pairs {
                black_box(operation(black_box(left), black_box(right)));
            }
        }
        start.elapsed()
    };
    let best = (0..200).map(|_| run()).min().unwrap_or(Duration::ZERO);
    best.as_nanos() * 10 / (16 * PAIRS.unsigned_abs() as u128)
}

fn compare(
    name: &str,
    values: fn(i64) -> Pair,
    fast: fn(&Exact, &Exact),
    slow: fn(&BigRational, &BigRational),
) {
    let (fast, slow) = (best(values, fast), best(values, slow));
    let ratio = slow * 10 / fast.max(1);
    println!(
        "{name:<18}{:>8}.{} ns{:>10}.{} ns{:>8}.{}x",
        fast / 10,
        fast % 10,
        slow / 10,
        slow % 10,
        ratio / 10,
        ratio % 10
    );
}

/// One line of the table: the same operation on both kinds of number.
macro_rules! row {
    ($name:literal, $values:ident, $operation:path) => {
        compare(
            $name,
            $values,
            |left, right| _ = black_box($operation(left, right)),
            |left, right| _ = black_box($operation(left, right)),
        )
    };
}

fn main() {
    divan::main();
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    println!(
        "\n{:<18}{:>13}{:>15}{:>9}",
        "", "Exact", "BigRational", "ratio"
    );
    row!("add counts", counts, Number::add);
    row!("add cents", cents, Number::add);
    row!("add mixed", mixed, Number::add);
    row!("add levels", levels, Number::add);
    row!("multiply price", priced, Number::multiply);
    row!("multiply levels", levels, Number::multiply);
    row!("divide counts", counts, Number::divide);
    row!("compare levels", levels, Ord::cmp);
    row!("round to cent", unrounded, Number::round);
}
