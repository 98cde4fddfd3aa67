//! How much each rule matters, and with which figures it compares.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Severity;
use crate::quantity::Exact;

use super::rule::{Category, Rule, Status};

/// How much a rule matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The rule does not run.
    Off,
    /// Worth knowing.
    Info,
    /// Something is likely to go wrong.
    Warning,
    /// The contract must not be signed as it is.
    Error,
}

/// Levels and figures that differ from the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// By the rule's name.
    pub rules: BTreeMap<String, Level>,
    /// By category. A rule's own level takes precedence.
    pub categories: BTreeMap<Category, Level>,
    /// By rule and threshold; percentages as ratios.
    pub thresholds: BTreeMap<(String, String), Exact>,
    /// Whether rules in preview are on.
    pub preview: bool,
    /// Names of rules and categories. If there are any, no other rule runs. A rule that is named here runs even if it
    /// is off.
    pub only: BTreeSet<String>,
    /// Names of rules and categories that do not run.
    pub skip: BTreeSet<String>,
}

impl Settings {
    /// How much a rule matters; nothing if it is off.
    #[must_use]
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let is_in = |names: &BTreeSet<String>| names.contains(rule.category.name());
        if self.skip.contains(rule.name) || is_in(&self.skip) {
            return None;
        }
        let is_named = self.only.contains(rule.name);
        if !(self.only.is_empty() || is_named || is_in(&self.only)) {
            return None;
        }
        let stated = self.rules.get(rule.name);
        if is_named {
            let level = stated.filter(|level| **level != Level::Off);
            return super::severity(level.copied().unwrap_or(rule.level));
        }
        if stated.is_none() && rule.status == Status::Preview && !self.preview {
            return None;
        }
        let level = stated.or_else(|| self.categories.get(&rule.category));
        super::severity(level.copied().unwrap_or(rule.level))
    }

    /// A figure with which a rule compares.
    #[must_use]
    pub fn threshold(&self, rule: &Rule, name: &str) -> Exact {
        let key = (rule.name.to_owned(), name.to_owned());
        self.thresholds.get(&key).cloned().unwrap_or_else(|| {
            let threshold = rule.thresholds.iter().find(|known| known.name == name);
            threshold
                .and_then(|threshold| read_figure(threshold.default))
                .unwrap_or_else(Exact::zero)
        })
    }
}

/// Reads `10%` or `3` as a number.
#[must_use]
pub fn read_figure(text: &str) -> Option<Exact> {
    let (digits, hundredths) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), true),
        None => (text, false),
    };
    let value = Exact::parse_decimal(digits).ok()?;
    if hundredths {
        value.divide(&Exact::from_integer(100))
    } else {
        Some(value)
    }
}
