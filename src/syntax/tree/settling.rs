//! On which invoice credits and bonuses stand.

use crate::text::Span;

use super::{AwardKind, Every};

/// The invoice that a credit or bonus stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Applied {
    /// The invoice of the month in which it arises.
    This,
    /// The invoice of the month after.
    Next,
    /// The last invoice of the period: a quarter or year.
    LastOf(Every),
}

/// `credits and bonuses applied to the next invoice`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedItem {
    /// Credits, bonuses or both.
    pub kinds: Vec<AwardKind>,
    /// Which invoice.
    pub to: Applied,
    /// The words that say so.
    pub span: Span,
}
