//! Prices that follow a published index.

use crate::calendar::Month;
use crate::quantity::Exact;
use crate::syntax::tree::IndexAgainst;

use super::{Head, Link, Rounded, Value};

/// An indexation.
#[derive(Clone, Debug)]
pub struct Index {
    /// The clause.
    pub head: Head,
    /// The items that follow the index.
    pub targets: Vec<IndexTarget>,
    /// The index.
    pub by: Link,
    /// The index's value on which the prices are based.
    pub base: Exact,
    /// The month that it was published for.
    pub base_month: Month,
    /// The first month in which prices are adjusted. This is repeated once a year.
    pub first: Month,
    /// The number of the month whose value counts, 1 to 12: the last such month before the adjustment.
    pub value_of: u32,
    /// The share of a price that does not follow the index.
    pub fixed: Option<Value>,
    /// The change from which prices follow.
    pub threshold: Option<Threshold>,
    /// The least change a year.
    pub least: Option<Value>,
    /// The greatest change a year.
    pub most: Option<Value>,
    /// How the factor is rounded.
    pub factor: Option<Rounded>,
    /// How prices are rounded.
    pub prices: Option<Rounded>,
    /// The value with which the index's value is compared, if the text says so.
    pub against: Option<IndexAgainst>,
    /// The indices that later replace it.
    pub links: Vec<IndexLink>,
}

/// An item that follows an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexTarget {
    /// All charges.
    Charges,
    /// A charge, definition, credit, bonus or service level.
    Named(Link),
}

/// `only the change above 2%`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// The change.
    pub level: Value,
    /// Whether only the change above it counts, or else the whole change; nothing if the text does not say.
    pub only_above: Option<bool>,
}

/// `from 2028-01 by cpi_new, 104.2 linked to 121.7`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexLink {
    /// The first month whose value is read from the new index.
    pub from: Month,
    /// The new index.
    pub by: Link,
    /// A value of the new index …
    pub new_value: Exact,
    /// … and the value of the old index that it corresponds to.
    pub old_value: Exact,
}
