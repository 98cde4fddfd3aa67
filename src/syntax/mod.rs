//! Text to tree. This is the only module that sees pest.

pub mod tree;
