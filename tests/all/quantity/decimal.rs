//! Decimal text to exact numbers and back.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;
use proptest::prelude::*;
use quidpro::quantity::{DecimalError, Exact, group_digits};

use super::{agree, any_rational, exact, exact_of, integer, power};

proptest! {
    #[test]
    fn decimals_are_read_exactly(
        sign in "[+-]?",
        whole in "[0-9]{1,30}",
        fraction in proptest::option::of("[0-9]{1,30}"),
    ) {
        let fraction = fraction.map_or_else(String::new, |digits| format!(".{digits}"));
        let read = Exact::parse_decimal(&format!("{sign}{whole}{fraction}"));
        let digits = integer(&format!("{sign}{whole}{}", fraction.trim_start_matches('.')));
        let places = fraction.len().saturating_sub(1);
        let expected = BigRational::new(digits, num_traits::pow(BigInt::from(10), places));
        agree(&read.unwrap_or_default(), &expected)?;
    }

    #[test]
    fn what_is_printed_is_read_back(mantissa in any::<i128>(), places in 0..=20_usize) {
        let scale = num_traits::pow(BigInt::from(10), places);
        let value = exact_of(&BigRational::new(mantissa.into(), scale));
        prop_assert_eq!(Exact::parse_decimal(&value.to_string()), Ok(value.clone()));
        prop_assert_eq!(Exact::parse_decimal(&value.to_fixed(20)), Ok(value));
    }

    #[test]
    fn decimals_beyond_the_last_are_cut_off(value in any_rational(), places in 0..40_usize) {
        let scale = num_traits::pow(BigInt::from(10), places);
        let cut = (&value * BigRational::from_integer(scale)).trunc().to_integer();
        let digits = format!("{:0>width$}", cut.abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if cut.is_negative() { "-" } else { "" };
        let point = if places == 0 { "" } else { "." };
        prop_assert_eq!(
            exact_of(&value).to_fixed(places),
            format!("{sign}{whole}{point}{fraction}")
        );
    }

    #[test]
    fn places_are_the_fewest_that_lose_nothing(value in any_rational()) {
        let ten = BigRational::from_integer(BigInt::from(10));
        let mut scaled = value.clone();
        let mut expected = None;
        // A denominator of n bits cannot need more than n places.
        for places in 0..=value.denom().bits() {
            if scaled.is_integer() {
                expected = Some(places);
                break;
            }
            scaled *= &ten;
        }
        let places = exact_of(&value).decimal_places();
        prop_assert_eq!(places.map(|places| places as u64), expected);
    }

    #[test]
    fn grouping_only_adds_separators(number in "-?[0-9]{1,20}(\\.[0-9]{1,8})?") {
        let grouped = group_digits(&number, ' ');
        prop_assert_eq!(grouped.replace(' ', ""), number);
        let whole = grouped.trim_start_matches('-').split('.').next().unwrap_or_default();
        let mut groups = whole.split(' ');
        prop_assert!((1..=3).contains(&groups.next().map_or(0, str::len)));
        prop_assert!(groups.all(|group| group.len() == 3));
    }
}

#[test]
fn what_is_not_a_plain_decimal_is_refused() {
    for text in ["", "-", "+", ".", "-."] {
        assert_eq!(
            Exact::parse_decimal(text),
            Err(DecimalError::Empty),
            "{text:?}"
        );
    }
    for text in [
        ".5", "5.", "--1", "+-1", "1-", "1e5", "1,000", "1 000", "1_000", "0x10", "1.2.3", "1/2",
        "NaN", "٣", "１", "€",
    ] {
        let read = Exact::parse_decimal(text);
        assert_eq!(read, Err(DecimalError::NotANumber), "{text:?}");
    }
    let digits = "9".repeat(60);
    assert!(Exact::parse_decimal(&digits).is_ok());
    assert!(Exact::parse_decimal(&format!("-{digits}")).is_ok());
    let more = format!("{digits}.0");
    assert_eq!(Exact::parse_decimal(&more), Err(DecimalError::TooLong));
}

#[test]
fn many_digits_that_mean_a_small_number_are_that_number() {
    assert_eq!(exact("0000000000000000000000000000000001.50"), exact("3/2"));
    assert_eq!(exact("2.5000000000000000000000000000000000"), exact("5/2"));
    assert_eq!(exact("-0.000"), Exact::zero());
    assert_eq!(exact("9223372036854775807"), Exact::from_integer(i64::MAX));
    assert_eq!(exact("-9223372036854775808"), Exact::from_integer(i64::MIN));
}

#[test]
fn numbers_print_as_decimals_or_as_fractions() {
    let printed = [
        ("12.50", "12.5"),
        ("-0.05", "-0.05"),
        ("100", "100"),
        ("0", "0"),
        ("1/3", "1/3"),
        ("-22/7", "-22/7"),
        ("1/1024", "0.0009765625"),
    ];
    for (text, expected) in printed {
        assert_eq!(exact(text).to_string(), expected);
        assert_eq!(format!("{:?}", exact(text)), expected);
    }
}

#[test]
fn fixed_places_show_no_sign_on_zero() {
    assert_eq!(exact("-0.004").to_fixed(2), "0.00");
    assert_eq!(exact("-0.014").to_fixed(2), "-0.01");
    assert_eq!(exact("-0.9").to_fixed(0), "0");
    assert_eq!(exact("2/3").to_fixed(5), "0.66666");
    assert_eq!(exact("7").to_fixed(3), "7.000");
}

#[test]
fn places_of_long_denominators_are_found() {
    let below = |denominator: Exact| {
        let value = Exact::one().divide(&denominator).unwrap_or_default();
        value.decimal_places()
    };
    assert_eq!(below(power(2, 62)), Some(62));
    assert_eq!(below(power(5, 27)), Some(27));
    assert_eq!(below(power(2, 3000)), Some(3000));
    assert_eq!(below(power(5, 1500)), Some(1500));
    assert_eq!(below(power(10, 900).multiply(&power(5, 9))), Some(909));
    assert_eq!(below(power(3, 2000)), None);
    assert_eq!(below(power(10, 900).multiply(&power(3, 1))), None);
    assert_eq!(below(Exact::from_integer(i64::MAX)), None);
}

#[test]
fn digits_are_grouped_before_the_point() {
    let grouped = [
        ("12345.60", "12 345.60"),
        ("-1234567", "-1 234 567"),
        ("-123", "-123"),
        ("999", "999"),
        ("1000", "1 000"),
        ("0.123456", "0.123456"),
        ("", ""),
    ];
    for (number, expected) in grouped {
        assert_eq!(group_digits(number, ' '), expected);
    }
}
