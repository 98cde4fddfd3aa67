//! Scenarios as GitHub's workflow commands: an error next to each expectation that was not met.

use crate::ledger::{Mismatch, ScenarioResult};
use crate::report::escape::command::{message, property};

use super::ContractResults;

/// What failed, and what was not run. What passed is left out.
#[must_use]
pub fn render(all: &[ContractResults<'_>]) -> String {
    all.iter().flat_map(of_contract).collect()
}

fn of_contract(contract: &ContractResults<'_>) -> Vec<String> {
    let not_run = contract.error.map(|error| {
        let file = property(contract.file);
        format!("::error title=not-run,file={file}::{}\n", message(error))
    });
    let failed = contract.results.iter().flat_map(|result| {
        let each = result.mismatches.iter();
        each.map(|mismatch| command(contract, result, mismatch))
    });
    not_run.into_iter().chain(failed).collect()
}

fn command(contract: &ContractResults<'_>, result: &ScenarioResult, mismatch: &Mismatch) -> String {
    let sources = contract.sources;
    let start = sources.start(mismatch.span);
    let text = format!("{}: {}: {}", result.name, mismatch.month, mismatch.message);
    format!(
        "::error title=scenario-failed,file={},line={},col={}::{}\n",
        property(sources.name(mismatch.span.file)),
        start.line,
        start.column,
        message(&text)
    )
}
