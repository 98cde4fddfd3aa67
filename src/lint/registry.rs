//! The rules by their names, and with them what the language itself refuses.

use super::contradictions;
use super::rule::Rule;
use super::rules::ALL;

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    everything().find(|rule| rule.name == name)
}

/// The names of all rules.
pub fn names() -> impl Iterator<Item = &'static str> {
    everything().map(|rule| rule.name)
}

/// All rules, and before them what the language itself refuses.
pub fn everything() -> impl Iterator<Item = &'static Rule> {
    contradictions::ALL.iter().chain(ALL)
}
