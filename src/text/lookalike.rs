//! What words look like, according to Unicode Technical Standard 39.

use unicode_security::{MixedScript, skeleton};

/// The shape of a word. Words with the same shape cannot be told apart by sight, whatever their letters are.
#[must_use]
pub fn shape(word: &str) -> String {
    skeleton(word).collect()
}

/// Whether the letters of a word come from several scripts that are not written together.
#[must_use]
pub fn mixes_scripts(word: &str) -> bool {
    !word.is_single_script()
}
