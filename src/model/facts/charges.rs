//! What is paid.

use crate::calendar::Month;
use crate::syntax::tree::{DeadbandKind, EarlierUnits, MeteringPeriod, Settled, TierKind};
use crate::text::Span;

use super::{Head, Link, Value};

/// A charge.
#[derive(Clone, Debug)]
pub struct Charge {
    /// The clause.
    pub head: Head,
    /// The dimension: one charge for each member.
    pub dimension: Option<String>,
    /// How it is priced.
    pub pricing: Pricing,
    /// The only month in which it is charged.
    pub once_in: Option<Month>,
    /// Whether a forecast is billed first.
    pub advance: Option<Advance>,
}

/// How a charge is priced.
#[derive(Clone, Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few charges, and a box would burden every reader"
)]
pub enum Pricing {
    /// Any amount: fixed, a rate of something, or a formula.
    Amount(Value),
    /// A price for units.
    Units(Value, Price),
    /// A cost, with a margin.
    AtCost(AtCost),
    /// One price for each member of an input's dimension.
    Card(Link, Vec<RateArm>),
}

impl Charge {
    /// All its prices for units: its own, or those of a rate card with their arms.
    pub fn prices(&self) -> impl Iterator<Item = (Option<&RateArm>, &Price)> {
        let (one, arms) = match &self.pricing {
            Pricing::Units(_, price) => (Some((None, price)), [].as_slice()),
            Pricing::Card(_, arms) => (None, arms.as_slice()),
            Pricing::Amount(_) | Pricing::AtCost(_) => (None, [].as_slice()),
        };
        let arms = arms.iter().map(|arm| (Some(arm), &arm.price));
        one.into_iter().chain(arms)
    }
}

/// A cost, with a margin.
#[derive(Clone, Debug)]
pub struct AtCost {
    /// The supplier's spending.
    pub cost: Value,
    /// The most of it that counts.
    pub most_cost: Option<Value>,
    /// The margin: a share of the cost that counts, or an amount.
    pub margin: Option<Value>,
    /// The most that is paid in all.
    pub most: Option<Value>,
}

/// One member's price in a rate card.
#[derive(Clone, Debug)]
pub struct RateArm {
    /// The member.
    pub member: String,
    /// Its price.
    pub price: Price,
    /// All of it.
    pub span: Span,
}

/// A price of units.
#[derive(Clone, Debug)]
pub enum Price {
    /// A rate for each.
    Rate(Value),
    /// Tiers.
    Tiers(Tiers),
    /// A price for each package.
    Packages {
        /// How many make a package.
        size: Value,
        /// The price of a package.
        price: Value,
    },
    /// Tiers or packages of units that are counted over several months.
    Metered(Metered),
    /// A price for a baseline of units.
    Baseline(Box<Baseline>),
}

/// Units that are counted over several months.
#[derive(Clone, Debug)]
pub struct Metered {
    /// The period over which they are counted.
    pub over: MeteringPeriod,
    /// How they are priced.
    pub price: Box<Price>,
}

/// Tiers, in the order in which they are written.
#[derive(Clone, Debug)]
pub struct Tiers {
    /// How they are read.
    pub kind: TierKind,
    /// What happens to the units of earlier months of the period.
    pub earlier: Option<EarlierUnits>,
    /// The tiers.
    pub all: Vec<Tier>,
    /// All of them.
    pub span: Span,
}

/// How far a tier reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few tiers, and a box would burden every reader"
)]
pub enum TierReach {
    /// `first 10_000`, `next 20_000`
    More(Value),
    /// `up to 30_000`
    UpTo(Value),
    /// `beyond`
    Beyond,
}

/// One tier.
#[derive(Clone, Debug)]
pub struct Tier {
    /// How far it reaches.
    pub reach: TierReach,
    /// Its rate or fee; nothing if it is left to agreement.
    pub price: Option<Value>,
    /// All of it.
    pub span: Span,
}

/// A price for a baseline of units, and what more or fewer of them cost.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// How many units the price covers.
    pub units: Value,
    /// The price of a month with that many units.
    pub price: Value,
    /// How far the units may be from the baseline at that price.
    pub deadband: Option<Deadband>,
    /// The price of more units.
    pub above: Side,
    /// The amount paid back for fewer units.
    pub below: Side,
    /// All of it.
    pub span: Span,
}

/// `deadband 10% franchise`
#[derive(Clone, Debug)]
pub struct Deadband {
    /// Its width on either side, as a share of the baseline.
    pub share: Value,
    /// Which units count outside of it.
    pub kind: Option<DeadbandKind>,
}

/// One side of a baseline.
#[derive(Clone, Debug)]
pub struct Side {
    /// Its slabs, in the order in which they are written; none for `nothing`.
    pub slabs: Vec<Slab>,
    /// Its first statement.
    pub span: Span,
}

/// A slab of the units by which a month differs from the baseline.
#[derive(Clone, Debug)]
pub struct Slab {
    /// Its end as a share of the baseline; nothing for the last slab.
    pub up_to: Option<Value>,
    /// The price of its units.
    pub price: SlabPrice,
    /// All of it.
    pub span: Span,
}

/// The price of the units of a slab.
#[derive(Clone, Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few slabs, and a box would burden every reader"
)]
pub enum SlabPrice {
    /// `42 GBP per ticket`
    Rate(Value),
    /// `by agreement`
    ByAgreement,
    /// `as at 20%`
    AsAt(Value),
}

/// A forecast that is billed first.
#[derive(Clone, Debug)]
pub struct Advance {
    /// The forecast that is billed in the month itself.
    pub forecast: Value,
    /// When the difference is settled.
    pub settled: Settled,
}
