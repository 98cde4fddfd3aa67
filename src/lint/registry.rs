//! The rules by their names.

use super::rule::Rule;
use super::rules::ALL;

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.name == name)
}

/// The names of all rules.
pub fn names() -> impl Iterator<Item = &'static str> + Clone {
    ALL.iter().map(|rule| rule.name)
}
