//! Reading data: every way in which a file can be right or wrong.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod cells;
mod explain;
mod forms;
mod headings;
mod json;
mod layout;
mod limits;
mod months;
mod order;
mod properties;
mod sample;
mod template;
#[cfg(feature = "xlsx")]
mod workbooks;
