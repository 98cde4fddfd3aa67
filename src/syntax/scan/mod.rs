//! A first pass over the characters, before the grammar sees them.
//!
//! It finds the comments, limits the nesting, and corrects what newcomers write: each such mistake is reported here,
//! once and at its place, and the grammar reads the corrected text.

mod behind_numbers;
mod brackets;
mod dates;
mod line_ends;
mod numbers;
mod places;
mod quotes;
mod signs;
mod typography;
mod words;

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::text::{FileId, Span};

use super::findings::Findings;
use super::tree::Comment;
use brackets::Brackets;
use places::Edits;
pub(super) use places::Places;

/// What the first pass found, and the text that the grammar then reads.
pub(super) struct Scanned<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) places: Places,
    pub(super) comments: Vec<Comment>,
    pub(super) found: Findings,
}

/// Goes over a text: first for signs that only look like those of the language, then for everything else.
pub(super) fn scan(file: FileId, text: &str) -> Scanned<'_> {
    let Some(plain) = typography::plain(file, text) else {
        return scan_plain(file, text, Places::default());
    };
    let scanned = scan_plain(file, &plain.text, plain.places);
    let mut found = plain.found;
    found.add(scanned.found);
    Scanned {
        text: Cow::Owned(scanned.text.into_owned()),
        places: scanned.places,
        comments: scanned.comments,
        found,
    }
}

/// `written` leads back from the text to the places as they were written.
fn scan_plain(file: FileId, text: &str, written: Places) -> Scanned<'_> {
    let mut scanner = Scanner {
        file,
        written,
        text,
        bytes: text.as_bytes(),
        at: 0,
        last: Last::LineStart,
        currency: None,
        edits: Edits::default(),
        comments: Vec::new(),
        found: Findings::default(),
        brackets: Brackets::default(),
        old_file_told: false,
    };
    scanner.run();
    let (text, own) = scanner.edits.apply(text);
    let mut places = scanner.written;
    places.join(own);
    Scanned {
        text,
        places,
        comments: scanner.comments,
        found: scanner.found,
    }
}

/// The previous token, as far as it is on the same line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    LineStart,
    Number,
    Word(usize, usize),
    Other,
}

struct Scanner<'t> {
    file: FileId,
    written: Places,
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    last: Last,
    /// A currency that was written before its number: its place and its code.
    currency: Option<(usize, String)>,
    edits: Edits,
    comments: Vec<Comment>,
    found: Findings,
    brackets: Brackets,
    /// Whether it has been reported that all lines end in a carriage return.
    old_file_told: bool,
}

impl<'t> Scanner<'t> {
    fn run(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
            self.edits.replace(0, self.at, "");
        }
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' => self.at += 1,
                b'\r' if self.byte(self.at + 1) == b'\n' => self.at += 1,
                b'\r' | b'\x0b' | b'\x0c' => self.odd_line_end(),
                b'\n' => {
                    self.at += 1;
                    self.last = Last::LineStart;
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
                b'0'..=b'9' => self.number(),
                b'"' => self.string(),
                b'#' => self.comment(),
                b'(' | b'{' => self.open(byte),
                b')' | b'}' => self.close(byte),
                b'.' => self.point_first(),
                b';' | b',' | b':' | b'+' | b'*' | b'%' => self.step(1),
                b'-' | b'/' | b'<' | b'=' | b'>' | b'!' | b'&' | b'|' => self.sign(byte),
                0x80.. => self.foreign(),
                _ => self.unknown(),
            }
        }
        self.finish_brackets();
    }

    /// Skips `length` bytes that need no more attention.
    fn step(&mut self, length: usize) {
        self.at += length;
        self.last = Last::Other;
    }

    /// The byte at `at`; 0 after the end.
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    /// The first byte from `at` on that is not white space; a line break does not count as white space.
    fn behind_blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\t') {
            at += 1;
        }
        at
    }

    fn end_of_line(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte == b'\n');
        let end = at + length.unwrap_or(rest.len());
        let end = if end > at && end < self.bytes.len() && self.byte(end - 1) == b'\r' {
            end - 1
        } else {
            end
        };
        // Editors begin a new line after a lone carriage return.
        let rest = self.bytes.get(at..end).unwrap_or_default();
        let returned = rest.iter().position(|&byte| byte == b'\r');
        returned.map_or(end, |length| at + length)
    }

    fn comment(&mut self) {
        let end = self.end_of_line(self.at);
        self.refuse_line_ends(self.at, end);
        self.comments.push(Comment {
            span: self.span(self.at, end),
        });
        self.edits.blank(self.at, end);
        self.at = end;
    }

    fn span(&self, start: usize, end: usize) -> Span {
        self.written.span(self.file, start, end)
    }

    /// Replaces a part of the text by what it can only mean and reports it, with the corrected line as help.
    fn mend(
        &mut self,
        place: (usize, usize),
        with: impl Into<Cow<'static, str>>,
        finding: impl FnOnce(Span) -> Diagnostic,
    ) {
        self.mend_with(place, with.into(), true, finding);
    }

    /// The same for what it probably means.
    fn mend_as_guess(
        &mut self,
        place: (usize, usize),
        with: impl Into<Cow<'static, str>>,
        finding: impl FnOnce(Span) -> Diagnostic,
    ) {
        self.mend_with(place, with.into(), false, finding);
    }

    fn mend_with(
        &mut self,
        (start, end): (usize, usize),
        with: Cow<'static, str>,
        safe: bool,
        finding: impl FnOnce(Span) -> Diagnostic,
    ) {
        let span = self.span(start, end);
        let text = with.clone().into_owned();
        self.found.add_line(|| {
            finding(span).mended_by(Fix {
                title: format!("write `{}`", text.trim()),
                edits: vec![Edit { span, text }],
                safe,
            })
        });
        self.edits.replace(start, end, with);
    }
}
