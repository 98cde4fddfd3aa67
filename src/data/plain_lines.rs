//! Lines of CSV that have nothing unusual, split into cells in one pass over their bytes.

use std::io::{ErrorKind, Read};
use std::ops::Range;

/// Lines one after the other, as long as each of their cells is plain, or in quotes with no quote inside. At the first other
/// line the reader stops before it; [`PlainLines::rest`] is what is left for a complete reader of CSV.
pub(super) struct PlainLines<'r> {
    input: Box<dyn Read + 'r>,
    bytes: Vec<u8>,
    /// How many of the bytes are read.
    filled: usize,
    ended: bool,
    kinds: [Kind; 256],
    /// The line, without its line feed, and its cells.
    line: Range<usize>,
    cells: Vec<Range<usize>>,
    /// Where the next line starts, and how many lines are before it.
    next: usize,
    lines_before: usize,
    /// Whether the line has a byte with which some programs begin a new one.
    has_odd_end: bool,
    has_quotes: bool,
}

/// What is at the place where the next line should be.
pub(super) enum Next {
    /// A line with at least one byte.
    Line,
    /// The end of the file.
    End,
    /// A line that needs a complete reader of CSV.
    Other,
    /// The file cannot be read.
    Failed(std::io::Error),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Separator,
    Feed,
    Quote,
    /// Perhaps the first byte of a line end that not every program knows.
    Odd,
}

const BLOCK: usize = 256 << 10;

/// A line that is longer is left to the complete reader, which has a limit.
const LONGEST: usize = 1 << 20;

impl<'r> PlainLines<'r> {
    pub(super) fn new(input: Box<dyn Read + 'r>, separator: u8) -> Self {
        let mut kinds = [Kind::Plain; 256];
        for (byte, kind) in (0..=u8::MAX).zip(&mut kinds) {
            *kind = match byte {
                b'\n' => Kind::Feed,
                b'"' => Kind::Quote,
                b'\x0b'..=b'\r' | 0xc2 | 0xe2 => Kind::Odd,
                byte if byte == separator => Kind::Separator,
                _ => Kind::Plain,
            };
        }
        Self {
            input,
            bytes: Vec::new(),
            filled: 0,
            ended: false,
            kinds,
            line: 0..0,
            cells: Vec::new(),
            next: 0,
            lines_before: 0,
            has_odd_end: false,
            has_quotes: false,
        }
    }

    /// Goes to the next line that is not empty.
    pub(super) fn advance(&mut self) -> Next {
        loop {
            while self.read_bytes().first() == Some(&b'\n') {
                self.next += 1;
                self.lines_before += 1;
            }
            match self.split() {
                Some(true) => return Next::Line,
                Some(false) => return Next::Other,
                None if self.ended && self.next == self.filled => return Next::End,
                None if self.filled - self.next > LONGEST => return Next::Other,
                None => {
                    if let Err(error) = self.fill() {
                        // The line that was not read has no text to show.
                        self.cells.clear();
                        self.line = self.next..self.next;
                        self.lines_before += 1;
                        return Next::Failed(error);
                    }
                }
            }
        }
    }

    /// The bytes that are read and not yet split.
    fn read_bytes(&self) -> &[u8] {
        self.bytes.get(self.next..self.filled).unwrap_or_default()
    }

