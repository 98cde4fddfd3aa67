//! Words: most of them are only skipped.

use crate::quantity::Currency;

use super::{Last, Scanner};

impl Scanner<'_> {
    pub(super) fn word(&mut self) {
        let start = self.at;
        let end = self.end_of_word(start);
        let word = self.slice(start, end);
        if self.last == Last::LineStart && self.has_open_brackets() && self.begins_item(word, end) {
            self.begin_item(1);
        }
        let is_block = match word {
            "contract" | "library" => true,
            "amendment" => !self.brackets.in_facts(),
            _ => false,
        };
        if self.last == Last::LineStart && is_block && self.leads_on(end) {
            self.begin_item(0);
        }
        let is_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        if is_capital && !self.brackets.in_facts() && self.capital_word(start, end) {
            return;
        }
        self.at = end;
        self.last = Last::Word(start, end);
    }

    /// A currency or the name of a month, if it is one that must be corrected.
    fn capital_word(&mut self, start: usize, end: usize) -> bool {
        self.currency_before_number(start, end) || self.month_name_first(start, end)
    }

    pub(super) fn end_of_word(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            match self.byte(at) {
                b'a'..=b'z' | b'_' | b'A'..=b'Z' | b'0'..=b'9' => at += 1,
                0x80.. => match self.char_at(at) {
                    Some(c) if c.is_alphanumeric() => at += c.len_utf8(),
                    _ => return at,
                },
                _ => return at,
            }
        }
    }

    /// `EUR 4.20`: the currency is remembered and written after the number.
    fn currency_before_number(&mut self, start: usize, end: usize) -> bool {
        let end = self.end_of_code(start, end);
        let word = self.slice(start, end);
        let sign = match word {
            "Rs" => Some("INR"),
            "Fr" | "SFr" | "Sfr" => Some("CHF"),
            "US" if self.byte(end) == b'$' => Some("USD"),
            _ => None,
        };
        let behind = end + usize::from(sign.is_some() && matches!(self.byte(end), b'.' | b'$'));
        let number = self.behind_blanks(behind);
        let code = sign.unwrap_or(word);
        let is_it = self.last != Last::Number
            && code.len() == 3
            && self.byte(number).is_ascii_digit()
            && Currency::from_code(code).is_some();
        if is_it {
            self.currency = Some((start, code.to_owned()));
            self.at = number;
            self.last = Last::Other;
        }
        is_it
    }

    /// The end of a currency, where its number follows without a space: `EUR4.20`, `US$ 500`.
    fn end_of_code(&self, start: usize, end: usize) -> usize {
        let word = self.slice(start, end);
        let behind = word.get(3..).unwrap_or_default();
        let is_glued = !behind.is_empty()
            && behind
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'_');
        if is_glued { start + 3 } else { end }
    }

    /// Whether a line that begins with that word certainly begins an item, as the grammar's `item_ahead` says.
    fn begins_item(&self, word: &str, end: usize) -> bool {
        let next = self.byte(self.behind_blanks(end));
        let letter = self.leads_on(end);
        match word {
            "charge" | "metric" | "input" | "let" | "scorecard" | "adjust" | "objective"
            | "dimension" | "limit" => letter,
            "scenario" => next == b'"',
            "service" => self
                .slice(self.behind_blanks(end), self.bytes.len())
                .starts_with("level "),
            "add" | "replace" | "remove" => {
                let start = self.behind_blanks(end);
                let end = self.end_of_word(start);
                let word = self.slice(start, end);
                !matches!(word, "add" | "replace" | "remove") && self.begins_item(word, end)
            }
            _ => false,
        }
    }

    /// Whether a letter follows after spaces.
    fn leads_on(&self, end: usize) -> bool {
        let next = self.byte(self.behind_blanks(end));
        next.is_ascii_alphabetic() || next == b'_' || next >= 0x80
    }
}
