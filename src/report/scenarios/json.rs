//! Scenarios for programs: one JSON array, described by `docs/schema/scenarios.schema.json`.

use serde::Serialize;

use crate::report::escape::json::pretty;

use super::ContractResults;

#[derive(Serialize)]
struct Scenario<'a> {
    file: &'a str,
    contract: &'a str,
    scenario: &'a str,
    line: usize,
    passed: bool,
    differences: Vec<Difference<'a>>,
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct Difference<'a> {
    month: String,
    message: &'a str,
    line: usize,
    column: usize,
}

/// All results, in the order of contracts and scenarios.
#[must_use]
pub fn render(all: &[ContractResults<'_>]) -> String {
    let scenarios: Vec<Scenario<'_>> = all.iter().flat_map(of_contract).collect();
    pretty(&scenarios)
}

fn of_contract<'a>(contract: &'a ContractResults<'_>) -> Vec<Scenario<'a>> {
    let not_run = contract.error.map(|error| Scenario {
        file: contract.file,
        contract: contract.contract,
        scenario: "",
        line: 1,
        passed: false,
        differences: Vec::new(),
        error: Some(error),
    });
    let results = contract.results.iter().map(|result| Scenario {
        file: contract.file,
        contract: contract.contract,
        scenario: &result.name,
        line: contract.sources.start(result.span).line,
        passed: result.has_passed(),
        differences: result
            .mismatches
            .iter()
            .map(|mismatch| {
                let place = contract.sources.start(mismatch.span);
                Difference {
                    month: mismatch.month.to_string(),
                    message: &mismatch.message,
                    line: place.line,
                    column: place.column,
                }
            })
            .collect(),
        error: None,
    });
    not_run.into_iter().chain(results).collect()
}
