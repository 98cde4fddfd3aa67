//! The contracts that paths name: files, and folders with every contract in them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::report::failure::Failure;

use super::files::{self, Entry, Reach};

/// The most bytes that are read of a `.gitignore`.
const MOST_IGNORED: u64 = 1 << 20;

/// The contracts that paths name.
#[derive(Default)]
pub(super) struct Named {
    pub(super) files: Vec<PathBuf>,
    /// Paths that name nothing, each with its problem.
    pub(super) failures: Vec<(PathBuf, Failure)>,
}

/// The contracts that paths name. Files come in the order in which they are named, and folders stand for every `.quid`
/// file in them, sorted by name. Each file comes once. Paths are relative to the working directory.
///
/// In folders, files that `.gitignore` names and files for which `is_excluded` holds are left out. A file that is named
/// is always included.
pub(super) fn contracts(paths: &[PathBuf], is_excluded: &mut dyn FnMut(&Path) -> bool) -> Named {
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for path in paths {
        if !files::is_folder(path) {
            files::named(path);
            found.push(path.clone());
            continue;
        }
        files::opened(path);
        let (all, unread) = below(path, true);
        let is_nothing = all.is_empty();
        let kept: Vec<PathBuf> = all.into_iter().filter(|path| !is_excluded(path)).collect();
        if kept.is_empty() && unread.is_empty() {
            let is_ignored = is_nothing && !below(path, false).0.is_empty();
            failures.push((path.clone(), nothing_in(path, is_nothing, is_ignored)));
        }
        found.extend(kept);
        failures.extend(unread.into_iter().map(|failure| (path.clone(), failure)));
    }
    let mut seen = BTreeSet::new();
    let each = found.iter().map(|path| files::from_here(path));
    Named {
        files: each
            .filter(|path| seen.insert(files::without_links(path).unwrap_or_else(|| path.clone())))
            .collect(),
        failures,
    }
}

/// Every `.quid` file in a folder, except those that git ignores, as far as folders can be read.
pub(super) fn below_folder(folder: &Path) -> Vec<PathBuf> {
    below(folder, true).0
}

fn below(folder: &Path, without_ignored: bool) -> (Vec<PathBuf>, Vec<Failure>) {
    let mut walk = Walk {
        without_ignored,
        ignored: Vec::new(),
        found: Vec::new(),
        failures: Vec::new(),
    };
    let whole = files::absolute(folder);
    if without_ignored {
        let above: Vec<&Path> = whole.ancestors().skip(1).collect();
        for folder in above.into_iter().rev() {
            walk.enter(folder);
        }
    }
    walk.folder(folder, &whole);
    (walk.found, walk.failures)
}

/// A walk through folders. Hidden folders are left out, and links to folders are not followed, so that nothing is read
/// twice.
struct Walk {
    without_ignored: bool,
    /// What git ignores, according to the folders of the repository from its top folder down to this one.
    ignored: Vec<Gitignore>,
    found: Vec<PathBuf>,
    failures: Vec<Failure>,
}

impl Walk {
    /// Walks through a folder. `whole` is its absolute path.
    fn folder(&mut self, folder: &Path, whole: &Path) {
        let entries = match files::entries(folder) {
            Ok(entries) => entries,
            Err(failure) => return self.failures.push(failure),
        };
        let above = self.ignored.clone();
        self.enter(whole);
        for entry in entries {
            self.entry(entry, whole);
        }
        self.ignored = above;
    }

    fn entry(&mut self, entry: Entry, whole: &Path) {
        let name = entry.path.file_name().unwrap_or_default();
        let whole = whole.join(name);
        let is_hidden = name.to_string_lossy().starts_with('.');
        if is_hidden || entry.is_linked_folder || self.is_ignored(&whole, entry.is_folder) {
            return;
        }
        if entry.is_folder {
            self.folder(&entry.path, &whole);
        } else if entry
            .path
            .extension()
            .is_some_and(|ending| ending == "quid")
        {
            self.found.push(entry.path);
        }
    }

    /// Adds the rules of a folder about what git ignores. Nothing outside a repository has such rules, and nothing
    /// above it counts.
    fn enter(&mut self, folder: &Path) {
        if !self.without_ignored {
            return;
        }
        let is_top = files::is_there(&folder.join(".git"));
        if is_top {
            self.ignored.clear();
        } else if self.ignored.is_empty() {
            return;
        }
        self.ignored.push(ignored_in(folder));
    }

    /// Whether git ignores a file or folder. The nearest folder that mentions it decides.
    fn is_ignored(&self, path: &Path, is_folder: bool) -> bool {
        let said = self.ignored.iter().rev();
        said.map(|ignored| ignored.matched(path, is_folder))
            .find(|said| !said.is_none())
            .is_some_and(|said| said.is_ignore())
    }
}

/// The rules in the `.gitignore` of a folder; no rules if there is none that can be read.
fn ignored_in(folder: &Path) -> Gitignore {
    let file = folder.join(".gitignore");
    let mut builder = GitignoreBuilder::new(folder);
    let lines = if files::is_file(&file) {
        files::bytes(&file, &Reach::from(&file), MOST_IGNORED).unwrap_or_default()
    } else {
        Vec::new()
    };
    for line in String::from_utf8_lossy(&lines).lines() {
        // A pattern that cannot be read matches nothing, as in git.
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

fn nothing_in(folder: &Path, is_nothing: bool, is_ignored: bool) -> Failure {
    let shown = files::shown(folder);
    let failure = Failure::new(format!("there is no contract in `{shown}`"));
    match (is_nothing, is_ignored) {
        (_, true) => {
            failure.help("`.gitignore` names all contracts there; name a file to read it anyway")
        }
        (true, false) => failure.help("contracts are files that end in `.quid`"),
        (false, false) => failure.help(
            "`exclude` in quidpro.toml names all contracts there; name a file to read it anyway",
        ),
    }
}
