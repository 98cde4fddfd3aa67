//! How far a run of the program reads: the files that a person named, and those inside the project.
//!
//! A file that is named on the command line is read wherever it is. A file that is only found, or that another file
//! names (`use`, `extends`, a baseline in the configuration), must be inside the project after links are resolved.
//! Somebody else may have written that file, and what it names may end up in a report that others read.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::config;
use crate::report::failure::Failure;

use super::reading::{is_there, real};
use super::{absolute, from_here, shown, told};

/// Files and folders whose presence makes a folder a repository.
const REPOSITORY: &[&str] = &[".git", ".hg", ".jj"];

/// From where a file may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Reach {
    /// Anywhere, including pipes, because a person named the file.
    Named,
    /// Regular files anywhere: `--allow-outside`.
    Anywhere,
    /// Regular files inside this folder, after links are resolved.
    Within(PathBuf),
}

/// The facts about this run. The command line is read once and applies to the whole program, and so do these.
struct Run {
    allow_outside: bool,
    /// Files that a person named.
    named: BTreeSet<PathBuf>,
    /// Folders that a person named, or has open in an editor, with links resolved.
    folders: BTreeSet<PathBuf>,
    /// Files that were read, with links resolved.
    inputs: BTreeSet<PathBuf>,
}

impl Run {
    const fn new() -> Self {
        Self {
            allow_outside: false,
            named: BTreeSet::new(),
            folders: BTreeSet::new(),
            inputs: BTreeSet::new(),
        }
    }
}

static RUN: RwLock<Run> = RwLock::new(Run::new());

/// Held during a run within another program, so that the runs of several threads follow each other.
static ONE: Mutex<()> = Mutex::new(());

/// Begins a run that knows nothing of earlier ones, once no other is under way. It lasts as long as what is returned.
pub(in crate::cli) fn new_run() -> MutexGuard<'static, ()> {
    let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    *run_mut() = Run::new();
    one
}

fn run() -> RwLockReadGuard<'static, Run> {
    RUN.read().unwrap_or_else(PoisonError::into_inner)
}

fn run_mut() -> RwLockWriteGuard<'static, Run> {
    RUN.write().unwrap_or_else(PoisonError::into_inner)
}

/// Allows files outside the project to be read, because the user says so.
pub(in crate::cli) fn allow_outside() {
    run_mut().allow_outside = true;
}

/// Whether files outside the project may be read and written.
pub(super) fn is_outside_allowed() -> bool {
    run().allow_outside
}

/// Notes that a person named this file.
pub(in crate::cli) fn named(path: &Path) {
    run_mut().named.insert(absolute(path));
}

/// Notes that a person named this folder, or has it open.
pub(in crate::cli) fn opened(folder: &Path) {
    if let Ok(folder) = real(folder) {
        run_mut().folders.insert(folder);
    }
}

/// Notes that a file was read.
pub(super) fn remember(path: &Path) {
    let path = real(path).unwrap_or_else(|_| absolute(path));
    if !run().inputs.contains(&path) {
        run_mut().inputs.insert(path);
    }
}

/// All files that were read.
pub(super) fn inputs() -> Vec<PathBuf> {
    run().inputs.iter().cloned().collect()
}

impl Reach {
    /// The reach for a contract, or for another file that no file names: wherever a person named it, or otherwise
    /// inside its project.
    pub(in crate::cli) fn of(path: &Path) -> Self {
        if run().named.contains(&absolute(path)) {
            return Self::Named;
        }
        Self::from(path)
    }

    /// The reach for what the file at `path` names.
    pub(in crate::cli) fn from(path: &Path) -> Self {
        if is_outside_allowed() {
            Self::Anywhere
        } else {
            Self::Within(root_of(path))
        }
    }

    /// The file to open, with links resolved if it must be inside a folder.
    pub(super) fn resolve(&self, path: &Path) -> Result<PathBuf, Failure> {
        match self.refusal(path) {
            None if matches!(self, Self::Within(_)) => Ok(resolved(path)),
            None => Ok(path.to_owned()),
            Some(why) => {
                Err(Failure::new(format!("`{}` is not read: {why}", told(path))).help(ADVICE))
            }
        }
    }

    /// Why a path is out of reach, in words; nothing if it is within reach.
    pub(super) fn refusal(&self, path: &Path) -> Option<String> {
        let Self::Within(root) = self else {
            return None;
        };
        if resolved(path).starts_with(root) {
            return None;
        }
        let is_link = resolved_folder(path).starts_with(root);
        let where_it_is = if is_link {
            "it is a link that leads outside the project"
        } else {
            "it is outside the project"
        };
        Some(format!("{where_it_is}, which is {}", folder_words(root)))
    }
}

/// The advice about a file that is out of reach.
pub(super) const ADVICE: &str =
    "move it into the project, or run with `--allow-outside` if you trust the file that names it";

/// A folder in words, for messages.
fn folder_words(folder: &Path) -> String {
    let here = from_here(folder);
    if here.as_os_str().is_empty() {
        "this folder".to_owned()
    } else {
        format!("the folder `{}`", shown(&here))
    }
}

/// The project of a file: the repository, the folder of the nearest `quidpro.toml`, or the folder that was named,
/// whichever is the largest. Without any of these it is the file's own folder. Links are resolved.
pub(super) fn root_of(file: &Path) -> PathBuf {
    let folder = resolved_folder(file);
    let nearest = |is_root: &dyn Fn(&Path) -> bool| {
        let mut above = folder.ancestors();
        above.find(|folder| is_root(folder)).map(Path::to_owned)
    };
    let configured = nearest(&|folder| is_there(&folder.join(config::FILE)));
    let repository = nearest(&|folder| is_repository(folder));
    let named = run();
    let named = named.folders.iter().filter(|one| folder.starts_with(one));
    let all = named.cloned().chain(configured).chain(repository);
    all.min_by_key(|root| root.components().count())
        .unwrap_or(folder)
}

/// Whether a folder is the root of a project.
pub(super) fn is_project(folder: &Path) -> bool {
    is_repository(folder) || is_there(&folder.join(config::FILE))
}

fn is_repository(folder: &Path) -> bool {
    REPOSITORY.iter().any(|name| is_there(&folder.join(name)))
}

/// The folder of a file, with links resolved.
fn resolved_folder(file: &Path) -> PathBuf {
    let file = absolute(file);
    resolved(file.parent().unwrap_or(Path::new("/")))
}

/// A path with links resolved as far as it exists, so that the result does not reveal whether it exists.
pub(super) fn resolved(path: &Path) -> PathBuf {
    let path = absolute(path);
    let mut rest: Vec<&OsStr> = Vec::new();
    let mut above = path.as_path();
    loop {
        if let Ok(found) = real(above) {
            let rest = rest.iter().rev();
            return rest.fold(found, |path, part| path.join(part));
        }
        match (above.parent(), above.file_name()) {
            (Some(parent), Some(name)) => {
                rest.push(name);
                above = parent;
            }
            _ => return path,
        }
    }
}
