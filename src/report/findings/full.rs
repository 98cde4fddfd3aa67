//! Findings with the lines of the contract that they are about, the reasons and the remedies.

use crate::diagnostic::Diagnostic;
use crate::text::Sources;

use super::{Style, in_order, render_one};

/// All findings in the order of the files and places, with an empty line after each.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    in_order(diagnostics)
        .into_iter()
        .map(|diagnostic| render_one(diagnostic, sources, Style::Full, colour))
        .collect()
}
