//! Bands of a measurement, each with its value.

use crate::syntax::tree::{Comparison, Ruling};
use crate::text::Span;

use super::Value;

/// Bands, in the order in which they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    /// The bands.
    pub all: Vec<Band>,
    /// All of them.
    pub span: Span,
}

/// One band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// How far it reaches.
    pub reach: Reach,
    /// Its value.
    pub value: Value,
    /// Whether it comes in place of or on top of the band before it.
    pub ruling: Option<Ruling>,
    /// All of it.
    pub span: Span,
}

/// How far a band reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a contract has few bands, and a box would burden every reader"
)]
pub enum Reach {
    /// `below 70%`
    Side(Comparison, Value),
    /// `98.0% to 98.9%`, and whether each end belongs to it.
    Range {
        /// The lower end.
        from: Value,
        /// Whether the lower end belongs to it.
        from_included: bool,
        /// The upper end.
        to: Value,
        /// Whether the upper end belongs to it.
        to_included: bool,
    },
    /// `5`
    Exactly(Value),
    /// `otherwise`
    Otherwise,
    /// `no value`
    NoValue,
}
