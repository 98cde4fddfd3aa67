//! The contracts that a check reads: files, folders, and the standard input.

use std::path::{Path, PathBuf};

use crate::report::failure::Failure;

use super::{Trouble, files};

/// What stands for the standard input.
const STANDARD_INPUT: &str = "-";

/// The name of what is read from the standard input, if it is given none.
const UNNAMED: &str = "<stdin>";

/// Where a contract's text comes from.
pub(super) enum Input {
    File(PathBuf),
    /// The standard input, under the name of a file.
    Standard(PathBuf),
}

impl Input {
    /// The path of the contract, as if it were a file.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Standard(path) => path,
        }
    }

    /// The path as it is shown.
    pub(super) fn name(&self) -> String {
        files::shown(self.path())
    }
}

/// What paths name: the standard input first, then files in their order. The standard input takes the place of the
/// file whose name it is given.
pub(super) fn inputs(paths: &[PathBuf], name: Option<&Path>) -> Result<Vec<Input>, Trouble> {
    let is_standard = |path: &PathBuf| path.as_os_str() == STANDARD_INPUT;
    match (paths.iter().filter(|path| is_standard(path)).count(), name) {
        (0, Some(_)) => {
            return Err(Failure::new(
                "`--stdin-filename` names what is read from the standard input, and nothing is read from it",
            )
            .help("write `-` for the standard input: quidpro check - --stdin-filename NAME")
            .into());
        }
        (0 | 1, _) => {}
        _ => {
            return Err(
                Failure::new("`-` stands twice: the standard input can be read only once").into(),
            );
        }
    }
    let name = files::from_here(name.unwrap_or(Path::new(UNNAMED)));
    let files: Vec<PathBuf> = paths
        .iter()
        .filter(|path| !is_standard(path))
        .cloned()
        .collect();
    let files = files::contracts(&files)?.into_iter();
    if !paths.iter().any(is_standard) {
        return Ok(files.map(Input::File).collect());
    }
    let others = files.filter(|path| *path != name).map(Input::File);
    Ok(std::iter::once(Input::Standard(name.clone()))
        .chain(others)
        .collect())
}
