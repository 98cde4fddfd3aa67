//! All writing of files. At any moment a file has either its old content or all of its new content.
//!
//! New content goes to a temporary file in the same folder, and from there to the disk. Only then it takes the name, in
//! one step, and the folder is flushed to disk too. Links are followed and stay, modes stay, and owners where the
//! system allows it.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one place where the program writes files"
)]

mod streams;

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::config;
use crate::report::failure::Failure;

use super::reach::{self, Reach, is_outside_allowed, is_project};
use super::reading::{Kind, real, unreadable};
use super::{absolute, shown};

use streams::{Stream, stream_of, to_stream};

/// A file of the input that gets new content.
pub(in crate::cli) struct Change<'c> {
    pub(in crate::cli) path: &'c Path,
    /// The text that was read from it.
    pub(in crate::cli) before: &'c str,
    pub(in crate::cli) after: &'c str,
}

/// Replaces files that were read: either all of them or none.
pub(in crate::cli) fn rewrite(changes: &[Change<'_>]) -> Result<(), Vec<Failure>> {
    let mut staged = Vec::new();
    let mut failures = Vec::new();
    for change in changes {
        match stage_change(change) {
            Ok(one) => staged.push(one),
            Err(failure) => failures.push(failure),
        }
    }
    if !failures.is_empty() {
        return Err(failures);
    }
    for one in staged {
        one.replace().map_err(|failure| vec![failure])?;
    }
    Ok(())
}

fn stage_change(change: &Change<'_>) -> Result<Staged, Failure> {
    let path = change.path;
    let target = Reach::of(path).resolve(path)?;
    let metadata = fs::metadata(&target).map_err(|error| unwritten(path, &error))?;
    refuse_others(path, &metadata)?;
    let target = real(&target).map_err(|error| unwritten(path, &error))?;
    let metadata = replaceable(path, &target)?;
    let now = fs::read(&target).map_err(|error| unreadable(path, &error))?;
    if now != change.before.as_bytes() {
        return Err(
            not_written(path, "it has changed since it was read").help("run the command again")
        );
    }
    Staged::new(path, target, change.after.as_bytes(), Some(&metadata))
}

/// Creates files: either all of them or none.
pub(in crate::cli) fn create(files: &[(&Path, &[u8])]) -> Result<(), Failure> {
    let each = files.iter().map(|(path, content)| {
        let target = new_target(path)?;
        Staged::new(path, target, content, None)
    });
    let staged = each.collect::<Result<Vec<_>, _>>()?;
    let mut made: Vec<PathBuf> = Vec::new();
    for one in staged {
        let target = one.target.clone();
        if let Err(failure) = one.add() {
            for path in made {
                // The files that were just made are of no use without the others.
                let _ = fs::remove_file(path);
            }
            return Err(failure);
        }
        made.push(target);
    }
    Ok(())
}

/// How an output treats an existing file.
pub(in crate::cli) struct Over {
    /// Whether the content is an earlier output of the same kind.
    pub(in crate::cli) is_own: fn(&[u8]) -> bool,
    /// Whether the user allows any other file to be replaced.
    pub(in crate::cli) force: bool,
}

/// Writes an output to the file that a person named. Contracts, configurations and files that were read in this run are
/// never replaced.
pub(in crate::cli) fn output(path: &Path, content: &[u8], over: &Over) -> Result<(), Failure> {
    if let Some(stream) = stream_of(path) {
        return to_stream(path, &stream, content);
    }
    refuse_contracts(path)?;
    let Ok(own) = fs::symlink_metadata(path) else {
        let target = new_target(path)?;
        return Staged::new(path, target, content, None)?.add();
    };
    let is_link = own.file_type().is_symlink();
    let target = real(path).map_err(|_| not_written(path, "it is a link that leads nowhere"))?;
    let metadata = fs::metadata(&target).map_err(|error| unwritten(path, &error))?;
    match Kind::of(metadata.file_type()) {
        Kind::File => {}
        Kind::Pipe if !is_link => return to_stream(path, &Stream::Pipe, content),
        kind if is_link => {
            return Err(not_written(
                path,
                &format!("it is a link to {}", kind.words()),
            ));
        }
        kind => return Err(not_written(path, &format!("it is {}", kind.words()))),
    }
    refuse_inputs(path, &target)?;
    stay_inside(path, &target)?;
    let metadata = replaceable(path, &target)?;
    if !over.force && metadata.len() > 0 && !is_own(&target, over) {
        return Err(not_written(
            path,
            "the file already exists, and it is not such an output of quidpro",
        )
        .help("choose another name, or add `--force` to replace the file"));
    }
    Staged::new(path, target, content, Some(&metadata))?.replace()
}

/// The file of the books, which SQLite opens itself: an existing regular file, or nothing if there is none yet. The rules of
/// every other output hold: no contract, no link out of the project, no input of this run.
#[cfg(feature = "books")]
pub(in crate::cli) fn books(path: &Path) -> Result<Option<PathBuf>, Failure> {
    refuse_contracts(path)?;
    if fs::symlink_metadata(path).is_err() {
        new_target(path)?;
        return Ok(None);
    }
    let target = real(path).map_err(|_| not_opened(path, "it is a link that leads nowhere"))?;
    let metadata = fs::metadata(&target).map_err(|error| unreadable(path, &error))?;
    match Kind::of(metadata.file_type()) {
        Kind::File => {}
        kind => return Err(not_opened(path, &format!("it is {}", kind.words()))),
    }
    refuse_inputs(path, &target)?;
    stay_inside(path, &target)?;
    if metadata.len() == 0 {
        return Err(not_opened(path, "the file is empty")
            .help("restore it from a copy; if these were to be new books, delete the empty file"));
    }
    // No output replaces the books.
    reach::remember(&target);
    Ok(Some(target))
}

#[cfg(feature = "books")]
fn not_opened(path: &Path, why: &str) -> Failure {
    Failure::new(format!("`{}` was not opened as books: {why}", shown(path)))
}

/// Refuses files that can never be an output, before anything is computed.
pub(in crate::cli) fn refuse_contracts(path: &Path) -> Result<(), Failure> {
    if stream_of(path).is_some() {
        return Ok(());
    }
    let target = real(path).unwrap_or_else(|_| absolute(path));
    for one in [path, &target] {
        if one.extension().is_some_and(|ending| ending == "quid") {
            return Err(Failure::new(format!(
                "`{}` is a contract{}; nothing is written over it",
                shown(path),
                if one == path { "" } else { ", through a link" }
            ))
            .help("choose another name"));
        }
        if one.file_name().is_some_and(|name| name == config::FILE) {
            return Err(
                not_written(path, "it is a configuration of quidpro").help("choose another name")
            );
        }
    }
    Ok(())
}

fn refuse_inputs(path: &Path, target: &Path) -> Result<(), Failure> {
    let is_input = |input: &PathBuf| input == target || is_same_file(input, target);
    if reach::inputs().iter().any(is_input) {
        return Err(not_written(
            path,
            "this command has read it, and an output never replaces an input",
        )
        .help("choose another name"));
    }
    Ok(())
}

#[cfg(unix)]
fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let of = |path: &Path| fs::metadata(path).map(|metadata| (metadata.dev(), metadata.ino()));
    matches!((of(one), of(other)), (Ok(one), Ok(other)) if one == other)
}

