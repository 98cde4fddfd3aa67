//! The results of scenarios: for people, for CI servers, for programs.

use crate::ledger::ScenarioResult;
use crate::text::Sources;

pub mod github;
pub mod json;
pub mod junit;
pub mod text;

/// The scenarios of one contract.
pub struct ContractResults<'r> {
    /// The contract's file.
    pub file: &'r str,
    /// The contract's name.
    pub contract: &'r str,
    /// The texts to which the results point.
    pub sources: &'r Sources,
    /// The results, in the order of the contract.
    pub results: &'r [ScenarioResult],
    /// Why the scenarios were not run, if they were not.
    pub error: Option<&'r str>,
}

/// How many scenarios passed, and how many did not.
#[must_use]
pub fn count(all: &[ContractResults<'_>]) -> (usize, usize) {
    let results = all.iter().flat_map(|contract| contract.results);
    let (passed, failed): (Vec<&ScenarioResult>, Vec<&ScenarioResult>) =
        results.partition(|result| result.has_passed());
    (passed.len(), failed.len())
}
