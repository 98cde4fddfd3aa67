//! Findings about contracts, in each of their formats.

pub mod concise;
pub mod full;
pub mod json;

mod snippet;

use crate::diagnostic::{Diagnostic, Severity};

pub(super) use snippet::{Style, render_one};

/// How many findings there are, in one line: `2 errors, 1 warning in contract.quid`.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic], subject: &str) -> String {
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    let counts: Vec<String> = [
        (count(Severity::Error), "error"),
        (count(Severity::Warning), "warning"),
        (count(Severity::Info), "note"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| counted(count, word))
    .collect();
    if counts.is_empty() {
        format!("no findings in {subject}")
    } else {
        format!("{} in {subject}", counts.join(", "))
    }
}

/// In the order of the files, and within a file of the places.
fn in_order(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.primary.span);
    sorted
}

fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
