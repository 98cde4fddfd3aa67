//! Scenarios for programs: one JSON array, described by `docs/schema/scenarios.schema.json`.

use serde::Serialize;

use super::ContractResults;

#[derive(Serialize)]
struct Scenario<'a> {
    file: &'a str,
    contract: &'a str,
    scenario: &'a str,
    line: usize,
    passed: bool,
    differences: Vec<Difference<'a>>,
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
    // Texts and counts only: serialising them cannot fail.
    let mut json = serde_json::to_string_pretty(&scenarios).unwrap_or_default();
    json.push('\n');
    json
}

fn of_contract<'a>(contract: &'a ContractResults<'_>) -> Vec<Scenario<'a>> {
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
    });
    results.collect()
}
