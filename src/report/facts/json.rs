//! Facts for programs: `docs/schema/facts.schema.json`.

use crate::report::escape::json::pretty;

use super::ContractFacts;
use super::document::document;

/// The facts as one JSON document.
#[must_use]
pub fn render(contract: ContractFacts<'_>) -> String {
    pretty(&document(contract))
}
