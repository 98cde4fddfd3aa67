//! The program that a contract becomes: a small, closed set of typed nodes, and the plan of lines made from them.
//!
//! Nothing that money depends on lives outside the nodes. A node uses only nodes before it, except through a
//! [`SeriesId`], which reads earlier months; so one pass over the nodes computes a month, and it always ends.

mod facts;
mod graph;
mod node;
mod plan;
mod reach;
mod whole;

pub use facts::{Before, Fact, Facts};
pub use graph::{Graph, MOST_VALUES, Series};
pub use node::{
    Band, BandEnd, Cause, Comparison, EveryMonth, Fold, Node, NodeId, NodeLabel, Op, SeriesId,
    SlotId, WindowMonths,
};
pub use plan::{CutPlan, LinePlan, MeasurePlan, NoticePlan, PartPlan, Piece, Plan, Slot};
pub use reach::Reach;
pub use whole::Program;
