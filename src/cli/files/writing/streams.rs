//! Outputs that are not files: standard output, and pipes and devices that a person named.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::report::failure::Failure;

use super::super::reading::Kind;
use super::{not_written, unwritten};

/// An output that is not a file. Nothing is replaced there.
pub(super) enum Stream {
    Output,
    Errors,
    /// A pipe that a person named.
    Pipe,
    /// A device that a person named.
    Device,
}

/// The stream at a path that a person named as output, if it is not a file. It counts as a device only under the
/// system's own name for it, because a link in a folder may come from somebody else.
pub(super) fn stream_of(path: &Path) -> Option<Stream> {
    let name = path.to_str()?;
    match name {
        "-" | "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1" => Some(Stream::Output),
        "/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2" => Some(Stream::Errors),
        _ if name.starts_with("/dev/") || name.starts_with("/proc/self/fd/") => {
            match Kind::of(fs::metadata(path).ok()?.file_type()) {
                Kind::Pipe => Some(Stream::Pipe),
                Kind::CharacterDevice => Some(Stream::Device),
                _ => None,
            }
        }
        _ => None,
    }
}

pub(super) fn to_stream(path: &Path, stream: &Stream, content: &[u8]) -> Result<(), Failure> {
    let written = match stream {
        Stream::Output => write_flushed(io::stdout(), content),
        Stream::Errors => write_flushed(io::stderr(), content),
        Stream::Pipe | Stream::Device => {
            open_stream(path).and_then(|stream| write_flushed(stream, content))
        }
    };
    written.map_err(|error| match stream {
        Stream::Pipe if has_no_reader(&error) => {
            not_written(path, "it is a pipe, and no program reads from it")
        }
        _ => unwritten(path, &error),
    })
}

fn write_flushed(mut to: impl Write, content: &[u8]) -> io::Result<()> {
    to.write_all(content)?;
    to.flush()
}

/// Opens a pipe that a program reads from. Without a reader it fails instead of waiting.
#[cfg(unix)]
fn open_stream(path: &Path) -> io::Result<File> {
    use rustix::fs::{OFlags, fcntl_setfl};
    use std::os::unix::fs::OpenOptionsExt;
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let opened = OpenOptions::new()
        .write(true)
        .custom_flags(i32::try_from(flags.bits()).unwrap_or(0))
        .open(path)?;
    fcntl_setfl(&opened, OFlags::empty())?;
    Ok(opened)
}

#[cfg(unix)]
fn has_no_reader(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error())
}

#[cfg(not(unix))]
fn has_no_reader(_: &io::Error) -> bool {
    false
}

#[cfg(not(unix))]
fn open_stream(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).open(path)
}
