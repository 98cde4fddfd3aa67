//! Dates and months in other forms than `2026-02-01` and `2026-02`.

use crate::calendar::MONTH_NAMES;
use crate::diagnostic::Diagnostic;

use super::numbers::Figure;
use super::{Last, Scanner};

impl Scanner<'_> {
    /// `1 January 2026`, `1st January 2026`; the number has been read.
    pub(super) fn month_name_behind(&mut self, start: usize, end: usize) {
        let Some(day) = day(self.slice(start, end)) else {
            return;
        };
        let suffix = self.slice(end, end + 2);
        let behind = if matches!(suffix, "st" | "nd" | "rd" | "th") {
            end + 2
        } else {
            end
        };
        let mut word = self.behind_blanks(behind);
        if self.slice(word, word + 3) == "of " {
            word = self.behind_blanks(word + 3);
        }
        let word_end = self.end_of_word(word);
        let Some(month) = month_number(self.slice(word, word_end)) else {
            return;
        };
        let Some((year, end)) = self.year_behind(word_end) else {
            return;
        };
        self.report_date(start, end, format!("{year}-{month:02}-{day:02}"));
        self.at = end;
    }

    /// `January 1, 2026`, `January 2026`
    pub(super) fn month_name_first(&mut self, start: usize, end: usize) -> bool {
        let Some(month) = month_number(self.slice(start, end)) else {
            return false;
        };
        if let Some((year, end)) = self.year_behind(end) {
            self.report_date(start, end, format!("{year}-{month:02}"));
            self.at = end;
            self.last = Last::Other;
            return true;
        }
        let number = self.behind_blanks(end);
        let number_end = self.end_of_word(number);
        let text = self.slice(number, number_end);
        let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let (Some(day), Some((year, end))) = (day(digits), self.year_behind(number_end)) else {
            return false;
        };
        self.report_date(start, end, format!("{year}-{month:02}-{day:02}"));
        self.at = end;
        self.last = Last::Other;
        true
    }

    /// A year of four digits, after spaces and perhaps a comma.
    fn year_behind(&self, at: usize) -> Option<(&str, usize)> {
        let at = self.behind_blanks(at);
        let at = if self.byte(at) == b',' {
            self.behind_blanks(at + 1)
        } else {
            at
        };
        let end = self.end_of_word(at);
        let year = self.slice(at, end);
        is_year(year).then_some((year, end))
    }

    pub(super) fn report_date(&mut self, start: usize, end: usize, mended: String) {
        let written = self.slice(start, end);
        let is_month = mended.len() == "2026-02".len();
        let other = (!is_month).then(|| other_reading(written)).flatten();
        let other = other.filter(|other| *other != mended);
        self.mend_with(
            (start, end),
            mended.clone().into(),
            other.is_none(),
            |span| {
                let what = if is_month { "month" } else { "date" };
                let found = Diagnostic::error(
                    "date-form",
                    span,
                    format!("`{written}` is not how a {what} is written here"),
                );
                match other {
                    Some(other) => found
                        .here(format!("this may be {mended} or {other}"))
                        .because("day and month come in a different order in different countries"),
                    None => found
                        .here(format!("read as {mended}"))
                        .because("everybody reads one form, year first, in the same way"),
                }
            },
        );
    }
}

/// A date of digits with `/`, `.` or `-` between them, if the text is one.
pub(super) fn numeric_date(text: &str) -> Option<Figure> {
    let sign = text.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<&str> = text.split(sign).take(4).collect();
    let all_digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(all_digits) {
        return None;
    }
    let two = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
    match *parts.as_slice() {
        [year, month, day]
            if year.len() == 4 && sign == '-' && month.len() == 2 && day.len() == 2 =>
        {
            Some(Figure::Fine(text.len()))
        }
        [year, month] if year.len() == 4 && sign == '-' && month.len() == 2 => {
            Some(Figure::Fine(text.len()))
        }
        [year, month, day] if is_year(year) => {
            Some(Figure::Date(iso(year, two(month)?, two(day)?)?))
        }
        [first, second, year]
            if sign != '-' && year.len() == 2 && first.len() <= 2 && second.len() == 2 =>
        {
            let year = format!("20{year}");
            let (first, second) = (two(first)?, two(second)?);
            let date = iso(&year, second, first).or_else(|| iso(&year, first, second))?;
            Some(Figure::Date(date))
        }
        [first, second, year] if is_year(year) => {
            let (first, second) = (two(first)?, two(second)?);
            let date = iso(year, second, first).or_else(|| iso(year, first, second))?;
            Some(Figure::Date(date))
        }
        [year, month]
            if is_year(year) && (sign == '-' || (sign == '/' && month.starts_with('0'))) =>
        {
            month_of(year, two(month)?)
        }
        [month, year] if is_year(year) && sign != '.' && month.starts_with('0') => {
            month_of(year, two(month)?)
        }
        _ => None,
    }
}

/// The other date that `03/02/2026` may mean.
fn other_reading(text: &str) -> Option<String> {
    let mut parts = text.split(['/', '.', '-']);
    let first = parts.next()?.parse().ok()?;
    let second = parts.next()?.parse().ok()?;
    let year = parts.next()?;
    (first != second && is_year(year)).then_some(())?;
    iso(year, first, second)
}

fn iso(year: &str, month: u8, day: u8) -> Option<String> {
    let there = (1..=12).contains(&month) && (1..=31).contains(&day);
    there.then(|| format!("{year}-{month:02}-{day:02}"))
}

fn month_of(year: &str, month: u8) -> Option<Figure> {
    (1..=12)
        .contains(&month)
        .then(|| Figure::Date(format!("{year}-{month:02}")))
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && matches!(text.get(..2), Some("19" | "20" | "21"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn day(text: &str) -> Option<u8> {
    text.parse().ok().filter(|day| (1..=31).contains(day))
}

/// The number of an English month, written out or in its first three letters.
fn month_number(word: &str) -> Option<usize> {
    let at = MONTH_NAMES.iter().position(|month| {
        let start = month.get(..word.len());
        (word.len() == 3 || word.len() == month.len())
            && start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    })?;
    Some(at + 1)
}
