//! Decimal text to exact numbers and back.

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::Exact;

/// Why a text is not a plain decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalError {
    /// There is no digit at all.
    Empty,
    /// There is something besides digits, one sign in front and one decimal point.
    NotANumber,
    /// There are more than 60 digits.
    TooLong,
}

const MOST_DIGITS: usize = 60;

impl Exact {
    /// Reads digits with an optional sign in front and an optional decimal point, such as `-12.50`.
    /// Grouping, exponents and blanks are not read.
    ///
    /// # Errors
    /// Says why the text is not such a number.
    pub fn parse_decimal(text: &str) -> Result<Self, DecimalError> {
        let (negative, digits) = match text.as_bytes().first() {
            Some(b'-') => (true, text.get(1..).unwrap_or_default()),
            Some(b'+') => (false, text.get(1..).unwrap_or_default()),
            _ => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && fraction.is_empty() {
            return Err(DecimalError::Empty);
        }
        if whole.is_empty() || (digits.contains('.') && fraction.is_empty()) {
            return Err(DecimalError::NotANumber);
        }
        if whole.len() + fraction.len() > MOST_DIGITS {
            return Err(DecimalError::TooLong);
        }
        if !whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit())
        {
            return Err(DecimalError::NotANumber);
        }
        let all = format!("{whole}{fraction}");
        let numerator = BigInt::parse_bytes(all.as_bytes(), 10).ok_or(DecimalError::NotANumber)?;
        let denominator = num_traits::pow(BigInt::from(10), fraction.len());
        let value = Self::from_rational(BigRational::new(numerator, denominator));
        Ok(if negative { value.negate() } else { value })
    }

    /// How many decimal places the number has, if it has finitely many.
    #[must_use]
    pub fn decimal_places(&self) -> Option<usize> {
        let mut rest = self.rational().denom().clone();
        let mut twos = 0;
        let mut fives = 0;
        let (two, five) = (BigInt::from(2), BigInt::from(5));
        while (&rest % &two).is_zero() {
            rest /= &two;
            twos += 1;
        }
        while (&rest % &five).is_zero() {
            rest /= &five;
            fives += 1;
        }
        (rest == BigInt::from(1)).then_some(twos.max(fives))
    }

    /// The number with exactly `places` decimals, digits beyond them cut off (round first if that matters).
    #[must_use]
    pub fn to_fixed(&self, places: usize) -> String {
        let scale = num_traits::pow(BigInt::from(10), places);
        let scaled = (self.rational().abs() * BigRational::from_integer(scale)).trunc();
        let digits = scaled.numer().to_string();
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if self.is_negative() && !scaled.is_zero() {
            "-"
        } else {
            ""
        };
        if places == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }
}

/// The exact value: as a decimal where it has finitely many places, as `n/d` where it has not.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal_places() {
            Some(places) => f.write_str(&self.to_fixed(places)),
            None => write!(f, "{}/{}", self.rational().numer(), self.rational().denom()),
        }
    }
}

/// Groups the digits before the decimal point in threes: `group_digits("12345.60", ' ')` is `12 345.60`.
#[must_use]
pub fn group_digits(number: &str, separator: char) -> String {
    let (sign, rest) = number
        .strip_prefix('-')
        .map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = rest
        .split_once('.')
        .map_or((rest, None), |(w, f)| (w, Some(f)));
    let mut grouped = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}
