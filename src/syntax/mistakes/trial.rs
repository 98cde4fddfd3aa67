//! Whether advice works: the item or statement is read again with it, before anybody is told to follow it.

use pest::Parser;
use pest::error::InputLocation;

use super::super::grammar::Grammar;
use super::Unread;
use super::advice::Correction;

/// A longer item, in bytes, is not read again for each cause: that would take long, and it is not one slip that
/// makes such a part unreadable.
const LONGEST: usize = 4 * 1024;

/// What becomes of an item or statement with corrections made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// Reading stops where it did, or before.
    Worse,
    /// It was not tried.
    Untried,
    /// Reading stops at a later place.
    Further,
    /// All of it can be read.
    Whole,
}

impl Unread<'_> {
    /// Reads it again with corrections, of which the first reading stopped at `stop`.
    pub(super) fn with(&self, corrections: &[Correction], stop: usize) -> Outcome {
        let part = self.text.get(self.from..self.end).unwrap_or_default();
        if part.len() > LONGEST {
            return Outcome::Untried;
        }
        let Some(tried) = self.corrected(corrections) else {
            return Outcome::Worse;
        };
        let Err(error) = Grammar::parse(self.only, &tried) else {
            return Outcome::Whole;
        };
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        // Measured from the end, a place is the same in both texts where all corrections are before it.
        let within = corrections.iter().rfind(|one| one.end <= self.end);
        let last = within.map_or(stop, |one| one.end.max(stop));
        let left = tried.len().saturating_sub(at);
        if left < self.end.saturating_sub(last) {
            Outcome::Further
        } else {
            Outcome::Worse
        }
    }

    /// Its text with the corrections; nothing if one is outside of it.
    fn corrected(&self, corrections: &[Correction]) -> Option<String> {
        let mut tried = String::new();
        let mut at = self.from;
        let within = |one: &&Correction| one.start >= self.from && one.end <= self.end;
        for one in corrections.iter().filter(within) {
            tried.push_str(self.text.get(at..one.start)?);
            tried.push_str(&one.with);
            at = one.end;
        }
        tried.push_str(self.text.get(at..self.end)?);
        Some(tried)
    }
}
