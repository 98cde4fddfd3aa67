//! Places as editors count them: lines from 0, and columns in units of 8, 16 or 32 bits.

use gen_lsp_types::{Position, PositionEncodingKind};

/// The units in which columns are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, the protocol's default if nothing is agreed.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// Returns the encoding to use with an editor that offers these: bytes if possible, because texts are kept in
    /// UTF-8.
    #[must_use]
    pub fn agreed(offered: &[&str]) -> Self {
        let wanted = [
            ("utf-8", Self::Utf8),
            ("utf-32", Self::Utf32),
            ("utf-16", Self::Utf16),
        ];
        wanted
            .into_iter()
            .find(|(name, _)| offered.contains(name))
            .map_or(Self::Utf16, |(_, encoding)| encoding)
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, letter: char) -> usize {
        match self {
            Self::Utf8 => letter.len_utf8(),
            Self::Utf16 => letter.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Where the lines of a text start. The protocol's lines end with `\n`, `\r\n` or `\r`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Finds the line starts of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        let mut bytes = text.bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => !matches!(bytes.peek(), Some((_, b'\n'))),
                _ => false,
            };
            if ends {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// Returns the byte offset of a place. A column past the end of its line counts as the end of the line, a line past
    /// the end of the text as the end of the text, and a column within a character as the character's beginning.
    #[must_use]
    pub fn offset(&self, text: &str, encoding: Encoding, line: u32, column: u32) -> usize {
        let line = line as usize;
        let Some(start) = self.starts.get(line) else {
            return text.len();
        };
        let start = *start as usize;
        let next = self.starts.get(line + 1);
        let end = next.map_or(text.len(), |next| *next as usize);
        let line = text.get(start..end).unwrap_or_default();
        let line = line.trim_end_matches(['\n', '\r']);
        let mut left = column as usize;
        for (at, letter) in line.char_indices() {
            let width = encoding.width(letter);
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + line.len()
    }

    /// Returns the line and column of a byte.
    #[must_use]
    pub fn place(&self, text: &str, encoding: Encoding, at: usize) -> (u32, u32) {
        let at = at.min(text.len());
        let line = self
            .starts
            .partition_point(|start| *start as usize <= at)
            .saturating_sub(1);
        let start = self.starts.get(line).map_or(0, |start| *start as usize);
        let mut end = at;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(start..end).unwrap_or_default();
        let column: usize = match encoding {
            Encoding::Utf8 => before.len(),
            Encoding::Utf16 | Encoding::Utf32 => {
                before.chars().map(|letter| encoding.width(letter)).sum()
            }
        };
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (small(line), small(column))
    }

    pub(super) fn position(&self, text: &str, encoding: Encoding, at: usize) -> Position {
        let (line, character) = self.place(text, encoding, at);
        Position { line, character }
    }

    /// Returns how many lines there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}
