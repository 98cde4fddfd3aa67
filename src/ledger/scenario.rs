//! The results of a contract's own examples.

use crate::calendar::Month;
use crate::text::Span;

/// Something that differs from what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The month.
    pub month: Month,
    /// What was expected and the actual result, in words.
    pub message: String,
    /// The expectation.
    pub span: Span,
}

/// The result of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioResult {
    /// Its name.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// What differs from what was expected; nothing if it passed.
    pub mismatches: Vec<Mismatch>,
}

impl ScenarioResult {
    /// Whether everything is as expected.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        self.mismatches.is_empty()
    }
}
