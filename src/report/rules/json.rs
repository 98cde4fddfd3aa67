//! The rules for programs: `docs/schema/rules.schema.json`.

use serde::Serialize;

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
    // Texts only: serialising them cannot fail.
    let mut json = serde_json::to_string_pretty(&rules).unwrap_or_default();
    json.push('\n');
    json
}
