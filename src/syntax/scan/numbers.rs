//! Numbers, as people write them and as the language has them.

use crate::diagnostic::Diagnostic;

use super::{Last, Scanner};

/// How many signs between digits are examined together.
const MOST_SIGNS: usize = 8;

/// What a run of digits and signs between them turns out to be.
pub(super) enum Figure {
    /// A number, month or date as it should be, with its length.
    Fine(usize),
    /// A decimal comma: `4,20`.
    DecimalComma(String),
    /// Thousands separated by commas, points or apostrophes: `12,000.00`.
    Grouped(String),
    /// A date or month in another form.
    Date(String),
    /// More than one decimal point: `1.2.3`.
    Points,
}

impl Scanner<'_> {
    pub(super) fn number(&mut self) {
        let start = self.at;
        let end = self.end_of_figure(start);
        let text = self.slice(start, end);
        if !self.brackets.in_facts() && self.currency.is_none() && self.clock_time(start, end) {
            return;
        }
        let end = if self.brackets.in_facts() || is_plain(text) || self.currency.is_some() {
            end
        } else {
            match figure(text, self.brackets.in_call()) {
                Figure::Fine(length) => start + length,
                wrong => {
                    self.report_figure(start, end, wrong);
                    end
                }
            }
        };
        self.at = end;
        self.last = Last::Number;
        if let Some(currency) = self.currency.take() {
            self.report_currency_first(currency, start, end);
        } else if !self.brackets.in_facts() {
            self.behind_number(start, end);
        }
    }

    /// The end of digits with single signs between them.
    pub(super) fn end_of_figure(&self, start: usize) -> usize {
        let (mut at, mut signs) = (start, 0);
        loop {
            match self.byte(at) {
                b'0'..=b'9' | b'_' => at += 1,
                b',' | b'.' | b'/' | b'-' | b'\''
                    if signs < MOST_SIGNS && self.byte(at + 1).is_ascii_digit() =>
                {
                    at += 1;
                    signs += 1;
                }
                _ => return at,
            }
        }
    }

    fn behind_number(&mut self, start: usize, end: usize) {
        let next = self.behind_blanks(end);
        match self.byte(next) {
            b'%' if next > end => {
                self.mend((end, next), "", |span| {
                    Diagnostic::error(
                        "blank-before-percent",
                        span,
                        "there is a space between the number and its `%`",
                    )
                    .because("a percentage is one word, so that nobody separates the two")
                });
                self.at = next;
            }
            b'/' | b'.' | b','
                if next == end
                    && self.byte(end + 1) == b'-'
                    && !self.byte(end + 2).is_ascii_digit() =>
            {
                let written = self.slice(end, end + 2);
                self.mend((end, end + 2), "", |span| {
                    Diagnostic::error(
                        "another-word",
                        span,
                        format!("`{written}` after an amount is not needed here"),
                    )
                    .because("an amount without decimals is written without them")
                });
                self.at = end + 2;
            }
            b'$' | 0x80.. => self.currency_sign_behind(start, end, next),
            b'A'..=b'Z' | b'a'..=b'z' if !self.word_behind_number(start, end) => {
                self.month_name_behind(start, end);
            }
            _ => {}
        }
    }

    /// `4.20 €`
    fn currency_sign_behind(&mut self, start: usize, end: usize, sign: usize) {
        let Some((sign_text, code)) = self.currency_sign(sign) else {
            return;
        };
        let number = self.slice(start, end);
        let behind = sign + sign_text.len();
        self.mend((end, behind), format!(" {code}"), |span| {
            Diagnostic::error(
                "currency-sign",
                span,
                format!("`{sign_text}` is not the name of a currency"),
            )
            .here(format!("this amount is `{number} {code}`"))
            .because(
                "several currencies have the same sign, so contracts use the codes of ISO 4217",
            )
        });
        self.at = behind;
        self.last = Last::Other;
    }

    /// `EUR 4.20`, `€4.20`
    fn report_currency_first(&mut self, (from, code): (usize, String), start: usize, end: usize) {
        let number = self.slice(start, end);
        let (number, is_grouped) = match figure(number, self.brackets.in_call()) {
            Figure::Grouped(mended) => (mended, true),
            Figure::DecimalComma(mended) => (mended, false),
            _ => (number.to_owned(), false),
        };
        let written = self.slice(from, end);
        let finding = |span| {
            let found = Diagnostic::error(
                "currency-first",
                span,
                format!("the currency of `{written}` is before the number"),
            )
            .because("units come after their numbers, and so does the currency");
            if is_grouped {
                found
                    .here(format!("read as `{number}`"))
                    .because("`12,000` is twelve thousand in London and twelve in Berlin, so thousands are separated with `_`")
            } else {
                found
            }
        };
        self.mend_with(
            (from, end),
            format!("{number} {code}").into(),
            !is_grouped,
            finding,
        );
    }

    fn report_figure(&mut self, start: usize, end: usize, figure: Figure) {
        let written = self.slice(start, end);
        match figure {
            Figure::Fine(_) => {}
            Figure::DecimalComma(mended) => self.mend((start, end), mended, |span| {
                Diagnostic::error(
                    "decimal-comma",
                    span,
                    format!("`{written}` has a comma as a decimal point"),
                )
                .because("a comma separates the parts of a list; decimals come after a point")
            }),
            Figure::Grouped(mended) => self.mend_as_guess((start, end), mended.clone(), |span| {
                Diagnostic::error(
                    "grouped-number",
                    span,
                    format!("the thousands of `{written}` are separated in a way that different countries read \
                             differently"),
                )
                .here(format!("read as `{mended}`"))
                .because("`12,000` is twelve thousand in London and twelve in Berlin, so thousands are separated with `_`")
            }),
            Figure::Date(mended) => self.report_date(start, end, mended),
            Figure::Points => {
                let span = self.span(start, end);
                self.found.say(|| {
                    Diagnostic::error(
                        "malformed-number",
                        span,
                        format!("`{written}` is neither a number nor a date"),
                    )
                    .help("write a number like `12_000.50`, a date like `2026-02-01`")
                });
                let first = written.split('.').next().unwrap_or("0").to_owned();
                self.edits.replace(start, end, first);
            }
        }
    }
}

