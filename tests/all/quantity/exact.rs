//! Every operation has the same result as with `BigRational`, and equal numbers are equal however they were made.

use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use quidpro::quantity::Exact;

use super::{agree, any_rational, exact, exact_of, hash, power, rational};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn arithmetic_is_exact(left in any_rational(), right in any_rational()) {
        let (a, b) = (exact_of(&left), exact_of(&right));
        agree(&a.add(&b), &(&left + &right))?;
        agree(&a.subtract(&b), &(&left - &right))?;
        agree(&a.multiply(&b), &(&left * &right))?;
        match a.divide(&b) {
            Some(quotient) => agree(&quotient, &(&left / &right))?,
            None => prop_assert!(right.is_zero()),
        }
    }

    #[test]
    fn comparison_is_exact(left in any_rational(), right in any_rational()) {
        let (a, b) = (exact_of(&left), exact_of(&right));
        prop_assert_eq!(a.cmp(&b), left.cmp(&right));
        prop_assert_eq!(a == b, left == right);
        prop_assert_eq!(a.cmp(&a.clone()), std::cmp::Ordering::Equal);
    }

    #[test]
    fn numbers_that_differ_by_little_are_ordered(left in any_rational(), right in any_rational()) {
        let a = exact_of(&left);
        let below = a.subtract(&exact_of(&right.abs()));
        prop_assert_eq!(below < a, !right.is_zero());
    }

    #[test]
    fn functions_of_one_number_are_exact(value in any_rational()) {
        let a = exact_of(&value);
        agree(&a, &value)?;
        agree(&a.negate(), &-&value)?;
        agree(&a.abs(), &value.abs())?;
        agree(&a.floor(), &value.floor())?;
        agree(&a.ceiling(), &value.ceil())?;
        prop_assert_eq!(a.is_zero(), value.is_zero());
        prop_assert_eq!(a.is_negative(), value.is_negative());
        prop_assert_eq!(a.is_integer(), value.is_integer());
        prop_assert!(!a.is_oversize());
        let as_machine_integer = i64::try_from(value.numer()).ok().filter(|_| value.is_integer());
        prop_assert_eq!(a.to_integer(), as_machine_integer);
    }

    #[test]
    fn multiples_are_those_with_a_whole_quotient(count in any_rational(), step in any_rational()) {
        let (a, b) = (exact_of(&count), exact_of(&step));
        let whole = step.is_zero() || (&count / &step).is_integer();
        prop_assert_eq!(a.is_multiple_of(&b), whole);
        prop_assert!(a.floor().multiply(&b).is_multiple_of(&b));
    }

    #[test]
    fn ratios_are_reduced(above in any::<i64>(), below in any::<i64>()) {
        match Exact::ratio(above, below) {
            Some(ratio) => agree(&ratio, &rational(above, below))?,
            None => prop_assert_eq!(below, 0),
        }
    }

    #[test]
    fn a_way_through_huge_numbers_leads_back(value in any_rational(), detour in any_rational()) {
        let far = power(3, 90).multiply(&exact_of(&detour)).add(&power(7, 70));
        let a = exact_of(&value);
        let added = a.add(&far).subtract(&far);
        prop_assert_eq!(&added, &a);
        prop_assert_eq!(hash(&added), hash(&a));
        if let Some(back) = a.multiply(&far).divide(&far) {
            prop_assert_eq!(hash(&back), hash(&a));
            prop_assert_eq!(back, a);
        }
    }
}

#[test]
fn the_ends_of_machine_words_are_no_ends() {
    let ends = [
        i64::MIN,
        i64::MIN + 1,
        -2,
        -1,
        0,
        1,
        2,
        i64::MAX - 1,
        i64::MAX,
    ];
    for left in ends {
        for right in ends {
            let (a, b) = (Exact::from_integer(left), Exact::from_integer(right));
            let (x, y) = (rational(left, 1), rational(right, 1));
            assert_eq!(a.add(&b), exact_of(&(&x + &y)));
            assert_eq!(a.subtract(&b), exact_of(&(&x - &y)));
            assert_eq!(a.multiply(&b), exact_of(&(&x * &y)));
            assert_eq!(a.cmp(&b), left.cmp(&right));
            if right != 0 {
                let quotient = &x / &y;
                assert_eq!(a.divide(&b), Some(exact_of(&quotient)));
                assert_eq!(Exact::ratio(left, right), Some(exact_of(&quotient)));
            }
        }
    }
    assert_eq!(
        Exact::from_integer(i64::MIN).negate().to_string(),
        "9223372036854775808"
    );
    assert_eq!(
        Exact::from_integer(i64::MIN).abs().subtract(&Exact::one()),
        Exact::from_integer(i64::MAX)
    );
    assert_eq!(Exact::ratio(i64::MIN, i64::MIN), Some(Exact::one()));
    assert_eq!(
        Exact::ratio(1, i64::MIN).map(|tiny| tiny.to_string()),
        Some(exact("-1/9223372036854775808").to_string())
    );
}

#[test]
fn thirds_add_up() {
    let third = exact("1/3");
    assert_eq!(third.multiply(&exact("180")), exact("60"));
    assert_eq!(third.add(&third).add(&third), Exact::one());
}

#[test]
fn division_by_zero_is_no_number() {
    assert_eq!(Exact::ratio(1, 0), None);
    assert_eq!(Exact::one().divide(&Exact::zero()), None);
    assert_eq!(power(2, 100).divide(&Exact::zero()), None);
}

#[test]
fn whole_parts_below_zero_go_down_and_up() {
    assert_eq!(exact("-2.5").floor(), exact("-3"));
    assert_eq!(exact("-2.5").ceiling(), exact("-2"));
    assert_eq!(exact("2.5").floor(), exact("2"));
    assert_eq!(exact("2.5").ceiling(), exact("3"));
}

#[test]
fn a_number_is_oversize_from_4097_bits() {
    assert!(!power(2, 4095).is_oversize());
    assert!(power(2, 4096).is_oversize());
    let tiny = |exponent| Exact::one().divide(&power(2, exponent));
    assert_eq!(tiny(4095).map(|tiny| tiny.is_oversize()), Some(false));
    assert_eq!(tiny(4096).map(|tiny| tiny.is_oversize()), Some(true));
}

#[test]
fn a_huge_number_that_shrinks_is_the_small_one() {
    let two = power(2, 70).divide(&power(2, 69));
    assert_eq!(two, Some(Exact::from_integer(2)));
    assert_eq!(two.map(|two| hash(&two)), Some(hash(&exact("2.000"))));
    assert_eq!(power(2, 70).subtract(&power(2, 70)), Exact::zero());
}

#[test]
fn a_number_takes_two_machine_words() {
    assert_eq!(size_of::<Exact>(), 16);
    assert!(size_of::<Exact>() < size_of::<BigRational>());
}
