//! Signs: those of other languages, those that word processors make, and those that mean nothing here.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::quantity::Currency;
use crate::syntax::tree::Comment;

use super::{Last, Scanner};

impl<'t> Scanner<'t> {
    /// A sign that other languages use differently.
    pub(super) fn sign(&mut self, first: u8) {
        let at = self.at;
        let two = (first, self.byte(at + 1));
        match two {
            (b'/', b'/') => self.other_comment(at, self.end_of_line(at), "//"),
            (b'/', b'*') => {
                let rest = self.slice(at, self.bytes.len());
                let end = rest.find("*/").map_or(rest.len(), |length| length + 2);
                self.other_comment(at, at + end, "/* … */");
            }
            (b'-', b'-')
                if self.last == Last::LineStart
                    || self.slice(0, at).ends_with(' ') && self.byte(at + 2) == b' ' =>
            {
                self.other_comment(at, self.end_of_line(at), "--");
            }
            (b'=', b'=') => self.other_sign(2, "="),
            (b'=', b'>') => self.other_sign(2, ">="),
            (b'=', b'<') => self.other_sign(2, "<="),
            (b'!', b'=') => self.other_sign(2, "<>"),
            (b'&', b'&') => self.other_word(2, "and"),
            (b'|', b'|') => self.other_word(2, "or"),
            (b'/', _) if self.is_per() => self.per(),
            (b'&', _) => self.other_word(1, "and"),
            (b'!', _) => self.other_word(1, "not"),
            (b'|', _) => self.unknown(),
            (b'<' | b'>', b'=') | (b'<', b'>') => self.step(2),
            _ => self.step(1),
        }
    }

    /// `4.20 EUR/call`, `40_000 EUR / month`: dividing an amount by the number of the month never means anything.
    fn is_per(&self) -> bool {
        let Last::Word(start, end) = self.last else {
            return false;
        };
        let is_joined = end == self.at && self.byte(end + 1).is_ascii_alphabetic();
        (is_joined || self.is_month(self.after_blanks()))
            && !self.brackets.in_facts()
            && Currency::from_code(self.slice(start, end)).is_some()
    }

    /// Whether the word `month` is at a place.
    fn is_month(&self, at: usize) -> bool {
        let after = self.byte(at + "month".len());
        self.slice(at, self.bytes.len()).starts_with("month")
            && !after.is_ascii_alphanumeric()
            && after != b'_'
    }

    /// Where the text goes on after the sign and the blanks after it.
    fn after_blanks(&self) -> usize {
        let mut after = self.at + 1;
        while self.byte(after) == b' ' {
            after += 1;
        }
        after
    }

    fn per(&mut self) {
        let (at, after) = (self.at, self.after_blanks());
        let why = if self.is_month(after) {
            "`EUR / month` would divide by the number of the month"
        } else {
            "`EUR per call` is a unit; `EUR / call` would divide by something named `call`"
        };
        let is_apart = self.byte(at.saturating_sub(1)) == b' ';
        let with = if is_apart { "per " } else { " per " };
        self.mend((at, after), with, |span| {
            Diagnostic::error(
                "slash-for-per",
                span,
                "`/` divides, it does not make a rate",
            )
            .because(why)
        });
        self.step(after - at);
    }

    /// A sign with the same meaning as a word here, which needs spaces around it.
    fn other_word(&mut self, length: usize, word: &str) {
        let is_blank = |byte: u8| byte.is_ascii_whitespace();
        let before = if is_blank(self.byte(self.at.saturating_sub(1))) {
            ""
        } else {
            " "
        };
        let behind = if is_blank(self.byte(self.at + length)) {
            ""
        } else {
            " "
        };
        self.other_sign(length, format!("{before}{word}{behind}"));
    }

    /// A sign with the same meaning as another one here.
    fn other_sign(&mut self, length: usize, here: impl Into<Cow<'static, str>>) {
        let at = self.at;
        if self.brackets.in_facts() {
            return self.step(length);
        }
        let written = self.slice(at, at + length);
        let here = here.into();
        let meant = here.trim().to_owned();
        self.mend((at, at + length), here, |span| {
            Diagnostic::error(
                "foreign-sign",
                span,
                format!("`{written}` is `{meant}` here"),
            )
            .because("it comes from programming languages; contracts use words and plain signs")
        });
        self.step(length);
    }

