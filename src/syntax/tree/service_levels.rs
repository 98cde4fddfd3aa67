//! Service levels: what is to be reached, and what a miss means.

use crate::text::Span;

use super::settling::{Applied, InPlace};
use super::{Bands, Comparison, Every, Expr, Months, Name, Path, Rounded, Text};

/// `service level NAME on METRIC { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceLevel {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The dimension: one service level for each member.
    pub dimension: Option<Name>,
    /// The metric it is about.
    pub metric: Path,
    /// The months that its value covers, if the text states them with the metric's name.
    pub months: Option<(Months, Span)>,
    /// Its statements, in the order they were written.
    pub statements: Vec<SlStatement>,
}

/// A statement of a service level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlStatement {
    /// `target 80% each month`
    Target(Expr, Every, Span),
    /// `critical below 70%`
    Critical(Comparison, Expr, Span),
    /// `excused when …`, and in which months of a longer period, if the text says so
    ExcusedWhen(Expr, Option<Within>, Span),
    /// `excused in the first 3 months`: a grace period
    Grace(Expr, Span),
    /// `credit …`
    Credit(SlCredit, Span),
    /// `repeated 2 months x 1.5, 3 months x 2`
    Repeated(Repeated, Span),
    /// `earn back after 3 months at 85% or better`
    EarnBack(EarnBack, Span),
    /// `earn back 50% at the end of the contract year with an average of 85% or better`
    EarnBackYearly(EarnBackYearly, Span),
    /// `raised after 12 months in a row above target, to the mean of target and average`
    Raised(Raised, Span),
    /// `terminate after 3 failures in 6 months`
    Terminate(Terminate, Span),
    /// `no value excused` (true) or `no value failed` (false)
    NoValue(bool, Span),
    /// `excused month breaks the run` (true) or `excused month keeps the run` (false)
    ExcusedBreaks(bool, Name, Span),
    /// `counts from the 4th miss in 12 months`
    CountsFrom(CountsFrom, Span),
    /// `tolerated month keeps the run`
    Tolerated(Tolerated, Name, Span),
    /// `persistent after 3 failures in 6 months: 5% of charges on top of the credit`
    Persistent(Persistent, Span),
    /// `applied to the next invoice`
    Applied(Applied, Span),
    /// `in place of all other credits when critical`
    InPlace(InPlace, Span),
}

/// The months of the period in which a condition must hold to excuse the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Within {
    /// `in any month`
    Any,
    /// `in every month`
    Every,
    /// `in the last month`
    Last,
}

/// The cost of a miss.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few service levels, and a box would complicate every use"
)]
pub enum SlCredit {
    /// `2% of charges, critical 5% of charges`
    Amounts(Expr, Option<Expr>),
    /// `{ below 70%: …; below 80%: … }`
    Bands(Bands),
}

/// How repeated failure changes a credit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// The factors from a number of failures in a row onwards; none if the factor grows with each failure.
    pub steps: Vec<Repeat>,
    /// `50% more each further failure`: by how much the factor grows.
    pub growth: Option<Expr>,
    /// `compounding` (true) or `not compounding` (false), if one of them was written.
    pub compounding: Option<bool>,
    /// `at most x 3`
    pub most: Option<Expr>,
}

/// `2 months x 1.5`: the factor from that many failures in a row onwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// How many in a row.
    pub months: Expr,
    /// The periods that are counted: months, quarters, years.
    pub periods: Name,
    /// The factor.
    pub factor: Expr,
}

/// `earn back after 3 months at 85% or better`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarnBack {
    /// How many months.
    pub months: Expr,
    /// The level to hold.
    pub level: Expr,
}

/// `earn back 50% at the end of the contract year with an average of 85% or better`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarnBackYearly {
    /// How much of the year's credits; nothing for `all`.
    pub share: Option<Expr>,
    /// The year.
    pub year: Every,
    /// The condition for it.
    pub earned: Earned,
}

/// The condition for earning back a year's credits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few of them, and a box would complicate every use"
)]
pub enum Earned {
    /// `with an average of 85% or better`
    Average {
        /// The level to hold on average.
        level: Expr,
        /// Whether excused months count in the average, if that was written.
        excused_count: Option<bool>,
    },
    /// `when CONDITION`
    When(Expr),
}

/// `raised after 12 months in a row above target, to the mean of target and average, at most 99%`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// `raised` (true) or `lowered` (false).
    pub up: bool,
    /// After how many good periods in a row.
    pub periods: Expr,
    /// The periods that are counted: months, quarters, years.
    pub period_word: Name,
    /// Whether the value must be `above` the target (true) or `below` it (false).
    pub above: bool,
    /// Whether the target itself is good enough: `at or above target`.
    pub at_target: bool,
    /// `to the mean of target and average` (true) or `to the average` (false).
    pub mean: bool,
    /// How the new target is rounded.
    pub rounded: Option<Rounded>,
    /// The bound, and whether it is `at most` (true) or `at least` (false).
    pub bound: Option<(bool, Expr)>,
}

/// `terminate after 3 failures in 6 months`, or `in a row`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminate {
    /// How many failures.
    pub failures: Expr,
    /// Within how many months; nothing for `in a row`.
    pub months: Option<Expr>,
}

/// `counts from the 4th miss in 12 months`: misses before that one are tolerated, unless they are critical.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountsFrom {
    /// The first miss that counts: 4.
    pub miss: u32,
    /// Where that is written.
    pub miss_span: Span,
    /// Within how many months.
    pub months: Expr,
}

/// The meaning of a tolerated miss for a run of failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tolerated {
    /// The run starts again after it.
    Breaks,
    /// It is skipped.
    Keeps,
    /// It counts in the run like a failure.
    Extends,
}

/// `persistent after 3 failures in 6 months: 5% of charges on top of the credit`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Persistent {
    /// The number of failures from which it applies.
    pub failures: Expr,
    /// Within how many months; nothing for `in a row`.
    pub months: Option<Expr>,
    /// How much.
    pub amount: Expr,
    /// Whether the amount is added to the credit; nothing if that was not written.
    pub beside: Option<Beside>,
}

/// How an amount relates to the ordinary credit of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Beside {
    /// `in place of the credit`
    InPlace,
    /// `on top of the credit`
    OnTop,
}
