//! A price for a baseline of units, and what more or fewer of them cost.

use crate::text::Span;

use super::Expr;

/// `baseline 1_000 tickets at 50_000 GBP each month; deadband 10% franchise; above …; below …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// How many units the price covers.
    pub units: Expr,
    /// The price of a month with that many units.
    pub price: Expr,
    /// How far the units may be from the baseline at that price.
    pub deadband: Option<Deadband>,
    /// The price of more units.
    pub above: BaselineSide,
    /// The amount paid back for fewer units.
    pub below: BaselineSide,
    /// The whole block.
    pub span: Span,
}

/// `deadband 10% franchise`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadband {
    /// Its width on either side, as a share of the baseline.
    pub share: Expr,
    /// Which units count outside of it, if the text says so.
    pub kind: Option<DeadbandKind>,
    /// The whole statement.
    pub span: Span,
}

/// Which units count once a month is outside the deadband.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeadbandKind {
    /// `franchise`: all units from the baseline onwards.
    Franchise,
    /// `deductible`: only those beyond the deadband.
    Deductible,
}

/// `above up to 20%: 42 GBP per ticket; beyond by agreement`; without slabs for `above nothing`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineSide {
    /// The slabs, in the order they were written.
    pub slabs: Vec<BaselineSlab>,
    /// Its first statement.
    pub span: Span,
}

/// A slab of the units by which a month differs from the baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineSlab {
    /// Its end as a share of the baseline; nothing for the last slab.
    pub up_to: Option<Expr>,
    /// The price of its units.
    pub price: SlabPrice,
    /// The whole slab.
    pub span: Span,
}

/// The price of the units of a slab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlabPrice {
    /// `42 GBP per ticket`
    Rate(Expr),
    /// `by agreement`
    ByAgreement,
    /// `as at 20%`: no more than all units up to that end would cost.
    AsAt(Expr),
}
