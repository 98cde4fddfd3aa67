//! Findings for programs that read line by line: one JSON object on each line, described by the items of
//! `docs/schema/findings.schema.json`.

use super::json::Finding;
use super::{ContractFindings, each_with_suppressed};

/// All findings in the order of the contracts, files and places, one line each.
#[must_use]
pub fn render(all: &[ContractFindings<'_>]) -> String {
    each_with_suppressed(all)
        // Texts and counts only: serialising them cannot fail.
        .filter_map(|found| serde_json::to_string(&Finding::new(&found)).ok())
        .map(|line| line + "\n")
        .collect()
}
