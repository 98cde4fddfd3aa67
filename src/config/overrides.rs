//! What holds for some contracts only.

use globset::{GlobBuilder, GlobMatcher};

use super::Layer;

/// What holds for the contracts that patterns name.
#[derive(Clone, Debug)]
pub struct Override {
    /// Which contracts.
    pub paths: Vec<GlobMatcher>,
    /// Why it is different for them.
    pub because: String,
    /// What is different.
    pub layer: Layer,
}

impl Override {
    /// Whether it is about the contract at that path from the file's folder.
    pub(super) fn is_about(&self, contract: &str) -> bool {
        self.paths.iter().any(|pattern| pattern.is_match(contract))
    }
}

/// A pattern of paths: `samples/**`. `*` stays within a folder.
pub(super) fn pattern(text: &str) -> Result<GlobMatcher, String> {
    let glob = GlobBuilder::new(text)
        .literal_separator(true)
        .backslash_escape(true)
        .build();
    glob.map(|glob| glob.compile_matcher())
        .map_err(|error| error.kind().to_string())
}
