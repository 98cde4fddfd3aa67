//! What the parties bear or gain together.

use crate::syntax::tree::{Every, PartPeriod};

use super::{ChargeTarget, Head, Link, TierReach, Value};

/// `50% to customer`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyShare {
    /// The share.
    pub share: Value,
    /// Whether it is the customer's; otherwise it is the supplier's.
    pub to_customer: bool,
}

/// `beyond 5% deductible`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateDeadband {
    /// The change within which nothing is shared.
    pub level: Value,
    /// Whether only the part beyond it counts, if the text says so.
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
    /// Whose share it is, and how large.
    pub share: PartyShare,
    /// The highest rate up to which it is shared.
    pub up_to: Option<Value>,
    /// The lowest rate down to which it is shared.
    pub down_to: Option<Value>,
}

/// A gain or a loss that is shared.
#[derive(Clone, Debug)]
pub struct ShareGain {
    /// The clause.
    pub head: Head,
    /// The spending.
    pub actual: Value,
    /// The target with which it is compared.
    pub target: Value,
    /// The period that is settled.
    pub every: Option<Every>,
    /// How much of a fixed target applies to a part of a period.
    pub part: Option<PartPeriod>,
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
}
