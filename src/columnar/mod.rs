//! A program computed for many rows at once, in columns of integers: the fast reader of a program.
//!
//! **The exact evaluator stays the reference.** Columns compute a row only where each of its values is certain: every column
//! of integers has bounds, found from the batch's own cells, within which no operation can overflow. A number that a column
//! cannot hold, an operation that columns do not know, a cell that was refused, and every month that has no invoice go row by
//! row to [`crate::evaluate::Evaluator`], which also has the words for what is wrong. So both ways give the same bytes
//! (`tests/all/columnar.rs`).
//!
//! - A value is `above / (scale × below)`: a column of integers, a fixed divisor, and a column of divisors only where the
//!   contract divides by a value. Nothing is divided until something is rounded: comparisons and bands multiply crosswise.
//! - Marks say where a lane has no number, and of which kind the fault is.
//! - The lanes of a contract that looks back are accounts; the loop runs over the months. What later months read is kept in a
//!   column for each month and series.

mod allocate;
mod builder;
mod compile;
mod engine;
mod form;
mod kernel;
mod machine;
mod memory;
mod results;
mod shape;

pub use engine::{Asked, Columns, Counted};
pub use results::{Form, Results};
