//! Findings for programs: one JSON array, described by `docs/schema/findings.schema.json`.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Label};
use crate::text::{LineColumn, Sources, Span};

use super::in_order;
use super::snippet::word;

/// All findings in the order of the files and places, as one JSON array.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let findings: Vec<Finding<'_>> = in_order(diagnostics)
        .into_iter()
        .map(|diagnostic| Finding::new(diagnostic, sources))
        .collect();
    // Texts and counts only: serialising them cannot fail.
    let mut json = serde_json::to_string_pretty(&findings).unwrap_or_default();
    json.push('\n');
    json
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
