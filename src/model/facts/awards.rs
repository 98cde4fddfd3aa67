//! What quality is worth: scorecards, adjustments, credits and bonuses.

use crate::program::NodeId;
use crate::syntax::tree::{Applied, AwardKind, Every};
use crate::text::Span;

use super::{Bands, Head, InPlace, Link, Rounded, Value};

/// Several metrics combined into a score.
#[derive(Clone, Debug)]
pub struct Scorecard {
    /// The clause.
    pub head: Head,
    /// The metrics with their weights and points.
    pub arms: Vec<Weighted>,
    /// The rounding of the score.
    pub rounded: Option<Rounded>,
    /// Its value.
    pub nodes: Vec<NodeId>,
}

/// One metric of a scorecard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighted {
    /// Its weight.
    pub weight: Value,
    /// The metric.
    pub metric: Link,
    /// Points by band.
    pub bands: Bands,
    /// All of it.
    pub span: Span,
}

/// The charges that a clause changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeTarget {
    /// All of them.
    All,
    /// These.
    Named(Vec<Link>),
}

/// A clause that changes charges by a measure.
#[derive(Clone, Debug)]
pub struct Adjustment {
    /// The clause.
    pub head: Head,
    /// The charges.
    pub target: ChargeTarget,
    /// The measure.
    pub by: Value,
    /// The percentages.
    pub bands: Bands,
}

/// How much a credit, a bonus or points amount to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few of them, and a box would burden every reader"
)]
pub enum AwardTerms {
    /// An amount.
    Amount(Value),
    /// By bands of a measure.
    Bands(Value, Bands),
}

impl AwardTerms {
    /// The amounts that can be due.
    pub fn amounts(&self) -> impl Iterator<Item = &Value> {
        let (one, bands) = match self {
            Self::Amount(amount) => (Some(amount), [].as_slice()),
            Self::Bands(_, bands) => (None, bands.all.as_slice()),
        };
        one.into_iter().chain(bands.iter().map(|band| &band.value))
    }

    /// The name that is measured, if it is a single name.
    #[must_use]
    pub fn measure(&self) -> Option<&Link> {
        match self {
            Self::Amount(_) => None,
            Self::Bands(on, _) => on.name(),
        }
    }
}

/// A credit or a bonus outside service levels.
#[derive(Clone, Debug)]
pub struct Award {
    /// The clause.
    pub head: Head,
    /// Credit or bonus.
    pub kind: AwardKind,
    /// The dimension: one for each member.
    pub dimension: Option<String>,
    /// How much.
    pub terms: AwardTerms,
    /// How often.
    pub every: Option<Every>,
    /// The condition under which it applies.
    pub when: Option<Value>,
    /// Whether the condition must hold in every month of the period.
    pub in_every_month: bool,
    /// On which invoice it is settled.
    pub applied: Option<(Applied, Span)>,
    /// The other credits that it replaces.
    pub in_place: Option<InPlace>,
}
