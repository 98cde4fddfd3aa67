//! Waivers, listed.

pub mod json;
pub mod text;

use crate::calendar::Date;

/// A waiver, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The file that it is in.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// What it is about: `service level answer_speed, SoW 4.2`.
    pub clause: String,
    /// The rule.
    pub rule: String,
    /// The last day on which it applies.
    pub until: Date,
    /// How many days that is from today; negative if it has ended.
    pub days: i64,
    /// Why the finding is accepted.
    pub because: String,
    /// Where that was decided.
    pub reference: Option<String>,
    /// What it does.
    pub state: State,
}

/// What a waiver does.
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