/// Digits, `_` and at most one decimal point.
fn is_plain(text: &str) -> bool {
    let mut points = 0;
    text.bytes().all(|byte| match byte {
        b'.' => {
            points += 1;
            points == 1
        }
        b',' | b'/' | b'-' | b'\'' => false,
        _ => true,
    })
}

fn figure(text: &str, in_call: bool) -> Figure {
    if let Some(date) = super::dates::numeric_date(text) {
        return date;
    }
    let end = text.find(['/', '-']).unwrap_or(text.len());
    let number = text.get(..end).unwrap_or_default();
    let first = number.find([',', '\'']).unwrap_or(end);
    if end < text.len() || (in_call && !number.contains('\'')) {
        return Figure::Fine(first);
    }
    grouped_or_decimal(number).unwrap_or(match number.matches('.').count() {
        0 | 1 => Figure::Fine(first),
        _ if first < end => Figure::Fine(first),
        _ => Figure::Points,
    })
}

fn grouped_or_decimal(number: &str) -> Option<Figure> {
    let signs: String = number
        .chars()
        .filter(|c| matches!(c, ',' | '.' | '\''))
        .collect();
    let last = signs.chars().last()?;
    let before_last = signs.get(..signs.len() - 1)?;
    let (whole, decimals) = number.rsplit_once(last)?;
    let groups = |text: &str, sign: char| {
        let mut parts = text.split(sign);
        let first = parts.next().map_or(0, str::len);
        (1..=3).contains(&first) && parts.all(|part| part.len() == 3)
    };
    let joined = |text: &str| text.replace([',', '.', '\''], "_");
    match before_last.chars().next() {
        // A single sign.
        None if last == '.' => None,
        None if groups(number, last) => Some(Figure::Grouped(joined(number))),
        None if last == ',' => Some(Figure::DecimalComma(format!("{whole}.{decimals}"))),
        None => None,
        // Groups of two digits before the last three, as in India.
        Some(',')
            if signs.chars().all(|c| c == ',')
                && decimals.len() == 3
                && whole.split(',').all(|part| (1..=2).contains(&part.len())) =>
        {
            Some(Figure::Grouped(super::behind_numbers::shift(
                &number.replace(',', ""),
                0,
            )?))
        }
        // The same sign several times.
        Some(sign) if signs.chars().all(|c| c == sign) => {
            groups(number, sign).then(|| Figure::Grouped(joined(number)))
        }
        // Groups with one sign, decimals after another.
        Some(sign) if before_last.chars().all(|c| c == sign) && groups(whole, sign) => {
            Some(Figure::Grouped(format!("{}.{decimals}", joined(whole))))
        }
        Some(_) => None,
    }
}
