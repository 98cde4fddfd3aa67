//! Reading and writing files, with errors that name them.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one place where the program opens files"
)]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use crate::driver::{Files, Loaded, load};
use crate::report::escape::terminal::on_one_line;
use crate::report::failure::Failure;

/// The largest contract file that is read, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// A path as it is shown: with `/`, and as the user wrote it.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// A path as it is told to people: nothing in it steers a terminal or begins a line.
pub(super) fn told(path: &Path) -> String {
    on_one_line(&shown(path))
}

/// Opens a file for reading.
pub(super) fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| unreadable(path, &error))
}

/// The size of a file in bytes; 0 if it is not known.
pub(super) fn size(path: &Path) -> u64 {
    fs::metadata(path)
        .map(|metadata| metadata.len())
        .unwrap_or(0)
}

/// All bytes of a file.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    if size(path) > MOST_BYTES {
        return Err(too_large(path));
    }
    fs::read(path).map_err(|error| unreadable(path, &error))
}

/// A contract's text. Bytes that are not UTF-8 are an error that names the place.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    let bytes = bytes(path)?;
    String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))
}

/// The text on the standard input, which `name` is the name of.
pub(super) fn standard_input(name: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = io::stdin()
        .lock()
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes);
    read.map_err(|error| unreadable(name, &error))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large(name));
    }
    String::from_utf8(bytes).map_err(|error| not_utf8(name, &error))
}

fn too_large(path: &Path) -> Failure {
    Failure::new(format!("`{}` is too large for a contract", shown(path)))
        .help("a contract file holds at most 8 MB")
}

fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> Failure {
    let at = error.utf8_error().valid_up_to();
    let before = error.as_bytes().get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    Failure::new(format!(
        "`{}` is not UTF-8 text: line {line} holds a byte that is no character",
        shown(path)
    ))
    .help("save the file as UTF-8; in most editors this is an option of “save as”")
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "reading it is not allowed".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    };
    Failure::new(format!("`{}` cannot be read: {reason}", shown(path)))
}

/// Writes a file that does not exist yet.
pub(super) fn write_new(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let created = File::options().write(true).create_new(true).open(path);
    let written = created.and_then(|mut file| file.write_all(content));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::new(format!("`{}` exists already", shown(path)))
            .help("choose another name, or move the file away; nothing was overwritten"),
        _ => Failure::new(format!("`{}` cannot be written: {error}", shown(path))),
    })
}

/// Writes a file, whether it exists or not.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    fs::write(path, content)
        .map_err(|error| Failure::new(format!("`{}` cannot be written: {error}", shown(path))))
}

/// The path from the folder in which the program runs, if it is below that; without needless `./`.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&here).unwrap_or(path);
    path.components()
        .filter(|part| *part != Component::CurDir)
        .collect()
}

/// The path from the root of the disk, so that folders above it can be named.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    normal(&here.join(path))
}

/// The path without links; nothing if there is no such file or folder.
pub(super) fn without_links(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// A path as seen from a folder. Where links lead to it, the path that lies within the folder is the one.
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

/// Whether there is such a file.
pub(super) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Files beside the contract, for `use "…"`, some of them with other texts than on the disk.
struct Disk<'t> {
    /// Texts under the names that they are shown with.
    texts: &'t BTreeMap<String, String>,
}

impl Files for Disk<'_> {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let base = Path::new(from).parent().unwrap_or(Path::new(""));
        let target = normal(&base.join(path));
        let name = shown(&target);
        if let Some(text) = self.texts.get(&name) {
            return Ok((name, text.clone()));
        }
        let text = text(&target).map_err(|failure| failure.to_string())?;
        Ok((name, text))
    }
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

/// Reads a contract with everything that it uses.
pub(super) fn contract(path: &Path) -> Result<Loaded, Failure> {
    let text = text(path)?;
    Ok(contract_of(path, &text))
}

/// Understands a contract's text, with everything that it uses.
pub(super) fn contract_of(path: &Path, text: &str) -> Loaded {
    let texts = &BTreeMap::new();
    load(&shown(path), text, &Disk { texts })
}

/// Reads a contract with everything that it uses, where some files have other texts than on the disk.
pub(super) fn contract_with(
    path: &Path,
    texts: &BTreeMap<String, String>,
) -> Result<Loaded, Failure> {
    let name = shown(path);
    let own = match texts.get(&name) {
        Some(text) => text.clone(),
        None => text(path)?,
    };
    Ok(load(&name, &own, &Disk { texts }))
}
