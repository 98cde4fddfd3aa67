//! The checker's rules, for people and programs.

pub mod json;
pub mod table;

/// A rule as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRow {
    /// Its name.
    pub name: &'static str,
    /// Its category: `incentive`.
    pub category: &'static str,
    /// How much it matters by default: `warning`.
    pub level: &'static str,
    /// Whether it is settled: `stable` or `preview`.
    pub status: &'static str,
    /// The version that introduced it.
    pub since: &'static str,
    /// A summary of its findings, in a sentence or two.
    pub summary: String,
    /// Its page as Markdown.
    pub page: String,
}
