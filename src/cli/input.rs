//! The contracts that a check reads: files, folders, and standard input.

use std::path::{Path, PathBuf};

use crate::report::failure::Failure;

use super::arguments::Which;
use super::configuration::Configuration;
use super::{files, selection};

/// The argument for standard input.
const STANDARD_INPUT: &str = "-";

/// The name of standard input, if none is given.
const UNNAMED: &str = "<stdin>";

/// Where a contract's text comes from.
pub(super) enum Input {
    File(PathBuf),
    /// Standard input, under the name of a file.
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

/// The contracts that a command is about.
pub(super) struct Inputs {
    pub(super) all: Vec<Input>,
    /// Paths that name nothing, each with its problem.
    pub(super) failures: Vec<(PathBuf, Failure)>,
    /// Why there is nothing to do, if that is not a mistake.
    pub(super) unchanged: Option<String>,
}

/// What paths name: standard input first, then files in order. Standard input replaces the file whose name it was
/// given.
pub(super) fn inputs(
    which: &Which,
    name: Option<&Path>,
    configuration: &mut Configuration,
) -> Result<Inputs, Failure> {
    let is_standard = |path: &PathBuf| path.as_os_str() == STANDARD_INPUT;
    match (
        which.paths.iter().filter(|path| is_standard(path)).count(),
        name,
    ) {
        (0, Some(_)) => {
            return Err(Failure::new(
                "`--stdin-filename` names the text on standard input, and nothing is read from there",
            )
            .help("write `-` for standard input: quidpro check - --stdin-filename NAME"));
        }
        (0, None) => {}
        (1, _) if which.asks_git() => {
            return Err(Failure::new("git does not know standard input")
                .help("leave out `-`, or `--staged` and `--changed`"));
        }
        (1, _) => {}
        _ => {
            return Err(Failure::new(
                "`-` is given twice: standard input can be read only once",
            ));
        }
    }
    let mut paths = which.paths.clone();
    paths.retain(|path| !is_standard(path));
    let selected = selection::select(which, &paths, configuration);
    let files = selected.files.into_iter();
    let mut all: Vec<Input> = Vec::new();
    if which.paths.iter().any(is_standard) {
        let name = files::from_here(name.unwrap_or(Path::new(UNNAMED)));
        let others = files.filter(|path| *path != name).map(Input::File);
        all.push(Input::Standard(name.clone()));
        all.extend(others);
    } else {
        all.extend(files.map(Input::File));
    }
    Ok(Inputs {
        unchanged: selected.unchanged.filter(|_| all.is_empty()),
        all,
        failures: selected.failures,
    })
}
