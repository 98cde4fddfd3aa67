//! The checker's rules: the examples on each page do what the page says, and the lists of rules are correct.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test reads and writes the project's files, and fails by panicking"
)]

mod broken;
mod contradictions;
mod fixes;
pub mod frame;
mod grouping;
mod letters;
mod lists;
mod pages;
mod phrasings;
mod waivers;
