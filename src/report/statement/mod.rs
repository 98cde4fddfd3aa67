//! Statements in each of their formats.

pub mod columns;
pub mod csv;
pub mod json;
pub mod text;

mod head;
mod lines;
pub(in crate::report) mod table;
