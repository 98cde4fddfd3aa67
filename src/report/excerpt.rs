//! The lines of a file that a report shows. Very long ones are clipped, and all of them are safe to print.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::{LineIndex, Source, Span};

use crate::report::escape::terminal::visible;

/// The most characters of a line that is not clipped.
const LONGEST: usize = 400;
/// How many characters of a clipped line remain.
const WINDOW: usize = 160;
/// How many of them come before the place to which the report points.
const LEAD: usize = 60;
/// The mark for the part that was clipped.
const CLIPPED: &str = "…";

/// A text with the lines that a report needs. Other lines of the file are empty in it, or left out.
pub(super) struct Excerpt<'a> {
    source: &'a Source,
    text: String,
    lines: LineIndex,
    /// The number of the file's line for each line of the text.
    numbers: Vec<usize>,
    windows: BTreeMap<usize, Window>,
    originals: BTreeMap<usize, usize>,
}

/// The part of a line that is shown.
struct Window {
    /// Its bytes in the file.
    original: Range<usize>,
    /// Where its first byte is in the excerpt's text.
    at: usize,
    clipped_before: bool,
    clipped_after: bool,
}

impl<'a> Excerpt<'a> {
    /// The excerpt needed to show `ranges` of the file, which must come from [`shown_range`].
    pub(super) fn new(source: &'a Source, ranges: &[Range<usize>]) -> Self {
        Self::with_gaps(source, ranges, usize::MAX)
    }

    /// The same, but with only a few empty lines for any number of lines that are left out, so that the end of a long
    /// file takes no longer. [`Self::line_number`] returns the lines' numbers.
    pub(super) fn dense(source: &'a Source, ranges: &[Range<usize>]) -> Self {
        Self::with_gaps(source, ranges, 6)
    }

    fn with_gaps(source: &'a Source, ranges: &[Range<usize>], most: usize) -> Self {
        let mut excerpt = Self {
            source,
            text: String::new(),
            lines: LineIndex::new(""),
            numbers: vec![0],
            windows: windows(source, ranges),
            originals: BTreeMap::new(),
        };
        excerpt.write(most);
        excerpt.lines = LineIndex::new(&excerpt.text);
        for range in ranges {
            let at = excerpt.place(range.start);
            excerpt.originals.entry(at).or_insert(range.start);
        }
        excerpt
    }

    /// The number in the file, from 1, of a line of the text.
    pub(super) fn line_number(&self, line: usize) -> usize {
        self.numbers.get(line).map_or(line, |line| *line) + 1
    }

    /// The text to show.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The lines of that text.
    pub(super) fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// The place of a range of the file in the text.
    pub(super) fn range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.place(range.start);
        start..self.place(range.end).max(start)
    }

    /// The column, in the file, of a place in the text.
    pub(super) fn column(&self, at: usize) -> usize {
        let original = self.originals.get(&at).copied().unwrap_or_else(|| {
            let line = self.line_number(self.lines.line_of(at)) - 1;
            self.windows.get(&line).map_or(0, |window| {
                window.original.start + at.saturating_sub(window.at)
            })
        });
        self.source
            .lines
            .line_column(&self.source.text, original)
            .column
    }

    fn place(&self, original: usize) -> usize {
        let line = self.source.lines.line_of(original);
        self.windows.get(&line).map_or(self.text.len(), |window| {
            let within = original.clamp(window.original.start, window.original.end);
            window.at + within - window.original.start
        })
    }

    fn write(&mut self, most: usize) {
        let mut line_before = 0;
        for (line, window) in &mut self.windows {
            let breaks = (line - line_before).min(most);
            self.text.push_str(&"\n".repeat(breaks));
            self.numbers
                .extend((0..breaks).rev().map(|back| line - back));
            line_before = *line;
            if window.clipped_before {
                self.text.push_str(CLIPPED);
            }
            window.at = self.text.len();
            let shown = self.source.text.get(window.original.clone());
            self.text.push_str(&visible(shown.unwrap_or_default()));
            if window.clipped_after {
                self.text.push_str(CLIPPED);
            }
        }
    }
}

/// The span as a range that can be shown: within the file, between characters, and without spaces at its end. If it
/// takes more than `most_lines`, it is cut to its first line.
pub(super) fn shown_range(source: &Source, span: Span, most_lines: usize) -> Range<usize> {
    let start = boundary(&source.text, span.start as usize);
    let end = boundary(&source.text, span.end as usize).max(start);
    let words = source.text.get(start..end).unwrap_or_default();
    let end = start + words.trim_end().len();
    let first = source.lines.line_of(start);
    if source.lines.line_of(end) - first < most_lines {
        return start..end;
    }
    let first_line = words.lines().next().unwrap_or_default();
    start..start + first_line.trim_end().len()
}

/// One line of text, clipped around a range of its bytes if it is very long, and the place of the range afterwards.
pub(super) fn clip_line(text: &str, range: Range<usize>) -> (String, Range<usize>) {
    let text = text.lines().next().unwrap_or_default();
    let source = Source {
        name: String::new(),
        text: text.into(),
        lines: LineIndex::new(text),
        built_in: false,
    };
    let start = boundary(text, range.start);
    let range = start..boundary(text, range.end).max(start);
    let excerpt = Excerpt::new(&source, std::slice::from_ref(&range));
    let range = excerpt.range(&range);
    (excerpt.text, range)
}

/// The windows of the lines to show. Lines in which a range starts are clipped around its start, and then those in
/// which it ends around its end. The lines next to them are included because a snippet may show them between two
/// others.
fn windows(source: &Source, ranges: &[Range<usize>]) -> BTreeMap<usize, Window> {
    let mut windows = BTreeMap::new();
    let mut keep = |line: usize, at: Option<usize>| {
        if let Some(bytes) = source.lines.line_range(line) {
            windows
                .entry(line)
                .or_insert_with(|| Window::around(source, &bytes, at.unwrap_or(bytes.start)));
        }
    };
    let ends = |range: &Range<usize>| {
        let first = source.lines.line_of(range.start);
        (first, source.lines.line_of(range.end))
    };
    for range in ranges {
        keep(ends(range).0, Some(range.start));
    }
    for range in ranges {
        keep(ends(range).1, Some(range.end));
    }
    for (first, last) in ranges.iter().map(ends) {
        let beside_first = first.saturating_sub(1)..=first + 4;
        let beside_last = last.saturating_sub(2)..=last + 1;
        beside_first
            .chain(beside_last)
            .for_each(|line| keep(line, None));
    }
    windows
}

impl Window {
    fn around(source: &Source, line: &Range<usize>, at: usize) -> Self {
        let whole = source.text.get(line.clone()).unwrap_or_default();
        let whole = whole.trim_end_matches(['\n', '\r']);
        let line = line.start..line.start + whole.len();
        let original = if whole.chars().nth(LONGEST).is_none() {
            line.clone()
        } else {
            clip(whole, at.saturating_sub(line.start), line.start)
        };
        Self {
            at: 0,
            clipped_before: original.start > line.start,
            clipped_after: original.end < line.end,
            original,
        }
    }
}

/// The window around byte `at` of a long line. The line starts at byte `base` of the file.
fn clip(line: &str, at: usize, base: usize) -> Range<usize> {
    let before = line.get(..at.min(line.len())).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .nth(LEAD - 1)
        .map_or(0, |(at, _)| at);
    let rest = line.get(start..).unwrap_or_default();
    let end = rest
        .char_indices()
        .nth(WINDOW)
        .map_or(line.len(), |(at, _)| start + at);
    base + start..base + end
}

/// The last place between two characters that is not after byte `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
