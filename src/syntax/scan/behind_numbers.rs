//! Words after a number that are part of it: `5 percent`, `20k`, `2 million`, `85 cents`.

use crate::diagnostic::Diagnostic;
use crate::quantity::Currency;

use super::{Last, Scanner};

/// What a word makes of the number before it.
enum Meant {
    Percent,
    Points(i32),
    Times(i32),
    Money(&'static str),
    Thousands(&'static str),
    Decimals,
    Hundredth,
}

const WORDS: &[(&str, Meant)] = &[
    ("percent", Meant::Percent),
    ("per cent", Meant::Percent),
    ("pct", Meant::Percent),
    ("prozent", Meant::Percent),
    ("por ciento", Meant::Percent),
    ("percent points", Meant::Points(0)),
    ("per cent points", Meant::Points(0)),
    ("percentage point", Meant::Points(0)),
    ("pp", Meant::Points(0)),
    ("ppt", Meant::Points(0)),
    ("basis points", Meant::Points(2)),
    ("basis point", Meant::Points(2)),
    ("bps", Meant::Points(2)),
    ("bp", Meant::Points(2)),
    ("k", Meant::Times(3)),
    ("thousand", Meant::Times(3)),
    ("tsd", Meant::Times(3)),
    ("mn", Meant::Times(6)),
    ("mio", Meant::Times(6)),
    ("mln", Meant::Times(6)),
    ("million", Meant::Times(6)),
    ("lakh", Meant::Times(5)),
    ("lakhs", Meant::Times(5)),
    ("lac", Meant::Times(5)),
    ("crore", Meant::Times(7)),
    ("crores", Meant::Times(7)),
    ("teur", Meant::Thousands("EUR")),
    ("keur", Meant::Thousands("EUR")),
    ("tusd", Meant::Thousands("USD")),
    ("kusd", Meant::Thousands("USD")),
    ("kgbp", Meant::Thousands("GBP")),
    ("tchf", Meant::Thousands("CHF")),
    ("decimals", Meant::Decimals),
    ("decimal places", Meant::Decimals),
    ("decimal", Meant::Decimals),
    ("rupees", Meant::Money("INR")),
    ("francs", Meant::Money("CHF")),
    ("yen", Meant::Money("JPY")),
    ("euro", Meant::Money("EUR")),
    ("euros", Meant::Money("EUR")),
    ("dollar", Meant::Money("USD")),
    ("dollars", Meant::Money("USD")),
    ("pound", Meant::Money("GBP")),
    ("pounds", Meant::Money("GBP")),
    ("cents", Meant::Hundredth),
    ("cent", Meant::Hundredth),
    ("pence", Meant::Hundredth),
];

/// Longer numbers are no slip.
const LONGEST: usize = 40;

impl Scanner<'_> {
    /// Corrects the number that ends at `end` with the word after it.
    pub(super) fn word_behind_number(&mut self, start: usize, end: usize) -> bool {
        let word_start = self.behind_blanks(end);
        let rest = self.slice(word_start, (word_start + 24).min(self.bytes.len()));
        let fitting = WORDS.iter().filter(|(word, _)| {
            rest.get(..word.len())
                .is_some_and(|text| text.eq_ignore_ascii_case(word))
                && self.end_of_word(word_start + word.len()) == word_start + word.len()
        });
        let Some((word, meant)) = fitting.max_by_key(|(word, _)| word.len()) else {
            return false;
        };
        let number = self.slice(start, end);
        let behind = word_start + word.len();
        if number.len() > LONGEST || (word == &"percentage point" && number != "1") {
            return false;
        }
        let Some(with) = self.meant(number, meant) else {
            return false;
        };
        // `1 percentage point` is right.
        if self.slice(start, behind) == with {
            return false;
        }
        let written = self.slice(start, behind);
        let shown = with.clone();
        self.mend((start, behind), with, |span| {
            Diagnostic::error(
                "another-word",
                span,
                format!("`{written}` is written `{shown}` here"),
            )
        });
        self.at = behind;
        self.last = match meant {
            Meant::Times(_) => Last::Number,
            _ => Last::Other,
        };
        true
    }

    fn meant(&self, number: &str, meant: &Meant) -> Option<String> {
        Some(match meant {
            Meant::Percent => format!("{number}%"),
            Meant::Points(places) => {
                let shifted = shift(number, -places)?;
                let one = if shifted == "1" { "point" } else { "points" };
                format!("{shifted} percentage {one}")
            }
            Meant::Times(places) => shift(number, *places)?,
            Meant::Money(code) => {
                let own = self
                    .own_currency()
                    .filter(|own| own.ends_with('D') && *code == "USD");
                format!("{number} {}", own.unwrap_or(code))
            }
            Meant::Thousands(code) => format!("{} {code}", shift(number, 3)?),
            Meant::Decimals => {
                let places: i32 = number.parse().ok()?;
                let step = shift("1", -places.clamp(0, 12))?;
                format!("{step} {}", self.own_currency()?)
            }
            Meant::Hundredth => format!("{} {}", shift(number, -2)?, self.own_currency()?),
        })
    }

    /// The currency that the text names, if it names one.
    fn own_currency(&self) -> Option<&str> {
        let at = self.text.find("currency ")? + "currency ".len();
        let code = self.text.get(at..at + 3)?;
        Currency::from_code(code).map(|_| code)
    }

    /// `.85`: a decimal without its zero.
    pub(super) fn point_first(&mut self) {
        let start = self.at;
        let end = self.end_of_figure(start + 1);
        let text = self.slice(start, end);
        let is_it = self.byte(start + 1).is_ascii_digit()
            && !matches!(self.last, Last::Number)
            && !self.byte(start.saturating_sub(1)).is_ascii_alphanumeric()
            && !self.brackets.in_facts()
            && text.bytes().skip(1).all(|byte| byte.is_ascii_digit());
        if !is_it {
            return self.step(1);
        }
        self.mend((start, end), format!("0{text}"), |span| {
            Diagnostic::error(
                "point-first",
                span,
                format!("the number `{text}` begins with its decimal point"),
            )
            .because("a point is easily overlooked where no zero is before it")
        });
        self.at = end;
        self.last = Last::Number;
    }

    /// `above 1:30: 500 EUR`: minutes and seconds.
    pub(super) fn clock_time(&mut self, start: usize, end: usize) -> bool {
        let seconds = self.slice(end + 1, end + 3);
        let is_it = self.byte(end) == b':'
            && seconds.len() == 2
            && seconds.bytes().all(|byte| byte.is_ascii_digit())
            && self.byte(self.behind_blanks(end + 3)) == b':';
        let minutes: Option<u32> = self.slice(start, end).parse().ok();
        let (Some(minutes), Ok(seconds), true) = (minutes, seconds.parse::<u32>(), is_it) else {
            return false;
        };
        let Some(all) = minutes
            .checked_mul(60)
            .and_then(|all| all.checked_add(seconds))
        else {
            return false;
        };
        let written = self.slice(start, end + 3);
        self.mend_as_guess((start, end + 3), format!("{all} seconds"), |span| {
            Diagnostic::error(
                "clock-time",
                span,
                format!("`{written}` may be minutes and seconds, or hours and minutes"),
            )
            .because("a duration is a number with its unit; `:` separates an edge from its value")
        });
        self.at = end + 3;
        self.last = Last::Number;
        true
    }
}

/// A number with its decimal point moved by some places to the right, thousands apart; nothing if it is no plain number.
pub(super) fn shift(number: &str, places: i32) -> Option<String> {
    let plain = number.replace('_', "");
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_plain = whole
        .bytes()
        .chain(decimals.bytes())
        .all(|byte| byte.is_ascii_digit());
    if !is_plain || whole.is_empty() {
        return None;
    }
    let mut digits = format!("{whole}{decimals}");
    let mut point = i32::try_from(whole.len()).ok()? + places;
    while point <= 0 {
        digits.insert(0, '0');
        point += 1;
    }
    while usize::try_from(point).ok()? > digits.len() {
        digits.push('0');
    }
    let (whole, decimals) = digits.split_at_checked(usize::try_from(point).ok()?)?;
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && whole.len() > 3 {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    let decimals = decimals.trim_end_matches('0');
    Some(if decimals.is_empty() {
        grouped
    } else {
        format!("{grouped}.{decimals}")
    })
}
