//! Waivers: findings that the parties accept, each with a reason and until a day.

use crate::calendar::Date;
use crate::text::Span;

use super::{Name, Text};

/// `waive small-sample until 2026-12-31 because "agreed for the first quarter" ref "OPS-12"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The rule whose findings are accepted.
    pub rule: Name,
    /// The last day on which they are accepted.
    pub until: (Date, Span),
    /// Why they are accepted; never blank.
    pub because: Text,
    /// Where that was decided.
    pub reference: Option<Text>,
    /// The part of the text that it is about.
    pub about: WaiverScope,
    /// The whole waiver.
    pub span: Span,
}

/// The part of the text that a waiver is about: always the next thing after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiverScope {
    /// An item.
    Item(Span),
    /// A contract, library or amendment as a whole, without its items.
    Head(Span),
}
