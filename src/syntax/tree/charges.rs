//! Items that say what is paid.

use crate::calendar::Month;
use crate::text::Span;

use super::{Baseline, Every, Expr, Name, Path, Text};

/// `charge NAME …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The dimension: one charge for each member.
    pub dimension: Option<Name>,
    /// How it is priced.
    pub pricing: Pricing,
    /// The only month in which it is charged: `once in 2026-01`.
    pub once_in: Option<(Month, Span)>,
    /// Whether a forecast is billed first.
    pub advance: Option<Advance>,
}

/// `in advance on forecast, trued up the next month`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advance {
    /// The forecast that is billed in the month itself.
    pub forecast: Expr,
    /// When the difference to what was delivered is settled.
    pub settled: Settled,
    /// The whole of it.
    pub span: Span,
}

/// When what was billed in advance is trued up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Settled {
    /// `the next month`
    NextMonth,
    /// `each quarter`, `each contract year`: in the period's last month.
    EndOf(Every),
}

/// How a charge is priced.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few charges, and a box would complicate every use"
)]
pub enum Pricing {
    /// `12_000 EUR per month`, `23.50 EUR per hour of productive_hours`, `= …`: any amount
    Amount(Expr),
    /// `for handled at 4.20 EUR`, `for handled graduated { … }`
    For(Expr, Price),
    /// `at cost of telecom_invoices plus 8%`
    AtCost(AtCost),
    /// `for handled { voice …; email … }`: one price for each member of the input's dimension
    Card(Path, Vec<RateArm>),
}

/// `at cost of staff_cost, at most 40_000 EUR, plus 8%, at most 50_000 EUR`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtCost {
    /// The supplier's spending.
    pub cost: Expr,
    /// The most of it that counts.
    pub most_cost: Option<Expr>,
    /// The margin: a share of the cost that counts, or an amount.
    pub margin: Option<Expr>,
    /// The most that is paid in all, where there is a margin.
    pub most: Option<Expr>,
    /// The whole of it.
    pub span: Span,
}

/// A price of a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Price {
    /// `at 4.20 EUR`, `2.10 EUR per contact`
    Rate(Expr),
    /// `graduated { … }`, `volume { … }`, `flat { … }`
    Tiers(Tiers),
    /// `in packages of 1_000 calls at 1 EUR`
    Packages {
        /// How many make a package.
        size: Expr,
        /// The price of a package.
        price: Expr,
    },
    /// `metered each contract year graduated { … }`
    Metered(Metering, Box<Price>),
    /// `{ baseline 1_000 tickets at 50_000 GBP each month; … }`
    Baseline(Box<Baseline>),
}

/// Over how many months the units are counted together before tiers or packages price them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metering {
    /// The period.
    pub over: MeteringPeriod,
    /// Where it is written.
    pub span: Span,
}

/// The period of a [`Metering`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeteringPeriod {
    /// `each contract year`
    Each(Every),
    /// `over the term`
    Term,
}

/// One member's price in a rate card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateArm {
    /// The member of the dimension.
    pub member: Name,
    /// Its price.
    pub price: Price,
    /// The whole arm.
    pub span: Span,
}

/// How tiers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TierKind {
    /// Each slab at its own rate.
    Graduated,
    /// All units at the reached rate.
    Volume,
    /// A flat fee for the reached tier.
    Flat,
}

/// The effect of a reached tier on the units before it in the period: words of metered volume tiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EarlierUnits {
    /// `repricing earlier units`: they also take the reached rate.
    Repriced,
    /// `keeping earlier prices`: they stay at what they cost.
    Kept,
}

/// `graduated { first 10_000 at 4.20 EUR; … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiers {
    /// How they are read.
    pub kind: TierKind,
    /// What happens to the units of earlier months of the period, if the text says so.
    pub earlier: Option<(EarlierUnits, Span)>,
    /// The tiers, in the order they were written.
    pub tiers: Vec<Tier>,
    /// The whole block.
    pub span: Span,
}

/// How far a tier reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TierReach {
    /// `first 10_000` or `next 20_000`: that many more than the tier before.
    More(Expr),
    /// `up to 30_000`: to that many in all.
    UpTo(Expr),
    /// `beyond`: everything above the tier before.
    Beyond,
}

/// One tier; without a price it is left `by agreement`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// How far it reaches.
    pub reach: TierReach,
    /// Its rate, or fee.
    pub price: Option<Expr>,
    /// The whole tier.
    pub span: Span,
}