#[cfg(not(unix))]
fn is_same_file(_: &Path, _: &Path) -> bool {
    false
}

fn is_own(target: &Path, over: &Over) -> bool {
    fs::read(target).is_ok_and(|content| (over.is_own)(&content))
}

/// The place where a file that does not exist yet is created.
fn new_target(path: &Path) -> Result<PathBuf, Failure> {
    let full = absolute(path);
    let (Some(folder), Some(name)) = (full.parent(), full.file_name()) else {
        return Err(not_written(path, "it is a folder"));
    };
    let folder = real(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => not_written(path, "its folder does not exist"),
        _ => unwritten(path, &error),
    })?;
    let target = folder.join(name);
    stay_inside(path, &target)?;
    Ok(target)
}

/// Refuses to follow a link out of a project, because somebody else may have made the link.
fn stay_inside(path: &Path, target: &Path) -> Result<(), Failure> {
    if is_outside_allowed() {
        return Ok(());
    }
    let here = std::env::current_dir().unwrap_or_default();
    let path_there = absolute(path);
    let above = path_there.ancestors().skip(1);
    for (distance, folder) in above.enumerate() {
        let counts = distance == 0 || folder == here || is_project(folder);
        if counts && distance == 0 && !is_link(&path_there) {
            continue;
        }
        let inside = real(folder).is_ok_and(|folder| target.starts_with(folder));
        if counts && !inside {
            return Err(not_written(
                path,
                "a link in the path leads outside the folder that it is in",
            )
            .help("name the file itself, or run with `--allow-outside` if you trust the link"));
        }
    }
    Ok(())
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_symlink())
}

