//! The contracts that paths name: files, and folders with every contract below them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::report::failure::Failure;

use super::files;

/// What paths name.
#[derive(Default)]
pub(super) struct Named {
    pub(super) files: Vec<PathBuf>,
    /// Paths that name nothing, each with what is wrong.
    pub(super) failures: Vec<(PathBuf, Failure)>,
}

/// The contracts that paths name: files in the order they are named, folders with every `.quid` file below them in
/// the order of their names, each file once. Paths are those from the folder in which the program runs.
///
/// In folders, what `.gitignore` names is left out, and what `is_excluded` says; a file that is named is always meant.
pub(super) fn contracts(paths: &[PathBuf], is_excluded: &mut dyn FnMut(&Path) -> bool) -> Named {
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
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

/// Every `.quid` file below a folder that git does not ignore, as far as folders can be read.
pub(super) fn below_folder(folder: &Path) -> Vec<PathBuf> {
    below(folder, true).0
}

/// Hidden folders are left out, and links to folders are not followed, so that nothing is read twice.
fn below(folder: &Path, without_ignored: bool) -> (Vec<PathBuf>, Vec<Failure>) {
    let mut walk = WalkBuilder::new(folder);
    walk.standard_filters(false)
        .hidden(true)
        .parents(without_ignored)
        .git_ignore(without_ignored)
        .sort_by_file_path(Path::cmp);
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for entry in walk.build() {
        match entry {
            Ok(entry) => {
                let path = entry.path();
                if path.extension().is_some_and(|ending| ending == "quid") && !path.is_dir() {
                    found.push(path.to_owned());
                }
            }
            Err(error) => failures.push(Failure::new(format!(
                "`{}` cannot be read: {error}",
                files::shown(folder)
            ))),
        }
    }
    (found, failures)
}

fn nothing_in(folder: &Path, is_nothing: bool, is_ignored: bool) -> Failure {
    let shown = files::shown(folder);
    let failure = Failure::new(format!("there is no contract below `{shown}`"));
    match (is_nothing, is_ignored) {
        (_, true) => failure.help("`.gitignore` names all that are there; name a file to read it all the same"),
        (true, false) => failure.help("contracts are files that end in `.quid`"),
        (false, false) => failure.help(
            "`exclude` in quidpro.toml names all that are there; name a file to read it all the same",
        ),
    }
}
