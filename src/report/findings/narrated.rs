//! Findings as whole sentences without any drawing, for people who listen to them.

use crate::diagnostic::{Label, Severity};
use crate::report::escape::terminal::{on_one_line, visible};
use crate::text::{Sources, Span};

use super::place::Place;
use super::{ContractFindings, Found, each};

/// The most characters of the contract's words that are read out. Of longer words, only the start is.
const MOST_CHARACTERS: usize = 200;

/// All findings in the order of the contracts, files and places, with an empty line after each.
#[must_use]
pub fn render(all: &[ContractFindings<'_>]) -> String {
    let found: Vec<Found<'_>> = each(all).collect();
    let count = found.len();
    found
        .into_iter()
        .zip(1..)
        .map(|(found, number)| narrated(found, number, count))
        .collect()
}

fn narrated(found: Found<'_>, number: usize, count: usize) -> String {
    let Found { finding, sources } = found;
    let mut told = vec![
        format!(
            "Finding {number} of {count} is {} of the kind {}.",
            kind(finding.severity),
            finding.code
        ),
        format!("It is {}.", place(finding.primary.span, sources)),
        sentence(&finding.message),
    ];
    told.extend(words(finding.primary.span, sources));
    told.extend(about(&finding.primary));
    for label in &finding.related {
        told.extend(related(label, sources));
    }
    for why in &finding.why {
        told.push(format!("Why it matters: {}", ended(&quoted(&visible(why)))));
    }
    for help in &finding.help {
        // This is often text to copy, on several lines, so nothing in it may be changed.
        let help = visible(help);
        let between = if help.contains('\n') { "\n" } else { " " };
        told.push(format!("What to do:{between}{help}"));
    }
    told.join("\n") + "\n\n"
}

fn related(label: &Label, sources: &Sources) -> Vec<String> {
    let mut told = vec![format!(
        "Another place that matters is {}.",
        place(label.span, sources)
    )];
    told.extend(words(label.span, sources));
    told.extend(about(label));
    told
}

fn about(label: &Label) -> Option<String> {
    let text = ended(&quoted(&on_one_line(&label.text)));
    (!label.text.is_empty()).then(|| format!("About this place: {text}"))
}

fn kind(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "an error",
        Severity::Warning => "a warning",
        Severity::Info => "a note",
    }
}

/// The place in words: `in file contract.quid, on line 12, from column 3 to column 9`. The last column is that of the
/// last character.
fn place(span: Span, sources: &Sources) -> String {
    let name = on_one_line(sources.name(span.file));
    let file = if sources.is_built_in(span.file) {
        format!("in the library {name}")
    } else {
        format!("in file {name}")
    };
    let Place { start, end } = Place::in_characters(span, sources);
    let (line, column) = (start.line, start.column);
    let last = end.column.saturating_sub(1);
    if line != end.line {
        return format!(
            "{file}, from line {line}, column {column}, to line {}, column {}",
            end.line,
            last.max(1)
        );
    }
    if last <= column {
        return format!("{file}, on line {line}, at column {column}");
    }
    format!("{file}, on line {line}, from column {column} to column {last}")
}

/// The contract's words at the place; nothing for a place between two characters.
fn words(span: Span, sources: &Sources) -> Option<String> {
    let words = sources.slice(span).trim();
    let mut lines = words.lines();
    let first = on_one_line(lines.next()?.trim_end());
    let shown: String = first.chars().take(MOST_CHARACTERS).collect();
    let is_all = lines.next().is_none() && shown.len() == first.len();
    let verb = if is_all { "is" } else { "begins" };
    Some(format!("The text there {verb}: {shown}"))
}

/// The words as a sentence.
fn sentence(words: &str) -> String {
    let words = quoted(&on_one_line(words));
    let mut rest = words.chars();
    let first: String = rest
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    ended(&format!("{first}{}", rest.as_str()))
}

/// Adds a full stop, unless the words already end like a sentence.
fn ended(words: &str) -> String {
    let words = words.trim_end();
    let stop = if words.ends_with(['.', '!', '?', ':']) {
        ""
    } else {
        "."
    };
    format!("{words}{stop}")
}

/// Replaces backticks with quotation marks, which are read out.
fn quoted(words: &str) -> String {
    if words.matches('`').count() % 2 == 1 {
        return words.to_owned();
    }
    let mut opens = true;
    words
        .chars()
        .map(|character| match character {
            '`' => {
                opens = !opens;
                if opens { '”' } else { '“' }
            }
            other => other,
        })
        .collect()
}
