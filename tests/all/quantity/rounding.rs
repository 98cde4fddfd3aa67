//! The roundings of IEEE 754-2019, 4.3: from published tables, and from their definitions.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use quidpro::quantity::{Exact, Rounding, RoundingMode};

use super::{agree, any_positive, any_rational, exact, exact_of};

const MODES: [RoundingMode; 6] = [
    RoundingMode::Up,
    RoundingMode::Down,
    RoundingMode::Ceiling,
    RoundingMode::Floor,
    RoundingMode::HalfUp,
    RoundingMode::HalfEven,
];

/// A value, then what it is rounded to in the order of [`MODES`].
type Row = (&'static str, [i64; 6]);

/// The table in the documentation of Java's `RoundingMode`, except for the mode that a contract cannot write.
const JAVA: [Row; 10] = [
    ("5.5", [6, 5, 6, 5, 6, 6]),
    ("2.5", [3, 2, 3, 2, 3, 2]),
    ("1.6", [2, 1, 2, 1, 2, 2]),
    ("1.1", [2, 1, 2, 1, 1, 1]),
    ("1.0", [1, 1, 1, 1, 1, 1]),
    ("-1.0", [-1, -1, -1, -1, -1, -1]),
    ("-1.1", [-2, -1, -1, -2, -1, -1]),
    ("-1.6", [-2, -1, -1, -2, -2, -2]),
    ("-2.5", [-3, -2, -2, -3, -3, -2]),
    ("-5.5", [-6, -5, -5, -6, -6, -6]),
];

/// The usual example for the five directions of IEEE 754.
const IEEE: [Row; 4] = [
    ("11.5", [12, 11, 12, 11, 12, 12]),
    ("12.5", [13, 12, 13, 12, 13, 12]),
    ("-11.5", [-12, -11, -11, -12, -12, -12]),
    ("-12.5", [-13, -12, -12, -13, -13, -12]),
];

/// Values around zero, and right next to a tie.
const NEAR: [Row; 14] = [
    ("0", [0, 0, 0, 0, 0, 0]),
    ("0.1", [1, 0, 1, 0, 0, 0]),
    ("-0.1", [-1, 0, 0, -1, 0, 0]),
    ("0.5", [1, 0, 1, 0, 1, 0]),
    ("-0.5", [-1, 0, 0, -1, -1, 0]),
    ("1.5", [2, 1, 2, 1, 2, 2]),
    ("-1.5", [-2, -1, -1, -2, -2, -2]),
    ("2.4", [3, 2, 3, 2, 2, 2]),
    ("-2.4", [-3, -2, -2, -3, -2, -2]),
    ("2.6", [3, 2, 3, 2, 3, 3]),
    ("-2.6", [-3, -2, -2, -3, -3, -3]),
    ("0.499999999999999999999999999999", [1, 0, 1, 0, 0, 0]),
    ("2.500000000000000000000000000001", [3, 2, 3, 2, 3, 3]),
    (
        "-2.500000000000000000000000000001",
        [-3, -2, -2, -3, -3, -3],
    ),
];

#[test]
fn published_examples_round_as_published() {
    for (value, expected) in JAVA.iter().chain(&IEEE).chain(&NEAR) {
        let steps = [("1", 0), ("0.01", 2), ("0.000000000001", 12)];
        for ((mode, expected), (step, places)) in MODES
            .iter()
            .zip(expected)
            .flat_map(|pair| steps.map(|step| (pair, step)))
        {
            let step_value = exact(step);
            let rounding = Rounding {
                mode: *mode,
                step: step_value.clone(),
            };
            let rounded = rounding.apply(&exact(value).multiply(&step_value));
            let expected = Exact::from_integer(*expected).multiply(&step_value);
            assert_eq!(rounded, expected, "{value} steps of {step}, {mode:?}");
            assert!(
                rounded
                    .decimal_places()
                    .is_some_and(|shown| shown <= places)
            );
        }
    }
}

#[test]
fn money_rounds_to_cents_and_to_five_rappen() {
    let half_up = |step, value| {
        let rounding = Rounding {
            mode: RoundingMode::HalfUp,
            step: exact(step),
        };
        rounding.apply(&exact(value)).to_fixed(2)
    };
    assert_eq!(half_up("0.01", "1.005"), "1.01");
    assert_eq!(half_up("0.01", "2.675"), "2.68");
    assert_eq!(half_up("0.01", "100/3"), "33.33");
    assert_eq!(half_up("0.05", "7.425"), "7.45");
    assert_eq!(half_up("0.05", "7.42"), "7.40");
    assert_eq!(half_up("2/3", "1"), "1.33");
}

#[test]
fn a_step_of_zero_leaves_the_value() {
    for value in ["1/3", "-7", "123456789012345678901234567890.5"] {
        let rounding = Rounding {
            mode: RoundingMode::HalfEven,
            step: Exact::zero(),
        };
        assert_eq!(rounding.apply(&exact(value)), exact(value));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn every_mode_follows_its_definition(value in any_rational(), step in any_positive()) {
        for mode in MODES {
            let rounding = Rounding { mode, step: exact_of(&step) };
            let rounded = rounding.apply(&exact_of(&value));
            let count = defined(&(&value / &step), mode);
            agree(&rounded, &(BigRational::from_integer(count) * &step))?;
            prop_assert_eq!(&rounding.apply(&rounded), &rounded);
        }
    }

    #[test]
    fn ties_follow_their_definition(count in any::<i64>(), step in any_positive()) {
        let half = BigRational::new(BigInt::from(count) * 2 + 1, BigInt::from(2));
        for mode in MODES {
            let rounding = Rounding { mode, step: exact_of(&step) };
            let rounded = rounding.apply(&exact_of(&(&half * &step)));
            let count = defined(&half, mode);
            agree(&rounded, &(BigRational::from_integer(count) * &step))?;
        }
    }
}

/// The whole number next to the value that the mode's definition gives.
fn defined(value: &BigRational, mode: RoundingMode) -> BigInt {
    let below = value.floor().to_integer();
    let above = value.ceil().to_integer();
    let (inner, outer) = if value.is_negative() {
        (above.clone(), below.clone())
    } else {
        (below.clone(), above.clone())
    };
    let to_inner = (value - BigRational::from_integer(inner.clone())).abs();
    let to_outer = (value - BigRational::from_integer(outer.clone())).abs();
    match mode {
        RoundingMode::Floor => below,
        RoundingMode::Ceiling => above,
        RoundingMode::Up => outer,
        RoundingMode::Down => inner,
        RoundingMode::HalfUp if to_inner < to_outer => inner,
        RoundingMode::HalfUp => outer,
        RoundingMode::HalfEven if (&to_inner - &to_outer).is_zero() => {
            if inner.is_even() {
                inner
            } else {
                outer
            }
        }
        RoundingMode::HalfEven if to_inner < to_outer => inner,
        RoundingMode::HalfEven => outer,
    }
}
