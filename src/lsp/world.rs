//! Files that no editor has open, and how contracts are checked.

use crate::diagnostic::Diagnostic;
use crate::driver::Loaded;

/// The source of texts and data that no editor has open. Paths are absolute, with `/`.
pub trait World {
    /// Returns the text of a file.
    ///
    /// # Errors
    /// Why it cannot be read, in plain words.
    fn text(&self, path: &str) -> Result<String, String>;

    /// Checks whether the contract at `by`, or a library that it uses, may use the file at `path`. It does not matter
    /// what an editor has open.
    ///
    /// # Errors
    /// Why it may not, in plain words.
    fn may_use(&self, by: &str, path: &str) -> Result<(), String> {
        let _ = (by, path);
        Ok(())
    }

    /// Notes the folders that the editor has open.
    fn opened(&self, folders: &[String]) {
        let _ = folders;
    }

    /// Returns the bytes of a data file, or nothing if there is none or if it is too large to compute at each change.
    fn data(&self, path: &str) -> Option<Vec<u8>>;

    /// Returns the contracts below a folder, sorted by name. There are no more than an editor would list.
    fn contracts(&self, folder: &str) -> Vec<String>;

    /// Returns all there is to say about a contract under its configuration; `name` is its path.
    fn check(&self, name: &str, loaded: &Loaded) -> Vec<Diagnostic>;
}
