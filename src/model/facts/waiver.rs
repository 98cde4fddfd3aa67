//! Findings that the parties accept.

use crate::calendar::Date;

/// A finding that the parties accept, with the reason and the last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The rule.
    pub rule: String,
    /// The last day.
    pub until: Date,
    /// Why.
    pub because: String,
    /// Where that was decided.
    pub reference: Option<String>,
    /// The words that name the clause; nothing for the contract as a whole.
    pub about: Option<String>,
}
