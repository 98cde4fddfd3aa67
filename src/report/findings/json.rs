//! Findings for programs: one JSON array, described by `docs/schema/findings.schema.json`.

use serde::Serialize;

use crate::diagnostic::Label;
use crate::report::escape::json::pretty;
use crate::text::{LineColumn, Sources, Span};

use super::place::Place;
use super::remedy::{Fix, Suppressed};
use super::snippet::word;
use super::{ContractFindings, Found, each_with_suppressed};

/// All findings in the order of the contracts, files and places, as one JSON array.
#[must_use]
pub fn render(all: &[ContractFindings<'_>]) -> String {
    let found: Vec<Found<'_>> = each_with_suppressed(all).collect();
    let findings: Vec<Finding<'_>> = found.iter().map(Finding::new).collect();
    pretty(&findings)
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
    /// The possible cost of the finding in a month.
    cost: Option<String>,
    fix: Option<Fix<'a>>,
    suppressed: Option<Suppressed<'a>>,
}

/// The position of something.
#[derive(Serialize)]
pub(super) struct Range<'a> {
    file: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Labelled<'a> {
    #[serde(flatten)]
    range: Range<'a>,
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
            cost: finding.cost.as_ref().map(ToString::to_string),
            fix: finding.fix.as_ref().map(|fix| Fix::new(fix, sources)),
            suppressed: finding
                .suppressed
                .as_ref()
                .map(|why| Suppressed::new(why, sources)),
        }
    }
}

impl<'a> Range<'a> {
    pub(super) fn new(span: Span, sources: &'a Sources) -> Self {
        let place = Place::in_characters(span, sources);
        Self {
            file: sources.name(span.file),
            start: place.start.into(),
            end: place.end.into(),
        }
    }
}

impl<'a> Labelled<'a> {
    fn new(label: &'a Label, sources: &'a Sources) -> Self {
        Self {
            range: Range::new(label.span, sources),
            label: &label.text,
        }
    }
}

impl From<LineColumn> for Position {
    fn from(LineColumn { line, column }: LineColumn) -> Self {
        Self { line, column }
    }
}
