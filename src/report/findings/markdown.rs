//! Findings as Markdown, for the summary of a job and for comments: a table of the findings, the most serious first.

use crate::diagnostic::Severity;
use crate::report::escape::markdown::{cell, code, words};

use super::snippet::word;
use super::{ContractFindings, Extent, Found, each, told};

/// The most rows of a table. Hosts cut off summaries that are longer than a megabyte.
const MOST: usize = 500;

/// All findings that count. `subject` says what was checked: `contract.quid`, `3 contracts`.
#[must_use]
pub fn render(all: &[ContractFindings<'_>], subject: &str) -> String {
    let mut out = "## Contracts\n\n".to_owned();
    for line in told(all, subject).lines() {
        out += &format!("{}\n\n", words(line));
    }
    let mut found: Vec<Found<'_>> = each(all).filter(|found| !is_told(found, all)).collect();
    found.sort_by_key(|found| found.finding.severity);
    if found.is_empty() {
        return out;
    }
    out += "| | where | finding |\n|---|---|---|\n";
    for found in found.iter().take(MOST) {
        out += &row(found);
    }
    if found.len() > MOST {
        out += &format!("\n… and {} more\n", found.len() - MOST);
    }
    out
}

/// Whether the lines above the table already say it.
fn is_told(found: &Found<'_>, all: &[ContractFindings<'_>]) -> bool {
    all.iter().any(|contract| match contract.extent {
        Extent::LanguageAlone(why) => std::ptr::eq(why, found.finding),
        Extent::Everything | Extent::Nothing => false,
    })
}

fn row(found: &Found<'_>) -> String {
    let finding = found.finding;
    let line = found.sources.start(finding.primary.span).line;
    let file = code(&found.file().replace('|', "¦"));
    let mut text = cell(&finding.message);
    for help in &finding.help {
        text += &format!("<br>{}", cell(help));
    }
    format!(
        "| {} | {file}, line {line} | **{}**: {text} |\n",
        sign(finding.severity),
        finding.code
    )
}

/// The severity as a sign and a word, because many people cannot tell colours apart.
fn sign(severity: Severity) -> String {
    let sign = match severity {
        Severity::Error => "🛑",
        Severity::Warning => "⚠",
        Severity::Info => "ℹ",
    };
    format!("{sign} {}", word(severity))
}
