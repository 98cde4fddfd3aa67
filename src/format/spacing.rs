//! Tokens on one line: the blanks between them, and the digits of their numbers.

use std::borrow::Cow;
use std::ops::Range;

use crate::syntax::outline::TokenKind;

use super::source::Source;

impl Source<'_> {
    /// Returns tokens on one line, without the comments among them.
    pub(super) fn flat(&self, tokens: Range<usize>) -> String {
        let mut line = String::new();
        let mut before: Option<usize> = None;
        for at in tokens {
            let mark = self.mark(at);
            if mark.separator || self.kind(at) == Some(TokenKind::Comment) {
                continue;
            }
            if let Some(before) = before {
                if mark.begins_part {
                    line.push(';');
                } else if mark.begins_entry {
                    line.push(',');
                }
                line.push_str(self.blanks(before, at));
            }
            line.push_str(&self.shown(at));
            before = Some(at);
        }
        line
    }

    /// Returns a token as the layout writes it: the thousands of numbers are separated.
    pub(super) fn shown(&self, at: usize) -> Cow<'_, str> {
        let written = self.written(at);
        if self.kind(at) == Some(TokenKind::Number) && !self.mark(at).free {
            grouped(written)
        } else {
            Cow::Borrowed(written)
        }
    }

    /// Returns the blanks between two tokens on one line.
    pub(super) fn blanks(&self, before: usize, at: usize) -> &'static str {
        use TokenKind::{
            CloseBrace, CloseParenthesis, Colon, Comma, Function, OpenBrace, OpenParenthesis,
            Percent, Point, Semicolon, Sign,
        };
        let (Some(left), Some(right)) = (self.kind(before), self.kind(at)) else {
            return "";
        };
        match (left, right) {
            _ if self.mark(at).reference => "  ",
            (OpenBrace, CloseBrace) => "",
            (OpenParenthesis | Point | Sign, _) => "",
            (Function, OpenParenthesis) => "",
            (_, CloseParenthesis | Comma | Semicolon | Point | Percent) => "",
            (_, Colon) if !self.mark(at).type_colon => "",
            _ => " ",
        }
    }
}

/// Returns a number with `_` between its thousands. Its decimals stay as they are.
fn grouped(written: &str) -> Cow<'_, str> {
    let end = written
        .find(|c: char| !c.is_ascii_digit() && c != '_')
        .unwrap_or(written.len());
    let (whole, rest) = written.split_at(end);
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let is_plain = digits == "0" || !digits.starts_with('0');
    if !is_plain || rest.starts_with(|c: char| c != '.') {
        return Cow::Borrowed(written);
    }
    let mut out = String::with_capacity(written.len() + digits.len() / 3);
    for (number, digit) in digits.chars().enumerate() {
        if number > 0 && (digits.len() - number).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out.push_str(rest);
    Cow::Owned(out)
}
