//! CSV text to records, through the `csv` crate; at most one record is in memory.

use std::io::{Cursor, Read};
use std::ops::Range;

use csv::{ByteRecord, ReaderBuilder, Terminator};

use crate::text::odd_line_end;

use super::cell::{Raw, trimmed};
use super::place::{Excerpt, RowNumber};
use super::plain_lines::{Next, PlainLines};
use super::problem::Fault;
use super::quotes;
use super::recent::Recent;
use super::records::{Records, Wrong};
use super::unreadable;

/// A CSV file, at one of its records.
///
/// The `csv` crate reads any text in some way. Whatever it would have to guess is refused here: misplaced quotes, lone
/// carriage returns, and rows without an end.
///
/// Plain lines are split here, in one pass; from the first line that is not plain on, the `csv` crate reads the file.
pub(super) struct CsvFile<'r> {
    source: Source<'r>,
    separator: u8,
    /// The number of the record's first line.
    first_line: usize,
    ended: bool,
}

enum Source<'r> {
    Plain(Box<PlainLines<'r>>),
    Full(Box<Full<'r>>),
}

/// The `csv` crate at work.
struct Full<'r> {
    reader: csv::Reader<Recent<'r>>,
    record: ByteRecord,
    /// How many lines came before those that it reads.
    lines_before: usize,
    /// Where the record ends in what it reads.
    end: u64,
    /// Whether its line ends with a carriage return, which is then also at the end of the last cell.
    returned: bool,
}

const BUFFER: usize = 256 << 10;

impl<'r> CsvFile<'r> {
    /// Begins to read. `first` are the bytes that were already read from `input`.
    ///
    /// # Errors
    /// The reason why the file cannot be CSV text.
    pub(super) fn new(first: &[u8], input: Box<dyn Read + 'r>) -> Result<Self, Fault> {
        not_csv(first).map_or(Ok(()), Err)?;
        let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
        let named = named_separator(first);
        let separator = named.unwrap_or_else(|| most_used_separator(first));
        let all: Box<dyn Read + 'r> = Box::new(Cursor::new(first.to_vec()).chain(input));
        // The crate passes over a byte order mark; there is one more here.
        let marked = first.starts_with(b"\xef\xbb\xbf");
        let source = if marked {
            Source::Full(Box::new(Full::new(all, separator, 0)))
        } else {
            Source::Plain(Box::new(PlainLines::new(all, separator)))
        };
        let mut file = Self {
            source,
            separator,
            first_line: 1,
            ended: false,
        };
        if named.is_some() {
            file.next_record().map_err(|(_, fault)| fault)?;
        }
        Ok(file)
    }

    /// Reads the next record.
    fn next_record(&mut self) -> Result<bool, Wrong> {
        let read = match &mut self.source {
            Source::Plain(lines) => match lines.advance() {
                Next::Line => {
                    self.first_line = lines.number();
                    if lines.has_odd_end() {
                        self.check_line_ends()?;
                    }
                    return Ok(true);
                }
                Next::End => return Ok(false),
                Next::Failed(error) => {
                    self.first_line = lines.number();
                    self.ended = true;
                    return Err((None, cannot_read(&error)));
                }
                Next::Other => {
                    self.read_in_full();
                    return self.next_record();
                }
            },
            Source::Full(full) => {
                let (read, first_line) = full.advance();
                self.first_line = first_line;
                read
            }
        };
        match read {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(error) => {
                self.ended = true;
                return Err(self.failed(error));
            }
        }
        if let Source::Full(full) = &mut self.source {
            let text = full.text();
            let (returned, quoted) = (
                text.ends_with(b"\r\n") || text.ends_with(b"\r"),
                text.contains(&b'"'),
            );
            full.returned = returned;
            if quoted {
                self.check_quotes()?;
            }
        }
        self.check_line_ends()?;
        Ok(true)
    }

    /// Leaves the rest of the file to the `csv` crate.
    fn read_in_full(&mut self) {
        let nothing: Box<dyn Read + 'r> = Box::new(std::io::empty());
        let none = Source::Plain(Box::new(PlainLines::new(nothing, self.separator)));
        if let Source::Plain(lines) = std::mem::replace(&mut self.source, none) {
            let (bytes, input, lines_before) = lines.rest();
            let all = Box::new(Cursor::new(bytes).chain(input));
            self.source = Source::Full(Box::new(Full::new(all, self.separator, lines_before)));
        }
    }

