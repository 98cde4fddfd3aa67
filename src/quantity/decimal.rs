//! Converts decimal text to exact numbers and back.

use std::fmt;
use std::num::{NonZeroU64, NonZeroU128};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::Exact;
use super::exact::{Fraction, divide_wide};

/// Why a text is not a plain decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalError {
    /// There is no digit at all.
    Empty,
    /// There is something other than digits, a sign at the start and a decimal point.
    NotANumber,
    /// There are more than 60 digits.
    TooLong,
}

const MOST_DIGITS: usize = 60;

impl Exact {
    /// Reads digits with an optional sign at the start and an optional decimal point, such as `-12.50`. Grouping,
    /// exponents and blanks are not read.
    ///
    /// # Errors
    /// If the text is not such a number.
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
        Ok(parse_small(negative, whole, fraction)
            .map_or_else(|| parse_big(negative, whole, fraction), Exact::from_small))
    }

    /// The number of decimal places, if it is finite. This takes no more steps than the denominator has bits.
    #[must_use]
    pub fn decimal_places(&self) -> Option<usize> {
        match self.small() {
            Some(small) => places_of_small(small.denominator().get()),
            None => places_of_big(self.rational().denom()),
        }
    }

    /// The number with exactly `places` decimals. Further digits are cut off (round first if that matters).
    #[must_use]
    pub fn to_fixed(&self, places: usize) -> String {
        let (digits, only_zeros) = match self.small() {
            Some(small) => fixed_small(small, places),
            None => fixed_big(&self.rational(), places),
        };
        if self.is_negative() && !only_zeros {
            format!("-{digits}")
        } else {
            digits
        }
    }
}

/// The exact value: a decimal if it has finitely many places, and otherwise `n/d`.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal_places() {
            Some(places) => f.write_str(&self.to_fixed(places)),
            None => match self.small() {
                Some(small) => write!(f, "{}/{}", small.numerator(), small.denominator()),
                None => write!(f, "{}", self.rational()),
            },
        }
    }
}

/// Whether a number's decimals look like a group of thousands, as in `12.000` or `1.250`: one to three digits that do
/// not begin with 0, a point, and exactly three digits. Half the world writes twelve thousand this way.
#[must_use]
pub fn looks_grouped(number: &str) -> bool {
    let Some((whole, decimals)) = number.split_once('.') else {
        return false;
    };
    (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
        && decimals.len() == 3
        && whole
            .bytes()
            .chain(decimals.bytes())
            .all(|byte| byte.is_ascii_digit())
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

/// The digits of the two parts as one small number, if there are few enough. Both parts must consist of digits.
fn parse_small(negative: bool, whole: &str, fraction: &str) -> Option<Fraction> {
    let mut digits = whole.bytes().chain(fraction.bytes());
    let numerator = digits.try_fold(0_u64, |number, digit| {
        let digit = digit.wrapping_sub(b'0');
        number.checked_mul(10)?.checked_add(digit.into())
    })?;
    let scale = 10_u64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    Fraction::reduced(negative, numerator, NonZeroU64::new(scale)?)
}

fn parse_big(negative: bool, whole: &str, fraction: &str) -> Exact {
    let mut numerator = BigInt::zero();
    for digit in whole.bytes().chain(fraction.bytes()) {
        numerator = numerator * 10 + digit.wrapping_sub(b'0');
    }
    if negative {
        numerator = -numerator;
    }
    let denominator = num_traits::pow(BigInt::from(10), fraction.len());
    Exact::from_rational(BigRational::new(numerator, denominator))
}

/// The number of decimal places, if it is finite. A fraction in lowest terms has finitely many places if its
/// denominator is made of twos and fives only. It then has as many places as there are twos or fives, whichever are
/// more.
fn places_of_small(denominator: u64) -> Option<usize> {
    let twos = denominator.trailing_zeros();
    let mut rest = denominator.unbounded_shr(twos);
    let mut fives = 0;
    while rest > 1 {
        if !rest.is_multiple_of(5) {
            return None;
        }
        rest /= 5;
        fives += 1;
    }
    usize::try_from(twos.max(fives)).ok()
}

fn places_of_big(denominator: &BigInt) -> Option<usize> {
    let twos = denominator.trailing_zeros().unwrap_or(0);
    let mut rest = denominator >> twos;
    let mut fives = 0;
    while rest > BigInt::one() {
        if !(&rest % 5_u32).is_zero() {
            return None;
        }
        rest /= 5_u32;
        fives += 1;
    }
    usize::try_from(twos.max(fives)).ok()
}

/// The digits without a sign, by long division, and whether all of them are 0.
fn fixed_small(value: Fraction, places: usize) -> (String, bool) {
    let divisor = NonZeroU128::from(value.denominator());
    let magnitude = value.numerator().unsigned_abs();
    let mut digits = (magnitude / value.denominator()).to_string();
    let mut only_zeros = digits == "0";
    let mut rest = u128::from(magnitude % value.denominator());
    if places > 0 {
        digits.push('.');
    }
    for _ in 0..places {
        // The remainder is below the divisor, which is below 2^63.
        rest = rest.wrapping_mul(10);
        let (digit, next) = divide_wide(rest, divisor);
        digits.push(char::from_digit(u32::try_from(digit).unwrap_or(0), 10).unwrap_or('0'));
        only_zeros &= digit == 0;
        rest = next;
    }
    (digits, only_zeros)
}

fn fixed_big(value: &BigRational, places: usize) -> (String, bool) {
    let scale = num_traits::pow(BigInt::from(10), places);
    let scaled = (value.abs() * BigRational::from_integer(scale)).to_integer();
    let digits = format!("{scaled:0>width$}", width = places.saturating_add(1));
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
    let digits = if places == 0 {
        whole.to_owned()
    } else {
        format!("{whole}.{fraction}")
    };
    (digits, scaled.is_zero())
}
