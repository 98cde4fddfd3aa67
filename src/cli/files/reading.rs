//! All reading of files: regular files of a bounded size, and pipes only if a person named them.
//!
//! Nothing here waits forever. A pipe, a socket or a device in place of a file is refused before it is opened, and
//! files are opened in a way that cannot block if they were replaced in the meantime.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one place where the program reads files and folders"
)]

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use crate::report::failure::Failure;

use super::reach::{self, Reach};
use super::told;

/// How long to wait for a pipe that nobody has written to.
#[cfg(unix)]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// The kind of thing at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Pipe,
    Socket,
    CharacterDevice,
    BlockDevice,
    Other,
}

impl Kind {
    pub(super) fn of(file: FileType) -> Self {
        if file.is_file() {
            return Self::File;
        }
        if file.is_dir() {
            return Self::Folder;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::FileTypeExt;
            if file.is_fifo() {
                return Self::Pipe;
            } else if file.is_socket() {
                return Self::Socket;
            } else if file.is_char_device() {
                return Self::CharacterDevice;
            } else if file.is_block_device() {
                return Self::BlockDevice;
            }
        }
        Self::Other
    }

    /// The kind in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Pipe => "a pipe",
            Self::Socket => "a socket",
            Self::CharacterDevice | Self::BlockDevice => "a device",
            Self::Other => "not a regular file",
        }
    }
}

/// A file that is open for reading.
pub(in crate::cli) struct Opened {
    pub(in crate::cli) input: Input,
    /// The number of bytes in it.
    pub(in crate::cli) size: u64,
}

/// Where the bytes come from. A file can be read again, and what came through a pipe is kept.
pub(in crate::cli) enum Input {
    File(File),
    Pipe(Cursor<Vec<u8>>),
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(into),
            Self::Pipe(bytes) => bytes.read(into),
        }
    }
}

impl Input {
    /// Goes back to the first byte.
    pub(in crate::cli) fn rewind(&mut self) -> io::Result<()> {
        use std::io::Seek;
        match self {
            Self::File(file) => file.rewind(),
            Self::Pipe(bytes) => bytes.rewind(),
        }
    }
}

/// Opens a file. At most `most` bytes are read from a pipe.
pub(in crate::cli) fn open(path: &Path, reach: &Reach, most: u64) -> Result<Opened, Failure> {
    let target = reach.resolve(path)?;
    let kind_of = |metadata: &fs::Metadata| Kind::of(metadata.file_type());
    let before = fs::metadata(&target).map_err(|error| unreadable(path, &error))?;
    refuse(path, kind_of(&before), reach)?;
    let file = without_waiting(reach)
        .open(&target)
        .map_err(|error| unreadable(path, &error))?;
    let metadata = file.metadata().map_err(|error| unreadable(path, &error))?;
    let kind = kind_of(&metadata);
    refuse(path, kind, reach)?;
    reach::remember(&target);
    if kind == Kind::Pipe {
        let bytes = from_pipe(path, file, most)?;
        return Ok(Opened {
            size: bytes.len() as u64,
            input: Input::Pipe(Cursor::new(bytes)),
        });
    }
    Ok(Opened {
        size: metadata.len(),
        input: Input::File(file),
    })
}

/// All bytes of a file that has at most `most` bytes.
pub(in crate::cli) fn bytes(path: &Path, reach: &Reach, most: u64) -> Result<Vec<u8>, Failure> {
    let opened = open(path, reach, most)?;
    if opened.size > most {
        return Err(too_large(path, most));
    }
    // The size that a file reports may be wrong, and the file may be growing.
    bounded(path, opened.input, most)
}

/// All bytes of standard input; `name` is its name.
pub(super) fn standard_input(name: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    bounded(name, io::stdin().lock(), most)
}

/// Standard input as an open file, kept in memory.
pub(in crate::cli) fn opened_input(name: &Path, most: u64) -> Result<Opened, Failure> {
    let bytes = standard_input(name, most)?;
    Ok(Opened {
        size: bytes.len() as u64,
        input: Input::Pipe(Cursor::new(bytes)),
    })
}

