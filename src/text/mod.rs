//! Source text and places in it: files, byte spans, lines and columns.

mod hidden;
mod line_ends;
mod line_index;
mod lookalike;
mod sources;
mod span;

pub use hidden::{is_hidden, is_needed};
pub use line_ends::{name_of_line_end, odd_line_end};
pub use line_index::{LineColumn, LineIndex};
pub use lookalike::{mixes_scripts, shape};
pub use sources::{Source, Sources};
pub use span::{FileId, Span};
