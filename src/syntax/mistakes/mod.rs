//! What is wrong with a part that could not be read, and what to write instead.
//!
//! The part is read again with the rule for a single item or statement. The place where that stops, and what could come
//! there, decide the message. A correction is proposed only if the part can be read further with it.

mod advice;
mod around;
mod beginnings;
mod everyday;
mod explain;
mod explained;
mod expressions;
mod paper;
mod phrases;
mod rearranged;
mod sentences;
mod trial;
mod vocabulary;
mod words;
mod words_for_words;

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use crate::text::Span;

use super::grammar::{Grammar, Rule};
pub(super) use advice::{Advice, Correction};
use around::Token;
use words::{Called, called};

/// A part of the text that could not be read.
pub(super) struct Unread<'t> {
    /// The text that the grammar saw.
    pub(super) text: &'t str,
    /// Where the item or statement begins.
    pub(super) from: usize,
    /// Where the part begins that could not be read.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// The grammar's rule for one such item or statement alone.
    pub(super) only: Rule,
}

/// Where reading stopped.
struct Stop<'t> {
    unread: Unread<'t>,
    /// What is there.
    found: Token<'t>,
    /// What comes before it.
    before: Token<'t>,
    /// What could have come there.
    expected: Vec<Called>,
    /// Whether it can be read without what surrounds it: then its place is wrong, and no word of it.
    is_readable_alone: bool,
}

impl<'t> Unread<'t> {
    /// Says what is wrong with it; `place` turns places in the text that the grammar saw into spans.
    pub(super) fn explain(self, place: impl Fn(usize, usize) -> Span) -> Advice {
        self.read_again().explain(&place)
    }

    fn read_again(self) -> Stop<'t> {
        let part = self.text.get(self.from..self.end).unwrap_or_default();
        let reading = Grammar::parse(self.only, part);
        let is_readable_alone = reading.is_ok();
        let (at, expected) = match reading {
            Ok(_) => (self.start, Vec::new()),
            Err(error) => {
                let at = match error.location {
                    InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
                };
                let rules = match error.variant {
                    ErrorVariant::ParsingError { positives, .. } => positives,
                    ErrorVariant::CustomError { .. } => Vec::new(),
                };
                (self.from + at, rules)
            }
        };
        let whole = self.text.get(..self.end).unwrap_or_default();
        let at = at.max(self.from);
        Stop {
            found: around::token_at(whole, at),
            before: around::token_before(whole, at),
            expected: distinct(expected),
            is_readable_alone,
            unread: self,
        }
    }
}

fn distinct(rules: Vec<Rule>) -> Vec<Called> {
    let mut all = Vec::with_capacity(rules.len());
    for rule in rules {
        let called = called(rule);
        if !all.contains(&called) {
            all.push(called);
        }
    }
    all
}
