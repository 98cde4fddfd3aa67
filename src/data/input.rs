//! Bytes of files, up to a limit.

use std::io::{Cursor, Read};

use super::csv::{cannot_read, old_workbook, utf_16};
use super::problem::{Fault, Problem};
use super::row::Layout;

/// The most bytes of a CSV file that is read as a whole.
const MOST_BYTES: u64 = 256 << 20;

/// The most bytes of a JSON file or a workbook.
const MOST_PACKED: u64 = 64 << 20;

/// The first bytes of the input, up to 64 KiB.
pub(super) fn peek(input: &mut Box<dyn Read + '_>) -> std::io::Result<Vec<u8>> {
    let mut first = Vec::new();
    input.take(64 << 10).read_to_end(&mut first)?;
    Ok(first)
}

/// All bytes of a file that is not too long; `first` were already read from it.
///
/// # Errors
/// The reason why the file cannot be read as a whole.
pub(super) fn whole(
    layout: &Layout,
    first: Vec<u8>,
    input: Box<dyn Read + '_>,
) -> Result<Vec<u8>, Vec<Problem>> {
    let refuse = |fault: Fault| vec![fault.at(layout.whole())];
    let mut bytes = Vec::new();
    let read = Cursor::new(first)
        .chain(input)
        .take(MOST_PACKED + 1)
        .read_to_end(&mut bytes);
    read.map_err(|error| refuse(cannot_read(&error)))?;
    if bytes.len() as u64 > MOST_PACKED {
        return Err(refuse(
            Fault::new("too-much-data", format!("the file is longer than {} MB", MOST_PACKED >> 20))
                .because("such a file is read as a whole, in memory")
                .help("write a CSV file with a row for each month, sorted by month, which is read row by row"),
        ));
    }
    match utf_16(&bytes) {
        Some(fault) => Err(refuse(fault)),
        None if bytes.starts_with(b"\xd0\xcf\x11\xe0") => Err(refuse(old_workbook())),
        None => Ok(bytes),
    }
}

/// The problem of a file that is not text from byte `at` onwards.
pub(super) fn not_utf_8(bytes: &[u8], at: usize) -> Fault {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    Fault::new("not-utf-8", format!("line {line} is not UTF-8 text"))
        .because("the file was saved in another encoding, and the letters cannot be recognised")
        .help("save the file again in UTF-8")
}

/// The input, limited to as much as is read of a CSV file as a whole.
pub(super) fn limited<'r>(input: Box<dyn Read + 'r>) -> Box<dyn Read + 'r> {
    Box::new(Limited {
        input,
        left: MOST_BYTES,
    })
}

/// Input that fails once it is longer than a file that is read as a whole may be.
struct Limited<'r> {
    input: Box<dyn Read + 'r>,
    left: u64,
}

impl Read for Limited<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.input.read(into)?;
        self.left = self.left.saturating_sub(read as u64);
        if self.left == 0 {
            return Err(std::io::Error::other(
                "it is longer than 256 MB; sort it by month, so that it can be read row by row",
            ));
        }
        Ok(read)
    }
}