    /// Why the record could not be read to its end.
    fn failed(&mut self, error: csv::Error) -> Wrong {
        let separator = self.separator;
        let Source::Full(full) = &mut self.source else {
            return (None, cannot_read(&std::io::Error::other(error)));
        };
        if !full.reader.get_ref().is_too_long() {
            let error = match error.into_kind() {
                csv::ErrorKind::Io(error) => error,
                other => std::io::Error::other(format!("{other:?}")),
            };
            return (None, cannot_read(&error));
        }
        let text = full.reader.get_ref().record(full.end);
        if text.contains(&b'\n') {
            // Only a quoted cell has several lines.
            let mut part = builder(separator).from_reader(text);
            if let Ok(true) = part.read_byte_record(&mut full.record)
                && let Err(wrong) = self.check_quotes()
            {
                return wrong;
            }
        }
        let fault = Fault::new("long-row", "the row is longer than a megabyte")
            .because("a row of data has a few hundred bytes; the line endings may be missing")
            .help("save the file again as CSV in UTF-8");
        (None, fault)
    }

    fn check_quotes(&self) -> Result<(), Wrong> {
        match quotes::find(self.line(), self.separator, self.contents()) {
            Ok(_) => Ok(()),
            Err(misquoted) => Err((Some(misquoted.column), misquoted.fault)),
        }
    }

    /// Refuses characters at which some programs begin a new row and others do not, wherever they are. After a note
    /// that ends in such a character, a program may show a row that is not read.
    fn check_line_ends(&self) -> Result<(), Wrong> {
        // One pass without a branch, because few lines have one of these bytes.
        let begins_one = |byte: u8| matches!(byte, b'\x0b'..=b'\r' | 0xc2 | 0xe2);
        let line = self.line();
        if !line.iter().fold(false, |any, &byte| any | begins_one(byte)) {
            return Ok(());
        }
        let cells: Vec<&[u8]> = self.contents().collect();
        for (at, cell) in cells.into_iter().enumerate() {
            if let Ok(text) = std::str::from_utf8(cell)
                && let Some((_, sign)) = odd_line_end(text, 0)
                // The heading shows whether all lines end like this.
                && (self.first_line > 1 || sign != '\r')
            {
                return Err((Some(at), unreadable::line_end(sign)));
            }
        }
        Ok(())
    }

    /// The text of the record, without the line ending.
    fn line(&self) -> &[u8] {
        match &self.source {
            Source::Plain(lines) => lines.line(),
            Source::Full(full) => {
                let line = full.text();
                let line = line.strip_suffix(b"\n").unwrap_or(line);
                line.strip_suffix(b"\r").unwrap_or(line)
            }
        }
    }

    #[inline]
    fn content(&self, at: usize) -> &[u8] {
        match &self.source {
            Source::Plain(lines) => lines.cell(at).unwrap_or_default(),
            Source::Full(full) => full.content(at),
        }
    }

    /// The text of a cell of the record.
    #[inline]
    pub(super) fn bytes(&self, at: usize) -> &[u8] {
        self.content(at)
    }

    fn contents(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.width()).map(|at| self.content(at))
    }

    fn is_blank(&self) -> bool {
        self.contents().all(|content| trimmed(content).is_empty())
    }

    /// The position of the cell in the line.
    fn range(&self, at: usize) -> Range<usize> {
        match quotes::find(self.line(), self.separator, self.contents().take(at + 1)) {
            Ok(range) => range,
            Err(misquoted) => misquoted.range,
        }
    }
}

impl<'r> Full<'r> {
    fn new(input: Box<dyn Read + 'r>, separator: u8, lines_before: usize) -> Self {
        Self {
            reader: builder(separator).from_reader(Recent::new(input)),
            record: ByteRecord::new(),
            lines_before,
            end: 0,
            returned: false,
        }
    }

    /// Reads the next record; also the number of its first line.
    fn advance(&mut self) -> (csv::Result<bool>, usize) {
        let (start, line) = (self.reader.position().byte(), self.reader.position().line());
        self.returned = false;
        self.reader.get_mut().begin(start);
        let read = self.reader.read_byte_record(&mut self.record);
        let empty_lines = self.reader.get_mut().skip_empty_lines();
        self.end = self.reader.position().byte();
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        (read, line.saturating_add(empty_lines + self.lines_before))
    }

    /// The text of the record.
    fn text(&self) -> &[u8] {
        self.reader.get_ref().record(self.end)
    }

