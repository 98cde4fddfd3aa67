//! CSV text to records: separators, quotes, line ends; never more than one record in memory.

use std::io::{BufRead, BufReader, Read};
use std::ops::Range;

use super::cell::{Raw, trimmed};
use super::place::{Excerpt, RowNumber};
use super::problem::Fault;
use super::records::{Records, Wrong};

/// A CSV file, at one of its records.
///
/// It is read here rather than by a library because a wrong quote, a stray byte or an endless line has to be
/// reported with its row, not read in some way.
pub(super) struct CsvFile<'r> {
    input: BufReader<Box<dyn Read + 'r>>,
    separator: u8,
    /// The bytes of the record, without the line end.
    line: Vec<u8>,
    /// The contents of quoted cells with doubled quotes, with one quote for each two.
    undoubled: Vec<u8>,
    fields: Vec<Field>,
    /// The number of the record's first line, and of the last line that was read.
    first_line: usize,
    last_line: usize,
    ended: bool,
}

/// A cell of the record.
#[derive(Clone, Debug, Default)]
struct Field {
    /// The cell with its quotes, in the line.
    whole: Range<usize>,
    /// The content, in the line or among the undoubled bytes.
    content: Range<usize>,
    undoubled: bool,
}

/// No record is longer than this many bytes.
const LONGEST: usize = 1 << 20;

const BUFFER: usize = 256 << 10;

impl<'r> CsvFile<'r> {
    /// Begins to read; `first` are bytes that were read from `input` already.
    ///
    /// # Errors
    /// Says why the file cannot be CSV text.
    pub(super) fn new(first: &[u8], input: Box<dyn Read + 'r>) -> Result<Self, Fault> {
        not_csv(first).map_or(Ok(()), Err)?;
        let start = first
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(first)
            .to_vec();
        let rest: Box<dyn Read + 'r> = Box::new(std::io::Cursor::new(start).chain(input));
        let mut file = Self {
            input: BufReader::with_capacity(BUFFER, rest),
            separator: b',',
            line: Vec::new(),
            undoubled: Vec::new(),
            fields: Vec::new(),
            first_line: 0,
            last_line: 0,
            ended: false,
        };
        file.detect_separator()?;
        Ok(file)
    }

    /// Takes the separator from a line `sep=;`, which spreadsheets write, or from the first line with text.
    fn detect_separator(&mut self) -> Result<(), Fault> {
        let first = self.input.fill_buf().map_err(|error| cannot_read(&error))?;
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let start = first.iter().position(|byte| !is_end(byte)).unwrap_or(0);
        let text = first.get(start..).unwrap_or_default();
        let line = first.split(is_end).next().unwrap_or_default();
        if let Some([separator @ (b',' | b';' | b'\t' | b'|')]) = line.strip_prefix(b"sep=") {
            self.separator = *separator;
            self.next_line(LONGEST)?;
            self.line.clear();
            return Ok(());
        }
        let count = |sign: u8| count_outside_quotes(text, sign);
        let most = [b',', b';', b'\t', b'|']
            .into_iter()
            .rev()
            .max_by_key(|sign| count(*sign));
        self.separator = most.unwrap_or(b',');
        Ok(())
    }

    /// Appends the next line with its end to `line`; false at the end of the file.
    fn next_line(&mut self, most: usize) -> Result<bool, Fault> {
        let room = u64::try_from(most).unwrap_or(u64::MAX);
        let before = self.line.len();
        if let Err(error) = (&mut self.input)
            .take(room)
            .read_until(b'\n', &mut self.line)
        {
            self.ended = true;
            return Err(cannot_read(&error));
        }
        let read = self.line.len() - before;
        self.last_line += usize::from(read > 0);
        if read >= most && self.line.last() != Some(&b'\n') {
            self.ended = true;
            return Err(Fault::new("long-row", "the row is longer than a megabyte")
                .because("a row of data is a few hundred bytes; the line ends may be missing")
                .help("save the file again as CSV in UTF-8"));
        }
        Ok(read > 0)
    }

