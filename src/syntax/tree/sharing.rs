//! `share …`: what the parties bear or gain together.

use crate::text::Span;

use super::{AdjustTarget, Every, Expr, Name, PartPeriod, Path, Text, TierReach};

/// The thing that is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few shares, and a box would complicate every use"
)]
pub enum ShareItem {
    /// `share currency …`
    Currency(ShareCurrency),
    /// `share gain …`
    Gain(ShareGain),
}

/// `50% to customer`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyShare {
    /// The share.
    pub share: Expr,
    /// Whether it is the customer's.
    pub to_customer: bool,
}

/// `beyond 5% deductible`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateDeadband {
    /// The change within which nothing is shared.
    pub level: Expr,
    /// Whether only the part beyond it counts; nothing if the text does not say.
    pub deductible: Option<bool>,
    /// All of it.
    pub span: Span,
}

/// `share currency on offshore against 1.35 CAD per USD by usd_rate { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareCurrency {
    /// The charges whose cost moves with the rate.
    pub target: AdjustTarget,
    /// The rate that the prices are based on.
    pub base: Expr,
    /// The rate of the month.
    pub by: Path,
    /// The deadband.
    pub beyond: Option<RateDeadband>,
    /// Whose share it is, and how large.
    pub share: PartyShare,
    /// `up to 1.60`
    pub up_to: Option<Expr>,
    /// `down to 1.10`
    pub down_to: Option<Expr>,
}

/// `share gain NAME on actual_cost against target_cost { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareGain {
    /// The name of its line.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The spending.
    pub actual: Expr,
    /// The target with which it is compared.
    pub target: Expr,
    /// The period that is settled.
    pub every: Option<(Every, Span)>,
    /// How much of a fixed target applies to a part of a period, if the text says so.
    pub part: Option<(PartPeriod, Span)>,
    /// The bands below the target; nothing if the text has none.
    pub gain: Option<Vec<GainBand>>,
    /// The bands above the target; nothing if the text has none.
    pub pain: Option<Vec<GainBand>>,
}

/// `first 10%: 50% to supplier`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GainBand {
    /// How far it reaches, in shares of the target.
    pub reach: TierReach,
    /// Whose share it is.
    pub share: PartyShare,
    /// All of it.
    pub span: Span,
}