    fn other_comment(&mut self, start: usize, end: usize, mark: &'static str) {
        let span = self.span(start, end);
        let text = self.slice(start, end);
        let inside = text
            .trim_start_matches(['/', '*', '-'])
            .trim_end_matches(['/', '*'])
            .trim();
        self.found.say(|| {
            let found = Diagnostic::error(
                "foreign-comment",
                span,
                format!(
                    "a comment does not begin with `{}`",
                    mark.get(..2).unwrap_or(mark)
                ),
            )
            .because("a comment begins with `#` and ends with its line");
            if inside.contains('\n') || inside.len() > 80 {
                found.help("begin each line of it with `#`")
            } else {
                found.help(format!("write `# {inside}`"))
            }
        });
        self.comments.push(Comment { span });
        self.edits.blank(start, end);
        self.at = end;
    }

    /// A character that no keyboard puts into a name; word processors and other alphabets do.
    pub(super) fn foreign(&mut self) {
        let at = self.at;
        let Some(c) = self.char_at(at) else {
            self.at = self.bytes.len();
            return;
        };
        let end = at + c.len_utf8();
        match c {
            '“' | '”' | '„' | '‟' | '«' | '»' => {
                self.other_quotes(c.len_utf8(), &['”', '“', '‟', '»', '«', '"']);
            }
            '‘' | '‚' | '‹' | '›' => {
                self.other_quotes(c.len_utf8(), &['’', '‘', '›', '‹', '\''])
            }
            '≥' => self.same_sign(end, ">="),
            '≤' => self.same_sign(end, "<="),
            '≠' => self.same_sign(end, "<>"),
            '−' => self.same_sign(end, "-"),
            '÷' => self.same_sign(end, "/"),
            '×' => self.times(end),
            '‰' => self.per_mille(end),
            '–' | '—' => self.dash(end),
            _ if c.is_alphabetic() => self.word(),
            '\u{85}' | '\u{2028}' | '\u{2029}' => self.odd_line_end(),
            _ if c.is_whitespace() => self.same_sign_quietly(end),
            _ if self.currency_sign(at).is_some() => self.currency_sign_first(),
            _ => self.unknown(),
        }
    }

    /// A sign that can only mean one thing is read as that.
    fn same_sign(&mut self, end: usize, here: &'static str) {
        self.edits.replace(self.at, end, here);
        self.at = end;
        self.last = Last::Other;
    }

    /// A wide or narrow space is a space.
    fn same_sign_quietly(&mut self, end: usize) {
        self.edits.replace(self.at, end, " ");
        self.at = end;
    }

    /// `×` is the `x` of `2 months x 1.5`, or `*`.
    fn times(&mut self, end: usize) {
        let here = match self.last {
            Last::Word(start, stop) if matches!(self.slice(start, stop), "months" | "month") => {
                " x "
            }
            _ => "*",
        };
        self.same_sign(end, here);
    }

    /// A dash between two values is `to`; before one it is a minus.
    fn dash(&mut self, end: usize) {
        let at = self.at;
        let written = self.slice(at, end);
        let between = self.last == Last::Number || self.slice(0, at).trim_end().ends_with('%');
        let is_apart = self.slice(0, at).ends_with(' ') && self.byte(end) == b' ';
        let here = match (between, is_apart) {
            (true, true) => "to",
            (true, false) => " to ",
            (false, _) => "-",
        };
        self.mend_as_guess((at, end), here, |span| {
            Diagnostic::error(
                "dash",
                span,
                format!("`{written}` is not a sign of the language"),
            )
            .because("a range is written with `to`, a difference with `-`")
        });
        self.at = end;
        self.last = Last::Other;
    }

    /// `5‰`
    fn per_mille(&mut self, end: usize) {
        let before = self.slice(0, self.at).trim_end();
        let start = before
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')
            .len();
        let number = before.get(start..).unwrap_or_default();
        let Some(percent) = super::behind_numbers::shift(number, -1) else {
            return self.unknown();
        };
        let written = self.slice(start, end);
        let with = format!("{percent}%");
        self.mend((start, end), with.clone(), |span| {
            Diagnostic::error(
                "another-word",
                span,
                format!("`{written}` is written `{with}` here"),
            )
        });
        self.at = end;
        self.last = Last::Other;
    }

