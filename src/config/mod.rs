//! The checker's configuration: `quidpro.toml`.
//!
//! Only the nearest file above a contract applies to it, together with the files that it extends by name. Nothing here
//! opens a file: callers bring texts ([`read`]) and layer the contents of several files ([`settings_for`]).

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

/// The contents of a file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The files on which it builds, as paths from its own folder, with their places in its text.
    pub extends: Vec<(String, Range<usize>)>,
    /// The contracts that are left out when a folder is read.
    pub exclude: Vec<Pattern>,
    /// The settings for all contracts.
    pub layer: Layer,
    /// The settings for some contracts only, in the order of the file.
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
    /// No findings make a check fail.
    Never,
}

/// A mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The message, on one line.
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
    /// Its contents.
    pub config: &'c Config,
    /// The contract's path from the file's folder, with `/`. If links lead to the contract, each of its paths.
    pub contract: Vec<String>,
}

/// The settings for a contract: first those of the files that are extended, then each file's overrides after its
/// general settings. Later settings replace earlier ones. A rule's own level always overrides that of its category.
#[must_use]
pub fn settings_for(files: &[Placed<'_>]) -> Settings {
    effective_for(files).settings
}
