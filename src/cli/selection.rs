//! Which contracts a command is about: those that are named, those that have changed, and those that use them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::report::failure::Failure;

use super::arguments::Which;
use super::configuration::Configuration;
use super::{dependents, files, git, walk};

/// The chosen files.
pub(super) struct Selected {
    pub(super) files: Vec<PathBuf>,
    /// Paths that name nothing, each with its problem.
    pub(super) failures: Vec<(PathBuf, Failure)>,
    /// The message if there is nothing to do.
    pub(super) unchanged: Option<String>,
}

/// The contracts that the arguments mean. `paths` are those arguments that are files and folders.
pub(super) fn select(
    which: &Which,
    paths: &[PathBuf],
    configuration: &mut Configuration,
) -> Selected {
    let (changed, asked) = match (&which.changed, which.staged) {
        (Some(base), _) => (
            git::changed_since(base),
            format!("no contract has changed since `{base}`"),
        ),
        (None, true) => (git::staged(), "no contract is staged".to_owned()),
        (None, false) => return named(which, paths, configuration),
    };
    let (changed, top) = match changed.and_then(|changed| Ok((changed, git::top()?))) {
        Ok(known) => known,
        // A report must say so, too.
        Err(failure) => {
            return Selected {
                files: Vec::new(),
                failures: vec![(PathBuf::from("."), failure)],
                unchanged: None,
            };
        }
    };
    let mut chosen: BTreeSet<PathBuf> = changed
        .iter()
        .filter(|path| is_contract(path) && files::is_file(path))
        .cloned()
        .collect();
    chosen.extend(dependents::of(&changed, &top));
    chosen.extend(configured_by(&changed, &top, configuration));
    let kept = chosen
        .into_iter()
        .filter(|path| is_within(path, paths) && !configuration.excludes(path))
        .map(|path| files::from_here(&path));
    Selected {
        files: once_each(kept),
        failures: Vec::new(),
        unchanged: Some(asked),
    }
}

fn named(which: &Which, paths: &[PathBuf], configuration: &mut Configuration) -> Selected {
    let named = walk::contracts(paths, &mut |path| configuration.excludes(path));
    let mut all = named.files;
    if which.force_exclude {
        all.retain(|path| !configuration.excludes(path));
    }
    if which.dependents {
        let root = git::top().unwrap_or_else(|_| files::absolute(Path::new("")));
        let users = dependents::of(&all, &root);
        let users = users
            .into_iter()
            .filter(|path| !configuration.excludes(path));
        all.extend(users.map(|path| files::from_here(&path)));
    }
    Selected {
        files: once_each(all.into_iter()),
        failures: named.failures,
        unchanged: which
            .force_exclude
            .then(|| "`exclude` leaves out every contract that you named".to_owned()),
    }
}

/// The contracts to which a changed configuration or baseline applies.
fn configured_by(
    changed: &[PathBuf],
    top: &Path,
    configuration: &mut Configuration,
) -> Vec<PathBuf> {
    let decides = |path: &&PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        matches!(ending, Some("toml" | "json"))
    };
    let changed: BTreeSet<&PathBuf> = changed.iter().filter(decides).collect();
    if changed.is_empty() {
        return Vec::new();
    }
    let mut all = walk::below_folder(top);
    all.retain(|contract| {
        let used = configuration.files_for(contract);
        used.iter()
            .any(|file| changed.contains(&files::absolute(file)))
    });
    all
}

/// Whether a file is one of the paths or inside one of them. Without paths, every file is meant.
fn is_within(file: &Path, paths: &[PathBuf]) -> bool {
    paths.is_empty()
        || paths.iter().any(|path| {
            let path = files::absolute(path);
            let path = files::without_links(&path).unwrap_or(path);
            file.starts_with(&path)
        })
}

fn is_contract(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "quid")
}

fn once_each(paths: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    paths
        .filter(|path| seen.insert(files::without_links(path).unwrap_or_else(|| path.clone())))
        .collect()
}
