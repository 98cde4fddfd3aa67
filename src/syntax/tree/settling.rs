//! How credits and bonuses are settled: over which months they are limited, what happens to the excess, and on which
//! invoice they are applied.

use crate::text::Span;

use super::{AwardKind, Every, Expr, Path};

/// The invoice that a credit or bonus is applied to.
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

/// The months that a limit covers together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitPeriod {
    /// `each quarter`
    Each(Every),
    /// `each rolling 12 months`: any such number of months in a row
    Rolling(Expr),
    /// `over the term`
    Term,
}

/// What happens to the excess that a limit cuts off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excess {
    /// `the excess lapses`
    Lapses,
    /// `the excess carried forward for 3 months, paid out at the end of the term`
    Carried {
        /// The most months for which it is carried.
        months: Option<Expr>,
        /// Whether what is left at the end of the term is paid out; nothing if the text does not say.
        paid_out: Option<bool>,
        /// The words that say so.
        span: Span,
    },
}

/// `credits below 100 EUR together are carried forward, …`: amounts too small to be settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Small {
    /// The amount below which they are too small.
    pub below: Expr,
    /// Whether exactly that amount is too small as well: `at most` in place of `below`.
    pub itself: bool,
    /// Whether the month's credits are added together; nothing if the text does not say.
    pub together: Option<bool>,
    /// What happens to them; nothing if the text does not say.
    pub then: Option<Excess>,
    /// The words that say so.
    pub span: Span,
}

/// `in place of all other credits`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InPlace {
    /// The credits that are dropped; nothing for all others.
    pub of: Option<Vec<Path>>,
    /// Whether it applies only at the critical level of a service level.
    pub when_critical: bool,
    /// The words that say so.
    pub span: Span,
}

/// `only the largest of a, b when same_incident`: only one of several credits counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Only {
    /// The credits.
    pub of: Vec<Path>,
    /// The input by which the customer chooses; nothing for the largest.
    pub chosen_by: Option<Path>,
    /// If nobody chose one, whether the largest counts or the month has no invoice; nothing if the text does not say.
    pub otherwise_largest: Option<bool>,
    /// The condition under which this applies.
    pub when: Option<Expr>,
}
