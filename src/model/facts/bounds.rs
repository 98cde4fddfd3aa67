//! What bounds an invoice, and what is taken off it.

use crate::syntax::tree::{Every, FloorKind, PartPeriod};

use super::{Bands, Head, Link, Terminate, Value};

/// A limit on credits, reductions or bonuses.
#[derive(Clone, Debug)]
pub struct Limit {
    /// The clause.
    pub head: Head,
    /// The subjects that are limited together.
    pub subjects: Vec<LimitSubject>,
    /// The amount to which they are limited.
    pub to: Value,
    /// The period.
    pub period: LimitPeriod,
    /// What happens to the excess that it cuts off.
    pub excess: Option<Excess>,
    /// After how many months at the limit the customer may terminate.
    pub terminate: Option<Terminate>,
}

/// A subject of a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LimitSubject {
    /// All credits.
    Credits,
    /// All adjustments that lower a charge.
    Reductions,
    /// All bonuses.
    Bonuses,
    /// A credit, a bonus or a service level.
    Named(Link),
}

/// The months that a limit covers together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few limits, and a box would burden every reader"
)]
pub enum LimitPeriod {
    /// Each month, quarter or year.
    Each(Every),
    /// Any such number of months in a row.
    Rolling(Value),
    /// The whole term.
    Term,
}

/// What happens to an amount that is not settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excess {
    /// It lapses.
    Lapses,
    /// It is carried forward.
    Carried {
        /// For how many months at most.
        months: Option<Value>,
        /// Whether what is left at the end of the term is paid out, if the text says so.
        paid_out: Option<bool>,
    },
}

/// A minimum or a maximum.
#[derive(Clone, Debug)]
pub struct Floor {
    /// The clause.
    pub head: Head,
    /// Minimum or maximum.
    pub kind: FloorKind,
    /// How much.
    pub amount: Value,
    /// Whether it says that it applies after credits.
    pub after_credits: bool,
}

/// The most that some service levels cost together, and how it is divided.
#[derive(Clone, Debug)]
pub struct AtRisk {
    /// The clause.
    pub head: Head,
    /// How much.
    pub amount: Value,
    /// The period.
    pub every: Every,
    /// Its categories and service levels.
    pub parts: Vec<PoolPart>,
    /// Whether the categories may exceed 100%.
    pub may_exceed: bool,
}

/// A part of an at-risk amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PoolPart {
    /// A category.
    Category {
        /// Its name.
        name: String,
        /// Its share of the amount.
        share: Value,
        /// Its service levels.
        levels: Vec<PoolShare>,
    },
    /// A service level that is in no category.
    Level(PoolShare),
}

/// A service level's share of an at-risk amount, which is what a miss costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolShare {
    /// The service level.
    pub level: Link,
    /// Its share of the category, or of the whole amount.
    pub share: Value,
}

impl AtRisk {
    /// All its service levels.
    pub fn levels(&self) -> impl Iterator<Item = &PoolShare> {
        self.parts.iter().flat_map(|part| match part {
            PoolPart::Category { levels, .. } => levels.as_slice(),
            PoolPart::Level(one) => std::slice::from_ref(one),
        })
    }
}

/// An amount that is committed for a period.
#[derive(Clone, Debug)]
pub struct Commitment {
    /// The clause.
    pub head: Head,
    /// How much.
    pub amount: Value,
    /// What counts towards it.
    pub counted: Vec<Value>,
    /// The price of each unit that is missing.
    pub price: Option<Value>,
    /// The period.
    pub every: Every,
    /// How much is required for a part of a period, if the text says so.
    pub part: Option<PartPeriod>,
}

/// An amount that is kept back for a while.
#[derive(Clone, Debug)]
pub struct Holdback {
    /// The clause.
    pub head: Head,
    /// The amount held back each month.
    pub amount: Value,
    /// When it is released.
    pub release_every: Every,
    /// How much of it is released.
    pub release: Release,
}

/// How much of what was held back is paid out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few holdbacks, and a box would burden every reader"
)]
pub enum Release {
    /// All of it, subject to a condition if there is one.
    InFull(Option<Value>),
    /// A share of it, by bands of a measure.
    By(Value, Bands),
}
