//! The checker's configuration: `quidpro.toml`.
//!
//! Only the nearest file above a contract applies to it, together with the files that it extends by name. Nothing here
//! opens a file: callers bring texts ([`read`]) and put the layers of several files on top of each other
//! ([`settings_for`]).

mod effective;
mod journal;
mod keys;
mod overrides;
mod read;
pub mod schema;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Severity;
use crate::lint::{Category, Level, Settings};
use crate::quantity::Exact;

pub use effective::{Effective, Origin, effective_for};
pub use journal::{Journal, Side, looked_up};
pub use overrides::{Override, Pattern};
pub use read::read;

/// The name of the file.
pub const FILE: &str = "quidpro.toml";

/// What a file says.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The files that it builds on, as paths from its own folder, with their places in its text.
    pub extends: Vec<(String, Range<usize>)>,
    /// What is left out when a folder is read.
    pub exclude: Vec<Pattern>,
    /// What holds for all contracts.
    pub layer: Layer,
    /// What holds for some contracts only, in the order of the file.
    pub overrides: Vec<Override>,
    /// The least serious finding that makes a check fail.
    pub fail_on: Option<FailOn>,
    /// The file with the findings that a check does not count, as a path from its own folder.
    pub baseline: Option<String>,
    /// The accounts of a journal.
    pub journal: Option<Journal>,
}

/// Levels and figures that one part of a file sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// By the rule's name.
    pub rules: BTreeMap<String, Level>,
    /// By category.
    pub categories: BTreeMap<Category, Level>,
    /// By rule and threshold; percentages as ratios.
    pub thresholds: BTreeMap<(String, String), Exact>,
    /// Whether rules in preview are on.
    pub preview: Option<bool>,
}

/// The least serious finding that makes a check fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// These and more serious ones.
    Severity(Severity),
    /// No findings make it fail.
    Never,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// In one line.
    pub message: String,
    /// The bytes of the text that it is about.
    pub place: Range<usize>,
    /// What to write instead.
    pub help: Option<String>,
}

/// A file, seen from the contract that is checked.
pub struct Placed<'c> {
    /// The file, as it is shown.
    pub file: String,
    /// What it says.
    pub config: &'c Config,
    /// The contract's path from the file's folder, with `/`; if links lead to it, each of its paths.
    pub contract: Vec<String>,
}

/// The settings for a contract: the files that are extended first, then each one's overrides after its general
/// settings. Later settings replace earlier ones; a rule's own level always overrides that of its category.
#[must_use]
pub fn settings_for(files: &[Placed<'_>]) -> Settings {
    effective_for(files).settings
}
