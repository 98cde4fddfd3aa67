//! The balanced scorecard of contracts: text, JSON, and a page.

pub mod html;
pub mod json;
pub mod text;

mod parts;
mod words;

pub use parts::{
    Dashboard, Due, DueEvent, Kpi, Level, MonthNotice, OpenCredit, Right, Sample, Section,
    Standing, Sum,
};
