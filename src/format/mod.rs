//! The one canonical layout of contracts: takes a text and returns the same contract laid out.
//!
//! The layout depends on what the text says, not on how it was laid out. The drafter decides three things: where a
//! comment goes, where an empty line separates parts, and which values of a scenario share a line. An item with a
//! mistake in it is left byte for byte as it is.
//!
//! A text that was laid out is read again. It is returned only if it means the same.

mod align;
mod cells;
mod columns;
mod edits;
mod elements;
mod layout;
mod page;
mod run;
mod same;
mod source;
mod spacing;
mod starts;
mod wrap;

use std::ops::Range;

use crate::diagnostic::with_line_ends_of;
use crate::text::{Span, odd_line_end};

pub use edits::Edit;
use layout::Layout;
use source::Source;

/// A text after it was laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The text in its canonical layout.
    pub text: String,
    /// The parts that were left as they are because they hold a mistake.
    pub left: Vec<Span>,
}

/// Why a text was not laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The text is larger than the parser reads.
    TooLarge,
    /// The result would differ in more than its layout: a bug in the formatter, which the formatter itself detected.
    WouldChange(&'static str),
}

/// Lays out a text.
///
/// # Errors
///
/// If the text is too large to be read, or if the result does not mean the same.
pub fn format(text: &str) -> Result<Formatted, Refused> {
    let before = Source::new(text);
    if before.outline.tokens.is_empty() {
        return empty(text, &before);
    }
    // It is unclear where the lines of such a text end, and a layout would decide that.
    if odd_line_end(text, 0).is_some() {
        return Ok(Formatted {
            text: text.to_owned(),
            left: vec![before.outline.root.span],
        });
    }
    let (mut made, left) = laid_out(text, &before);
    let mut wrong = "its layout, each time anew";
    for _ in 0..ROUNDS {
        let after = Source::new(&made);
        let (again, _) = laid_out(&made, &after);
        if again == made {
            match same::difference(&before, &after) {
                None => return Ok(Formatted { text: made, left }),
                Some(what) => wrong = what,
            }
            break;
        }
        made = again;
    }
    // Where a brace is missing, for example, the indentation shows what was meant.
    if before.is_broken() {
        return Ok(Formatted {
            text: text.to_owned(),
            left: vec![before.outline.root.span],
        });
    }
    Err(Refused::WouldChange(wrong))
}

/// How often a text is laid out to check that the layout is stable. Once is enough, except for some texts with
/// mistakes.
const ROUNDS: usize = 3;

/// Returns the text laid out, and the parts that were left as they are.
fn laid_out(text: &str, source: &Source<'_>) -> (String, Vec<Span>) {
    let mut layout = Layout::new(source);
    layout.file();
    let made = align::render(&mut layout.page);
    (with_line_ends(text, made), layout.left)
}

/// Returns only those edits that lay out the lines touching `range`.
///
/// # Errors
///
/// As for [`format()`].
pub fn format_range(text: &str, range: &Range<usize>) -> Result<Vec<Edit>, Refused> {
    let all = edits(text)?;
    let touches = |edit: &Edit| edit.range.start <= range.end && range.start <= edit.range.end;
    Ok(all.into_iter().filter(touches).collect())
}

/// Returns the edits that lay out a text. They cover only the lines that change.
///
/// # Errors
///
/// As for [`format()`].
pub fn edits(text: &str) -> Result<Vec<Edit>, Refused> {
    let made = format(text)?;
    Ok(edits::between(text, &made.text))
}

/// Handles a text without tokens: a blank one becomes empty, and one that is too large is refused.
fn empty(text: &str, source: &Source<'_>) -> Result<Formatted, Refused> {
    if source
        .parsed
        .diagnostics
        .iter()
        .any(|found| found.code == "file-too-large")
    {
        return Err(Refused::TooLarge);
    }
    Ok(Formatted {
        text: if text.trim_ascii().is_empty() {
            String::new()
        } else {
            text.to_owned()
        },
        left: Vec::new(),
    })
}

/// Restores the line ends and the byte-order mark of the original text.
fn with_line_ends(text: &str, made: String) -> String {
    let made = with_line_ends_of(text, made);
    if text.starts_with('\u{feff}') {
        format!("\u{feff}{made}")
    } else {
        made
    }
}
