//! The curves of a month: text, JSON, and a page.

pub mod html;
pub mod json;
pub mod text;

mod parts;
mod plot;
mod words;

pub use parts::{
    CLIFF_SHARE, Curve, Curves, Map, Marker, MarkerKind, MonthSource, PastMonth, Piece, Point,
    Step, Varied, Way, Without,
};
