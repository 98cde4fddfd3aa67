//! One node: an operation on the values of earlier nodes.

use crate::ledger::StepKind;
use crate::quantity::{Exact, Rounding, Type};
use crate::text::Span;

/// Names a node of a [`super::Graph`]: its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// Names a series: the values that one node had month by month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SeriesId(pub u32);

/// Names a column of the data: an input, or one member of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SlotId(pub u32);

/// One node of the program.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it computes.
    pub op: Op,
    /// What kind of value comes out.
    pub kind: Type,
    /// The contract's words for it.
    pub span: Span,
    /// What the story of a number calls it; nothing for steps too small to tell.
    pub label: Option<Box<NodeLabel>>,
}

/// What a story calls a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeLabel {
    /// What kind of step it is.
    pub kind: StepKind,
    /// Its name in the contract.
    pub name: String,
    /// The clause of the paper contract.
    pub clause: Option<String>,
}

/// How two values are compared. A condition is 1 where it holds and 0 where it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// Less than.
    Below,
    /// Less than or equal.
    AtMost,
    /// Greater than.
    Above,
    /// Greater than or equal.
    AtLeast,
    /// Equal.
    Is,
    /// Not equal.
    IsNot,
}

impl Comparison {
    /// Whether it holds of two values.
    #[must_use]
    #[inline]
    pub fn holds(self, left: &Exact, right: &Exact) -> bool {
        match self {
            Self::Below => left < right,
            Self::AtMost => left <= right,
            Self::Above => left > right,
            Self::AtLeast => left >= right,
            Self::Is => left == right,
            Self::IsNot => left != right,
        }
    }

    /// The comparison as it reads from the other side.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Below => Self::Above,
            Self::AtMost => Self::AtLeast,
            Self::Above => Self::Below,
            Self::AtLeast => Self::AtMost,
            Self::Is | Self::IsNot => self,
        }
    }
}

/// How the values of a window are taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fold {
    /// Their sum; 0 if there are none.
    Sum,
    /// Their mean; a fault if there are none.
    Average,
    /// The least; a fault if there are none.
    Least,
    /// The greatest; a fault if there are none.
    Greatest,
}

/// Which months a window takes. Months without a value are passed over; a month that failed makes the window fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WindowMonths {
    /// This month and those before it, so many in all.
    Last(u32),
    /// So many months before this one.
    Previous(u32),
    /// From the first month of the contract year to this one.
    ContractYear,
    /// From the contract year's first month to the one before this.
    ContractYearBefore,
    /// From January to this month.
    CalendarYear,
    /// From the first month of the calendar quarter to this one.
    CalendarQuarter,
    /// From the calendar quarter's first month to the one before this.
    CalendarQuarterBefore,
    /// From January to the month before this.
    CalendarYearBefore,
    /// From the first month of the term to this one.
    Term,
    /// From the first month of the term to the one before this.
    TermBefore,
}

/// What a [`Op::Recover`] makes good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// A data cell is empty.
    Missing,
    /// A denominator is zero.
    ZeroDenominator,
    /// There is no earlier month to read.
    NoHistory,
    /// Anything.
    Any,
}

/// Whether this month ends a period. The last month of the term ends every period, so that nothing stays unsettled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EveryMonth {
    /// Last month of a calendar quarter.
    QuarterEnd,
    /// Last month of a contract year.
    ContractYearEnd,
    /// December.
    CalendarYearEnd,
    /// The last month of the term, and no other.
    TermEnd,
}

/// One end of a band; nothing where the band has no end on that side.
pub type BandEnd = Option<(Exact, bool)>;

/// A band: values from `low` to `high`, each end with whether it is included.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Band {
    /// The lower end.
    pub low: BandEnd,
    /// The upper end.
    pub high: BandEnd,
    /// The value of the band.
    pub value: NodeId,
    /// The contract's words for the band.
    pub span: Span,
}

