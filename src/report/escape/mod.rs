//! Foreign text made safe for where it goes, in one file for each medium.
//!
//! Names, clauses, titles, paths and cells were written by others. Whatever is printed goes through one of these, so that no text
//! steers a terminal, breaks out of a format, or looks like another text.

pub(super) mod command;
pub(super) mod csv;
pub(super) mod json;
pub(super) mod markdown;
pub(super) mod markup;
pub(crate) mod terminal;
