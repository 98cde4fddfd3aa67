//! Charts as SVG, drawn from exact numbers. They have classes and no colours: the page's style has those, so that a chart
//! is the same in light, in dark and on paper.
//!
//! A chart is for the eye. What it shows is also in a table beside it, and its description says so.

mod axis;
mod lines;
mod spark;

pub(super) use axis::{Axis, ticks};
pub(super) use lines::{Dot, DotKind, Jump, LineChart, Upright};
pub(super) use spark::spark;