/// What a node computes. Any operation on a failed value fails with it, unless it says otherwise here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// A number of the contract.
    Constant(Exact),
    /// A cell of the month's data.
    Input(SlotId),
    /// The sum of all.
    Sum(Box<[NodeId]>),
    /// The first less the second.
    Subtract(NodeId, NodeId),
    /// The product.
    Multiply(NodeId, NodeId),
    /// The quotient; a fault if the second is 0.
    Divide(NodeId, NodeId),
    /// The value with its sign turned.
    Negate(NodeId),
    /// The distance from 0.
    Abs(NodeId),
    /// The least of all.
    Min(Box<[NodeId]>),
    /// The greatest of all.
    Max(Box<[NodeId]>),
    /// 1 if the comparison holds, else 0.
    Compare(Comparison, NodeId, NodeId),
    /// 1 if all hold; decided by the first that does not.
    And(Box<[NodeId]>),
    /// 1 if any holds; decided by the first that does.
    Or(Box<[NodeId]>),
    /// 1 for 0, 0 for 1.
    Not(NodeId),
    /// The second if the first holds, else the third; the other one does not count, even if it failed.
    If(NodeId, NodeId, NodeId),
    /// The value of the first band that holds the subject; a fault if none does. Without a subject value:
    /// the last field, if there is one.
    Bands(NodeId, Box<[Band]>, Option<NodeId>),
    /// The value rounded.
    Round(NodeId, Box<Rounding>),
    /// The largest whole number not above the value.
    Floor(NodeId),
    /// The smallest whole number not below the value.
    Ceiling(NodeId),
    /// Part `index` when the parts are made multiples of `step` that sum to `total`: each part is cut down to a
    /// multiple, and the steps left over go one each to the parts that lost most (earlier parts first among equals).
    Share {
        /// The parts.
        parts: Box<[NodeId]>,
        /// What they must sum to: a multiple of `step`, not below the parts cut down and not above them filled up.
        total: NodeId,
        /// The smallest amount.
        step: Box<Exact>,
        /// Which part.
        index: u32,
    },
    /// The series' value in the month before; the node, if there is no earlier month.
    Previous(SeriesId, Option<NodeId>),
    /// The series' values over a window.
    Window(SeriesId, Fold, WindowMonths),
    /// How many months a window holds.
    MonthsIn(SeriesId, WindowMonths),
    /// The first, or the second if the first failed for that cause.
    Recover(NodeId, Cause, NodeId),
    /// No value: what a contract lets a metric have where there is nothing to measure.
    NoValue,
    /// The first, or the second if the first has no value.
    IfKnown(NodeId, NodeId),
    /// 1 if the value is known, 0 if there is none.
    IsKnown(NodeId),
    /// The value, which must lie between the two; a fault if it does not.
    InRange(NodeId, Box<(Option<Exact>, Option<Exact>)>),
    /// Always fails: the contract leaves the case to the parties.
    ByAgreement,
    /// Always fails: something that was not understood. No program of a sound contract has such a node.
    Broken,
    /// Always fails: the contract says that the month is not invoiced.
    NoInvoice(Box<str>),
    /// The month, as its index.
    Month,
    /// 1 in the first month of the term.
    MonthOfTerm,
    /// 1 in January.
    MonthOfYear,
    /// Days of the month.
    DaysInMonth,
    /// 1 if the month ends the period.
    Ends(EveryMonth),
}

impl Op {
    /// Calls `visit` with each node that this operation reads in the same month.
    pub fn each_use(&self, mut visit: impl FnMut(NodeId)) {
        match self {
            Self::Constant(_)
            | Self::Input(_)
            | Self::NoValue
            | Self::ByAgreement
            | Self::Broken
            | Self::NoInvoice(_)
            | Self::Month
            | Self::MonthOfTerm
            | Self::MonthOfYear
            | Self::DaysInMonth
            | Self::Ends(_)
            | Self::Window(..)
            | Self::MonthsIn(..)
            | Self::Previous(_, None) => {}
            Self::Previous(_, Some(a))
            | Self::Negate(a)
            | Self::Abs(a)
            | Self::Not(a)
            | Self::Round(a, _)
            | Self::Floor(a)
            | Self::Ceiling(a)
            | Self::IsKnown(a)
            | Self::InRange(a, _) => visit(*a),
            Self::Subtract(a, b)
            | Self::Multiply(a, b)
            | Self::Divide(a, b)
            | Self::Compare(_, a, b)
            | Self::Recover(a, _, b)
            | Self::IfKnown(a, b) => {
                visit(*a);
                visit(*b);
            }
            Self::If(a, b, c) => {
                visit(*a);
                visit(*b);
                visit(*c);
            }
            Self::Sum(all) | Self::Min(all) | Self::Max(all) | Self::And(all) | Self::Or(all) => {
                all.iter().copied().for_each(visit);
            }
            Self::Bands(subject, bands, no_value) => {
                visit(*subject);
                bands.iter().for_each(|band| visit(band.value));
                if let Some(node) = no_value {
                    visit(*node);
                }
            }
            Self::Share { parts, total, .. } => {
                parts.iter().copied().for_each(&mut visit);
                visit(*total);
            }
        }
    }

