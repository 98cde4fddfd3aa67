//! The number formats of a workbook: what a cell shows of its number.
//!
//! The program reads the number in a cell, but never a number that differs from what a person sees. If a format merely
//! shows fewer decimals than the number has, which is usual, the number is read as it is. A format that shows a
//! thousandth of the number, a text or nothing is refused.

use crate::quantity::Exact;

/// The percent sign that a cell shows after its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PercentSign {
    /// None.
    None,
    /// After a hundred times the number: 0.985 is shown as `98.5%`.
    Scaled,
    /// After the number itself, because the sign is only a character of the format: 98.5 is shown as `98.5%`.
    Literal,
}

/// How a cell shows something other than its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disguise {
    /// Commas after the digits show the number in thousands or millions.
    Thousands,
    /// Characters of the format are between or next to the digits, and look like part of the number.
    Characters,
    /// No digit is shown.
    Hidden,
    /// A fraction near the number is shown.
    Fraction,
    /// It is shown with an exponent.
    Exponent,
    /// Several percent signs.
    PercentSigns,
    /// A number below 0 is shown without a sign.
    Unsigned,
    /// A number other than 0 is shown as 0.
    AsZero,
    /// Conditions of the format decide what is shown.
    Conditions,
}

/// A number format, read once for all cells that have it.
#[derive(Clone, Debug)]
pub(super) struct NumberFormat {
    /// The sections for positive numbers, negative numbers, and 0, or fewer if the format has fewer.
    sections: Vec<Section>,
}

/// The effect of one section of a format.
#[derive(Clone, Debug, Default)]
struct Section {
    /// Digits are shown.
    digits: bool,
    /// A zero is shown if the number has no digit there.
    zeros: bool,
    /// How many decimals are shown; nothing for all that the number has.
    decimals: Option<usize>,
    percents: usize,
    disguise: Option<Disguise>,
    /// It has a minus sign, brackets or a colour.
    marked: bool,
    /// The characters that are shown as they are.
    literal: String,
    /// It has a condition, as in `[<1000]`.
    condition: bool,
}

impl NumberFormat {
    pub(super) fn read(code: &str) -> Self {
        Self {
            sections: sections(code)
                .map(|section| Section::read(&section))
                .collect(),
        }
    }

    /// The percent sign that a cell of this format shows after a number.
    ///
    /// # Errors
    /// How it shows something other than the number.
    pub(super) fn shows(&self, number: &str) -> Result<PercentSign, Disguise> {
        let Ok(value) = Exact::parse_decimal(number) else {
            return Ok(PercentSign::None);
        };
        let conditions = self.sections.iter().any(|section| section.condition);
        if conditions && !self.is_uniform() {
            return Err(Disguise::Conditions);
        }
        let numeric = self.sections.len().min(3);
        let at = match (value.is_negative(), value.is_zero()) {
            _ if conditions => 0,
            (true, _) if numeric > 1 => 1,
            (_, true) if numeric > 2 => 2,
            _ => 0,
        };
        let Some(section) = self.sections.get(at) else {
            return Ok(PercentSign::None);
        };
        if at == 1 && section.digits && !section.marked {
            return Err(Disguise::Unsigned);
        }
        section.shows(&value)
    }

    /// Whether all sections show a number in the same way, so that it does not matter which of them is used.
    fn is_uniform(&self) -> bool {
        let mut all = self.sections.iter().take(3);
        let alike = |one: &Section, other: &Section| {
            one.digits == other.digits
                && one.percents == other.percents
                && one.disguise == other.disguise
                && one.decimals == other.decimals
                && one.has_percent_character() == other.has_percent_character()
        };
        match all.next() {
            Some(first) => all.all(|other| alike(first, other)),
            None => true,
        }
    }
}

