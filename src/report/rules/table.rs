//! The rules as a table in a terminal, by category.

use super::RuleRow;
use crate::report::layout::{WIDTH, blanks, pad_right, width, wrap};

/// Name, level and summary of each rule, under its category.
#[must_use]
pub fn render(rules: &[RuleRow]) -> String {
    let names = rules.iter().map(|rule| width(rule.name)).max().unwrap_or(0);
    let left = names + 2 + "warning".len() + 2;
    let mut text = String::new();
    let mut category = "";
    for rule in rules {
        if rule.category != category {
            let gap = if text.is_empty() { "" } else { "\n" };
            text += &format!("{gap}{}\n", rule.category);
            category = rule.category;
        }
        let level = match rule.status {
            "preview" => "preview",
            _ => rule.level,
        };
        let mut lines = wrap(&rule.summary, WIDTH.saturating_sub(left + 2)).into_iter();
        let first = lines.next().unwrap_or_default();
        text += &format!(
            "  {}  {}  {first}\n",
            pad_right(rule.name, names),
            pad_right(level, 7)
        );
        for line in lines {
            text += &format!("  {}{line}\n", blanks(left));
        }
    }
    text
}