    /// The same operation on other nodes and series.
    #[must_use]
    pub fn mapped(
        &self,
        node: impl Fn(NodeId) -> NodeId,
        series: impl Fn(SeriesId) -> SeriesId,
    ) -> Self {
        let all = |nodes: &[NodeId]| nodes.iter().map(|id| node(*id)).collect::<Box<[NodeId]>>();
        match self {
            Self::Constant(_)
            | Self::Input(_)
            | Self::NoValue
            | Self::ByAgreement
            | Self::Broken
            | Self::NoInvoice(_)
            | Self::Month
            | Self::MonthOfTerm
            | Self::MonthOfYear
            | Self::DaysInMonth
            | Self::Ends(_) => self.clone(),
            Self::Sum(a) => Self::Sum(all(a)),
            Self::Min(a) => Self::Min(all(a)),
            Self::Max(a) => Self::Max(all(a)),
            Self::And(a) => Self::And(all(a)),
            Self::Or(a) => Self::Or(all(a)),
            Self::Subtract(a, b) => Self::Subtract(node(*a), node(*b)),
            Self::Multiply(a, b) => Self::Multiply(node(*a), node(*b)),
            Self::Divide(a, b) => Self::Divide(node(*a), node(*b)),
            Self::Negate(a) => Self::Negate(node(*a)),
            Self::Abs(a) => Self::Abs(node(*a)),
            Self::Compare(comparison, a, b) => Self::Compare(*comparison, node(*a), node(*b)),
            Self::Not(a) => Self::Not(node(*a)),
            Self::If(a, b, c) => Self::If(node(*a), node(*b), node(*c)),
            Self::Bands(subject, bands, no_value) => {
                let bands = bands
                    .iter()
                    .map(|band| Band {
                        value: node(band.value),
                        ..band.clone()
                    })
                    .collect();
                Self::Bands(node(*subject), bands, no_value.map(node))
            }
            Self::Round(a, rounding) => Self::Round(node(*a), rounding.clone()),
            Self::Floor(a) => Self::Floor(node(*a)),
            Self::Ceiling(a) => Self::Ceiling(node(*a)),
            Self::Share {
                parts,
                total,
                step,
                index,
            } => Self::Share {
                parts: all(parts),
                total: node(*total),
                step: step.clone(),
                index: *index,
            },
            Self::Previous(of, first) => Self::Previous(series(*of), first.map(node)),
            Self::Window(of, fold, months) => Self::Window(series(*of), *fold, *months),
            Self::MonthsIn(of, months) => Self::MonthsIn(series(*of), *months),
            Self::Recover(a, cause, b) => Self::Recover(node(*a), *cause, node(*b)),
            Self::IfKnown(a, b) => Self::IfKnown(node(*a), node(*b)),
            Self::IsKnown(a) => Self::IsKnown(node(*a)),
            Self::InRange(a, ends) => Self::InRange(node(*a), ends.clone()),
        }
    }

    /// The series that it reads, if it reads one.
    #[must_use]
    pub fn series(&self) -> Option<SeriesId> {
        match self {
            Self::Previous(series, _) | Self::Window(series, ..) | Self::MonthsIn(series, _) => {
                Some(*series)
            }
            _ => None,
        }
    }
}
