//! The words of a formula as prose: tokens in, tokens out, in the same order.

use crate::text::Span;

use super::phrases::{Phrase, phrase};
use super::terms::Terms;

/// A token of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word, with the number of its first byte in the file.
    Word(String, u32),
    /// A number, with its sign of percent.
    Number(String),
    /// A day or a month: `2026-04-01`.
    Date(String),
    /// A text, without its quotation marks.
    Text(String),
    /// A sign.
    Sign(String),
}

/// How comparisons are said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// `below 5%`
    Value,
    /// `is below 5%`
    Condition,
}

/// The words at a place, as prose.
pub(super) fn translate(text: &str, span: Span, terms: &Terms, tone: Tone) -> String {
    let tokens = tokens(text, span.start);
    let whole = tone;
    let mut tone = tone;
    let mut out = Writer::default();
    // `when` is said by the sentence around a condition.
    let mut at = usize::from(is_word(tokens.first(), "when"));
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            Token::Number(number) => {
                if let Some(Token::Word(code, _)) = tokens.get(at)
                    && is_currency(code)
                {
                    out.word(&format!("{code} {}", grouped(number)));
                    at += 1;
                } else {
                    out.word(&grouped(number));
                }
            }
            Token::Date(date) => out.word(&super::words::written_date(date)),
            Token::Text(text) => out.word(&format!("“{text}”")),
            Token::Sign(sign) => out.sign(sign, tone),
            Token::Word(word, start) => {
                if let Some(term) = terms.at(span.file.0, *start) {
                    let negated = at >= 2 && is_word(tokens.get(at - 2), "not");
                    at += named(&tokens, at, term, &mut out);
                    let of_this = ["of", "this", "month"];
                    let mut of_this = of_this.iter().enumerate();
                    if of_this.all(|(later, word)| is_word(tokens.get(at + later), word)) {
                        out.word("of this month");
                        at += 3;
                    }
                    if tone == Tone::Condition
                        && terms.is_flag(span.file.0, *start)
                        && !is_compared(tokens.get(at))
                    {
                        out.word(if negated { "is no" } else { "is yes" });
                    }
                    continue;
                }
                let next_is_flag = matches!(tokens.get(at), Some(Token::Word(_, next)) if terms.is_flag(span.file.0, *next));
                match word.as_str() {
                    "not" if tone == Tone::Condition && next_is_flag => continue,
                    "if" if !is_word(tokens.get(at), "known") => {
                        tone = Tone::Condition;
                        out.word("if");
                        continue;
                    }
                    "then" => {
                        tone = whole;
                        out.sign(",", tone);
                        out.word("then");
                        continue;
                    }
                    "else" => {
                        out.sign(",", tone);
                        out.word("otherwise");
                        continue;
                    }
                    _ => {}
                }
                let rest = tokens.get(at - 1..).unwrap_or_default();
                let before = at.checked_sub(2).and_then(|before| tokens.get(before));
                match phrase(rest, before, tone, |start| {
                    terms.at(span.file.0, start).is_some()
                }) {
                    Phrase::Said(words, count) => {
                        out.word(words);
                        at += count - 1;
                    }
                    Phrase::Plain => out.word(&word.replace('_', " ")),
                }
            }
        }
    }
    out.done()
}

/// Writes a term, with the member that the text names after it. Returns how many tokens that took.
fn named(tokens: &[Token], at: usize, term: &str, out: &mut Writer) -> usize {
    if let (Some(Token::Sign(dot)), Some(Token::Word(member, _))) =
        (tokens.get(at), tokens.get(at + 1))
        && dot == "."
    {
        out.word(&format!("{term} for {}", member.replace('_', " ")));
        return 2;
    }
    out.word(term);
    0
}

fn is_word(token: Option<&Token>, word: &str) -> bool {
    matches!(token, Some(Token::Word(text, _)) if text == word)
}

/// Whether the token says with what the value before it is compared.
fn is_compared(token: Option<&Token>) -> bool {
    match token {
        Some(Token::Sign(sign)) => matches!(sign.as_str(), "=" | "<>"),
        Some(Token::Word(word, _)) => word == "is",
        _ => false,
    }
}

fn is_currency(word: &str) -> bool {
    word.len() == 3 && word.chars().all(|sign| sign.is_ascii_uppercase())
}

/// A number of the text with commas between its thousands.
pub(super) fn grouped(number: &str) -> String {
    let plain = number.replace('_', "");
    let digits = plain.trim_start_matches(['-', '+']).to_owned();
    let sign = plain
        .get(..plain.len() - digits.len())
        .unwrap_or_default()
        .to_owned();
    let plain = digits;
    let end = plain
        .find(|sign: char| !sign.is_ascii_digit())
        .unwrap_or(plain.len());
    let (whole, rest) = plain.split_at(end);
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}{rest}")
}

/// Words with spaces between them where prose has them.
#[derive(Default)]
struct Writer {
    text: String,
    glued: bool,
}

impl Writer {
    fn word(&mut self, word: &str) {
        if !self.text.is_empty() && !std::mem::take(&mut self.glued) {
            self.text.push(' ');
        }
        self.glued = false;
        self.text.push_str(word);
    }

