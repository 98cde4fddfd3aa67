//! What is reported, measured and aimed at.

use crate::program::NodeId;
use crate::quantity::{Exact, RoundingMode, Type};
use crate::syntax::tree::{Comparison, Name, Reporter, Text};
use crate::text::Span;

use super::{Counted, Head, ItemId, KpiKind, Link, Value};

/// Something that is reported each month.
#[derive(Clone, Debug)]
pub struct Input {
    /// The clause.
    pub head: Head,
    /// Its type.
    pub value_type: Type,
    /// The dimension by which it is reported.
    pub dimension: Option<String>,
    /// The system it comes from.
    pub source: Option<Text>,
    /// Who reports it.
    pub reporter: Option<Reporter>,
    /// The least value that can be observed.
    pub least: Option<Exact>,
    /// The greatest value that can be observed.
    pub most: Option<Exact>,
    /// The measurement step.
    pub step: Option<Value>,
    /// The value that scenarios use if they state none.
    pub nominal: Option<Value>,
    /// The replacement in a month without a value.
    pub if_missing: Option<Fallback>,
    /// What it is counted from.
    pub counted: Option<Counted>,
    /// Its values: one, or one for each member.
    pub nodes: Vec<NodeId>,
}

/// The replacement for a value that cannot be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// The replacement.
    pub with: Replacement,
    /// The words.
    pub span: Span,
}

/// The kind of a replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few of them, and a box would burden every reader"
)]
pub enum Replacement {
    /// `no value`
    NoValue,
    /// `no invoice`
    NoInvoice,
    /// `last known value`
    LastKnown,
    /// `average of last 3 months`
    AverageOfLast(Value),
    /// A value.
    Value(Value),
}

/// `rounded half up to 0.1%`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rounded {
    /// Which way.
    pub mode: RoundingMode,
    /// To multiples of what.
    pub step: Value,
    /// The words.
    pub span: Span,
}

/// A KPI.
#[derive(Clone, Debug)]
pub struct Metric {
    /// The clause.
    pub head: Head,
    /// Its kind, if it is declared.
    pub kind: Option<KpiKind>,
    /// Its type.
    pub value_type: Type,
    /// Whether a higher value is better, if that is declared.
    pub higher_is_better: Option<bool>,
    /// The dimension: one metric for each member.
    pub dimension: Option<String>,
    /// The least value that can be observed.
    pub least: Option<Exact>,
    /// The greatest value that can be observed.
    pub most: Option<Exact>,
    /// The measurement step.
    pub step: Option<Value>,
    /// The system it comes from.
    pub source: Option<Text>,
    /// Who measures it.
    pub reporter: Option<Reporter>,
    /// Its formula.
    pub formula: Option<Value>,
    /// The quotient that the formula is, if it divides one name by another.
    pub quotient: Option<Quotient>,
    /// The conditions in a month for the value to count.
    pub needs: Vec<Needs>,
    /// The replacement if an input is missing.
    pub if_missing: Option<Fallback>,
    /// The replacement if a denominator is zero.
    pub if_nothing_to_measure: Option<Fallback>,
    /// How it is rounded.
    pub rounded: Option<Rounded>,
    /// The inputs that it is made of, directly or through other names.
    pub inputs: Vec<ItemId>,
    /// Its values: one, or one for each member of its dimension; and the values over several months that are read.
    pub nodes: Vec<NodeId>,
}

impl Metric {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.head.name()
    }

    /// Where it is declared.
    #[must_use]
    pub fn place(&self) -> Span {
        self.head.place()
    }

    /// Whether it is of one of these kinds.
    #[must_use]
    pub fn is_one_of(&self, kinds: &[KpiKind]) -> bool {
        self.kind.is_some_and(|kind| kinds.contains(&kind))
    }
}

/// `a / b`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotient {
    /// The dividend.
    pub above: Link,
    /// By what.
    pub below: Link,
    /// The words of `a`, which may begin with `total`.
    pub above_span: Span,
    /// The words of `b`.
    pub below_span: Span,
}

/// `needs surveys >= 50, otherwise last known value`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needs {
    /// The condition.
    pub condition: Value,
    /// The replacement if the condition is not met.
    pub otherwise: Option<Fallback>,
    /// The words.
    pub span: Span,
}

/// A value with a name of its own.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The clause.
    pub head: Head,
    /// The dimension: one for each member.
    pub dimension: Option<String>,
    /// Its type.
    pub value_type: Type,
    /// The value.
    pub value: Value,
    /// Its values.
    pub nodes: Vec<NodeId>,
}

/// An objective of the contract.
#[derive(Clone, Debug)]
pub struct Objective {
    /// The clause.
    pub head: Head,
    /// Its purposes, in the contract's own words.
    pub purposes: Vec<Name>,
    /// The metrics that show it.
    pub measured_by: Vec<Goal>,
}

/// A metric that shows an objective, with the value to reach if one is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The metric.
    pub metric: Link,
    /// The value to reach.
    pub level: Option<(Comparison, Value)>,
}
