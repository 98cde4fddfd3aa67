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

    /// Whether the contract at `by` may use the file at `path`, or a library that it uses may; whatever an editor has open.
    ///
    /// # Errors
    /// Why it may not, in plain words.
    fn may_use(&self, by: &str, path: &str) -> Result<(), String> {
        let _ = (by, path);
        Ok(())
    }

    /// The editor has these folders open.
    fn opened(&self, folders: &[String]) {
        let _ = folders;
    }

    /// The bytes of a data file; nothing if there is none, or if it is too large to be computed at each change.
    fn data(&self, path: &str) -> Option<Vec<u8>>;

    /// The contracts below a folder, in the order of their names; no more than an editor would list.
    fn contracts(&self, folder: &str) -> Vec<String>;

    /// All that is to be said of a contract, as its configuration wants it; `name` is its path.
    fn check(&self, name: &str, loaded: &Loaded) -> Vec<Diagnostic>;
}
