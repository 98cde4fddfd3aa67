//! The rules by their names, together with what the language itself refuses.

use super::beside;
use super::contradictions;
use super::rule::{Category, Rule};
use super::rules::ALL;

/// The rule with that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    everything().find(|rule| rule.name == name)
}

/// Whether a finding with that code can be accepted: it must come from a rule, and not from the language.
#[must_use]
pub fn can_be_accepted(code: &str) -> bool {
    find(code).is_some_and(|rule| rule.category != Category::Correctness)
}

/// The names of all rules.
pub fn names() -> impl Iterator<Item = &'static str> + Clone {
    everything().map(|rule| rule.name)
}

/// All rules: what the language itself refuses, what is checked alongside a contract, and what is checked in it.
pub fn everything() -> impl Iterator<Item = &'static Rule> + Clone {
    contradictions::ALL.iter().chain(beside::ALL).chain(ALL)
}
