//! Source text and places in it: files, byte spans, lines and columns.

mod line_ends;
mod line_index;
mod sources;
mod span;

pub use line_ends::{name_of_line_end, odd_line_end};
pub use line_index::{LineColumn, LineIndex};
pub use sources::{Source, Sources};
pub use span::{FileId, Span};
