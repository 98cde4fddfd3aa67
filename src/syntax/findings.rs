//! Collecting findings, as many of them as a person can use.

use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// How many findings of one file are shown.
const MOST: usize = 200;

/// The longest line that is shown with its correction.
const LONGEST_LINE: usize = 120;

/// The findings of one pass; after the first two hundred they are only counted.
#[derive(Default)]
pub(super) struct Findings {
    shown: Vec<Diagnostic>,
    others: usize,
}

impl Findings {
    /// Adds a finding, which is only put into words if it will be shown.
    pub(super) fn say(&mut self, finding: impl FnOnce() -> Diagnostic) {
        if self.is_full() {
            self.others += 1;
        } else {
            self.shown.push(finding());
        }
    }

    /// Whether further findings are only counted.
    pub(super) fn is_full(&self) -> bool {
        self.shown.len() >= MOST
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.shown.len() + self.others
    }

    /// Adds those of a later pass, except those at a place where this pass has already found the cause.
    pub(super) fn add(&mut self, later: Self) {
        let mut causes: Vec<Span> = self
            .shown
            .iter()
            .map(|found| wider(found.primary.span))
            .collect();
        causes.sort_unstable();
        self.others += later.others;
        let fresh = later
            .shown
            .into_iter()
            .filter(|found| !any_touches(&causes, found.primary.span));
        self.shown.extend(fresh);
    }

    /// All that are shown, in the order of the text, and a note about those that are not.
    pub(super) fn finish(mut self, end: Span) -> Vec<Diagnostic> {
        self.shown.sort_by_key(|found| found.primary.span.start);
        let others = self.others + self.shown.len().saturating_sub(MOST);
        self.shown.truncate(MOST);
        if others > 0 {
            let message = format!("{others} more mistakes are not shown");
            self.shown.push(
                Diagnostic::error("too-many-mistakes", end, message)
                    .because("later ones often follow from the first")
                    .help("fix the first ones and check again"),
            );
        }
        self.shown
    }
}

/// The span with one more byte on either side, for what comes after a space.
fn wider(span: Span) -> Span {
    Span {
        start: span.start.saturating_sub(1),
        end: span.end.saturating_add(1),
        ..span
    }
}

/// Whether one of the spans, sorted by their starts and separate from each other, touches `span`.
fn any_touches(sorted: &[Span], span: Span) -> bool {
    let behind = sorted.partition_point(|cause| cause.start <= span.end);
    sorted
        .get(behind.saturating_sub(1)..behind)
        .is_some_and(|last| last.iter().any(|cause| cause.touches(span)))
}

/// The line around `start..end` with that part replaced, if the line is short enough to be shown.
pub(super) fn mended_line(text: &str, start: usize, end: usize, with: &str) -> Option<String> {
    let is_break = |byte: &u8| *byte == b'\n';
    let before = text.as_bytes().get(..start)?;
    let nearby = before.iter().rev().take(LONGEST_LINE + 1);
    let from = start - nearby.take_while(|byte| !is_break(byte)).count();
    let after = text.as_bytes().get(end..)?;
    let nearby = after.iter().take(LONGEST_LINE + 1);
    let to = end + nearby.take_while(|byte| !is_break(byte)).count();
    if to - from > LONGEST_LINE {
        return None;
    }
    let line = format!("{}{with}{}", text.get(from..start)?, text.get(end..to)?);
    Some(line.trim().to_owned())
}
