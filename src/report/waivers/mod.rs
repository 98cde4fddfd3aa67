//! Waivers as a list.

pub mod json;
pub mod text;

use crate::calendar::Date;

/// A waiver in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The file in which it is.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// The clause that it is about: `service level answer_speed, SoW 4.2`.
    pub clause: String,
    /// The rule.
    pub rule: String,
    /// The last day on which it applies.
    pub until: Date,
    /// The number of days until then from today; negative if the waiver has ended.
    pub days: i64,
    /// Why the finding is accepted.
    pub because: String,
    /// Where that was decided.
    pub reference: Option<String>,
    /// Its state.
    pub state: State,
}

/// The state of a waiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It covers findings.
    InForce,
    /// It has nothing to cover.
    Unused,
    /// Its last day has passed.
    Ended,
}

impl State {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::InForce => "in force",
            Self::Unused => "unused",
            Self::Ended => "ended",
        }
    }
}
