//! Program and data to statement: the exact evaluator, the reference for every other reader of a program.

mod active;
mod evaluator;
mod formula;
mod history;
mod refusal;
mod schedule;
mod statement;
mod story;
mod value;
mod versions;

pub use evaluator::{Cell, Evaluator, Supposing};
pub use history::History;
pub use schedule::largest_remainder;
pub use statement::{invoice, invoiced};
pub use story::{CellTexts, story};
pub use value::{Fault, FaultKind, Value};
pub use versions::{Memory, Versions};
