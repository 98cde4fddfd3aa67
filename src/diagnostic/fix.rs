//! Fixes: edits of the text that mend what a finding is about.

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
    /// Whether the contract pays the same afterwards, in every month that can happen.
    pub safe: bool,
}
