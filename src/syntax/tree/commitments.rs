//! Items about a whole period: what the customer commits to, and what it keeps back for a while.

use crate::text::Span;

use super::{Bands, Every, Expr, Name, Text};

/// The requirement for a period that is only partly in the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartPeriod {
    /// `pro rata for a part year`
    ProRata,
    /// `in full for a part year`
    InFull,
}

/// `commitment NAME 1_650_000 EUR of charges each contract year, pro rata for a part year`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// How much: money, or a number of something.
    pub amount: Expr,
    /// What counts towards it.
    pub counted: Vec<Expr>,
    /// The price of each unit that is missing, if units are committed.
    pub price: Option<Expr>,
    /// The period.
    pub every: (Every, Span),
    /// The requirement for a part of a period, if the text states one.
    pub part: Option<(PartPeriod, Span)>,
}

/// `holdback NAME 5% of charges each month, released each quarter by cx { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdback {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The amount held back each month.
    pub amount: Expr,
    /// When it is released.
    pub release_every: (Every, Span),
    /// How much of it is released.
    pub release: Release,
}

/// How much of what was held back is paid out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few holdbacks, and a box would complicate every use"
)]
pub enum Release {
    /// `in full`, or `in full when CONDITION`
    InFull(Option<Expr>),
    /// `by MEASURE { BANDS }`: a share of it
    By(Expr, Bands),
}
