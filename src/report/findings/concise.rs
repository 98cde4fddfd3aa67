//! Findings in one line each: `contract.quid:12:3: error[unit-mismatch]: …`.

use crate::diagnostic::Diagnostic;
use crate::text::Sources;

use super::{Style, in_order, render_one};

/// All findings in the order of the files and places, one on each line.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    in_order(diagnostics)
        .into_iter()
        .map(|diagnostic| render_one(diagnostic, sources, Style::Concise, colour))
        .collect()
}
