//! The state of contracts, on one page each, for people and programs.

pub mod html;
pub mod json;
pub mod text;

mod words;

use crate::review::Review;
use crate::text::Sources;

/// A contract's review, with its file and texts.
#[derive(Clone, Copy)]
pub struct ContractReview<'r> {
    /// The file's name.
    pub file: &'r str,
    /// The texts.
    pub sources: &'r Sources,
    /// Its state.
    pub review: &'r Review,
}

/// The most findings that a page shows.
const SHOWN_CONCERNS: usize = 5;
/// The most waivers that a page shows.
const SHOWN_WAIVERS: usize = 4;
/// The most questions that a page shows.
const SHOWN_QUESTIONS: usize = 5;
