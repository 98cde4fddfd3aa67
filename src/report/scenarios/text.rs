//! Scenarios for people: a line for each, and for those that failed the actual results, in the contract's text.

use crate::diagnostic::Diagnostic;
use crate::ledger::ScenarioResult;
use crate::report::escape::terminal::on_one_line;

use super::super::findings;
use super::ContractResults;

/// The results of one contract.
#[must_use]
pub fn render(contract: &ContractResults<'_>, colour: bool) -> String {
    let file = on_one_line(contract.file);
    if let Some(error) = contract.error {
        return format!("{file}: not run: {}\n", on_one_line(error));
    }
    if contract.results.is_empty() {
        return format!("{file}: no scenarios\n");
    }
    let mut out = format!("{file}\n");
    for result in contract.results {
        let word = if result.has_passed() {
            "ok    "
        } else {
            "FAILED"
        };
        out.push_str(&format!("  {word}  {}\n", on_one_line(&result.name)));
    }
    let differences: Vec<Diagnostic> = contract.results.iter().flat_map(differences).collect();
    if !differences.is_empty() {
        out.push('\n');
        out.push_str(&findings::full::render(
            &differences,
            contract.sources,
            colour,
        ));
    }
    out
}

fn differences(result: &ScenarioResult) -> Vec<Diagnostic> {
    let found = result.mismatches.iter().map(|mismatch| {
        let message = format!("{}: {}", mismatch.month, mismatch.message);
        Diagnostic::error("scenario-failed", mismatch.span, message)
            .and_at(result.span, "in this scenario")
    });
    found.collect()
}
