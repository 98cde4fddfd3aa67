//! The story of a number, in each of its formats.

pub mod json;
pub mod outline;
pub mod text;
pub mod why_not;

mod answer;
mod chapters;
mod steps;
