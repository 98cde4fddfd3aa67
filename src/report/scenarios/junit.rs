//! Scenarios for CI servers: the JUnit XML that they read, with a suite for each contract.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::ContractResults;
use crate::ledger::ScenarioResult;
use crate::report::escape::terminal::{on_one_line, visible};

/// All results as one document. It has no times, so the same results give the same bytes.
#[must_use]
pub fn render(all: &[ContractResults<'_>]) -> String {
    let mut report = Report::new("quidpro");
    for contract in all {
        let mut suite = TestSuite::new(on_one_line(contract.file));
        suite.add_test_cases(contract.error.map(|error| not_run(contract, error)));
        suite.add_test_cases(contract.results.iter().map(|result| case(contract, result)));
        report.add_test_suite(suite);
    }
    // Writing into memory fails only for characters that XML cannot hold, and these have been replaced.
    report.to_string().unwrap_or_default()
}

/// A case for scenarios that were not run, which is an error and not an empty result.
fn not_run(contract: &ContractResults<'_>, error: &str) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(on_one_line(error));
    let mut case = TestCase::new("scenarios", status);
    case.set_classname(contract.contract);
    case
}

fn case(contract: &ContractResults<'_>, result: &ScenarioResult) -> TestCase {
    let mut case = TestCase::new(on_one_line(&result.name), status(contract, result));
    case.set_classname(contract.contract);
    case
}

/// The status of a result. A failure has one message, and its description has every difference with the line of its
/// expectation.
fn status(contract: &ContractResults<'_>, result: &ScenarioResult) -> TestCaseStatus {
    let Some(first) = result.mismatches.first() else {
        return TestCaseStatus::success();
    };
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(visible(&format!("{}: {}", first.month, first.message)));
    let lines = result.mismatches.iter().map(|mismatch| {
        let line = contract.sources.start(mismatch.span).line;
        format!(
            "{}:{line}: {}: {}",
            contract.file, mismatch.month, mismatch.message
        )
    });
    status.set_description(visible(&lines.collect::<Vec<_>>().join("\n")));
    status
}
