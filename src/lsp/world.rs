//! Files that no editor has open, and how contracts are checked.

use crate::diagnostic::Diagnostic;
use crate::driver::Loaded;

/// Where texts and data come from that no editor has open. Paths are absolute, with `/`.
pub trait World {
    /// The text of a file.
    ///
    /// # Errors
    /// Why it cannot be read, in plain words.
    fn text(&self, path: &str) -> Result<String, String>;

    /// The bytes of a data file; nothing if there is none, or if it is too large to be computed at each change.
    fn data(&self, path: &str) -> Option<Vec<u8>>;

    /// The contracts below a folder, in the order of their names; no more than an editor would list.
    fn contracts(&self, folder: &str) -> Vec<String>;

    /// All that is to be said of a contract, as its configuration wants it; `name` is its path.
    fn check(&self, name: &str, loaded: &Loaded) -> Vec<Diagnostic>;
}
