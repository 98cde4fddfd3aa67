//! Which contracts use a file. Their amounts change with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::syntax::parse;
use crate::syntax::tree::UseWhat;
use crate::text::Sources;

use super::{files, parallel, walk};

/// The contracts in a folder that use one of the changed files, directly or through others.
pub(super) fn of(changed: &[PathBuf], root: &Path) -> Vec<PathBuf> {
    let all = walk::below_folder(root);
    let uses = parallel::map(&all, |file| used_by(file));
    let mut users: BTreeMap<&Path, Vec<&Path>> = BTreeMap::new();
    for (file, used) in all.iter().zip(&uses) {
        for one in used {
            users.entry(one).or_default().push(file);
        }
    }
    let mut found: BTreeSet<&Path> = BTreeSet::new();
    let changed: Vec<PathBuf> = changed.iter().map(|path| real(path)).collect();
    let mut open: Vec<&Path> = changed.iter().map(PathBuf::as_path).collect();
    let real_of: BTreeMap<&Path, PathBuf> = all
        .iter()
        .map(|file| (file.as_path(), real(file)))
        .collect();
    while let Some(file) = open.pop() {
        for user in users.get(file).into_iter().flatten() {
            if found.insert(user) {
                open.extend(real_of.get(user).map(PathBuf::as_path));
            }
        }
    }
    found.into_iter().map(Path::to_owned).collect()
}

/// The files that a contract uses or amends. If the contract cannot be read, the check reports that.
fn used_by(file: &Path) -> Vec<PathBuf> {
    let Ok(text) = files::text(file) else {
        return Vec::new();
    };
    if !text.contains("use") {
        return Vec::new();
    }
    let id = Sources::new().add(files::shown(file), "");
    let folder = file.parent().unwrap_or(Path::new(""));
    let uses = parse(id, &text).tree.uses;
    let named = uses.into_iter().filter_map(|used| match used.what {
        UseWhat::File(path) => Some(real(&folder.join(path.text))),
        UseWhat::Standard(_) => None,
    });
    named.collect()
}

/// The path that identifies a file. If the file exists, it has no links.
fn real(path: &Path) -> PathBuf {
    let path = files::absolute(path);
    if let Some(real) = files::without_links(&path) {
        return real;
    }
    // A deleted file is identified by its folder.
    let folder = path.parent().and_then(files::without_links);
    match (folder, path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path,
    }
}
