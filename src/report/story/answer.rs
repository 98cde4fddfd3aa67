//! The answer that a story gives, and how a step is put in words.

use crate::ledger::{Step, StepKind, Story};
use crate::report::visible::on_one_line;

/// The step that the story leads to: the line or total that was asked for, or else the last one.
pub(super) fn answer_step(story: &Story) -> Option<&Step> {
    let asked = |step: &&Step| match &story.line {
        Some(line) => step.kind == StepKind::Line && step.name == *line,
        None => step.kind == StepKind::Total,
    };
    let mut backwards = story.steps.iter().rev();
    backwards.find(asked).or(story.steps.last())
}

/// In one line: `handling in 2026-02 is 162 375.00 EUR`.
pub(super) fn answer(story: &Story) -> String {
    let subject = story.line.as_deref().unwrap_or("the total");
    let account = match &story.account {
        Some(account) => format!(" for account {account}"),
        None => String::new(),
    };
    let value = answer_step(story).map_or_else(|| "not computed".to_owned(), value);
    on_one_line(&format!("{subject} in {}{account} is {value}", story.month))
}

/// What came out of a step.
pub(super) fn value(step: &Step) -> String {
    match &step.value {
        Some(value) => value.to_string(),
        None => "without a value".to_owned(),
    }
}

/// A step in one line: `service_level = 76.2%`.
pub(super) fn equation(step: &Step) -> String {
    on_one_line(&format!("{} = {}", step.name, value(step)))
}
