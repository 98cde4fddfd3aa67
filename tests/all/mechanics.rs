//! Every pricing and performance mechanism: cases worked out by hand, with their working, and the laws that each must
//! obey. There is one file for each mechanism.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod advance_billing;
mod application;
mod at_cost;
mod at_risk;
mod baseline;
mod choices;
mod commitments;
mod counted_misses;
mod dated;
mod derived_rates;
mod holdbacks;
mod improvement;
mod indexation;
mod limits;
mod metering;
mod negative_amounts;
mod packages;
mod part_months;
mod periods;
mod points;
mod repeats;
mod settled_periods;
mod sharing;
mod yearly_earn_back;
