//! Collecting findings, as many of them as a person can use.

use crate::diagnostic::{Diagnostic, Edit};
use crate::text::Span;

/// How many findings of one file are shown.
const MOST: usize = 200;

/// The longest line that is shown with its correction.
const LONGEST_LINE: usize = 120;

/// How many places of one mistake are pointed at.
const MOST_PLACES: usize = 6;

/// The findings of one pass; after the first two hundred they are only counted.
#[derive(Default)]
pub(super) struct Findings {
    shown: Vec<Shown>,
    others: usize,
}

struct Shown {
    found: Diagnostic,
    /// Whether its help is the line with all corrections made.
    has_line: bool,
}

impl Findings {
    /// Adds a finding, which is only put into words if it will be shown.
    pub(super) fn say(&mut self, finding: impl FnOnce() -> Diagnostic) {
        self.put(finding, false);
    }

    /// Adds a finding whose help is to be the line with the corrections of its fix, and those of others in that line.
    pub(super) fn add_line(&mut self, finding: impl FnOnce() -> Diagnostic) {
        self.put(finding, true);
    }

    fn put(&mut self, finding: impl FnOnce() -> Diagnostic, has_line: bool) {
        if self.is_full() {
            self.others += 1;
        } else {
            let found = finding();
            self.shown.push(Shown { found, has_line });
        }
    }

    /// Counts a finding that is not put into words.
    pub(super) fn only_count(&mut self) {
        self.others += 1;
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
            .map(|shown| wider(shown.found.primary.span))
            .collect();
        causes.sort_unstable();
        self.others += later.others;
        let fresh = later
            .shown
            .into_iter()
            .filter(|shown| !any_touches(&causes, shown.found.primary.span));
        self.shown.extend(fresh);
    }

    /// Adds all findings of another pass.
    pub(super) fn join(&mut self, other: Self) {
        self.shown.extend(other.shown);
        self.others += other.others;
    }

    /// All that are shown, in the order of the text, and a note about those that are not.
    pub(super) fn finish(mut self, text: &str, end: Span) -> Vec<Diagnostic> {
        self.shown
            .sort_by_key(|shown| shown.found.primary.span.start);
        let mut all = told_together(self.shown, text);
        write_lines(&mut all, text);
        let others = self.others + all.len().saturating_sub(MOST);
        all.truncate(MOST);
        let mut all: Vec<Diagnostic> = all.into_iter().map(|shown| shown.found).collect();
        if others > 0 {
            let message = format!("{others} more mistakes are not shown");
            all.push(
                Diagnostic::error("too-many-mistakes", end, message)
                    .because("later ones often follow from the first")
                    .help("fix the first ones and check again"),
            );
        }
        all
    }
}

/// Makes one finding of several of one kind in one line, and of all about one sign that a word processor inserts.
fn told_together(all: Vec<Shown>, text: &str) -> Vec<Shown> {
    let mut told: Vec<Shown> = Vec::with_capacity(all.len());
    for shown in all {
        let same = told.iter_mut().rev().take(MOST_PLACES).find(|one| {
            let has_line = one.has_line;
            let (one, other) = (&one.found, &shown.found);
            let is_same = one.code == other.code
                && one.message == other.message
                && one.code == "unknown-character";
            // In one sentence with several slips, the line to write is the same for all of them.
            let is_line = has_line
                && shown.has_line
                && one.fix.is_some()
                && other.fix.is_some()
                && same_line(text, one.primary.span, other.primary.span);
            (is_same || is_line) && one.related.len() < MOST_PLACES
        });
        match same {
            Some(one) => join(&mut one.found, shown.found),
            None => told.push(shown),
        }
    }
    told
}

/// Adds a finding of the same kind to another one.
fn join(one: &mut Diagnostic, other: Diagnostic) {
    let mut label = other.primary;
    if label.text.is_empty() || other.code != one.code {
        label.text = other.message;
    }
    one.related.push(label);
    for why in other.why {
        if !one.why.contains(&why) {
            one.why.push(why);
        }
    }
    match (&mut one.fix, other.fix) {
        (Some(fix), Some(more)) => {
            fix.edits.extend(more.edits);
            fix.safe &= more.safe;
            fix.title = "write all of them so".to_owned();
        }
        _ => one.fix = None,
    }
}

fn same_line(text: &str, one: Span, other: Span) -> bool {
    let (start, end) = (
        one.range().start.min(other.range().start),
        one.range().end.max(other.range().end),
    );
    text.get(start..end)
        .is_some_and(|between| !between.contains('\n'))
}

/// Gives each finding with a line that line, with all corrections in it: who copies it has not undone another one.
fn write_lines(all: &mut [Shown], text: &str) {
    let mut edits: Vec<Edit> = Vec::new();
    let fixes = all
        .iter()
        .filter(|shown| shown.has_line)
        .filter_map(|shown| shown.found.fix.as_ref());
    for edit in fixes.flat_map(|fix| &fix.edits) {
        if edits
            .iter()
            .rev()
            .take(8)
            .all(|other| !other.span.touches(edit.span))
        {
            edits.push(edit.clone());
        }
    }
    edits.sort_by_key(|edit| edit.span);
    for shown in all.iter_mut().filter(|shown| shown.has_line) {
        let Some(fix) = &shown.found.fix else {
            continue;
        };
        let line = line_with(text, &fix.edits, &edits);
        if let Some(line) = line {
            shown.found.help.insert(0, format!("write `{line}`"));
        } else if let [edit] = fix.edits.as_slice() {
            shown
                .found
                .help
                .insert(0, format!("write `{}`", edit.text.trim()));
        }
    }
}

/// The line, or the lines, that the edits of one finding are in, with all edits made; nothing if that is too long to be shown.
fn line_with(text: &str, own: &[Edit], all: &[Edit]) -> Option<String> {
    let first = own.iter().map(|edit| edit.span.range().start).min()?;
    let last = own.iter().map(|edit| edit.span.range().end).max()?;
    let (from, to) = line_around(text, first, last)?;
    let begin = all.partition_point(|edit| edit.span.range().start < from);
    let mut line = String::new();
    let mut at = from;
    for edit in all.get(begin..)? {
        let range = edit.span.range();
        if range.end > to || range.start < at {
            break;
        }
        line.push_str(text.get(at..range.start)?);
        line.push_str(&edit.text);
        at = range.end;
    }
    line.push_str(text.get(at..to)?);
    let line = line.trim();
    (!line.contains('\n')).then(|| line.to_owned())
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

/// Where the line around `start..end` begins and ends, if it is short enough to be shown.
fn line_around(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let is_break = |byte: &u8| *byte == b'\n';
    let before = text.as_bytes().get(..start)?;
    let nearby = before.iter().rev().take(LONGEST_LINE + 1);
    let from = start - nearby.take_while(|byte| !is_break(byte)).count();
    let after = text.as_bytes().get(end..)?;
    let nearby = after.iter().take(LONGEST_LINE + 1);
    let to = end + nearby.take_while(|byte| !is_break(byte)).count();
    (to - from <= LONGEST_LINE).then_some((from, to))
}

/// The line around `start..end` with that part replaced, if the line is short enough to be shown.
pub(super) fn mended_line(text: &str, start: usize, end: usize, with: &str) -> Option<String> {
    let (from, to) = line_around(text, start, end)?;
    let line = format!("{}{with}{}", text.get(from..start)?, text.get(end..to)?);
    Some(line.trim().to_owned())
}
