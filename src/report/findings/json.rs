//! Findings for programs: one JSON array, described by `docs/schema/findings.schema.json`.

use serde::Serialize;

use crate::diagnostic::Label;
use crate::text::{LineColumn, Sources};

use super::place::Place;
use super::snippet::word;
use super::{ContractFindings, Found, each};

/// All findings in the order of the contracts, files and places, as one JSON array.
#[must_use]
pub fn render(all: &[ContractFindings<'_>]) -> String {
    let found: Vec<Found<'_>> = each(all).collect();
    let findings: Vec<Finding<'_>> = found.iter().map(Finding::new).collect();
    // Texts and counts only: serialising them cannot fail.
    let text = serde_json::to_string_pretty(&findings).unwrap_or_default();
    format!("{text}\n")
}

/// A finding as `docs/schema/findings.schema.json` describes it.
#[derive(Serialize)]
pub(super) struct Finding<'a> {
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
    pub(super) fn new(found: &'a Found<'a>) -> Self {
        let Found { finding, sources } = found;
        Self {
            severity: word(finding.severity),
            code: finding.code,
            message: &finding.message,
            place: Labelled::new(&finding.primary, sources),
            why: &finding.why,
            help: &finding.help,
            related: finding
                .related
                .iter()
                .map(|label| Labelled::new(label, sources))
                .collect(),
        }
    }
}

impl<'a> Labelled<'a> {
    fn new(label: &'a Label, sources: &'a Sources) -> Self {
        let place = Place::in_characters(label.span, sources);
        Self {
            file: sources.name(label.span.file),
            start: place.start.into(),
            end: place.end.into(),
            label: &label.text,
        }
    }
}

impl From<LineColumn> for Position {
    fn from(LineColumn { line, column }: LineColumn) -> Self {
        Self { line, column }
    }
}