/// The metadata of a file that may be replaced.
fn replaceable(path: &Path, target: &Path) -> Result<Metadata, Failure> {
    let metadata = fs::metadata(target).map_err(|error| unwritten(path, &error))?;
    refuse_others(path, &metadata)?;
    if metadata.permissions().readonly() {
        return Err(not_written(path, "the file is write-protected"));
    }
    if names(&metadata) > 1 {
        return Err(not_written(
            path,
            "the file has several names (hard links), and the others would keep the old text",
        )
        .help("make a separate copy first: copy the file, and rename the copy"));
    }
    // Replacing a file does not require the right to write to it, so check that right too.
    OpenOptions::new()
        .write(true)
        .open(target)
        .map_err(|error| unwritten(path, &error))?;
    Ok(metadata)
}

/// Refuses anything that is not a regular file.
fn refuse_others(path: &Path, metadata: &Metadata) -> Result<(), Failure> {
    match Kind::of(metadata.file_type()) {
        Kind::File => Ok(()),
        kind => Err(not_written(path, &format!("it is {}", kind.words()))),
    }
}

#[cfg(unix)]
fn names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

/// The new content of a file, on disk under another name.
struct Staged {
    temporary: NamedTempFile,
    path: PathBuf,
    target: PathBuf,
}

impl Staged {
    /// Writes the content next to the target, with the mode and owner of the file that it will replace.
    fn new(
        path: &Path,
        target: PathBuf,
        content: &[u8],
        like: Option<&Metadata>,
    ) -> Result<Self, Failure> {
        let folder = target.parent().unwrap_or(Path::new("/"));
        let failed = |error: io::Error| unwritten(path, &error);
        let mut temporary = temporary(folder).map_err(failed)?;
        temporary.write_all(content).map_err(failed)?;
        if let Some(like) = like {
            take_after(temporary.as_file(), like).map_err(failed)?;
        }
        temporary.as_file().sync_all().map_err(failed)?;
        Ok(Self {
            temporary,
            path: path.to_owned(),
            target,
        })
    }

    /// Replaces the existing file.
    fn replace(self) -> Result<(), Failure> {
        let placed = self.temporary.persist(&self.target);
        placed.map_err(|error| unwritten(&self.path, &error.error))?;
        keep(&self.path, &self.target)
    }

    /// Takes a name that is not in use.
    fn add(self) -> Result<(), Failure> {
        let placed = self.temporary.persist_noclobber(&self.target);
        placed.map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => not_written(&self.path, "it already exists")
                .help("choose another name, or move the file away"),
            _ => unwritten(&self.path, &error.error),
        })?;
        keep(&self.path, &self.target)
    }
}

fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".quidpro-").suffix(".tmp");
    #[cfg(unix)]
    {
        // The mode is that of any new file, and the umask of the process applies.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Gives a file the owner of another, as far as the system allows it, and its mode.
#[cfg(unix)]
fn take_after(file: &File, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    if own.uid() != like.uid() || own.gid() != like.gid() {
        let whole = fchown(file, Some(like.uid()), Some(like.gid()));
        // Giving a file away requires a privilege. Giving it to another of one's own groups does not.
        let _ = whole.or_else(|_| fchown(file, None, Some(like.gid())));
    }
    file.set_permissions(like.permissions())
}

#[cfg(not(unix))]
fn take_after(file: &File, like: &Metadata) -> io::Result<()> {
    file.set_permissions(like.permissions())
}

/// Makes sure that the new name is on disk.
#[cfg(unix)]
fn keep(path: &Path, target: &Path) -> Result<(), Failure> {
    let folder = target.parent().unwrap_or(Path::new("/"));
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Ok(()) => Ok(()),
        // Some file systems do not support this for folders.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput
                    | io::ErrorKind::Unsupported
                    | io::ErrorKind::PermissionDenied
            ) =>
        {
            Ok(())
        }
        Err(error) => Err(Failure::new(format!(
            "`{}` is written, but the system does not confirm that it is safe on disk: {error}",
            shown(path)
        ))),
    }
}

#[cfg(not(unix))]
fn keep(_: &Path, _: &Path) -> Result<(), Failure> {
    Ok(())
}

fn not_written(path: &Path, why: &str) -> Failure {
    Failure::new(format!("`{}` was not written: {why}", shown(path)))
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you are not allowed to write there".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::StorageFull => "no space is left on the disk".to_owned(),
        io::ErrorKind::QuotaExceeded => "your disk quota is used up".to_owned(),
        io::ErrorKind::FileTooLarge => "the system does not allow a file of this size".to_owned(),
        _ => error.to_string(),
    };
    not_written(path, &why)
}
