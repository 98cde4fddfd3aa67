//! The curves of a month as data: amounts that the evaluator computed, and what is between them.

use crate::calendar::Month;
use crate::quantity::{Currency, Exact, Figure, Type};

/// The curves of one month of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curves {
    /// The contract's file, as it is shown.
    pub file: String,
    /// The contract's name.
    pub contract: String,
    /// Its title, or else its name.
    pub title: String,
    /// The currency of every amount.
    pub currency: Currency,
    /// The month from which everything else is taken.
    pub month: Month,
    /// The account, if the data has accounts.
    pub account: Option<String>,
    /// Where the month comes from.
    pub source: MonthSource,
    /// What the month comes to as it is; nothing if it has no invoice.
    pub total: Option<Exact>,
    /// One curve for each KPI, in the order of the contract or of the request.
    pub curves: Vec<Curve>,
    /// KPIs and inputs without a curve, with the reason.
    pub without: Vec<Without>,
    /// Two KPIs together.
    pub map: Option<Map>,
}

/// Where the month comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MonthSource {
    /// A file of data, by its name.
    Data(String),
    /// A scenario of the contract, by its name.
    Scenario(String),
}

/// A KPI that has no curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Without {
    /// The KPI or input.
    pub name: String,
    /// Why it has none, in words that can follow its name and a colon.
    pub why: String,
}

/// The month's invoice over the values of a KPI or input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    /// The KPI or input.
    pub name: String,
    /// What it is called for people.
    pub title: Option<String>,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// The type of its values.
    pub kind: Type,
    /// Whether a higher value is better, if that is declared.
    pub higher_is_better: Option<bool>,
    /// How it was varied.
    pub varied: Varied,
    /// The month as it is, if it has both a value and an invoice.
    pub now: Option<Point>,
    /// The pieces in the order of the KPI's values. Neighbours meet at a kink, or there is a step between them.
    pub pieces: Vec<Piece>,
    /// The steps between pieces, in the same order.
    pub steps: Vec<Step>,
    /// Targets and critical levels.
    pub markers: Vec<Marker>,
    /// The last months of the data, the newest last.
    pub past: Vec<PastMonth>,
    /// The difference in the amount below which a piece counts as straight, because lines are rounded.
    pub rounding: Exact,
}

impl Curve {
    /// Whether the invoice is the same at every value.
    #[must_use]
    pub fn is_level(&self) -> bool {
        let first = self.pieces.first().map(|piece| &piece.from.total);
        let ends = self
            .pieces
            .iter()
            .flat_map(|piece| [&piece.from, &piece.to]);
        let mut totals = ends.map(|point| Some(&point.total));
        totals.all(|total| total == first) && self.steps.is_empty()
    }
}

/// How a KPI was varied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Varied {
    /// What was changed.
    pub way: Way,
    /// The least and the greatest value of what was changed.
    pub from: Figure,
    /// See `from`.
    pub to: Figure,
    /// The distance between values that were considered.
    pub step: Figure,
    /// Whether the contract states that distance; otherwise it was chosen.
    pub step_is_stated: bool,
    /// Whether the contract states both ends; otherwise an end was chosen.
    pub ends_are_stated: bool,
    /// The number of values that were computed.
    pub computed: usize,
    /// Whether every value was computed.
    pub all: bool,
    /// Whether a limit on the number of values was reached, so that steps may be located only roughly.
    pub cut_short: bool,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A column of the data.
    Column(String),
    /// Columns of the data above the line of a quotient, and columns that change the other way so that the columns below
    /// the line add up to the same.
    Quotient {
        /// The columns above the line. Several change in proportion.
        above: Vec<String>,
        /// The columns that make up for it.
        against: Vec<String>,
        /// The columns that stay as they are.
        fixed: Vec<String>,
    },
    /// The value itself. The data stays as it is.
    Itself,
}

/// A value and the invoice at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The value of the KPI.
    pub value: Exact,
    /// The value of what was changed.
    pub set: Exact,
    /// The total of the month.
    pub total: Exact,
    /// The lines of the clause that is asked about; zero if none is.
    pub own: Exact,
}

/// A piece of the curve on which the invoice is a straight line, up to the rounding of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its first point.
    pub from: Point,
    /// Its last point.
    pub to: Point,
    /// The change for one unit of the KPI; nothing for a piece of one value.
    pub slope: Option<Exact>,
}

impl Piece {
    /// Whether the invoice is the same at all its values.
    #[must_use]
    pub fn is_level(&self) -> bool {
        self.from.total == self.to.total
    }

    /// Whether it has only one value.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.from.value == self.to.value
    }
}

/// A step between two neighbouring values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The last value before it.
    pub below: Exact,
    /// The first value after it.
    pub above: Exact,
    /// How much the invoice changes from `below` to `above`. Nothing if one of the two has no invoice.
    pub change: Option<Exact>,
    /// Whether it is a large one: at least [`CLIFF_SHARE`] of the greater of the two amounts.
    pub is_cliff: bool,
    /// Why there is no invoice on one side.
    pub no_invoice: Option<String>,
}

/// A step of at least one part in so many of the invoice is called a cliff.
pub const CLIFF_SHARE: i64 = 100;

/// A value with a meaning in the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// What it is.
    pub kind: MarkerKind,
    /// The service level that states it.
    pub level: String,
    /// The value.
    pub value: Exact,
    /// Whether the contract can move it later.
    pub moves: bool,
}

/// What a marked value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerKind {
    /// The target of a service level.
    Target,
    /// The level from which a miss is critical.
    Critical,
    /// What an objective aims at.
    Goal,
}

/// A month of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastMonth {
    /// The month.
    pub month: Month,
    /// The value that the KPI had; nothing if it had none.
    pub value: Option<Exact>,
    /// The invoice that the month had; nothing if it had none.
    pub total: Option<Exact>,
    /// The point of this curve that is closest to the value; nothing if the value is outside of it.
    pub here: Option<Point>,
}

/// The invoice over two KPIs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// The KPI across.
    pub across: String,
    /// Its values.
    pub columns: Vec<Figure>,
    /// The KPI down.
    pub down: String,
    /// Its values.
    pub rows: Vec<Figure>,
    /// The amounts by row and column; nothing where there is no invoice.
    pub totals: Vec<Vec<Option<Exact>>>,
    /// The row and column of the month as it is.
    pub now: Option<(usize, usize)>,
}
