//! The answer that a story gives, and the words for a step.

use crate::ledger::{Step, Story};
use crate::quantity::Figure;
use crate::report::escape::terminal::on_one_line;
use crate::report::words::in_figures;

/// The number to which the story leads: the total, or the sum of the lines with the given name.
pub(super) fn answer_value(story: &Story) -> Option<Figure> {
    let mut answers = story.answers.iter().map(|at| story.steps.get(*at));
    let mut sum = answers.next()??.value.clone()?;
    for line in answers {
        let value = line?.value.as_ref()?;
        sum = Figure::new(sum.value.add(&value.value), sum.kind);
    }
    Some(sum)
}

/// The answer on one line: `handling in 2026-02 is 162 375.00 EUR`.
pub(super) fn answer(story: &Story) -> String {
    let subject = story.line.as_deref().unwrap_or("the total");
    let account = match &story.account {
        Some(account) => format!(" for account {account}"),
        None => String::new(),
    };
    let value = match answer_value(story) {
        Some(value) => value.to_string(),
        None if story.steps.is_empty() => "not computed".to_owned(),
        None => "without a value".to_owned(),
    };
    let under = match &story.amendment {
        Some(amended) => format!(", under amendment {}", amended.name),
        None => String::new(),
    };
    on_one_line(&format!(
        "{subject} in {}{account} is {value}{under}",
        story.month
    ))
}

/// The result of a step.
pub(super) fn value(step: &Step) -> String {
    match &step.value {
        Some(value) => value.to_string(),
        None => "without a value".to_owned(),
    }
}

/// A step on one line: `service_level = 76.2%`.
pub(super) fn equation(step: &Step) -> String {
    on_one_line(&format!("{} = {}", in_figures(&step.name), value(step)))
}