impl Section {
    fn shows(&self, value: &Exact) -> Result<PercentSign, Disguise> {
        if !self.digits {
            let dash = self.literal.trim();
            let is_dash = matches!(dash, "-" | "–" | "—") && value.is_zero();
            return if is_dash {
                Ok(PercentSign::None)
            } else {
                Err(Disguise::Hidden)
            };
        }
        if let Some(disguise) = self.disguise {
            return Err(disguise);
        }
        let shown = match (self.percents, self.has_percent_character()) {
            (0, false) => Ok(PercentSign::None),
            (0, true) => Ok(PercentSign::Literal),
            (1, false) => Ok(PercentSign::Scaled),
            _ => return Err(Disguise::PercentSigns),
        };
        if value.is_zero() {
            return if self.zeros {
                shown
            } else {
                Err(Disguise::Hidden)
            };
        }
        if self
            .decimals
            .is_some_and(|decimals| self.rounds_to_zero(value, decimals))
        {
            return Err(Disguise::AsZero);
        }
        shown
    }

    fn has_percent_character(&self) -> bool {
        self.literal.contains(['%', '٪', '％'])
    }

    fn rounds_to_zero(&self, value: &Exact, decimals: usize) -> bool {
        let places = decimals + 2 * self.percents;
        let half = std::iter::repeat_n(Exact::from_integer(10), places)
            .try_fold(Exact::one(), |unit, ten| unit.divide(&ten))
            .and_then(|unit| unit.divide(&Exact::from_integer(2)));
        half.is_some_and(|half| value.abs() < half)
    }

    fn read(parts: &[Part]) -> Self {
        let mut section = Self::default();
        let digit = |part: &Part| matches!(part, Part::Digit(_) | Part::General);
        let first = parts.iter().position(digit);
        let last = parts.iter().rposition(digit);
        let (Some(first), Some(last)) = (first, last) else {
            section.take_characters(parts);
            return section;
        };
        section.digits = true;
        section.take_characters(parts);
        let inside = parts.get(first..=last).unwrap_or_default();
        section.zeros = inside
            .iter()
            .any(|part| matches!(part, Part::Digit('0') | Part::General));
        let point = inside.iter().position(|part| *part == Part::Point);
        section.decimals = (!inside.contains(&Part::General)).then(|| {
            let behind = point.and_then(|at| inside.get(at..)).unwrap_or_default();
            behind.iter().filter(|part| digit(part)).count()
        });
        section.disguise = disguise(parts, (first, last));
        section
    }

    fn take_characters(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Character(sign) => {
                    self.literal.push(*sign);
                    self.marked |= matches!(sign, '-' | '−' | '(');
                }
                Part::Percent => self.percents += 1,
                Part::Colour => self.marked = true,
                Part::Condition => self.condition = true,
                _ => {}
            }
        }
    }
}

/// The effect of a format's digits, from `first` to `last` of its parts, on the number.
fn disguise(parts: &[Part], (first, last): (usize, usize)) -> Option<Disguise> {
    let inside = parts.get(first..=last).unwrap_or_default();
    let before = parts.get(..first).unwrap_or_default();
    let behind = parts.get(last + 1..).unwrap_or_default();
    if parts.contains(&Part::Exponent) {
        return Some(Disguise::Exponent);
    }
    if inside.contains(&Part::Character('/')) {
        return Some(Disguise::Fraction);
    }
    let commas = |parts: &[Part]| parts.first() == Some(&Part::Comma);
    let at_point = inside
        .windows(2)
        .any(|two| matches!(two, [Part::Comma, Part::Point]));
    if commas(behind) || at_point {
        return Some(Disguise::Thousands);
    }
    let among = inside
        .iter()
        .any(|part| matches!(part, Part::Character(sign) if !is_blank(*sign) && *sign != '\''));
    let like_digit = |part: Option<&Part>| matches!(part, Some(Part::Character(sign)) if sign.is_numeric() || matches!(sign, '.' | ',' | '\''));
    let touching = like_digit(before.last()) || like_digit(behind.first());
    (among || touching || has_scale_word(behind) || has_filling_digits(parts))
        .then_some(Disguise::Characters)
}