    /// Splits the next line: whether it is plain; nothing if its end is not read yet.
    fn split(&mut self) -> Option<bool> {
        self.cells.clear();
        self.has_odd_end = false;
        self.has_quotes = false;
        let start = self.next;
        let bytes = self.bytes.get(start..self.filled)?;
        let mut cell = 0;
        let mut at = 0;
        let length = loop {
            let Some(byte) = bytes.get(at) else {
                if !self.ended || bytes.is_empty() {
                    return None;
                }
                break at;
            };
            match self.kinds.get(usize::from(*byte)) {
                Some(Kind::Plain) | None => {}
                Some(Kind::Separator) => {
                    self.cells.push(start + cell..start + at);
                    cell = at + 1;
                }
                Some(Kind::Feed) => break at,
                Some(Kind::Odd) => self.has_odd_end = true,
                Some(Kind::Quote) => {
                    if at != cell {
                        return Some(false);
                    }
                    let inside = bytes.get(at + 1..)?;
                    let Some(length) = inside.iter().position(|byte| matches!(byte, b'"' | b'\n'))
                    else {
                        return self.ended.then_some(false);
                    };
                    let inner = at + 1..at + 1 + length;
                    at = inner.end;
                    if bytes.get(at) != Some(&b'"') {
                        return Some(false);
                    }
                    let after = bytes.get(at + 1).copied();
                    match (after, bytes.get(at + 2)) {
                        (None, _) | (Some(b'\r'), None) if !self.ended => return None,
                        (Some(b'\r'), Some(b'\n')) => {}
                        (Some(after), _)
                            if matches!(
                                self.kinds.get(usize::from(after)),
                                Some(Kind::Separator | Kind::Feed)
                            ) => {}
                        _ => return Some(false),
                    }
                    self.has_quotes = true;
                    let content = bytes.get(inner.clone()).unwrap_or_default();
                    let is_odd = |byte: &u8| self.kinds.get(usize::from(*byte)) == Some(&Kind::Odd);
                    self.has_odd_end |= content.iter().any(is_odd);
                    self.cells.push(start + inner.start..start + inner.end);
                    // Past the closing quote, and the separator or the line's end after it.
                    at += 1;
                    if after == Some(b'\r') {
                        at += 1;
                    }
                    if bytes.get(at) == Some(&b'\n') {
                        return self.finish(at, true);
                    }
                    cell = at + 1;
                }
            }
            at += 1;
        };
        self.cells.push(start + cell..start + length);
        self.finish(length, false)
    }

    /// The line has so many bytes before its line feed.
    fn finish(&mut self, length: usize, quoted_end: bool) -> Option<bool> {
        let start = self.next;
        self.line = start..start + length;
        let returned = self.line().ends_with(b"\r");
        if returned {
            self.line.end -= 1;
            // The text of a cell that ends in a quote ends before the carriage return anyway.
            if let Some(last) = self.cells.last_mut().filter(|_| !quoted_end) {
                last.end = last.end.max(last.start + 1) - 1;
            }
        }
        self.next = (start + length + 1).min(self.filled);
        self.lines_before += 1;
        Some(true)
    }

    /// Reads more, and lets go of what is before the next line.
    fn fill(&mut self) -> std::io::Result<()> {
        self.bytes.copy_within(self.next..self.filled, 0);
        self.filled -= self.next;
        self.next = 0;
        if self.bytes.len() < self.filled + BLOCK {
            self.bytes.resize(self.filled + BLOCK, 0);
        }
        let free = self.bytes.get_mut(self.filled..).unwrap_or_default();
        match self.input.read(free) {
            Ok(0) => self.ended = true,
            Ok(read) => self.filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// The number of the line, from 1.
    pub(super) fn number(&self) -> usize {
        self.lines_before
    }

    /// The line without its end.
    pub(super) fn line(&self) -> &[u8] {
        self.bytes.get(self.line.clone()).unwrap_or_default()
    }

    /// How many cells the line has.
    pub(super) fn width(&self) -> usize {
        self.cells.len()
    }

    /// The text of a cell.
    #[inline]
    pub(super) fn cell(&self, at: usize) -> Option<&[u8]> {
        self.bytes.get(self.cells.get(at)?.clone())
    }

    /// Whether a cell may hold a character with which some programs begin a new line.
    pub(super) fn has_odd_end(&self) -> bool {
        self.has_odd_end
    }

    /// What was not given out yet, and how many lines were before it.
    pub(super) fn rest(self) -> (Vec<u8>, Box<dyn Read + 'r>, usize) {
        let mut bytes = self.bytes;
        bytes.truncate(self.filled);
        bytes.drain(..self.next.min(self.filled));
        (bytes, self.input, self.lines_before)
    }
}