    /// The currency sign at `at` and the code that is likely meant.
    pub(super) fn currency_sign(&self, at: usize) -> Option<(&'t str, &'static str)> {
        let sign = self.char_at(at)?;
        let code = match sign {
            '€' => "EUR",
            '$' => "USD",
            '£' => "GBP",
            '¥' => "JPY",
            '₹' => "INR",
            _ => return None,
        };
        Some((self.slice(at, at + sign.len_utf8()), code))
    }

    /// `€4.20`: the currency is remembered and written after the number.
    fn currency_sign_first(&mut self) {
        let at = self.at;
        let Some((sign, code)) = self.currency_sign(at) else {
            return self.unknown();
        };
        let number = self.behind_blanks(at + sign.len());
        if self.byte(number).is_ascii_digit() {
            self.currency = Some((at, code.to_owned()));
            self.at = number;
        } else {
            self.mend_as_guess((at, at + sign.len()), format!(" {code} "), |span| {
                Diagnostic::error(
                    "currency-sign",
                    span,
                    format!("`{sign}` is not the name of a currency"),
                )
                .because(
                    "several currencies have the same sign, so contracts use the codes of ISO 4217",
                )
            });
            self.at = at + sign.len();
        }
        self.last = Last::Other;
    }

    /// Characters that mean nothing here, reported together if they are side by side.
    pub(super) fn unknown(&mut self) {
        let start = self.at;
        if self.byte(start) == b'$' {
            return self.currency_sign_first();
        }
        if self.byte(start) == b'\'' {
            return self.single_quotes();
        }
        let rest = self.slice(start, self.bytes.len());
        let length: usize = rest
            .chars()
            .take_while(|&c| is_unknown(c))
            .map(char::len_utf8)
            .sum();
        // A sign that means something elsewhere is at least itself.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let end = start + length.max(first);
        let written = self.slice(start, end);
        let span = self.span(start, end);
        self.found.say(|| unknown_characters(span, written));
        self.edits.replace(start, end, " ");
        self.at = end;
    }

    /// `'a text'`
    fn single_quotes(&mut self) {
        let start = self.at;
        let end = self.find(start + 1, |c| c == '\'' || c == '\n');
        if self.byte(end) == b'\'' {
            return self.other_quotes(1, &['\'']);
        }
        let span = self.span(start, start + 1);
        self.found.say(|| unknown_characters(span, "'"));
        self.edits.replace(start, start + 1, " ");
        self.at = start + 1;
    }
}

fn is_unknown(c: char) -> bool {
    match c {
        '@' | '~' | '^' | '`' | '\\' | '?' | '[' | ']' | '|' => true,
        '\t' | '\n' | '\r' => false,
        _ if c.is_ascii() => c.is_ascii_control(),
        '€' | '£' | '¥' | '₹' | '‰' | '×' | '÷' | '≥' | '≤' | '≠' | '−' | '–' | '—' => {
            false
        }
        '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '‚' | '‹' | '›' => false,
        _ => !c.is_alphabetic() && !c.is_whitespace(),
    }
}

fn unknown_characters(span: crate::text::Span, written: &str) -> Diagnostic {
    let first = written.chars().next().unwrap_or(' ');
    if first.is_control() || matches!(first, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}') {
        let name = format!("U+{:04X}", u32::from(first));
        return Diagnostic::error(
            "invisible-character",
            span,
            format!("there is an invisible character here ({name})"),
        )
        .because("nobody sees it, and two words that look alike would be different")
        .help("delete it, and type the line again if it does not go away");
    }
    let shown: String = written.chars().take(20).collect();
    let found = Diagnostic::error(
        "unknown-character",
        span,
        format!("`{shown}` means nothing here"),
    );
    match first {
        '[' | ']' => {
            found.help("write `( … )` around a part of an expression, `{ … }` around a list")
        }
        '^' => found.help("write a power as a product: `a * a`"),
        '•' | '◦' | '▪' | '●' | '·' | '‣' | '○' | '■' | '\u{F0B7}' => found
            .because("word processors put it before each line of a list")
            .help("delete it: each line stands for itself"),
        _ => found.help("remove it, or put it in a text: `\"…\"`"),
    }
}
