//! What the parties bear or gain together.

use crate::syntax::tree::{Every, PartPeriod};

use super::{ChargeTarget, Head, Link, TierReach, Value};

/// `50% to customer`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyShare {
    /// The share.
    pub share: Value,
    /// Whether it is the customer's; the supplier's if not.
    pub to_customer: bool,
}

/// `beyond 5% deductible`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateDeadband {
    /// The change within which nothing is shared.
    pub level: Value,
    /// Whether only what is beyond it counts, if that is said.
    pub deductible: Option<bool>,
}

/// A currency risk that is shared.
#[derive(Clone, Debug)]
pub struct ShareCurrency {
    /// The clause.
    pub head: Head,
    /// The charges whose cost moves with the rate.
    pub target: ChargeTarget,
    /// The rate that prices are based on.
    pub base: Value,
    /// The rate of the month.
    pub by: Link,
    /// The deadband.
    pub beyond: Option<RateDeadband>,
    /// Whose share it is.
    pub share: PartyShare,
    /// Up to which rate.
    pub up_to: Option<Value>,
    /// Down to which rate.
    pub down_to: Option<Value>,
}

/// A gain or a loss that is shared.
#[derive(Clone, Debug)]
pub struct ShareGain {
    /// The clause.
    pub head: Head,
    /// What was spent.
    pub actual: Value,
    /// What it is held against.
    pub target: Value,
    /// The period that is settled.
    pub every: Option<Every>,
    /// What a part of a period has of a fixed target.
    pub part: Option<PartPeriod>,
    /// What is below the target; nothing if that is not said.
    pub gain: Option<Vec<GainBand>>,
    /// What is above the target; nothing if that is not said.
    pub pain: Option<Vec<GainBand>>,
}

/// `first 10%: 50% to supplier`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GainBand {
    /// How far it reaches, in shares of the target.
    pub reach: TierReach,
    /// Whose share it is.
    pub share: PartyShare,
}
