//! What became of a contract's own examples.

use crate::calendar::Month;
use crate::text::Span;

/// Something that did not come out as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The month.
    pub month: Month,
    /// What was expected and what came out, in words.
    pub message: String,
    /// The expectation.
    pub span: Span,
}

/// What became of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioResult {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// What did not come out as expected; nothing if it passed.
    pub mismatches: Vec<Mismatch>,
}

impl ScenarioResult {
    /// Whether everything came out as expected.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        self.mismatches.is_empty()
    }
}
