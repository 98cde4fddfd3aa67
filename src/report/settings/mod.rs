//! The settings for a contract, for people and programs.

pub mod json;
pub mod text;

/// The settings for a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The contract or folder, as it is shown.
    pub subject: String,
    /// The files that apply: the nearest one last, after those that it extends.
    pub files: Vec<String>,
    /// Whether the contract is left out when its folder is read.
    pub excluded: bool,
    /// Settings that are not about a single rule.
    pub settings: Vec<Setting>,
    /// The settings of each category.
    pub categories: Vec<Setting>,
    /// The settings of each rule.
    pub rules: Vec<RuleSetting>,
}

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Where it is written; nothing if it has its usual value.
    pub from: Option<String>,
}

/// A rule's level and figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetting {
    /// Its name.
    pub name: &'static str,
    /// Its category.
    pub category: &'static str,
    /// `off`, `info`, `warning` or `error`.
    pub level: &'static str,
    /// The origin of the level; nothing if it is the usual one.
    pub from: Option<String>,
    /// The figures with which it compares.
    pub figures: Vec<Setting>,
}

impl RuleSetting {
    /// Whether the configuration changed nothing in it.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        self.from.is_none() && self.figures.iter().all(|figure| figure.from.is_none())
    }
}
