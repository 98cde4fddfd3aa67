//! From data to text that people and programs read. There is one file for each output format.
//!
//! Every function here is pure: data in, text out. Colour is a parameter, the width is fixed, and nothing asks the
//! terminal, the clock or the environment. So the same data gives the same bytes on every machine. Types of the
//! rendering crates stay within these files.

pub mod agenda;
pub mod close;
pub mod curve;
pub mod dashboard;
pub mod diff;
pub mod document;
pub mod facts;
pub mod failure;
pub mod findings;
pub mod journal;
pub mod paper;
pub mod proofs;
pub mod questions;
pub mod reconcile;
pub mod records;
pub mod redline;
pub mod refusal;
pub mod review;
pub mod rules;
pub mod scenarios;
pub mod settings;
pub mod statement;
pub mod story;
pub mod waivers;

#[cfg(feature = "xlsx")]
pub mod workbook;

mod amount;
mod chart;
pub(crate) mod escape;
mod excerpt;
mod layout;
mod page;
mod wire;
mod words;
