//! Where a finding points: lines and columns, in the units that formats use.

use crate::text::{LineColumn, Sources, Span};

/// A place. Lines and columns count from 1, and the end is the place after the last character.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: LineColumn,
    pub(super) end: LineColumn,
}

impl Place {
    /// The place, with columns in characters (Unicode code points).
    pub(super) fn in_characters(span: Span, sources: &Sources) -> Self {
        Self {
            start: sources.start(span),
            end: sources.start(span.after()),
        }
    }

    /// The place, with columns in bytes of UTF-8.
    pub(super) fn in_bytes(span: Span, sources: &Sources) -> Self {
        Self {
            start: byte_column(span, sources),
            end: byte_column(span.after(), sources),
        }
    }

    /// Whether all of it is on one line.
    pub(super) fn is_on_one_line(&self) -> bool {
        self.start.line == self.end.line
    }
}

/// Line and column of the span's first byte, the column in bytes.
fn byte_column(span: Span, sources: &Sources) -> LineColumn {
    let Some(source) = sources.get(span.file) else {
        return LineColumn { line: 1, column: 1 };
    };
    let at = (span.start as usize).min(source.text.len());
    let line = source.lines.line_of(at);
    let start = source.lines.line_range(line).map_or(0, |line| line.start);
    LineColumn {
        line: line + 1,
        column: at.saturating_sub(start) + 1,
    }
}
