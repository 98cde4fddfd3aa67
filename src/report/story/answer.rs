//! The answer that a story gives, and how a step is put in words.

use crate::ledger::{Step, StepKind, Story};
use crate::quantity::Figure;
use crate::report::escape::terminal::on_one_line;

/// The number that the story leads to: the total, or the lines of the name that was asked for, together. An item can
/// have several lines: one for each member of a dimension, or a credit and its return.
pub(super) fn answer_value(story: &Story) -> Option<Figure> {
    let mut lines = answer_steps(story).into_iter();
    let mut sum = lines.next()?.value.clone()?;
    for line in lines {
        let value = line.value.as_ref()?;
        sum = Figure::new(sum.value.add(&value.value), sum.kind);
    }
    Some(sum)
}

fn answer_steps(story: &Story) -> Vec<&Step> {
    let found: Vec<&Step> = match &story.line {
        Some(line) => {
            let member = format!("{line}.");
            let lines = story
                .steps
                .iter()
                .filter(|step| step.kind == StepKind::Line);
            lines
                .filter(|step| step.name == *line || step.name.starts_with(&member))
                .collect()
        }
        None => {
            let totals = story.steps.iter().rev();
            totals
                .filter(|step| step.kind == StepKind::Total)
                .take(1)
                .collect()
        }
    };
    if found.is_empty() {
        story.steps.last().into_iter().collect()
    } else {
        found
    }
}

/// In one line: `handling in 2026-02 is 162 375.00 EUR`.
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
