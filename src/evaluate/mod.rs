//! From a program and data to a statement: the exact evaluator, which is the reference for every other reader of a
//! program.

mod active;
mod evaluator;
mod formula;
mod history;
mod months;
mod refusal;
mod schedule;
mod statement;
mod story;
mod total;
mod value;
mod versions;

pub use evaluator::{Cell, Evaluator, Supposing};
pub use history::History;
pub use months::{ends, month_of_term, months_of, reach};
pub use schedule::largest_remainder;
pub use statement::{arose_in, invoice, invoiced};
pub use story::{CellTexts, story};
pub use value::{EMPTY_CELL, Fault, FaultKind, Value};
pub use versions::{Memory, Source, Versions};
