//! Files: contracts and everything that they use, and where they are. Reading and writing have one module each. Nothing
//! else in the program reads or writes files.

mod origin;
mod reach;
mod reading;
mod writing;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use crate::driver::{Files, Loaded, load};
use crate::report::escape::terminal::on_one_line;
use crate::report::failure::Failure;

pub(super) use origin::{
    document as own_document, findings as own_findings, never as own_never, page as own_page,
    review as own_review, statements as own_statements,
};
pub(super) use reach::{Reach, allow_outside, named, new_run, opened};
pub(super) use reading::{
    Entry, Opened, bytes, entries, is_file, is_folder, is_there, open, opened_input,
};
#[cfg(feature = "books")]
pub(super) use writing::books;
pub(super) use writing::{Change, Over, create, output, refuse_contracts, rewrite};

use reading::real;

/// The most bytes that are read of a contract, a configuration or a baseline.
const MOST_BYTES: u64 = 64 << 20;

/// A path as it is shown: with `/`, and otherwise as the user wrote it.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// A path for messages: relative to the working directory if it was made absolute. Nothing in it can control a terminal
/// or begin a line.
pub(super) fn told(path: &Path) -> String {
    if path.is_absolute() {
        on_one_line(&shown(&from_here(path)))
    } else {
        on_one_line(&shown(path))
    }
}

/// The text of a file within `reach`. Bytes that are not UTF-8 are an error that names the place.
pub(super) fn text_within(path: &Path, reach: &Reach) -> Result<String, Failure> {
    let bytes = bytes(path, reach, MOST_BYTES)?;
    String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))
}

/// The text of a contract that a person named, or that is inside its project.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    text_within(path, &Reach::of(path))
}

/// The text on standard input; `name` is its name.
pub(super) fn standard_input(name: &Path) -> Result<String, Failure> {
    let bytes = reading::standard_input(name, MOST_BYTES)?;
    String::from_utf8(bytes).map_err(|error| not_utf8(name, &error))
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> Failure {
    let at = error.utf8_error().valid_up_to();
    let before = error.as_bytes().get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    Failure::new(format!(
        "`{}` is not UTF-8 text: line {line} has a byte that is not a character",
        shown(path)
    ))
    .help("save the file as UTF-8; in most editors this is an option of “save as”")
}

/// The path relative to the working directory, if it is inside it, without needless `./`.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&here).unwrap_or(path);
    path.components()
        .filter(|part| *part != Component::CurDir)
        .collect()
}

/// The absolute path, so that folders above it can be named.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    normal(&here.join(path))
}

/// The path without links; nothing if there is no such file or folder.
pub(super) fn without_links(path: &Path) -> Option<PathBuf> {
    real(path).ok()
}

/// The paths of a file relative to a folder: the path with links resolved, and the path as it is written. If the file
/// is not in the folder, its absolute path.
pub(super) fn seen_from(folder: &Path, path: &Path) -> Vec<String> {
    let path = absolute(path);
    let real = without_links(&path).zip(without_links(folder));
    let real = real.and_then(|(path, folder)| path.strip_prefix(folder).map(shown).ok());
    let named = path.strip_prefix(folder).map(shown).ok();
    let mut all: Vec<String> = real.into_iter().chain(named).collect();
    all.dedup();
    if all.is_empty() {
        all.push(shown(&path));
    }
    all
}

/// Files next to the contract, for `use "…"`. Some may have texts that differ from those on disk.
struct Disk<'t> {
    /// From where the contract and its libraries may use files.
    reach: Reach,
    /// Texts by their displayed names.
    texts: &'t BTreeMap<String, String>,
}

impl Files for Disk<'_> {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let base = Path::new(from).parent().unwrap_or(Path::new(""));
        let target = normal(&base.join(path));
        let name = shown(&target);
        may_use(&target, &self.reach)?;
        if let Some(text) = self.texts.get(&name) {
            return Ok((name, text.clone()));
        }
        let text = text_within(&target, &self.reach).map_err(|failure| failure.in_one_line())?;
        Ok((name, text))
    }
}

/// Refuses what a contract cannot use: anything that is not a contract, so that a report quotes no other file, and
/// anything outside the project.
pub(super) fn may_use(path: &Path, reach: &Reach) -> Result<(), String> {
    if let Some(why) = reach.refusal(path) {
        return Err(format!("{why}; {}", reach::ADVICE));
    }
    if both_end_in(path, "quid") {
        return Ok(());
    }
    Err("contracts and libraries are files that end in `.quid`, and no others are read".to_owned())
}

/// Refuses what a configuration cannot extend: anything that is not TOML, and anything outside the project.
pub(super) fn may_extend(path: &Path, reach: &Reach) -> Result<(), String> {
    let shown = shown(&from_here(path));
    if let Some(why) = reach.refusal(path) {
        return Err(format!("`{shown}` is not read: {why}; {}", reach::ADVICE));
    }
    if both_end_in(path, "toml") {
        return Ok(());
    }
    Err(format!(
        "`{shown}` is not read: a configuration extends files that end in `.toml`"
    ))
}

/// Whether a path has this ending, and so does the file to which links lead.
fn both_end_in(path: &Path, ending: &str) -> bool {
    let ends = |path: &Path| path.extension().is_some_and(|found| found == ending);
    ends(path) && ends(&reach::resolved(path))
}

/// The path without `.` and without `folder/..`, so that one file has one name.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(out.components().next_back(), Some(Component::Normal(_))) =>
            {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Reads a contract and everything that it uses.
pub(super) fn contract(path: &Path) -> Result<Loaded, Failure> {
    let text = text(path)?;
    Ok(contract_of(path, &text))
}

/// Analyses a contract's text and everything that it uses.
pub(super) fn contract_of(path: &Path, text: &str) -> Loaded {
    let texts = &BTreeMap::new();
    let reach = Reach::from(path);
    load(&shown(path), text, &Disk { reach, texts })
}

/// Reads a contract and everything that it uses. Some files may have texts that differ from those on disk.
pub(super) fn contract_with(
    path: &Path,
    texts: &BTreeMap<String, String>,
) -> Result<Loaded, Failure> {
    let name = shown(path);
    let own = match texts.get(&name) {
        Some(text) => text.clone(),
        None => text(path)?,
    };
    let reach = Reach::from(path);
    Ok(load(&name, &own, &Disk { reach, texts }))
}