    /// Reads the next record that holds anything.
    fn next_record(&mut self) -> Result<bool, Wrong> {
        loop {
            self.line.clear();
            self.first_line = self.last_line + 1;
            self.fields.clear();
            self.undoubled.clear();
            if !self.next_line(LONGEST).map_err(|fault| (None, fault))? {
                return Ok(false);
            }
            if self.line.contains(&b'"') {
                self.split_quoted()?;
            } else {
                self.split_plain();
            }
            if !self.is_blank() {
                return Ok(true);
            }
        }
    }

    fn is_blank(&self) -> bool {
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t') || *byte == self.separator;
        self.line.iter().all(blank)
    }

    fn split_plain(&mut self) {
        trim_end(&mut self.line);
        let mut start = 0;
        for (at, byte) in self.line.iter().enumerate() {
            if *byte == self.separator {
                self.fields.push(Field::plain(start..at));
                start = at + 1;
            }
        }
        self.fields.push(Field::plain(start..self.line.len()));
    }

    /// Splits a record with quotes, which may go over several lines.
    fn split_quoted(&mut self) -> Result<(), Wrong> {
        let mut at = 0;
        let mut wrong = None;
        loop {
            let more = if self.line.get(at) == Some(&b'"') {
                let column = self.fields.len();
                let read = self.quoted_field(at);
                let (end, fault) = read.map_err(|fault| (Some(column), fault))?;
                wrong = wrong.or(fault.map(|fault| (Some(column), fault)));
                end
            } else {
                self.unquoted_field(at)
            };
            match more {
                Some(next) => at = next,
                None => break,
            }
        }
        trim_end(&mut self.line);
        match wrong {
            Some(wrong) => Err(wrong),
            None => Ok(()),
        }
    }

    /// Reads a cell up to the next separator; returns where the next cell starts.
    fn unquoted_field(&mut self, start: usize) -> Option<usize> {
        let rest = self.line.get(start..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == self.separator);
        let end = length.map_or_else(|| end_of_text(&self.line), |length| start + length);
        self.fields.push(Field::plain(start..end.max(start)));
        length.map(|length| start + length + 1)
    }

    /// Reads a quoted cell; returns where the next cell starts, and what is wrong with this one.
    fn quoted_field(&mut self, start: usize) -> Result<(Option<usize>, Option<Fault>), Fault> {
        let mut at = start + 1;
        let mut doubled = false;
        let close = loop {
            let rest = self.line.get(at..).unwrap_or_default();
            match rest.iter().position(|byte| *byte == b'"') {
                Some(length) if rest.get(length + 1) == Some(&b'"') => {
                    doubled = true;
                    at += length + 2;
                }
                Some(length) => break at + length,
                None => {
                    at = self.line.len();
                    if let Err(fault) = self.continue_record() {
                        self.fields.push(Field::plain(start..at));
                        return Err(fault);
                    }
                }
            }
        };
        let content = start + 1..close;
        let field = if doubled {
            self.undouble(content)
        } else {
            Field::plain(content)
        };
        let after = self
            .line
            .get(close + 1..end_of_text(&self.line))
            .unwrap_or_default();
        let length = after.iter().position(|byte| *byte == self.separator);
        let end = close + 1 + length.unwrap_or(after.len());
        let stray = self.line.get(close + 1..end).unwrap_or_default();
        let fault = (!stray.iter().all(|byte| *byte == b' ')).then(text_after_quote);
        self.fields.push(Field {
            whole: start..end,
            ..field
        });
        Ok((length.map(|_| end + 1), fault))
    }

    /// Takes one more line into the record, because a quote is open.
    fn continue_record(&mut self) -> Result<(), Fault> {
        let room = LONGEST.saturating_sub(self.line.len());
        match self.next_line(room) {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            Err(fault) if self.line.len() < LONGEST => return Err(fault),
            Err(_) => {}
        }
        self.ended = true;
        Err(Fault::new("open-quote", "a quote is opened and never closed")
            .because("everything after it would be one cell")
            .help("close the quote, or take it out; a quote inside a quoted cell is written twice"))
    }

