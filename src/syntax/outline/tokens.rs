//! The signs of a text, as they were written.

use crate::text::{FileId, Span};

use super::super::tree::Comment;
use super::{Token, TokenKind};

/// All tokens of a text. A word is a [`TokenKind::Keyword`] until the grammar says otherwise.
pub(super) fn tokens(file: FileId, text: &str, comments: &[Comment]) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0 };
    let mut comments = comments.iter().map(|comment| comment.span.range());
    let mut comment = comments.next();
    let mut tokens = Vec::with_capacity(text.len() / 5);
    while let Some(start) = lexer.skip_blanks() {
        while comment.as_ref().is_some_and(|next| next.end <= start) {
            comment = comments.next();
        }
        let kind = match &comment {
            Some(next) if next.start <= start => {
                lexer.at = next.end;
                TokenKind::Comment
            }
            next => {
                let kind = lexer.token();
                let limit = next.as_ref().map_or(text.len(), |next| next.start);
                lexer.at = lexer.at.min(limit);
                kind
            }
        };
        tokens.push(Token {
            kind,
            span: Span::new(file, start, lexer.at),
        });
    }
    tokens
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl Lexer<'_> {
    /// The place of the next character that is not white space.
    fn skip_blanks(&mut self) -> Option<usize> {
        if self.at == 0 && self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        let rest = self.rest();
        let blank = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r');
        let length = rest.bytes().position(|byte| !blank(byte))?;
        self.at += length;
        Some(self.at)
    }

    /// Goes past one token.
    fn token(&mut self) -> TokenKind {
        let Some(first) = self.rest().chars().next() else {
            return TokenKind::Unknown;
        };
        match first {
            '0'..='9' => self.figure(),
            '"' => self.text(first.len_utf8(), &['"']),
            '“' | '”' | '„' | '‟' | '«' | '»' => {
                self.text(first.len_utf8(), &['”', '“', '‟', '»', '«', '"'])
            }
            '_' => self.word(),
            _ if first.is_alphabetic() => self.word(),
            _ => self.sign(first),
        }
    }

    fn word(&mut self) -> TokenKind {
        self.at += self.word_length();
        TokenKind::Keyword
    }

    fn word_length(&self) -> usize {
        let rest = self.rest();
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        rest.find(|c| !is_word(c)).unwrap_or(rest.len())
    }

    /// A number with its `_` and its point, the ending of an ordinal included; or a month or date.
    fn figure(&mut self) -> TokenKind {
        if let Some(length) = date_length(self.rest().as_bytes()) {
            self.at += length;
            return TokenKind::Date;
        }
        self.digits();
        let mut ahead = self.rest().bytes();
        if ahead.next() == Some(b'.') && ahead.next().is_some_and(|next| next.is_ascii_digit()) {
            self.at += 1;
            self.digits();
        }
        let ending = self.word_length();
        if matches!(self.rest().get(..ending), Some("st" | "nd" | "rd" | "th")) {
            self.at += ending;
        }
        TokenKind::Number
    }

    fn digits(&mut self) {
        let rest = self.rest();
        let is_digit = |c: char| c.is_ascii_digit() || c == '_';
        self.at += rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
    }

    /// A text ends with its line at the latest; an unclosed one ends before a sign that cannot be part of it.
    fn text(&mut self, mark: usize, closing: &[char]) -> TokenKind {
        let inside = self.rest().get(mark..).unwrap_or_default();
        let line = inside.split('\n').next().unwrap_or_default();
        let length = match line.find(closing) {
            Some(end) => {
                end + line
                    .get(end..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(0, char::len_utf8)
            }
            None => {
                let text = line.trim_end().trim_end_matches(['{', ';', ',']);
                text.trim_end().len()
            }
        };
        self.at += mark + length;
        TokenKind::Text
    }

    fn sign(&mut self, first: char) -> TokenKind {
        let two = self.rest().get(..2).unwrap_or_default();
        let (length, kind) = match first {
            _ if matches!(two, "<=" | ">=" | "<>") => (2, TokenKind::Operator),
            '{' => (1, TokenKind::OpenBrace),
            '}' => (1, TokenKind::CloseBrace),
            '(' => (1, TokenKind::OpenParenthesis),
            ')' => (1, TokenKind::CloseParenthesis),
            ';' => (1, TokenKind::Semicolon),
            ',' => (1, TokenKind::Comma),
            ':' => (1, TokenKind::Colon),
            '.' => (1, TokenKind::Point),
            '%' => (1, TokenKind::Percent),
            '+' | '-' | '*' | '/' | '<' | '>' | '=' => (1, TokenKind::Operator),
            other => (other.len_utf8(), TokenKind::Unknown),
        };
        self.at += length;
        kind
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

/// The length of `2026-01` or `2026-01-31`, if there is one.
fn date_length(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize, count: usize| {
        let part = bytes.get(from..from + count);
        part.is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let is = |at: usize, sign: u8| bytes.get(at) == Some(&sign);
    if !(digits(0, 4) && is(4, b'-') && digits(5, 2)) {
        return None;
    }
    let length = if is(7, b'-') && digits(8, 2) { 10 } else { 7 };
    let goes_on = bytes
        .get(length)
        .is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, b'_' | b'-' | 0x80..));
    (!goes_on).then_some(length)
}
