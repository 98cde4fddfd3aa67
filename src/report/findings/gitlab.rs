//! Findings as GitLab's Code Quality report, which shows them in merge requests. It has lines but no columns.

use serde::Serialize;

use crate::diagnostic::Severity;

use crate::report::escape::json::pretty;

use super::fingerprint::Fingerprints;
use super::place::Place;
use super::{ContractFindings, Found, each};

/// All findings as one JSON array.
#[must_use]
pub fn render(all: &[ContractFindings<'_>]) -> String {
    let mut fingerprints = Fingerprints::default();
    let issues: Vec<Issue> = each(all)
        .map(|found| Issue::new(found, fingerprints.next(found)))
        .collect();
    pretty(&issues)
}

#[derive(Serialize)]
struct Issue {
    #[serde(rename = "type")]
    kind: &'static str,
    check_name: &'static str,
    description: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl Issue {
    fn new(found: Found<'_>, fingerprint: String) -> Self {
        let finding = found.finding;
        let place = Place::in_characters(finding.primary.span, found.sources);
        Self {
            kind: "issue",
            check_name: finding.code,
            description: finding.message.clone(),
            fingerprint,
            severity: severity(finding.severity),
            location: Location {
                path: found.file().to_owned(),
                lines: Lines {
                    begin: place.start.line,
                    end: place.end.line,
                },
            },
        }
    }
}

/// GitLab's words for the severities. Its `critical` and `blocker` are for what endangers those who run a program.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