fn bounded(path: &Path, input: impl Read, most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = input.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > most {
        return Err(too_large(path, most));
    }
    Ok(bytes)
}

fn refuse(path: &Path, kind: Kind, reach: &Reach) -> Result<(), Failure> {
    match kind {
        Kind::File => Ok(()),
        Kind::Pipe if *reach == Reach::Named => Ok(()),
        other => {
            let failure = Failure::new(format!(
                "`{}` is not read: it is {}",
                told(path),
                other.words()
            ));
            Err(match other {
                Kind::Folder => failure,
                Kind::Pipe => {
                    failure.help("only regular files are read, unless you name the pipe itself")
                }
                _ => failure.help("only regular files are read"),
            })
        }
    }
}

/// Opens without waiting for another program, and without following a link that replaced the file after links were
/// resolved.
#[cfg(unix)]
fn without_waiting(reach: &Reach) -> OpenOptions {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let links = match reach {
        Reach::Within(_) => OFlags::NOFOLLOW,
        Reach::Named | Reach::Anywhere => OFlags::empty(),
    };
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY | links;
    let mut options = OpenOptions::new();
    options
        .read(true)
        .custom_flags(i32::try_from(flags.bits()).unwrap_or(0));
    options
}

#[cfg(not(unix))]
fn without_waiting(_: &Reach) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    options
}

/// Everything that is written to a pipe. Once a program has it open for writing, this waits for that program, as
/// reading a pipe always does.
#[cfg(unix)]
fn from_pipe(path: &Path, mut pipe: File, most: u64) -> Result<Vec<u8>, Failure> {
    let failed = |error: &io::Error| unreadable(path, error);
    let mut first = vec![0; 4096];
    let begun = std::time::Instant::now();
    let length = loop {
        match pipe.read(&mut first) {
            // There is no writer: not yet, or not any more.
            Ok(0) if begun.elapsed() < PATIENCE => {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            Ok(0) => {
                return Err(Failure::new(format!(
                    "`{}` is a pipe, and no program has written anything to it",
                    told(path)
                )));
            }
            Ok(length) => break length,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break 0,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(failed(&error)),
        }
    };
    first.truncate(length);
    rustix::fs::fcntl_setfl(&pipe, rustix::fs::OFlags::empty())
        .map_err(|error| failed(&error.into()))?;
    bounded(path, Cursor::new(first).chain(pipe), most)
}

#[cfg(not(unix))]
fn from_pipe(path: &Path, pipe: File, most: u64) -> Result<Vec<u8>, Failure> {
    bounded(path, pipe, most)
}

fn too_large(path: &Path, most: u64) -> Failure {
    Failure::new(format!(
        "`{}` is too large: at most {} MB are read",
        told(path),
        most >> 20
    ))
}

/// Why a file or folder cannot be read.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "you are not allowed to read it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    };
    Failure::new(format!("`{}` cannot be read: {reason}", told(path)))
}

/// The path with all links resolved.
pub(super) fn real(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// Whether there is anything at a path, including a link that leads nowhere.
pub(in crate::cli) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether there is a file at a path. Links are followed.
pub(in crate::cli) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether there is a folder at a path. Links are followed.
pub(in crate::cli) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The entries of a folder.
pub(in crate::cli) struct Entry {
    pub(in crate::cli) path: PathBuf,
    /// Whether it is a folder, and not a link to one.
    pub(in crate::cli) is_folder: bool,
    /// Whether it is a link to a folder.
    pub(in crate::cli) is_linked_folder: bool,
}

/// The entries of a folder, sorted by name.
pub(in crate::cli) fn entries(folder: &Path) -> Result<Vec<Entry>, Failure> {
    let listed = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut found: Vec<Entry> = listed
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let path = entry.path();
            let kind = entry.file_type().ok()?;
            Some(Entry {
                is_folder: kind.is_dir(),
                is_linked_folder: kind.is_symlink() && path.is_dir(),
                path,
            })
        })
        .collect();
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}
