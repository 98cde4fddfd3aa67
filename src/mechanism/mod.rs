//! One file for each pricing or performance mechanism: how its text is checked, and the nodes that it becomes.
//!
//! No mechanism computes money. Each creates nodes of the program, and the plan of the lines that show them.

pub mod adjustment;
mod advance;
mod amounts;
pub mod application;
pub mod at_cost;
pub mod at_risk;
pub mod award;
pub mod baseline;
pub mod charge;
pub mod choice;
pub mod commitment;
pub mod earn_back;
pub mod floor;
pub mod holdback;
pub mod index;
mod index_questions;
pub mod limit;
pub mod metering;
mod negative;
pub mod notice;
mod open_amount;
pub mod packages;
mod part_period;
mod period;
pub mod points;
pub mod rate_card;
mod retention;
pub mod scorecard;
pub mod service_level;
pub mod settlement;
pub mod sharing;
pub mod small;
pub mod tax;
pub mod tiers;
mod worksheet;

pub use worksheet::{Deduction, DeductionKind, PaidOut, Pending, Replacing, Worksheet};
