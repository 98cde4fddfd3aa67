//! What the parties agreed: each clause as a typed fact, with names resolved once. Data only.
//!
//! A fact has a [`Head`] (which clause, which name, which place) and values ([`Value`]). These say what the contract
//! writes, what it comes to if that is fixed, which nodes compute it and which clauses it reads. What belongs to the
//! text alone (how a clause is laid out, in which order its statements are written) is not here.

mod awards;
mod bands;
mod bounds;
mod charges;
mod frame;
mod head;
mod index;
mod kpi;
mod levels;
mod measures;
mod points;
mod records;
mod settling;
mod sharing;
mod value;
mod waiver;

pub use crate::syntax::tree::{
    Applied, AwardKind, Beside, Builtin, Comparison, DeadbandKind, EarlierUnits, Every, FloorKind,
    IndexAgainst, MeteringPeriod, Name, PartMonths, PartPeriod, PartnershipKind, RecordPeriod,
    Reporter, RoundScope, Ruling, Settled, Text, TierKind, Tolerated, Within,
};

pub use awards::{Adjustment, Award, AwardTerms, ChargeTarget, Scorecard, Weighted};
pub use bands::{Band, Bands, Reach};
pub use bounds::{
    AtRisk, Commitment, Excess, Floor, Holdback, Limit, LimitPeriod, LimitSubject, PoolPart,
    PoolShare, Release,
};
pub use charges::{
    Advance, AtCost, Baseline, Charge, Deadband, Metered, Price, Pricing, RateArm, Side, Slab,
    SlabPrice, Tier, TierReach, Tiers,
};
pub use frame::{
    Currencies, Dimension, Frame, Invoicing, PartyFact, PartyRole, RoundingFact, TermFact, UnitFact,
};
pub use head::{Clause, Head, ItemId};
pub use index::{Index, IndexLink, IndexTarget, Threshold};
pub use kpi::KpiKind;
pub use levels::{
    CountsFrom, Critical, EarnBack, EarnBackYearly, Earned, Excuse, LevelCredit, Persistent,
    Raised, Repeat, Repeated, ServiceLevel, Stated, Target, Terminate,
};
pub use measures::{
    Definition, Fallback, Goal, Input, Metric, Needs, Objective, Quotient, Replacement, Rounded,
};
pub use points::{Points, PointsRepeat};
pub use records::{
    Against, Between, Counted, CountedOf, CountedPeriods, CountedWhat, Field, FieldId, FieldKind,
    RecordFold, Records, Service, Test,
};
pub use settling::{AppliedTo, InPlace, Notice, Only, Small, Tax};
pub use sharing::{GainBand, PartyShare, RateDeadband, ShareCurrency, ShareGain};
pub use value::{Dated, Form, Link, Value};
pub use waiver::Waiver;

/// Everything that the parties agreed, by kind of clause. Each kind is in the order of the text unless it says
/// otherwise.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The heads of all clauses, in the order of the text: first those of the contract, then those that it takes from
    /// libraries.
    pub heads: Vec<Head>,
    /// Parties, currency, term, invoice, rounding.
    pub frame: Frame,
    /// Units that the contract declares.
    pub units: Vec<UnitFact>,
    /// The dimensions by which figures are divided.
    pub dimensions: Vec<Dimension>,
    /// The objectives of the contract.
    pub objectives: Vec<Objective>,
    /// What happened, one record each.
    pub records: Vec<Records>,
    /// When the service is open, if records are measured in service hours.
    pub service: Option<Service>,
    /// The reported values.
    pub inputs: Vec<Input>,
    /// The measured values.
    pub metrics: Vec<Metric>,
    /// Values with a name of their own.
    pub definitions: Vec<Definition>,
    /// The charges.
    pub charges: Vec<Charge>,
    /// Several metrics combined into a score.
    pub scorecards: Vec<Scorecard>,
    /// The clauses that change a charge.
    pub adjustments: Vec<Adjustment>,
    /// The service levels: what is to be reached, and what a miss means.
    pub levels: Vec<ServiceLevel>,
    /// The service points for failures.
    pub points: Vec<Points>,
    /// The most that some service levels cost together.
    pub pools: Vec<AtRisk>,
    /// Credits and bonuses.
    pub awards: Vec<Award>,
    /// Limits on credits, reductions or bonuses.
    pub limits: Vec<Limit>,
    /// The minimum or maximum of the invoice.
    pub floors: Vec<Floor>,
    /// The amounts committed for a period.
    pub commitments: Vec<Commitment>,
    /// The amounts kept back for a while.
    pub holdbacks: Vec<Holdback>,
    /// Prices that follow a published index.
    pub indices: Vec<Index>,
    /// A currency risk that is shared.
    pub currency_shares: Vec<ShareCurrency>,
    /// A gain or a loss that is shared.
    pub gain_shares: Vec<ShareGain>,
    /// On which invoice credits and bonuses are settled.
    pub applied: Vec<AppliedTo>,
    /// The treatment of small credits.
    pub small: Vec<Small>,
    /// Which of several credits counts.
    pub only: Vec<Only>,
    /// Taxes.
    pub taxes: Vec<Tax>,
    /// The notices that a month's statement can have.
    pub notices: Vec<Notice>,
}

macro_rules! clauses {
    ($($fact:ident),* $(,)?) => {
        $(impl Clause for $fact {
            fn head(&self) -> &Head {
                &self.head
            }
        })*
    };
}

clauses!(
    Adjustment,
    AppliedTo,
    AtRisk,
    Award,
    Charge,
    Commitment,
    Currencies,
    Definition,
    Floor,
    Holdback,
    Index,
    Input,
    Invoicing,
    Limit,
    Metric,
    Notice,
    Objective,
    Only,
    PartyFact,
    Points,
    Records,
    RoundingFact,
    Scorecard,
    ServiceLevel,
    ShareCurrency,
    ShareGain,
    Small,
    Tax,
    TermFact,
    UnitFact,
);

impl Clause for Head {
    fn head(&self) -> &Head {
        self
    }
}

impl Facts {
    /// The head of a clause.
    #[must_use]
    pub fn head(&self, id: ItemId) -> Option<&Head> {
        self.heads.get(id.0 as usize)
    }

    /// The metric that a clause declares.
    #[must_use]
    pub fn metric(&self, id: ItemId) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.head.id == id)
    }

    /// The metric that a name refers to.
    #[must_use]
    pub fn metric_of(&self, link: &Link) -> Option<&Metric> {
        self.metric(link.to?)
    }
}
