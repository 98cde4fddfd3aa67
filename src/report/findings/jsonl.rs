//! Findings for programs that read line by line: one JSON object on each line, described by the items of
//! `docs/schema/findings.schema.json`.

use crate::report::escape::json::line;

use super::json::Finding;
use super::{ContractFindings, each_with_suppressed};

/// All findings in the order of the contracts, files and places, one line each.
#[must_use]
pub fn render(all: &[ContractFindings<'_>]) -> String {
    each_with_suppressed(all)
        .map(|found| line(&Finding::new(&found)) + "\n")
        .collect()
}
