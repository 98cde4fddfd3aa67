//! The steps of a story as a numbered list.

use crate::ledger::{Step, Story};
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{blanks, hanging, pad_left, width};
use crate::text::Sources;

use super::answer::equation;

/// The most characters of the contract's words that are shown.
const MOST_WORDS: usize = 160;

/// Every step, with the data or the words of the contract on which it rests.
pub(super) fn render(story: &Story, sources: &Sources) -> String {
    let digits = width(&story.steps.len().to_string());
    story
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| entry(at + 1, step, digits, sources))
        .collect()
}

fn entry(number: usize, step: &Step, digits: usize, sources: &Sources) -> String {
    let first = format!("{}. ", pad_left(&number.to_string(), digits + 1));
    let indent = blanks(width(&first));
    let mut title = equation(step);
    if let Some(clause) = &step.clause {
        title.push_str(&format!(" ({})", on_one_line(clause)));
    }
    let mut out = hanging(&first, &title);
    for detail in details(step, sources) {
        out.push_str(&hanging(&indent, &detail));
    }
    out
}

fn details(step: &Step, sources: &Sources) -> Vec<String> {
    let text = on_one_line(&step.text);
    let cell = step.cell.as_ref().map(|cell| {
        let (column, text) = (on_one_line(&cell.column), on_one_line(&cell.text));
        format!("data: row {}, column {column} = {text}", cell.row)
    });
    [
        (!text.is_empty()).then_some(text),
        cell,
        written(step, sources),
        uses(step),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The place and the contract's own words, on one line.
fn written(step: &Step, sources: &Sources) -> Option<String> {
    let source = sources.get(step.span.file)?;
    let words = sources.slice(step.span).split_whitespace();
    let words = on_one_line(&words.take(MOST_WORDS).collect::<Vec<_>>().join(" "));
    let mut shown: String = words.chars().take(MOST_WORDS).collect();
    if shown.len() < words.len() {
        shown.push('…');
    }
    let place = sources.start(step.span);
    let name = on_one_line(&source.name);
    Some(format!("{name}:{}: {shown}", place.line))
}

fn uses(step: &Step) -> Option<String> {
    let numbers: Vec<String> = step.uses.iter().map(|at| (at + 1).to_string()).collect();
    match numbers.len() {
        0 => None,
        1 => Some(format!("from step {}", numbers.join(""))),
        _ => Some(format!("from steps {}", numbers.join(", "))),
    }
}