    fn content(&self, at: usize) -> &[u8] {
        let content = self.record.get(at).unwrap_or_default();
        if self.returned && at + 1 == self.record.len() {
            return content.strip_suffix(b"\r").unwrap_or(content);
        }
        content
    }
}

impl Records for CsvFile<'_> {
    const EVEN: bool = true;

    fn advance(&mut self) -> Option<Result<(), Wrong>> {
        while !self.ended {
            match self.next_record() {
                Ok(true) if self.is_blank() => {}
                Ok(true) => return Some(Ok(())),
                Ok(false) => self.ended = true,
                Err(wrong) => return Some(Err(wrong)),
            }
        }
        None
    }

    fn number(&self) -> RowNumber {
        RowNumber::Row(self.first_line)
    }

    fn width(&self) -> usize {
        match &self.source {
            Source::Plain(lines) => lines.width(),
            Source::Full(full) => full.record.len(),
        }
    }

    fn cell(&self, at: usize) -> Raw<'_> {
        match self.content(at) {
            [] => Raw::Empty,
            text => Raw::Text(text),
        }
    }

    fn filled(&self) -> impl Iterator<Item = usize> {
        let cells = self.contents().enumerate();
        cells
            .filter(|(_, content)| !trimmed(content).is_empty())
            .map(|(at, _)| at)
    }

    fn text(&self, at: usize) -> String {
        String::from_utf8_lossy(self.content(at)).into_owned()
    }

    fn excerpt(&self, at: Option<usize>) -> Option<Excerpt> {
        let line = self.line();
        let mark = at.map_or(0..line.len(), |at| self.range(at));
        Some(Excerpt::of(line, mark))
    }
}

/// A reader of records as they are written, with any number of cells.
fn builder(separator: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .terminator(Terminator::Any(b'\n'))
        .buffer_capacity(BUFFER);
    builder
}

/// The separator of a line `sep=;`, which spreadsheets write.
fn named_separator(text: &[u8]) -> Option<u8> {
    let line = text.split(is_end).next().unwrap_or_default();
    match line.strip_prefix(b"sep=") {
        Some([separator @ (b',' | b';' | b'\t' | b'|')]) => Some(*separator),
        _ => None,
    }
}

/// The most frequent separator in the first line with text.
fn most_used_separator(text: &[u8]) -> u8 {
    let start = text.iter().position(|byte| !is_end(byte)).unwrap_or(0);
    let text = text.get(start..).unwrap_or_default();
    let separators = [b',', b';', b'\t', b'|'].into_iter().rev();
    separators
        .max_by_key(|sign| count_outside_quotes(text, *sign))
        .unwrap_or(b',')
}

fn is_end(byte: &u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// How often `sign` is in the first line of `text`, not counting quoted ones.
fn count_outside_quotes(text: &[u8], sign: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in text {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ => count += usize::from(*byte == sign && !quoted),
        }
    }
    count
}

pub(super) fn cannot_read(error: &std::io::Error) -> Fault {
    Fault::new("cannot-read", format!("the file cannot be read: {error}"))
}

/// Why these first bytes of a file are not CSV text, if they are not.
fn not_csv(first: &[u8]) -> Option<Fault> {
    if first.starts_with(b"PK\x03\x04") {
        return Some(
            Fault::new("wrong-format", "this is a workbook, not CSV text")
                .help("restore the file's ending `.xlsx`, or save it as CSV in UTF-8"),
        );
    }
    if first.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(old_workbook());
    }
    utf_16(first)
}

/// Why the file is not UTF-8 text, if it begins like UTF-16.
pub(super) fn utf_16(first: &[u8]) -> Option<Fault> {
    let marked = first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff");
    marked.then(|| {
        Fault::new("utf-16", "the file is saved as UTF-16")
            .because("data is read only as UTF-8; spreadsheets write UTF-16 for `Unicode text`")
            .help("save the file again in UTF-8; a spreadsheet calls that `CSV UTF-8`, an editor `UTF-8`")
    })
}

/// The workbooks of Excel before 2007.
pub(super) fn old_workbook() -> Fault {
    Fault::new(
        "wrong-format",
        "this is a workbook in the old format, or one with a password",
    )
    .because("only `.xlsx` workbooks without a password are read")
    .help("save it as an Excel workbook (`.xlsx`) without a password, or as CSV in UTF-8")
}
