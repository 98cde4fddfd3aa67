//! The tree of a file: what was written, with all its places, before any name has a meaning.
//!
//! A part that could not be read is absent or [`ExprKind::Broken`]. Exactly one diagnostic says why.

mod amendment;
mod baseline;
mod charges;
mod commitments;
mod consequences;
mod designation;
mod expression;
mod facts;
mod file;
mod indexation;
mod measures;
mod parts;
mod points;
mod pools;
mod records;
mod sections;
mod service_levels;
mod settling;
mod sharing;
mod waivers;

pub use amendment::{Amendment, Change, Removed};
pub use baseline::{Baseline, BaselineSide, BaselineSlab, Deadband, DeadbandKind, SlabPrice};
pub use charges::{
    Advance, AtCost, Charge, EarlierUnits, Metering, MeteringPeriod, Price, Pricing, RateArm,
    Settled, Tier, TierKind, TierReach, Tiers,
};
pub use commitments::{Commitment, Holdback, PartPeriod, Release};
pub use consequences::{
    Adjust, AdjustTarget, Award, AwardKind, AwardTerms, Every, Floor, FloorKind, Limit,
    LimitSubject, Notice, Tax,
};
pub use designation::{Designation, Written};
pub use expression::{
    Along, Band, BandBound, Bands, Builtin, Comparison, Edge, Expr, ExprKind, Fold, Function,
    LaterValue, Months, Number, Path, ProductOp, Reach, Ruling, StepCount, StepMode, SumOp,
    UnitExpr, Window, WindowKind,
};
pub use facts::{
    Assignment, Expectation, Fact, FactToken, PartnershipClause, PartnershipKind, Scenario,
};
pub use file::{
    Comment, Contract, ContractBody, Currencies, Invoicing, Item, ItemKind, PartMonths, PartyItem,
    RoundItem, RoundScope, TermItem, Text, Tree, Unreadable, Use, UseWhat,
};
pub use indexation::{
    Index, IndexAgainst, IndexBase, IndexDates, IndexLink, IndexTarget, IndexThreshold,
};
pub use measures::{
    DimensionItem, Fallback, FallbackKind, Input, Let, Measured, Metric, MetricStatement,
    Objective, Reporter, Rounded, Scorecard, ScorecardArm, TypeExpr, UnitItem, ValueRange,
};
pub use points::{Points, PointsRepeat, PointsStatement, PointsTerms};
pub use pools::{Allocation, AtRisk, PoolPart};
pub use records::{
    Counted, CountedField, CountedWhat, FieldType, RecordField, RecordPeriod, RecordTest,
    RecordValue, Records,
};
pub use service_levels::{
    Beside, CountsFrom, EarnBack, EarnBackYearly, Earned, Persistent, Raised, Repeat, Repeated,
    ServiceLevel, SlCredit, SlStatement, Terminate, Tolerated, Within,
};
pub use settling::{Applied, AppliedItem, Excess, InPlace, LimitPeriod, Only, Small};
pub use sharing::{GainBand, PartyShare, RateDeadband, ShareCurrency, ShareGain, ShareItem};

pub use sections::{Section, section_at};
pub use waivers::{Waiver, WaiverScope};

use crate::text::Span;

/// A name as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its letters.
    pub text: String,
    /// Its place.
    pub span: Span,
}
