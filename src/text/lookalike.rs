//! What words look like: Unicode Technical Standard 39.

use unicode_security::{MixedScript, skeleton};

/// The shape of a word. Words of one shape cannot be told apart by looking at them, whatever their letters are.
#[must_use]
pub fn shape(word: &str) -> String {
    skeleton(word).collect()
}

/// Whether the letters of a word come from several scripts that are not written together.
#[must_use]
pub fn mixes_scripts(word: &str) -> bool {
    !word.is_single_script()
}
