//! Foreign text made safe for its medium. There is one file for each medium.
//!
//! Other people wrote names, clauses, titles, paths and cells. Whatever is printed goes through one of these files, so
//! that no text controls a terminal, breaks out of a format, or looks like another text.

pub(super) mod command;
pub(super) mod csv;
pub(super) mod json;
pub(super) mod markdown;
pub(super) mod markup;
pub(crate) mod terminal;
