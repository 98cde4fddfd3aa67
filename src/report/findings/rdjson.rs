//! Findings in reviewdog's diagnostic format, for use in reviews. As this format defines it, columns are bytes of
//! UTF-8, and the end is the place after the last byte.

use serde::Serialize;

use crate::diagnostic::{Label, Severity};
use crate::text::Sources;

use crate::report::escape::json::pretty;

use super::place::Place;
use super::{ContractFindings, Found, each};

/// All findings as one JSON object.
#[must_use]
pub fn render(all: &[ContractFindings<'_>]) -> String {
    let result = DiagnosticResult {
        source: Source { name: "quidpro" },
        diagnostics: each(all).map(Diagnostic::new).collect(),
    };
    pretty(&result)
}

#[derive(Serialize)]
struct DiagnosticResult<'f> {
    source: Source,
    diagnostics: Vec<Diagnostic<'f>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'f> {
    message: String,
    location: Location<'f>,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'f>>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
}

#[derive(Serialize)]
struct Related<'f> {
    message: &'f str,
    location: Location<'f>,
}

#[derive(Serialize)]
struct Location<'f> {
    path: &'f str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

impl<'f> Diagnostic<'f> {
    fn new(found: Found<'f>) -> Self {
        let Found { finding, sources } = found;
        // Only places in files can be shown next to their lines.
        let in_files = finding
            .related
            .iter()
            .filter(|label| !sources.is_built_in(label.span.file));
        Self {
            // Reviews show nothing else of the finding.
            message: found.whole_message("\n\n"),
            location: Location::new(&finding.primary, sources),
            severity: severity(finding.severity),
            code: Code {
                value: finding.code,
            },
            related_locations: in_files
                .map(|label| Related {
                    message: &label.text,
                    location: Location::new(label, sources),
                })
                .collect(),
        }
    }
}

impl<'f> Location<'f> {
    fn new(label: &Label, sources: &'f Sources) -> Self {
        let place = Place::in_bytes(label.span, sources);
        Self {
            path: sources.name(label.span.file),
            range: Range {
                start: Position {
                    line: place.start.line,
                    column: place.start.column,
                },
                end: Position {
                    line: place.end.line,
                    column: place.end.column,
                },
            },
        }
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}