/// Words and signs after a number that mean thousands, millions or thousandths.
const SCALES: [&str; 20] = [
    "k",
    "K",
    "M",
    "T",
    "B",
    "bn",
    "mn",
    "m€",
    "k€",
    "K€",
    "T€",
    "M€",
    "Tsd",
    "Mio",
    "Mrd",
    "thousand",
    "thousands",
    "million",
    "millions",
    "‰",
];

fn has_scale_word(behind: &[Part]) -> bool {
    let words: String = behind
        .iter()
        .map(|part| match part {
            Part::Character(sign) => *sign,
            _ => ' ',
        })
        .collect();
    words
        .split(|sign: char| is_blank(sign) || sign == '.')
        .any(|word| SCALES.contains(&word))
}

/// Whether the spaces of a cell are filled with a digit, as in `*00`.
fn has_filling_digits(parts: &[Part]) -> bool {
    parts
        .iter()
        .any(|part| matches!(part, Part::Filling(sign) if sign.is_numeric()))
}

fn is_blank(sign: char) -> bool {
    sign.is_whitespace()
}

/// A part of a format's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// `0`, `#` or `?`.
    Digit(char),
    /// The word `General`, or `@`: the number as it is.
    General,
    Point,
    Comma,
    Percent,
    Exponent,
    Colour,
    Condition,
    /// A character that fills the spaces of the cell.
    Filling(char),
    /// A character that is shown as it is.
    Character(char),
}

/// The sections of a code, separated by `;`.
fn sections(code: &str) -> impl Iterator<Item = Vec<Part>> {
    let mut sections = vec![Vec::new()];
    let mut rest = code;
    while let Some(sign) = rest.chars().next() {
        let behind = rest.get(sign.len_utf8()..).unwrap_or_default();
        let mut parts: Vec<Part> = Vec::new();
        rest = match sign {
            ';' => {
                sections.push(Vec::new());
                behind
            }
            '"' => {
                let (text, behind) = behind.split_once('"').unwrap_or((behind, ""));
                parts.extend(text.chars().map(Part::Character));
                behind
            }
            '[' => {
                let (text, behind) = behind.split_once(']').unwrap_or((behind, ""));
                bracket(text, &mut parts);
                behind
            }
            '\\' => one(behind, &mut parts, Part::Character),
            '*' => one(behind, &mut parts, Part::Filling),
            '_' => one(behind, &mut parts, |_| Part::Character(' ')),
            _ if starts_with_general(rest) => {
                parts.push(Part::General);
                rest.get("General".len()..).unwrap_or_default()
            }
            'E' | 'e' if behind.starts_with(['+', '-']) => {
                parts.push(Part::Exponent);
                behind.get(1..).unwrap_or_default()
            }
            _ => {
                parts.push(match sign {
                    '0' | '#' | '?' => Part::Digit(sign),
                    '@' => Part::General,
                    '.' => Part::Point,
                    ',' => Part::Comma,
                    '%' => Part::Percent,
                    _ => Part::Character(sign),
                });
                behind
            }
        };
        if let Some(section) = sections.last_mut() {
            section.extend(parts);
        }
    }
    sections.into_iter()
}

/// `[Red]`, `[>=100]`, `[$€-407]`
fn bracket(text: &str, parts: &mut Vec<Part>) {
    if let Some(currency) = text.strip_prefix('$') {
        let shown = currency.split('-').next().unwrap_or_default();
        parts.extend(shown.chars().map(Part::Character));
    } else if text.starts_with(['<', '>', '=']) {
        parts.push(Part::Condition);
    } else {
        parts.push(Part::Colour);
    }
}

/// The next character as a part, and the rest after it.
fn one<'a>(rest: &'a str, parts: &mut Vec<Part>, part: fn(char) -> Part) -> &'a str {
    let mut signs = rest.chars();
    parts.extend(signs.next().map(part));
    signs.as_str()
}

fn starts_with_general(text: &str) -> bool {
    text.get(.."General".len())
        .is_some_and(|word| word.eq_ignore_ascii_case("general"))
}
