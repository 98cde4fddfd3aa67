//! The story of a number: the steps from a line down to the data cells.

use crate::calendar::Month;
use crate::quantity::Figure;
use crate::text::Span;

use super::Amended;

/// How a line or a total came about, from the data up: each step uses only steps before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The account, if the data has accounts.
    pub account: Option<String>,
    /// The month.
    pub month: Month,
    /// The amendment under which it is computed; nothing for the contract as it was first agreed.
    pub amendment: Option<Amended>,
    /// The line that is explained; nothing for the whole invoice.
    pub line: Option<String>,
    /// The steps, in the order of computation.
    pub steps: Vec<Step>,
    /// The steps that it leads to, as indices into [`Story::steps`]: the lines of that name, or the total. An item can
    /// have several lines: one for each member of a dimension, or a credit and its return.
    pub answers: Vec<usize>,
}

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// A value that was reported.
    Input,
    /// A metric.
    Metric,
    /// A definition that the drafter named with `let`.
    Definition,
    /// A scorecard's total.
    Score,
    /// A band of a table or ladder that was reached.
    Band,
    /// A slab of a tiered charge.
    Slab,
    /// A condition that was decided.
    Condition,
    /// A rounding that changed the value.
    Rounding,
    /// A limit.
    Limit,
    /// A line of the invoice.
    Line,
    /// The invoice's total.
    Total,
    /// Anything between.
    Part,
}

/// One step of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub kind: StepKind,
    /// Its name in the contract, or a few words.
    pub name: String,
    /// The result: a value, or nothing if the contract allows that.
    pub value: Option<Figure>,
    /// What happened, in words: `below 80%: 2% of charges`.
    pub text: String,
    /// The contract's words for it.
    pub span: Span,
    /// The clause of the paper contract.
    pub clause: Option<String>,
    /// The steps it used, as indices into [`Story::steps`].
    pub uses: Vec<usize>,
    /// The data cell, for an input.
    pub cell: Option<DataCell>,
}

/// Where in the data a value was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataCell {
    /// Row of the file, from 1, the heading included.
    pub row: usize,
    /// The column's heading.
    pub column: String,
    /// Its content.
    pub text: String,
}
