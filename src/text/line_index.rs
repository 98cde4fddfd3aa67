//! Converts byte offsets to lines and columns, in logarithmic time.

/// Where each line of a text starts.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    length: u32,
}

/// A place as people name it. Both numbers count from 1, and the column is in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line number, from 1.
    pub line: usize,
    /// Column in Unicode characters, from 1.
    pub column: usize,
}

impl LineIndex {
    /// Finds the line starts of `text`. As in editors, lines end with `\n`, `\r\n` or `\r`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends_line =
            |&(at, sign): &(usize, &str)| sign == "\n" || bytes.get(at + 1) != Some(&b'\n');
        let after_break = text
            .match_indices(['\n', '\r'])
            .filter(ends_line)
            .map(|(at, _)| offset(at + 1));
        Self {
            starts: std::iter::once(0).chain(after_break).collect(),
            length: offset(text.len()),
        }
    }

    /// The number of lines, which is at least one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The line, counted from 0, that holds byte `at`, or the last line for an offset past the end.
    #[must_use]
    pub fn line_of(&self, at: usize) -> usize {
        self.starts
            .partition_point(|&start| start as usize <= at)
            .saturating_sub(1)
    }

    /// The bytes of line `line` (from 0) including its line break, if there is such a line.
    #[must_use]
    pub fn line_range(&self, line: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.starts.get(line)? as usize;
        let end = self.starts.get(line + 1).copied().unwrap_or(self.length) as usize;
        Some(start..end)
    }

    /// The line and column of byte `at` in `text`, which must be the text that the index was made from.
    #[must_use]
    pub fn line_column(&self, text: &str, at: usize) -> LineColumn {
        let line = self.line_of(at);
        let start = self.line_range(line).map_or(0, |range| range.start);
        let before = text.get(start..at.min(text.len())).unwrap_or_default();
        LineColumn {
            line: line + 1,
            column: before.chars().count() + 1,
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
