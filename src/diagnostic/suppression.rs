//! Why a finding is not counted.

use crate::calendar::Date;
use crate::text::Span;

/// Why a finding is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suppression {
    /// The parties accept it, as a waiver in the text says.
    Waiver(Waived),
    /// It was there when a baseline was recorded.
    Baseline,
}

/// What a waiver says about a finding that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// The waiver.
    pub span: Span,
    /// The last day on which it applies.
    pub until: Date,
    /// Why the finding is accepted.
    pub because: String,
    /// Where that was decided.
    pub reference: Option<String>,
}
