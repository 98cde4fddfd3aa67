//! Places in data: the file, the row, the column, and the content.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A place in a data file: a cell, a row, a column, or the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name as it was given.
    pub file: Arc<str>,
    /// The sheet, in a workbook.
    pub sheet: Option<Arc<str>>,
    /// The row.
    pub row: Option<RowNumber>,
    /// The column.
    pub column: Option<ColumnPlace>,
    /// The content of the cell, shortened if it is long.
    pub text: Option<String>,
}

/// The number of a row in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowNumber {
    /// A row of a table, counted from 1 with the heading. In CSV this is the number of its first line.
    Row(usize),
    /// An object of a JSON array, counted from 1, and the line in which it starts.
    Entry {
        /// Which object, from 1.
        number: usize,
        /// The line in which it starts, from 1.
        line: usize,
    },
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnPlace {
    /// Its letter in a spreadsheet: `C`; JSON has none.
    pub letter: Option<String>,
    /// Its heading in the file, or the key in JSON.
    pub heading: String,
}

/// A line of the data, with the relevant bytes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, cut to a readable length; `…` marks what was cut.
    pub text: String,
    /// The relevant bytes of `text`.
    pub mark: Range<usize>,
}

/// Where a row was read, and the content of its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPlace {
    /// The row; in the long form, the first of its rows.
    pub row: RowNumber,
    /// In the long form, the row of each cell.
    pub(super) cells: Option<Box<[Option<RowNumber>]>>,
    /// The text of each cell, if the reader was asked to keep it.
    pub(super) texts: Option<Texts>,
}

/// The texts of a row's cells, by column of the schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl RowPlace {
    pub(super) fn new(row: RowNumber) -> Self {
        Self {
            row,
            cells: None,
            texts: None,
        }
    }

    /// The row of the cell of that column of the schema.
    #[must_use]
    pub fn row_of(&self, column: usize) -> RowNumber {
        let own = self.cells.as_ref().and_then(|cells| cells.get(column));
        own.copied().flatten().unwrap_or(self.row)
    }
}

impl RowPlace {
    /// Whether the file has a cell for that column, even an empty one, as far as the row shows.
    pub(super) fn is_given(&self, column: usize) -> bool {
        let own = |cells: &[Option<RowNumber>]| cells.get(column).is_some_and(Option::is_some);
        self.cells.as_ref().is_none_or(|cells| own(cells))
    }
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    pub(super) fn get(&self, column: usize) -> Option<&str> {
        let end = *self.ends.get(column)?;
        let start = match column.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.all.get(start..end)
    }
}

impl FromIterator<String> for Texts {
    fn from_iter<I: IntoIterator<Item = String>>(texts: I) -> Self {
        let mut all = Self::default();
        for text in texts {
            all.push(&text);
        }
        all
    }
}

impl Excerpt {
    /// The `mark`ed bytes of `line`, with as much of the line around them as is readable.
    pub(super) fn of(line: &[u8], mark: Range<usize>) -> Self {
        let end = mark.end.min(line.len());
        let start = mark.start.min(end);
        let before = readable(
            line.get(start.saturating_sub(400)..start)
                .unwrap_or_default(),
        );
        let cell = readable(line.get(start..end.min(start + 400)).unwrap_or_default());
        let after = readable(line.get(end..line.len().min(end + 400)).unwrap_or_default());
        let mut text = last_chars(&before, 60);
        let from = text.len();
        text.push_str(&first_chars(&cell, 60));
        let to = text.len();
        text.push_str(&first_chars(&after, 40));
        Self {
            text,
            mark: from..to,
        }
    }
}

/// A list of rows: `rows 2, 4 and 5`. After the fifth, it says only that there are more.
pub(super) fn several(rows: &[RowNumber]) -> String {
    let number = |row: &RowNumber| match row {
        RowNumber::Row(number) | RowNumber::Entry { number, .. } => number.to_string(),
    };
    let noun = match rows.first() {
        Some(RowNumber::Entry { .. }) => "entries",
        Some(RowNumber::Row(_)) | None => "rows",
    };
    let mut shown: Vec<String> = rows.iter().take(5).map(number).collect();
    let last = if rows.len() > shown.len() {
        "others".to_owned()
    } else {
        shown.pop().unwrap_or_default()
    };
    format!("{noun} {} and {last}", shown.join(", "))
}

/// The letter of a column counted from 0: A to Z, AA to AZ, BA …
pub(super) fn letter(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A cell's text as messages quote it: at most 60 characters, none of them invisible.
pub(super) fn quotable(text: &[u8]) -> String {
    first_chars(&readable(text.get(..400).unwrap_or(text)), 60)
}

/// Text with a visible character for every invisible byte.
fn readable(text: &[u8]) -> String {
    let visible = |sign: char| match sign {
        '\t' => ' ',
        '\0' => '␀',
        '\r' | '\n' => '⏎',
        other if other.is_control() => '\u{fffd}',
        other => other,
    };
    String::from_utf8_lossy(text).chars().map(visible).collect()
}

fn first_chars(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

fn last_chars(text: &str, most: usize) -> String {
    match text.chars().count().checked_sub(most) {
        None | Some(0) => text.to_owned(),
        Some(cut) => std::iter::once('…').chain(text.chars().skip(cut)).collect(),
    }
}

/// `row 7`, `entry 3`
impl fmt::Display for RowNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(number) => write!(f, "row {number}"),
            Self::Entry { number, .. } => write!(f, "entry {number}"),
        }
    }
}

/// ``column C (`offered`)``, or `` `offered` `` in JSON
impl fmt::Display for ColumnPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.letter {
            Some(letter) if self.heading.is_empty() => write!(f, "column {letter}"),
            Some(letter) => write!(f, "column {letter} (`{}`)", self.heading),
            None => write!(f, "`{}`", self.heading),
        }
    }
}

/// ``months.csv, row 7, column C (`offered`)``
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet `{sheet}`")?;
        }
        match &self.row {
            Some(RowNumber::Entry { number, line }) => write!(f, ", entry {number} (line {line})")?,
            Some(row) => write!(f, ", {row}")?,
            None => {}
        }
        match &self.column {
            Some(column) => write!(f, ", {column}"),
            None => Ok(()),
        }
    }
}
