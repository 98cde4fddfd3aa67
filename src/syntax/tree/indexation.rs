//! `index …`: prices that follow a published index.

use crate::calendar::Month;
use crate::text::Span;

use super::{Expr, Number, Path, Rounded};

/// `index handling, agents by hicp_services { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// The items that follow the index.
    pub targets: Vec<IndexTarget>,
    /// The index: an input, or another value that is reported or computed each month.
    pub by: Path,
    /// `base 118.4 of 2025-10`
    pub base: IndexBase,
    /// `each January from 2027 with the value of October before`
    pub dates: IndexDates,
    /// `70% fixed`: the share of a price that does not follow the index
    pub fixed: Option<Expr>,
    /// `only the change above 2%`
    pub threshold: Option<IndexThreshold>,
    /// `at least 0%` of `at least 0% and at most 5% a year`
    pub least: Option<Expr>,
    /// `at most 5%` of `at least 0% and at most 5% a year`
    pub most: Option<Expr>,
    /// `factor rounded half up to 0.1%`
    pub factor: Option<Rounded>,
    /// `prices rounded half up to 0.01 EUR`
    pub prices: Option<Rounded>,
    /// `against the base`
    pub against: Option<(IndexAgainst, Span)>,
    /// `from 2028-01 by cpi_new, 104.2 linked to 121.7`, in the order they were written
    pub links: Vec<IndexLink>,
}

/// An item that follows an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexTarget {
    /// `charges`: all of them
    Charges(Span),
    /// A charge, definition, credit, bonus or service level.
    Named(Path),
}

/// `base 118.4 of 2025-10`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexBase {
    /// The value of the index on which the prices are based.
    pub value: Number,
    /// The month that it was published for.
    pub month: Month,
    /// All of it.
    pub span: Span,
}

/// `each January from 2027 with the value of October before`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexDates {
    /// The first month in which prices are adjusted. They are adjusted again in the same month of every later year.
    pub first: Month,
    /// The number of the month whose value counts, 1 to 12: the last such month before the adjustment.
    pub value_of: u32,
    /// All of it.
    pub span: Span,
}

/// How a change that passes a threshold counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexThreshold {
    /// `only the change above` (true), or `the whole change once above` (false); nothing if the text does not say.
    pub only_above: Option<bool>,
    /// The threshold.
    pub level: Expr,
    /// All of it.
    pub span: Span,
}

/// The value with which an index's value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IndexAgainst {
    /// `against the base`
    Base,
    /// `against the year before`
    YearBefore,
    /// `against the last adjustment`
    LastAdjustment,
}

/// `from 2028-01 by cpi_new, 104.2 linked to 121.7`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexLink {
    /// The first month whose value is read from the new index.
    pub from: Month,
    /// The new index.
    pub by: Path,
    /// A value of the new index …
    pub new_value: Number,
    /// … and the value of the index before it that it corresponds to.
    pub old_value: Number,
    /// All of it.
    pub span: Span,
}
