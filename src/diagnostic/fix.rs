//! Fixes: edits of the text that fix what a finding is about.

use crate::text::Span;

/// One replacement; a span of no width inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// Edits that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What they do, in the imperative: `remove the unused input`.
    pub title: String,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
    /// Whether the contract pays the same afterwards, in every month that can happen, and nobody has a new obligation.
    pub safe: bool,
}

/// The text `made` with the line endings of `model`: every line of `made` ends like the first line of `model`.
#[must_use]
pub fn with_line_ends_of(model: &str, made: String) -> String {
    let first = model.find('\n').unwrap_or(0);
    if first > 0 && model.as_bytes().get(first - 1) == Some(&b'\r') {
        made.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        made
    }
}

/// The text with the edits made, with its own line endings; nothing if they overlap or are outside of it.
#[must_use]
pub fn apply_edits(text: &str, edits: &[&Edit]) -> Option<String> {
    let mut sorted = edits.to_vec();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in sorted {
        let range = edit.span.range();
        out.push_str(text.get(at..range.start)?);
        out.push_str(&with_line_ends_of(text, edit.text.clone()));
        at = range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}
