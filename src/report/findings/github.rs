//! Findings as GitHub's workflow commands, which show them next to the lines of a pull request.
//!
//! GitHub does not define a unit for columns and does not show them. Here they are characters.

use crate::diagnostic::Severity;
use crate::report::escape::command::{message, property};

use super::place::Place;
use super::{ContractFindings, Found, each};

/// All findings, one command each.
#[must_use]
pub fn render(all: &[ContractFindings<'_>]) -> String {
    each(all).map(command).collect()
}

fn command(found: Found<'_>) -> String {
    let finding = found.finding;
    let word = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = Place::in_characters(finding.primary.span, found.sources);
    let mut properties = vec![
        format!("title={}", property(finding.code)),
        format!("file={}", property(found.file())),
        format!("line={}", place.start.line),
        format!("endLine={}", place.end.line),
    ];
    // GitHub refuses columns for a place that spans several lines.
    if place.is_on_one_line() {
        properties.push(format!("col={}", place.start.column));
        properties.push(format!("endColumn={}", place.end.column));
    }
    let text = found.whole_message("\n");
    format!("::{word} {}::{}\n", properties.join(","), message(&text))
}
