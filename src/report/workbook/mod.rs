//! A contract's months as a workbook: the whole calculation as live formulas, so that whoever checks it changes a cell of
//! the data and sees the money move.
//!
//! Sheets: `Statement`, `Data`, one `Calculation` for each version of the contract (a row for each month, a column for
//! each step, headed by the name that the story of the number gives it), and `Exact`, the amounts as Quidpro computes
//! them. A spreadsheet computes in floats; beside each amount are the exact one and the difference.
//!
//! A value that the contract allows to be absent is `#N/A`. A missing cell is `#NUM!`, a division by zero `#DIV/0!`, a
//! window without a month `#VALUE!`, and anything else that keeps a month from being invoiced `#REF!`.

mod formula;
mod sheets;

use std::fmt;

use crate::calendar::Month;
use crate::data::{Row, Schema};
use crate::program::Program;

pub use sheets::write;

/// What is written.
pub struct Calculation<'c> {
    /// The contract's title.
    pub title: &'c str,
    /// Its versions, the oldest first: what each is called, its first month, its program.
    pub versions: Vec<(String, Option<Month>, &'c Program)>,
    /// The columns of the data.
    pub schema: &'c Schema,
    /// The rows of each account, in the order of their months.
    pub accounts: Vec<&'c [Row]>,
    /// The months whose statement is shown.
    pub shown: (Option<Month>, Option<Month>),
}

/// Why there is no workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A version has more steps than a sheet has columns.
    TooManySteps(usize),
    /// There are more rows than a sheet has.
    TooManyRows(usize),
    /// A formula is longer than a cell can hold: the step that it computes.
    TooLong(String),
    /// The workbook could not be written.
    Other(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManySteps(count) => write!(
                f,
                "the calculation has {count} steps, and a sheet has 16 384 columns"
            ),
            Self::TooManyRows(count) => write!(
                f,
                "the workbook would have {count} rows, and a sheet has 1 048 576"
            ),
            Self::TooLong(step) => write!(
                f,
                "the formula of `{step}` is longer than the 8 192 characters that a cell holds"
            ),
            Self::Other(why) => f.write_str(why),
        }
    }
}
