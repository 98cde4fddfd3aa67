//! The bytes of a CSV record in addition to its cells, and no record without an end.

use std::io::Read;

/// Input that remembers the bytes from the start of a record, and fails if a record does not end.
pub(super) struct Recent<'r> {
    input: Box<dyn Read + 'r>,
    bytes: Vec<u8>,
    /// Where in the input the remembered bytes and the record start.
    from: u64,
    record: u64,
    /// How many empty lines came before the record.
    empty_lines: usize,
    too_long: bool,
}

/// The most bytes in a record, give or take a block of input.
const LONGEST: usize = 1 << 20;

impl<'r> Recent<'r> {
    pub(super) fn new(input: Box<dyn Read + 'r>) -> Self {
        Self {
            input,
            bytes: Vec::new(),
            from: 0,
            record: 0,
            empty_lines: 0,
            too_long: false,
        }
    }

    /// The next record starts at `at`.
    pub(super) fn begin(&mut self, at: u64) {
        self.record = at;
        self.empty_lines = 0;
    }

    /// Skips the empty lines before the record; returns how many there are.
    pub(super) fn skip_empty_lines(&mut self) -> usize {
        let empty = self.bytes.get(self.start()..).unwrap_or_default();
        let lines = empty.iter().take_while(|byte| **byte == b'\n').count();
        self.record += lines as u64;
        self.empty_lines += lines;
        self.empty_lines
    }

    /// The bytes of the record, which ends before `end`.
    pub(super) fn record(&self, end: u64) -> &[u8] {
        let end = usize::try_from(end - self.from).unwrap_or(usize::MAX);
        let end = end.min(self.bytes.len());
        self.bytes.get(self.start()..end).unwrap_or_default()
    }

    /// Whether reading failed because the record is too long.
    pub(super) fn is_too_long(&self) -> bool {
        self.too_long
    }

    /// Where the record starts among the bytes.
    fn start(&self) -> usize {
        usize::try_from(self.record - self.from).unwrap_or(usize::MAX)
    }
}

impl Read for Recent<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.skip_empty_lines();
        let start = self.start().min(self.bytes.len());
        self.bytes.drain(..start);
        self.from += start as u64;
        if self.bytes.len() > LONGEST {
            self.too_long = true;
            return Err(std::io::Error::other("a row is longer than a megabyte"));
        }
        let read = self.input.read(into)?;
        let new = into.get(..read).unwrap_or_default();
        self.bytes.extend_from_slice(new);
        Ok(read)
    }
}
