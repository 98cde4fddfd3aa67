//! Service levels.

use crate::quantity::RoundingMode;
use crate::syntax::tree::{Applied, Beside, Comparison, Every, Tolerated, Within};
use crate::text::Span;

use super::{Bands, Head, InPlace, Link, Value};

/// A statement's content, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// The content.
    pub what: T,
    /// The statement.
    pub span: Span,
}

/// A service level. Writing a statement twice is an error; the first one counts.
#[derive(Clone, Debug)]
pub struct ServiceLevel {
    /// The clause.
    pub head: Head,
    /// The dimension: one service level for each member.
    pub dimension: Option<String>,
    /// The metric that it is about.
    pub metric: Link,
    /// The words for the months that the metric covers, with its name.
    pub over: Option<Span>,
    /// The target.
    pub target: Option<Target>,
    /// The level from which a miss is critical.
    pub critical: Option<Critical>,
    /// When a miss is excused.
    pub excused: Vec<Excuse>,
    /// The number of first months in which a miss is excused.
    pub grace: Option<Stated<Value>>,
    /// The cost of a miss.
    pub credit: Option<Stated<LevelCredit>>,
    /// How repeated failure changes a credit.
    pub repeated: Option<Stated<Repeated>>,
    /// When a credit is earned back.
    pub earn_back: Option<Stated<EarnBack>>,
    /// How much of a year's credits is earned back.
    pub earn_back_yearly: Option<Stated<EarnBackYearly>>,
    /// When the target is raised or lowered.
    pub raised: Option<Stated<Raised>>,
    /// When the customer may terminate.
    pub terminate: Option<Stated<Terminate>>,
    /// Whether a month without a value is excused; otherwise it has failed.
    pub no_value_excused: Option<Stated<bool>>,
    /// Whether an excused month breaks a run; otherwise it keeps the run.
    pub excused_breaks: Option<Stated<bool>>,
    /// The miss from which misses count.
    pub counts_from: Option<Stated<CountsFrom>>,
    /// What a tolerated miss means for a run.
    pub tolerated: Option<Stated<Tolerated>>,
    /// The cost of lasting failure.
    pub persistent: Option<Stated<Persistent>>,
    /// On which invoice its credits are settled.
    pub applied: Option<Stated<Applied>>,
    /// The other credits that its credit replaces.
    pub in_place: Option<Stated<InPlace>>,
}

/// `target 80% each month`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The value to reach.
    pub level: Value,
    /// The period.
    pub every: Every,
    /// The statement.
    pub span: Span,
}

/// `critical below 70%`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Critical {
    /// The side of the level on which a miss is critical.
    pub comparison: Comparison,
    /// The level.
    pub level: Value,
    /// The statement.
    pub span: Span,
}

/// `excused when …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excuse {
    /// The condition.
    pub condition: Value,
    /// In which months of a longer period it must hold.
    pub within: Option<Within>,
    /// The statement.
    pub span: Span,
}

/// The cost of a miss.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few service levels, and a box would burden every reader"
)]
pub enum LevelCredit {
    /// An amount, and another one for a critical miss.
    Amounts(Value, Option<Value>),
    /// By bands of the metric.
    Bands(Bands),
}

/// How repeated failure changes a credit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// The factors from a number of failures in a row onwards.
    pub steps: Vec<Repeat>,
    /// By how much the factor grows with each further failure.
    pub growth: Option<Value>,
    /// Whether it compounds, if the text says so.
    pub compounding: Option<bool>,
    /// The greatest factor.
    pub most: Option<Value>,
}

/// `2 months x 1.5`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// How many failures in a row.
    pub failures: Value,
    /// The factor.
    pub factor: Value,
}

/// `earn back after 3 months at 85% or better`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarnBack {
    /// How many months.
    pub months: Value,
    /// The level to hold.
    pub level: Value,
}

/// `earn back 50% at the end of the contract year …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarnBackYearly {
    /// How much of it; nothing for all.
    pub share: Option<Value>,
    /// The year.
    pub year: Every,
    /// The condition for it.
    pub earned: Earned,
}

/// The condition for earning back a year's credits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earned {
    /// An average.
    Average {
        /// The level to hold on average.
        level: Value,
        /// Whether excused months count, if the text says so.
        excused_count: Option<bool>,
    },
    /// A condition.
    When(Value),
}

/// `raised after 12 months in a row above target, to the mean of target and average`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// Whether it is raised; otherwise it is lowered.
    pub up: bool,
    /// After how many good periods in a row.
    pub periods: Value,
    /// Whether a good value is above the target; otherwise it is below.
    pub above: bool,
    /// Whether the target itself is good enough.
    pub at_target: bool,
    /// Whether it becomes the mean of target and average; otherwise it becomes the average.
    pub mean: bool,
    /// How the new target is rounded.
    pub rounded: Option<(RoundingMode, Value)>,
    /// The bound, and whether it is `at most`.
    pub bound: Option<(bool, Value)>,
}

/// `terminate after 3 failures in 6 months`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminate {
    /// How many failures.
    pub failures: Value,
    /// Within how many months; nothing for `in a row`.
    pub months: Option<Value>,
}

/// `counts from the 4th miss in 12 months`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountsFrom {
    /// The first miss that counts.
    pub miss: u32,
    /// Within how many months.
    pub months: Value,
}

/// `persistent after 3 failures in 6 months: 5% of charges on top of the credit`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Persistent {
    /// The number of failures from which it applies.
    pub failures: Value,
    /// Within how many months; nothing for `in a row`.
    pub months: Option<Value>,
    /// How much.
    pub amount: Value,
    /// Whether it comes in place of the ordinary credit or on top of it.
    pub beside: Option<Beside>,
}

impl LevelCredit {
    /// The amounts that can be due.
    pub fn amounts(&self) -> impl Iterator<Item = &Value> {
        let (stated, bands) = match self {
            Self::Amounts(amount, critical) => ([Some(amount), critical.as_ref()], [].as_slice()),
            Self::Bands(bands) => ([None, None], bands.all.as_slice()),
        };
        let stated = stated.into_iter().flatten();
        stated.chain(bands.iter().map(|band| &band.value))
    }
}

impl ServiceLevel {
    /// The first statement that counts misses in a row.
    #[must_use]
    pub fn run(&self) -> Option<Span> {
        let persistent = self.persistent.as_ref();
        let terminate = self.terminate.as_ref();
        let all = [
            self.repeated.as_ref().map(|one| one.span),
            self.raised.as_ref().map(|one| one.span),
            persistent
                .filter(|one| one.what.months.is_none())
                .map(|one| one.span),
            terminate
                .filter(|one| one.what.months.is_none())
                .map(|one| one.span),
        ];
        all.into_iter().flatten().min()
    }

    /// The period in which it is judged; a month if it has no target.
    #[must_use]
    pub fn every(&self) -> Every {
        self.target.as_ref().map_or(Every::Month, |one| one.every)
    }
}