    fn sign(&mut self, sign: &str, tone: Tone) {
        let is = if tone == Tone::Condition { "is " } else { "" };
        match sign {
            "(" | "[" => {
                self.word("(");
                self.glued = true;
            }
            ")" | "]" => {
                self.text.push(')');
                self.glued = false;
            }
            "{" => self.text.push(':'),
            "}" => self.text.push_str(" (end of the bands)"),
            "," | ";" | ":" => self.text.push_str(sign),
            "/" => self.word("divided by"),
            "*" => self.word("multiplied by"),
            "+" => self.word("plus"),
            "-" => self.word("less"),
            "<" => self.word(&format!("{is}below")),
            "<=" => self.word(&format!("{is}at most")),
            ">" => self.word(&format!("{is}above")),
            ">=" => self.word(&format!("{is}at least")),
            "=" => self.word("is"),
            "<>" => self.word("is not"),
            other => self.word(other),
        }
    }

    fn done(self) -> String {
        self.text.trim().to_owned()
    }
}

/// The tokens of a text that begins at that byte of its file. Comments are left out.
pub(super) fn tokens(text: &str, start: u32) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let offset = u32::try_from(text.len() - rest.len()).unwrap_or(u32::MAX);
        let taken = if sign.is_whitespace() {
            sign.len_utf8()
        } else if sign == '#' {
            rest.find('\n').unwrap_or(rest.len())
        } else if sign == '"' {
            let end = rest.get(1..).and_then(|rest| rest.find('"'));
            let end = end.map_or(rest.len(), |end| end + 2);
            found.push(Token::Text(
                rest.get(1..end.saturating_sub(1))
                    .unwrap_or_default()
                    .to_owned(),
            ));
            end
        } else if sign.is_ascii_digit() {
            number(rest, &mut found)
        } else if sign.is_alphabetic() || sign == '_' {
            let end = rest
                .find(|sign: char| !(sign.is_alphanumeric() || sign == '_'))
                .unwrap_or(rest.len());
            let word = rest.get(..end).unwrap_or_default();
            found.push(Token::Word(word.to_owned(), start + offset));
            end
        } else {
            let two = rest.get(..2).unwrap_or_default();
            let taken = if matches!(two, "<=" | ">=" | "<>") {
                2
            } else {
                sign.len_utf8()
            };
            let sign = rest.get(..taken).unwrap_or_default();
            // A sign before a number belongs to it where no value comes before it.
            let is_value = matches!(
                found.last(),
                Some(Token::Word(..) | Token::Number(_) | Token::Date(_))
            ) || found.last() == Some(&Token::Sign(")".to_owned()));
            if matches!(sign, "-" | "+") && !is_value {
                let before = found.len();
                let rest = rest.get(1..).unwrap_or_default().trim_start();
                let skipped = text.len() - usize::try_from(offset).unwrap_or(0) - rest.len();
                if rest.starts_with(|sign: char| sign.is_ascii_digit()) {
                    let taken = skipped + number(rest, &mut found);
                    if let Some(Token::Number(number)) = found.get_mut(before) {
                        number.insert_str(0, sign);
                    }
                    taken
                } else {
                    found.push(Token::Sign(sign.to_owned()));
                    1
                }
            } else {
                found.push(Token::Sign(sign.to_owned()));
                taken
            }
        };
        rest = rest.get(taken.max(1)..).unwrap_or_default();
    }
    found
}

/// Reads a number, a day or a month. Returns how many bytes it has.
fn number(text: &str, found: &mut Vec<Token>) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let year = digits(text);
    let month = text
        .get(year..)
        .and_then(|rest| rest.strip_prefix('-'))
        .map_or(0, digits);
    if year == 4 && month == 2 {
        let end = year + 1 + month;
        let day = text
            .get(end..)
            .and_then(|rest| rest.strip_prefix('-'))
            .map_or(0, digits);
        let end = if day == 2 { end + 1 + day } else { end };
        found.push(Token::Date(text.get(..end).unwrap_or_default().to_owned()));
        return end;
    }
    let mut end = text
        .find(|sign: char| !(sign.is_ascii_digit() || sign == '_' || sign == '.'))
        .unwrap_or(text.len());
    while text.get(..end).is_some_and(|number| number.ends_with('.')) {
        end -= 1;
    }
    // `1st`, `2nd`, `4th`
    let letters = text.get(end..).map_or(0, |rest| {
        rest.bytes().take_while(u8::is_ascii_lowercase).count()
    });
    if letters == 2 {
        end += letters;
    }
    let rest = text.get(end..).unwrap_or_default();
    let percent = rest.trim_start().starts_with('%');
    let number = text.get(..end).unwrap_or_default();
    if percent {
        found.push(Token::Number(format!("{number}%")));
        end + rest.len() - rest.trim_start().len() + 1
    } else {
        found.push(Token::Number(number.to_owned()));
        end
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, grouped, tokens};

    #[test]
    fn numbers_dates_and_signs() {
        let number = |text: &str| Token::Number(text.to_owned());
        assert_eq!(
            tokens("-5% + 1_000.50 - 2nd 2026-04", 0),
            [
                number("-5%"),
                Token::Sign("+".to_owned()),
                number("1_000.50"),
                Token::Sign("-".to_owned()),
                number("2nd"),
                Token::Date("2026-04".to_owned()),
            ]
        );
        assert_eq!(grouped("1_650_000.50"), "1,650,000.50");
        assert_eq!(grouped("-12345%"), "-12,345%");
        assert_eq!(grouped("120"), "120");
        assert_eq!(tokens("+4%", 0), [number("+4%")]);
        assert_eq!(grouped("+12345"), "+12,345");
    }
}
