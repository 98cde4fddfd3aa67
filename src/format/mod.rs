//! One canonical layout for contracts: a text in, the same contract laid out.
//!
//! The layout depends on what the text says and not on how it was laid out. Three things are the drafter's own: where a
//! comment stands, where an empty line sets things apart, and which values of a scenario stand in one line. An item with a
//! mistake in it is left byte for byte as it is.
//!
//! A text that was laid out is read again, and nothing is given back that does not mean the same.

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

/// A text as it was laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The text in its canonical layout.
    pub text: String,
    /// What was left as it is, because it holds a mistake.
    pub left: Vec<Span>,
}

/// Why a text was not laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is larger than the parser reads.
    TooLarge,
    /// The layout would have changed more than the layout: a fault of the formatter, which it found itself.
    WouldChange(&'static str),
}

/// Lays out a text.
///
/// # Errors
///
/// When the text is too large to be read, or when what came out does not mean the same.
pub fn format(text: &str) -> Result<Formatted, Refused> {
    let before = Source::new(text);
    if before.outline.tokens.is_empty() {
        return empty(text, &before);
    }
    // Where its lines end is not known, and a layout would decide it.
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
    // Around a brace that is missing, say, how far lines are moved in says what was meant.
    if before.is_broken() {
        return Ok(Formatted {
            text: text.to_owned(),
            left: vec![before.outline.root.span],
        });
    }
    Err(Refused::WouldChange(wrong))
}

/// How often a text is laid out to see that its layout stays: once is enough, but for some texts with mistakes.
const ROUNDS: usize = 3;

/// The text in its layout, and what of it was left as it is.
fn laid_out(text: &str, source: &Source<'_>) -> (String, Vec<Span>) {
    let mut layout = Layout::new(source);
    layout.file();
    let made = align::render(&mut layout.page);
    (with_line_ends(text, made), layout.left)
}

/// The edits that lay out the lines of a text that touch `range`, and no others.
///
/// # Errors
///
/// As for [`format()`].
pub fn format_range(text: &str, range: &Range<usize>) -> Result<Vec<Edit>, Refused> {
    let all = edits(text)?;
    let touches = |edit: &Edit| edit.range.start <= range.end && range.start <= edit.range.end;
    Ok(all.into_iter().filter(touches).collect())
}

/// The edits that lay out a text: the lines that change, and no others.
///
/// # Errors
///
/// As for [`format()`].
pub fn edits(text: &str) -> Result<Vec<Edit>, Refused> {
    let made = format(text)?;
    Ok(edits::between(text, &made.text))
}

/// A text without a token stays empty; one that is too large has none either.
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

/// A text that ends its lines as other systems do keeps them, and a byte-order mark as well.
fn with_line_ends(text: &str, made: String) -> String {
    let made = with_line_ends_of(text, made);
    if text.starts_with('\u{feff}') {
        format!("\u{feff}{made}")
    } else {
        made
    }
}
