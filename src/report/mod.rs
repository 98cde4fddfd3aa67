//! From data to what people and programs read: one file per output format.
//!
//! Every function here is pure: data in, text out. Colour is a parameter, the width is fixed, and nothing asks the
//! terminal, the clock or the environment, so the same data gives the same bytes on every machine. Types of the
//! rendering crates stay within these files.

pub mod diff;
pub mod facts;
pub mod failure;
pub mod findings;
pub mod proofs;
pub mod questions;
pub mod refusal;
pub mod review;
pub mod rules;
pub mod scenarios;
pub mod settings;
pub mod statement;
pub mod story;
pub mod waivers;

mod amount;
pub(crate) mod escape;
mod excerpt;
mod layout;
mod wire;
mod words;
