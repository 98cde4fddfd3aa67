//! The rules for programs: `docs/schema/rules.schema.json`.

use serde::Serialize;

use crate::report::escape::json::pretty;

use super::RuleRow;

#[derive(Serialize)]
struct Wire<'r> {
    name: &'r str,
    category: &'r str,
    level: &'r str,
    status: &'r str,
    since: &'r str,
    summary: &'r str,
    page: &'r str,
}

/// All rules as one JSON array.
#[must_use]
pub fn render(rules: &[RuleRow]) -> String {
    let rules: Vec<Wire<'_>> = rules
        .iter()
        .map(|rule| Wire {
            name: rule.name,
            category: rule.category,
            level: rule.level,
            status: rule.status,
            since: rule.since,
            summary: &rule.summary,
            page: &rule.page,
        })
        .collect();
    pretty(&rules)
}
