//! The story of a number for people: the answer, the contract with the month's values on it, and every step.

use crate::ledger::Story;
use crate::text::Sources;

use super::{answer, chapters, steps};

/// The story as text; `colour` says whether the snippets are coloured.
#[must_use]
pub fn render(story: &Story, sources: &Sources, colour: bool) -> String {
    let answer = answer::answer(story);
    let chapters = chapters::render(story, sources, colour);
    let steps = steps::render(story, sources);
    format!("{answer}\n\n{chapters}Step by step\n\n{steps}")
}