    fn undouble(&mut self, content: Range<usize>) -> Field {
        let start = self.undoubled.len();
        let mut quote_before = false;
        for byte in self.line.get(content).unwrap_or_default() {
            quote_before = *byte == b'"' && !quote_before;
            if !quote_before {
                self.undoubled.push(*byte);
            }
        }
        Field {
            whole: 0..0,
            content: start..self.undoubled.len(),
            undoubled: true,
        }
    }

    fn content(&self, at: usize) -> &[u8] {
        let Some(field) = self.fields.get(at) else {
            return &[];
        };
        let from = if field.undoubled {
            &self.undoubled
        } else {
            &self.line
        };
        from.get(field.content.clone()).unwrap_or_default()
    }
}

impl Field {
    fn plain(range: Range<usize>) -> Self {
        Self {
            whole: range.clone(),
            content: range,
            undoubled: false,
        }
    }
}

impl Records for CsvFile<'_> {
    const EVEN: bool = true;

    fn advance(&mut self) -> Option<Result<(), Wrong>> {
        if self.ended {
            return None;
        }
        match self.next_record() {
            Ok(true) => Some(Ok(())),
            Ok(false) => {
                self.ended = true;
                None
            }
            Err(wrong) => Some(Err(wrong)),
        }
    }

    fn number(&self) -> RowNumber {
        RowNumber::Row(self.first_line)
    }

    fn width(&self) -> usize {
        self.fields.len()
    }

    fn cell(&self, at: usize) -> Raw<'_> {
        match self.content(at) {
            [] => Raw::Empty,
            text => Raw::Text(text),
        }
    }

    fn filled(&self) -> impl Iterator<Item = usize> {
        (0..self.fields.len()).filter(|at| !trimmed(self.content(*at)).is_empty())
    }

    fn text(&self, at: usize) -> String {
        String::from_utf8_lossy(self.content(at)).into_owned()
    }

    fn excerpt(&self, at: Option<usize>) -> Option<Excerpt> {
        let text = self.line.get(..end_of_text(&self.line)).unwrap_or_default();
        let mark = match at {
            Some(at) => self.fields.get(at).map(|field| field.whole.clone())?,
            None => 0..text.len(),
        };
        Some(Excerpt::of(text, mark))
    }
}

/// How often `sign` stands in the first line of `text`, not counting quoted ones.
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

fn end_of_text(line: &[u8]) -> usize {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line).len()
}

fn trim_end(line: &mut Vec<u8>) {
    line.truncate(end_of_text(line));
}

fn text_after_quote() -> Fault {
    Fault::new("text-after-quote", "text follows a closing quote")
        .because("it is not known whether it belongs to the cell")
        .help("quote the whole cell, and write a quote inside it twice")
}

pub(super) fn cannot_read(error: &std::io::Error) -> Fault {
    Fault::new("cannot-read", format!("the file cannot be read: {error}"))
}

/// Why these first bytes of a file are no CSV text, if they are not.
fn not_csv(first: &[u8]) -> Option<Fault> {
    if first.starts_with(b"PK\x03\x04") {
        return Some(
            Fault::new("wrong-format", "this is a workbook, not CSV text")
                .help("give the file its ending `.xlsx` back, or save it as CSV in UTF-8"),
        );
    }
    if first.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(old_workbook());
    }
    utf_16(first)
}

/// Why the file is no UTF-8 text, if it begins as UTF-16 does.
pub(super) fn utf_16(first: &[u8]) -> Option<Fault> {
    let marked = first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff");
    marked.then(|| {
        Fault::new("utf-16", "the file is saved as UTF-16")
            .because("data is read as UTF-8 only; spreadsheets write UTF-16 for `Unicode text`")
            .help("save the file again as `CSV UTF-8`")
    })
}

/// The workbooks of Excel before 2007.
pub(super) fn old_workbook() -> Fault {
    Fault::new(
        "wrong-format",
        "this is a workbook of the old kind, or one with a password",
    )
    .because("only workbooks of the kind `.xlsx`, without a password, are read")
    .help("save it as an Excel workbook (`.xlsx`) without a password, or as CSV in UTF-8")
}
