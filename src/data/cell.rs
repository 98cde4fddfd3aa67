//! From one cell of the data to one value of its column.

use crate::calendar::{Date, Month};
use crate::quantity::{DecimalError, Exact, Type, Unit, looks_grouped};
use crate::text::{is_hidden, odd_line_end};

use super::decimal::{Decimal, Small};
use super::month_cell;
use super::number_format::{Disguise, PercentSign};
use super::place::quotable;
use super::problem::Fault;
use super::schema::Column;
use super::unreadable;

/// The content of a cell, before its column decides what it means.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    not(feature = "xlsx"),
    allow(dead_code, reason = "only workbooks have some of these")
)]
pub(super) enum Raw<'a> {
    /// Nothing.
    Empty,
    /// Text: any cell of CSV, a text cell of a workbook, a string of JSON.
    Text(&'a [u8]),
    /// A number of JSON, as it is written there.
    Number(&'a str),
    /// A number of a workbook, as a decimal, and how the cell shows it.
    Stored { text: &'a str, sign: PercentSign },
    /// A number of a workbook whose cell shows something else, and the number format that causes this.
    Disguised {
        text: &'a str,
        format: &'a str,
        how: Disguise,
    },
    /// A number of a workbook that has more digits than a workbook keeps of a decimal number.
    TooFine(&'a str),
    /// A yes or no of a workbook or JSON.
    Flag(bool),
    /// A date of a workbook.
    Date(Date),
    /// A time of day, a moment or a duration of a workbook.
    Time(&'a str),
    /// An error value of a workbook: `#DIV/0!`.
    Error(&'a str),
    /// A formula of a workbook whose value was never computed.
    Uncomputed,
    /// Something in JSON that is not a single value: `a list`.
    Nested(&'static str),
}

/// A column, prepared for reading many cells.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) column: Column,
    least: Bound,
    most: Bound,
    step: Bound,
    /// The rules of the versions of an amended contract; nothing for a version that does not know the column.
    versions: Vec<(Option<Month>, Option<Rule>)>,
}

#[derive(Clone, Copy, Debug)]
enum Bound {
    None,
    Small(Small),
    Long,
}

const LONGEST: usize = 200;

impl Rule {
    pub(super) fn new(column: &Column) -> Self {
        Self {
            least: Bound::of(column.least.as_ref()),
            most: Bound::of(column.most.as_ref()),
            step: Bound::of(column.step.as_ref()),
            column: column.clone(),
            versions: column
                .versions
                .iter()
                .map(|version| (version.from, version.column.as_ref().map(Self::new)))
                .collect(),
        }
    }

    /// The rule of that month; nothing if the contract does not know the column then.
    pub(super) fn in_month(&self, month: Month) -> Option<&Self> {
        if self.versions.is_empty() {
            return Some(self);
        }
        let begun =
            |(from, _): &&(Option<Month>, Option<Self>)| from.is_none_or(|from| from <= month);
        self.versions
            .iter()
            .rfind(begun)
            .and_then(|(_, rule)| rule.as_ref())
    }

    /// The value; nothing for an empty cell.
    pub(super) fn read(&self, raw: Raw<'_>) -> Result<Option<Exact>, Fault> {
        match (raw, &self.column.kind) {
            (Raw::Empty, _) => Ok(None),
            (Raw::Text(text), _) => self.text(trimmed(text)),
            (_, Type::Month) => month_value(raw).map(Some),
            (Raw::Flag(flag), Type::Flag) => Ok(Some(flag_value(flag))),
            (Raw::Stored { text, sign }, kind) if *kind != Type::Flag => {
                self.stored(text, sign).map(Some)
            }
            (Raw::Number(text), kind) if !matches!(kind, Type::Flag | Type::Percent) => self
                .number(text.as_bytes(), text.as_bytes(), false)
                .map(Some),
            _ => Err(unreadable::of_kind(raw, &self.column)),
        }
    }

    /// A number with decimals, or with other signs than digits, if it is certainly a value of the column.
    pub(super) fn decimal(&self, text: &[u8]) -> Option<Decimal> {
        let decimal = Decimal::scan(text)?;
        // Three decimals can be a group of thousands.
        (decimal.places != 3 && self.surely_fits(decimal)).then_some(decimal)
    }

    fn text(&self, text: &[u8]) -> Result<Option<Exact>, Fault> {
        if text.is_empty() {
            return Ok(None);
        }
        if text.len() > LONGEST {
            return Err(too_long(text, &self.column));
        }
        match &self.column.kind {
            Type::Flag => self.flag(text).map(Some),
            Type::Month => month_value(Raw::Text(text)).map(Some),
            Type::Percent => match text.strip_suffix(b"%") {
                Some(digits) => self.number(text, trimmed(digits), true).map(Some),
                None => Err(unreadable::percent_without_sign(text, &self.column)),
            },
            Type::Unknown
            | Type::Number
            | Type::PercentagePoints
            | Type::Score
            | Type::Quantity(_) => {
                let value = self.number(text, text, self.column.kind == Type::PercentagePoints)?;
                match self.other_reading(text, &value) {
                    None => Ok(Some(value)),
                    Some(whole) => Err(unreadable::like_thousands(text, &whole, &self.column)),
                }
            }
        }
    }

    /// The number that the text means if its point separates thousands. This is asked only if the text looks like that
    /// and the column could also have that number: `1.250` hours. Text leaves open which kind of point it has; a number
    /// of JSON or of a workbook does not.
    fn other_reading(&self, text: &[u8], value: &Exact) -> Option<Exact> {
        const SHORTEST: usize = "1.250".len();
        let looks_so = |text| looks_grouped(std::str::from_utf8(text).unwrap_or_default());
        let point = text.len().checked_sub(".250".len())?;
        if text.len() < SHORTEST || text.get(point) != Some(&b'.') {
            return None;
        }
        let digits = match text {
            [b'-' | b'+', digits @ ..] => digits,
            digits => digits,
        };
        let counts = self.column.kind.unit().is_some_and(Unit::is_read_in_groups);
        let in_thousandths = |step: &Exact| step.decimal_places().is_none_or(|places| places > 2);
        if !counts || !looks_so(digits) || self.column.step.as_ref().is_some_and(in_thousandths) {
            return None;
        }
        let whole = value.multiply(&Exact::from_integer(1000));
        self.check(text, &whole).is_ok().then_some(whole)
    }

    fn flag(&self, text: &[u8]) -> Result<Exact, Fault> {
        let is = |word: &str| text.eq_ignore_ascii_case(word.as_bytes());
        if is("yes") || is("true") {
            Ok(flag_value(true))
        } else if is("no") || is("false") {
            Ok(flag_value(false))
        } else {
            Err(unreadable::flag(text, &self.column))
        }
    }

    /// A workbook's number. Excel keeps 98.5% as 0.985.
    fn stored(&self, text: &str, sign: PercentSign) -> Result<Exact, Fault> {
        let shown = shown_number(text, sign);
        match (&self.column.kind, sign) {
            (Type::Percent, PercentSign::None) if !is_zero(text) => {
                Err(unreadable::unformatted_percent(text, &self.column))
            }
            (Type::Percent, PercentSign::None | PercentSign::Scaled) => {
                self.number(shown.as_bytes(), text.as_bytes(), false)
            }
            (Type::Percent, PercentSign::Literal) => {
                self.number(shown.as_bytes(), text.as_bytes(), true)
            }
            (kind, PercentSign::Scaled | PercentSign::Literal) if *kind != Type::Unknown => {
                Err(unreadable::unwanted_percent(&shown, &self.column))
            }
            (kind, _) => {
                let hundredths = *kind == Type::PercentagePoints;
                self.number(text.as_bytes(), text.as_bytes(), hundredths)
            }
        }
    }

    /// The number that `digits` represent, or a hundredth of it; `shown` is the cell's text for messages.
    fn number(&self, shown: &[u8], digits: &[u8], hundredths: bool) -> Result<Exact, Fault> {
        if let Some(decimal) = Decimal::scan(digits) {
            let decimal = if hundredths {
                decimal.per_cent()
            } else {
                decimal
            };
            if self.surely_fits(decimal)
                && let Some(value) = decimal.exact()
            {
                return Ok(value);
            }
        }
        let value = long_number(shown, digits, &self.column)?;
        let value = if hundredths { hundredth(&value) } else { value };
        self.check(shown, &value)?;
        Ok(value)
    }

    /// Whether a number that is written as plain digits is a value of the column if it is within bounds, and these
    /// bounds as whole numbers, which leave out nothing and let nothing in.
    pub(super) fn plain_bounds(&self) -> (bool, (i64, i64)) {
        let ends = (self.least.whole(i64::MIN), self.most.whole(i64::MAX));
        let plain = matches!(
            self.column.kind,
            Type::Unknown | Type::Number | Type::Score | Type::Quantity(_)
        ) && self.versions.is_empty();
        match ends {
            (Some(least), Some(most)) => (plain, (least, most)),
            _ => (false, (0, 0)),
        }
    }

    /// Whether every whole number within the bounds is a value.
    pub(super) fn takes_whole_numbers(&self) -> bool {
        match self.step {
            Bound::None => true,
            Bound::Small(step) => step.divides_one(),
            Bound::Long => false,
        }
    }

    fn surely_fits(&self, value: Decimal) -> bool {
        (!self.column.whole || value.is_whole())
            && self.least.holds(|least| value.is_at_least(least))
            && self.most.holds(|most| value.is_at_most(most))
            && self.step.holds(|step| value.is_step(step))
    }

    fn check(&self, shown: &[u8], value: &Exact) -> Result<(), Fault> {
        let column = &self.column;
        let below = column.least.as_ref().is_some_and(|least| value < least);
        let above = column.most.as_ref().is_some_and(|most| value > most);
        if below || above {
            return Err(unreadable::out_of_range(shown, value, column));
        }
        if column.whole && !value.is_integer() {
            return Err(unreadable::fractional(shown, column));
        }
        match &column.step {
            Some(step) if !value.is_multiple_of(step) => {
                Err(unreadable::too_precise(shown, step, column))
            }
            _ => Ok(()),
        }
    }
}

impl Bound {
    fn of(value: Option<&Exact>) -> Self {
        match value {
            None => Self::None,
            Some(value) => Small::of(value).map_or(Self::Long, Self::Small),
        }
    }

    /// The bound as a whole number, or what replaces it where there is none; nothing if it is not whole.
    fn whole(self, without: i64) -> Option<i64> {
        match self {
            Self::None => Some(without),
            Self::Small(bound) => bound.to_whole(),
            Self::Long => None,
        }
    }

    /// Whether the bound is certainly kept. A long number has to be checked with exact arithmetic.
    fn holds(self, kept: impl FnOnce(Small) -> bool) -> bool {
        match self {
            Self::None => true,
            Self::Small(bound) => kept(bound),
            Self::Long => false,
        }
    }
}

/// The text without spaces and tabs around it.
pub(super) fn trimmed(text: &[u8]) -> &[u8] {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let start = text.iter().position(|b| !blank(b)).unwrap_or(text.len());
    let end = text
        .iter()
        .rposition(|b| !blank(b))
        .map_or(start, |at| at + 1);
    text.get(start..end).unwrap_or_default()
}

/// The name of an account: any text or number.
pub(super) fn account(raw: Raw<'_>) -> Result<&str, Fault> {
    let text = match raw {
        Raw::Text(text) => trimmed(text),
        Raw::Number(text)
        | Raw::Stored {
            text,
            sign: PercentSign::None,
        }
        | Raw::TooFine(text) => text.as_bytes(),
        Raw::Empty => b"",
        _ => return Err(unreadable::account(raw)),
    };
    if text.is_empty() {
        return Err(Fault::new("missing-account", "the account is missing")
            .because(
                "the file has a column of accounts, so each row must say which account it is about",
            )
            .help("write the account, or remove the column `account` if there is only one"));
    }
    if text.len() > LONGEST {
        return Err(
            Fault::new("long-cell", format!("`{}` is too long", quotable(text)))
                .because(format!("an account's name has at most {LONGEST} bytes")),
        );
    }
    match std::str::from_utf8(text) {
        Ok(name) if name.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(name),
        Ok(name)
            if !name
                .chars()
                .any(|sign| sign.is_control() || is_hidden(sign))
                && odd_line_end(name, 0).is_none() =>
        {
            Ok(name)
        }
        _ => Err(unreadable::bytes(text)),
    }
}

fn long_number(shown: &[u8], digits: &[u8], column: &Column) -> Result<Exact, Fault> {
    let text = std::str::from_utf8(digits).map_err(|_| unreadable::number(shown, column))?;
    Exact::parse_decimal(text).map_err(|error| match error {
        DecimalError::TooLong => Fault::new(
            "long-number",
            format!("`{}` has more than 60 digits", quotable(shown)),
        )
        .because(column.described()),
        DecimalError::Empty | DecimalError::NotANumber => unreadable::number(shown, column),
    })
}

fn too_long(text: &[u8], column: &Column) -> Fault {
    Fault::new("long-cell", format!("`{}` is too long", quotable(text)))
        .because(format!(
            "{}, and the cell has {} bytes",
            column.described(),
            text.len()
        ))
        .help("write only the value; notes can go in a column whose heading starts with `#`")
}

fn flag_value(flag: bool) -> Exact {
    if flag { Exact::one() } else { Exact::zero() }
}

fn hundredth(value: &Exact) -> Exact {
    Exact::ratio(1, 100).map_or_else(|| value.clone(), |one| value.multiply(&one))
}

/// The number as the cell shows it.
pub(super) fn shown_number(text: &str, sign: PercentSign) -> String {
    let hundred = Exact::from_integer(100);
    match (sign, Exact::parse_decimal(text)) {
        (PercentSign::Scaled, Ok(ratio)) => format!("{}%", ratio.multiply(&hundred)),
        (PercentSign::Literal, Ok(_)) => format!("{text}%"),
        _ => text.to_owned(),
    }
}

fn is_zero(text: &str) -> bool {
    Exact::parse_decimal(text).is_ok_and(|value| value.is_zero())
}

fn month_value(raw: Raw<'_>) -> Result<Exact, Fault> {
    month_cell::read(raw).map(|month| Exact::from_integer(i64::from(month.index())))
}
