//! Text to tree. This is the only module that sees pest.

mod findings;
mod grammar;
mod lower;
mod mistakes;
pub mod outline;
mod parse;
mod repair;
mod scan;
pub mod tree;

pub use parse::{Parsed, parse, read_by_pest_alone};
