//! Findings for programs: one JSON array, described by `docs/schema/findings.schema.json`.

use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Label};
use crate::text::{LineColumn, Sources, Span};

use super::in_order;
use super::snippet::word;

/// All findings in the order of the files and places, as one JSON array.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    array(values(diagnostics, sources))
}

/// The findings of one run in the order of the files and places, to be put into an array with those of others.
#[must_use]
pub fn values(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Value> {
    let ordered = in_order(diagnostics).into_iter();
    // Texts and counts only: serialising them cannot fail.
    ordered
        .filter_map(|diagnostic| serde_json::to_value(Finding::new(diagnostic, sources)).ok())
        .collect()
}

/// One JSON array of findings.
#[must_use]
pub fn array(findings: Vec<Value>) -> String {
    format!("{:#}\n", Value::Array(findings))
}

#[derive(Serialize)]
struct Finding<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Labelled<'a>,
    why: &'a [String],
    help: &'a [String],
    related: Vec<Labelled<'a>>,
}

#[derive(Serialize)]
struct Labelled<'a> {
    file: &'a str,
    start: Position,
    end: Position,
    label: &'a str,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Self {
        Self {
            severity: word(diagnostic.severity),
            code: diagnostic.code,
            message: &diagnostic.message,
            place: Labelled::new(&diagnostic.primary, sources),
            why: &diagnostic.why,
            help: &diagnostic.help,
            related: diagnostic
                .related
                .iter()
                .map(|label| Labelled::new(label, sources))
                .collect(),
        }
    }
}

impl<'a> Labelled<'a> {
    fn new(label: &'a Label, sources: &'a Sources) -> Self {
        Self {
            file: sources.name(label.span.file),
            start: Position::of(label.span, sources),
            end: Position::of(label.span.after(), sources),
            label: &label.text,
        }
    }
}

impl Position {
    fn of(span: Span, sources: &Sources) -> Self {
        let LineColumn { line, column } = sources.start(span);
        Self { line, column }
    }
}
