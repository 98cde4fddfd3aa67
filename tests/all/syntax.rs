//! Texts to trees: what is read, and what is reported about the rest.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers of a test fail as the test itself does"
)]

mod forms;
mod hostile;
mod line_ends;
mod mistakes;
mod outline;
mod recovery;

use quidpro::diagnostic::{Diagnostic, Label};
use quidpro::syntax::{Parsed, parse};
use quidpro::text::{FileId, LineIndex};

const FILE: FileId = FileId(0);

fn read(text: &str) -> Parsed {
    parse(FILE, text)
}

/// The text and everything that is reported about it, as plain text.
fn report(text: &str) -> String {
    let said = findings(text, &read(text).diagnostics);
    let refused = crate::advice::refused_advice(text, FILE, &|text| read(text).diagnostics);
    assert!(refused.is_empty(), "{}", refused.join("\n\n"));
    format!("{}\n---\n{said}", text.trim_end())
}

fn findings(text: &str, all: &[Diagnostic]) -> String {
    let lines = LineIndex::new(text);
    let mut out = String::new();
    for found in all {
        let at = lines.line_column(text, found.primary.span.start as usize);
        out += &format!(
            "{}:{} {} {}\n",
            at.line, at.column, found.code, found.message
        );
        out += &label(text, &found.primary);
        for related in &found.related {
            out += &label(text, related);
        }
        for why in &found.why {
            out += &format!("  why: {why}\n");
        }
        for help in &found.help {
            out += &format!("  help: {help}\n");
        }
    }
    if all.is_empty() {
        out += "nothing\n";
    }
    out
}

fn label(text: &str, label: &Label) -> String {
    let at = LineIndex::new(text).line_column(text, label.span.start as usize);
    let under = &text[label.span.range()];
    let under: String = under.chars().take(60).collect();
    format!(
        "  {}:{} |{}| {}\n",
        at.line,
        at.column,
        under.replace('\n', "⏎"),
        label.text
    )
}

/// A contract around some items.
fn contract(items: &str) -> String {
    format!("contract c \"C\" {{\n{items}\n}}\n")
}

const SAMPLE: &str = include_str!("../../contracts/emea_support.quid");
const EVERY_FORM: &str = include_str!("../syntax/every_form.quid");
