//! Items that say what is measured: inputs, metrics, definitions, scorecards, objectives.

use crate::quantity::RoundingMode;
use crate::text::Span;

use super::{Bands, Counted, Expr, Name, Path, Text, UnitExpr};

/// `unit parcel, parcels` declares a counted unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitItem {
    /// The name for one.
    pub singular: Name,
    /// The name for many; the singular is also the plural if this is left out.
    pub plural: Option<Name>,
    /// Whether parts of one can be counted.
    pub fractional: bool,
}

/// `dimension channel { voice, email, chat }`, or the same in an input: `by channel { voice, email, chat }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DimensionItem {
    /// Its name.
    pub name: Name,
    /// Its members; none where an input only refers to it.
    pub members: Vec<Name>,
}

/// Who reports a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reporter {
    /// `by customer`
    Customer,
    /// `by supplier`
    Supplier,
    /// `by both`
    Both,
}

/// The type that an item declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeExpr {
    /// `percent`
    Percent(Span),
    /// `percentage points`
    PercentagePoints(Span),
    /// `number`
    Number(Span),
    /// `yes or no`
    Flag(Span),
    /// `1 to 5`: a score on that scale
    Scale(Box<Expr>, Box<Expr>, Span),
    /// `calls`, `EUR per call`
    Unit(UnitExpr),
}

/// `between A and B`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRange {
    /// The least value.
    pub least: Expr,
    /// The greatest value.
    pub most: Expr,
}

/// `input NAME : TYPE …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub value_type: TypeExpr,
    /// The dimension by which it is reported.
    pub dimension: Option<DimensionItem>,
    /// Its title.
    pub title: Option<Text>,
    /// The system it comes from.
    pub source: Option<Text>,
    /// Who reports it.
    pub reporter: Option<(Reporter, Span)>,
    /// The values that can be observed.
    pub range: Option<ValueRange>,
    /// The measurement step.
    pub step: Option<Expr>,
    /// The value that scenarios use if they state none.
    pub nominal: Option<Expr>,
    /// The replacement for a month without a value.
    pub if_missing: Option<Fallback>,
    /// What it is counted from.
    pub counted: Option<Counted>,
}

/// `rounded half up to 0.1%`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rounded {
    /// Which way.
    pub mode: RoundingMode,
    /// To multiples of what.
    pub step: Expr,
    /// The whole phrase.
    pub span: Span,
}

/// The replacement for a value that cannot be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// The replacement.
    pub kind: FallbackKind,
    /// The words that say so.
    pub span: Span,
}

/// The forms of a fallback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FallbackKind {
    /// `no value`: the metric has none, and whatever uses it says what applies then.
    NoValue,
    /// `no invoice`: the month is not invoiced.
    NoInvoice,
    /// `last known value`
    LastKnown,
    /// `average of last 3 months`
    AverageOfLast(Expr),
    /// Any value of the metric's type.
    Value(Expr),
}

/// `metric NAME is KIND, TYPE, higher is better { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The dimension: one metric for each member.
    pub dimension: Option<Name>,
    /// Its kind: `satisfaction`, `timeliness`, …
    pub kind: Option<Name>,
    /// The declared type.
    pub value_type: Option<TypeExpr>,
    /// The measurement step.
    pub step: Option<Expr>,
    /// Whether `higher is better`, or lower.
    pub higher_is_better: Option<bool>,
    /// The values that can be observed.
    pub range: Option<ValueRange>,
    /// The system it comes from.
    pub source: Option<Text>,
    /// Who measures it.
    pub reporter: Option<(Reporter, Span)>,
    /// Its formula.
    pub formula: Option<Expr>,
    /// The other statements of its body.
    pub statements: Vec<MetricStatement>,
}

/// A statement in a metric's body, apart from its formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetricStatement {
    /// `needs surveys >= 50, otherwise …`
    Needs(Expr, Option<Fallback>, Span),
    /// `if missing, …`
    IfMissing(Fallback, Span),
    /// `if nothing to measure, …`: a denominator is zero
    IfNothingToMeasure(Fallback, Span),
    /// `rounded half up to 0.1%`
    Rounded(Rounded),
}

/// `let NAME = EXPRESSION`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Let {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The dimension: one definition for each member.
    pub dimension: Option<Name>,
    /// The declared type.
    pub value_type: Option<TypeExpr>,
    /// Its value.
    pub value: Expr,
}

/// `scorecard NAME { 20% csat { … } … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scorecard {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The KPIs with their weights and points.
    pub arms: Vec<ScorecardArm>,
    /// The rounding of the score.
    pub rounded: Option<Rounded>,
}

/// One KPI of a scorecard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScorecardArm {
    /// Its weight, a percentage.
    pub weight: Expr,
    /// The metric.
    pub metric: Path,
    /// Points by band.
    pub bands: Bands,
    /// The whole arm.
    pub span: Span,
}

/// `objective NAME "…" { purpose …; measured by … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// Its purposes: `language_cover`, `quality`, `cost`, …
    pub purposes: Vec<Name>,
    /// The metrics that show it.
    pub measured_by: Vec<Measured>,
}

/// A metric that shows an objective, with the value to reach if one is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The metric.
    pub metric: Path,
    /// The value to reach: `at least 4.3`.
    pub goal: Option<(super::Comparison, Expr)>,
}
