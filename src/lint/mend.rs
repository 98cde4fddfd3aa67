//! Edits that fix what a rule finds: items that are removed or added, and statements that are added to an item.
//!
//! Only the text under check is edited: an amendment leaves the contract that it builds on as it was signed, and a
//! library belongs to others.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::model::facts::Head;
use crate::text::Span;

use super::rule::{Rule, Safety};
use super::subject::Subject;

/// The finding, with these edits as the rule's fix if there are any.
#[must_use]
pub fn mended(finding: Diagnostic, rule: &Rule, edits: Option<Vec<Edit>>) -> Diagnostic {
    match (edits, &rule.fix) {
        (Some(edits), Some(words)) => finding.mended_by(Fix {
            title: words.title.to_owned(),
            edits,
            safe: words.safety == Safety::Safe,
        }),
        _ => finding,
    }
}

/// Moves a finding about something in a library to the place where the contract first uses it, because that is what the
/// drafters can change or waive.
#[must_use]
pub fn at_home(subject: &Subject<'_>, mut finding: Diagnostic) -> Diagnostic {
    let place = finding.primary.span;
    let is_ours = |item: &Head| item.span.file == place.file;
    if subject.is_own(place) || subject.heads().any(is_ours) {
        return finding;
    }
    let words = subject.quote(place);
    let name = words.split_whitespace().next_back().unwrap_or_default();
    let name = name.trim_matches('`');
    let used = subject.heads().find_map(|item| {
        let text = subject.sources.slice(item.span);
        let start = item.span.start as usize + places(text, name).next()?;
        at(item.span, start, start + name.len())
    });
    if let Some(used) = used.filter(|_| !name.is_empty()) {
        finding.primary.span = used;
        return finding.and_at(place, "it is declared here");
    }
    finding
}

/// Removes an item, including its whole lines if nothing else is on them. Returns nothing if the text names the item
/// elsewhere.
#[must_use]
pub fn without_item(subject: &Subject<'_>, item: &Head, name: &str) -> Option<Vec<Edit>> {
    let text = editable(subject, item.span)?;
    (mentions(text, name) == 1).then(|| vec![cut(whole_lines(text, item.span))])
}

/// Adds an item at the end of the contract.
#[must_use]
pub fn with_item(subject: &Subject<'_>, item: &str) -> Option<Vec<Edit>> {
    let block = subject.contract.span;
    let text = editable(subject, block)?;
    let end = block.end as usize;
    let brace = text.get(..end)?.rfind('}')?;
    let line = text
        .get(..brace)?
        .rfind('\n')
        .map_or(0, |before| before + 1);
    let is_own_line = text.get(line..brace)?.trim().is_empty();
    let (place, item) = if is_own_line {
        (line, format!("  {item}\n"))
    } else {
        (brace, format!("\n  {item}\n"))
    };
    Some(vec![Edit {
        span: at(block, place, place)?,
        text: item,
    }])
}

/// Adds a statement at the end of an item's block.
#[must_use]
pub fn with_statement(subject: &Subject<'_>, item: Span, statement: &str) -> Option<Vec<Edit>> {
    let text = editable(subject, item)?;
    let (start, end) = (item.start as usize, item.end as usize);
    let brace = start + closing_brace(text.get(start..end)?)?;
    let line = text
        .get(..brace)?
        .rfind('\n')
        .map_or(0, |before| before + 1);
    let margin = text.get(line..brace)?;
    if line > start && margin.trim().is_empty() {
        return Some(vec![Edit {
            span: at(item, line, line)?,
            text: format!("{margin}  {statement}\n"),
        }]);
    }
    let before = text.get(start..brace)?;
    let place = start + before.trim_end().len();
    let divider = if before.trim_end().ends_with(['{', ';']) {
        " "
    } else {
        "; "
    };
    Some(vec![Edit {
        span: at(item, place, brace)?,
        text: format!("{divider}{statement} "),
    }])
}

/// Replaces the words at a place.
#[must_use]
pub fn with_words(
    subject: &Subject<'_>,
    place: Span,
    words: impl Into<String>,
) -> Option<Vec<Edit>> {
    editable(subject, place)?;
    Some(vec![Edit {
        span: place,
        text: words.into(),
    }])
}

/// Replaces a word in an item, if the item has it exactly once.
#[must_use]
pub fn with_word(subject: &Subject<'_>, item: Span, word: &str, other: &str) -> Option<Vec<Edit>> {
    let text = editable(subject, item)?;
    let within = text.get(item.start as usize..item.end as usize)?;
    let mut found = places(within, word);
    let (only, None) = (found.next()?, found.next()) else {
        return None;
    };
    let start = item.start as usize + only;
    with_words(subject, at(item, start, start + word.len())?, other)
}

/// The text that contains a place, if it is the text under check.
fn editable<'c>(subject: &Subject<'c>, place: Span) -> Option<&'c str> {
    let (checked, source) = subject.sources.iter().next()?;
    let ours = place.file == checked && subject.contract.span.file == checked;
    ours.then(|| source.text.as_ref())
}

fn cut(span: Span) -> Edit {
    Edit {
        span,
        text: String::new(),
    }
}

fn at(like: Span, start: usize, end: usize) -> Option<Span> {
    Some(Span {
        start: u32::try_from(start).ok()?,
        end: u32::try_from(end).ok()?,
        ..like
    })
}

/// The place extended to whole lines if only a comment is next to it there, otherwise just the place.
fn whole_lines(text: &str, place: Span) -> Span {
    let (start, end) = (place.start as usize, place.end as usize);
    let (Some(before), Some(behind)) = (text.get(..start), text.get(end..)) else {
        return place;
    };
    let first = before.rfind('\n').map_or(0, |line| line + 1);
    let rest = behind.find('\n').unwrap_or(behind.len());
    let margin = before.get(first..).unwrap_or_default();
    let tail = behind.get(..rest).unwrap_or_default().trim_start();
    if !margin.trim().is_empty() || !(tail.is_empty() || tail.starts_with('#')) {
        return place;
    }
    let last = behind.len().min(rest + 1);
    at(place, first, end + last).unwrap_or(place)
}

/// The place where the last block of these words ends. Quoted texts and comments do not count.
fn closing_brace(words: &str) -> Option<usize> {
    let (mut in_text, mut in_comment, mut found) = (false, false, None);
    for (place, letter) in words.char_indices() {
        match letter {
            '\n' => (in_text, in_comment) = (false, false),
            '"' if !in_comment => in_text = !in_text,
            '#' if !in_text => in_comment = true,
            '}' if !in_text && !in_comment => found = Some(place),
            _ => {}
        }
    }
    found
}

/// How often a text has the name as a word.
fn mentions(text: &str, name: &str) -> usize {
    places(text, name).count()
}

fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).filter_map(move |(place, _)| {
        let before = text.get(..place)?.chars().next_back();
        let behind = text.get(place + word.len()..)?.chars().next();
        let whole = !before.is_some_and(is_part) && !behind.is_some_and(is_part);
        whole.then_some(place)
    })
}
