//! What is laid out, line by line, before its columns are set.

use unicode_width::UnicodeWidthStr;

/// Where a line should end.
pub(super) const WIDTH: usize = 120;
/// Where a block that stands in one line must end.
pub(super) const SHORT: usize = 110;
/// Where the lines of a table must end: a row that is broken is harder to read than one that is a little too long.
pub(super) const TABLE: usize = 132;
/// The blanks of one level.
pub(super) const INDENT: usize = 2;

/// One thing on the page.
pub(super) enum Entry {
    /// An empty line.
    Blank,
    /// A line that is laid out.
    Line(Line),
    /// A comment in a line of its own.
    Comment {
        /// The blanks before it.
        indent: usize,
        /// The comment, `#` included.
        text: String,
    },
    /// Lines that are left as they are.
    Raw(String),
}

/// A line, or what is one line in meaning and goes on in further ones.
#[derive(Default)]
pub(super) struct Line {
    /// The blanks before it.
    pub(super) indent: usize,
    /// Its parts, which may be aligned with those of its neighbours.
    pub(super) cells: Vec<Cell>,
    /// Where it stands in the paper contract; in a column of its own.
    pub(super) reference: Option<String>,
    /// The comment behind it.
    pub(super) comment: Option<String>,
    /// Lines with the same family, behind each other, are aligned.
    pub(super) family: Option<Family>,
    /// The lines in which it goes on.
    pub(super) more: Vec<More>,
    /// How far the lines behind the first are moved in.
    pub(super) hang: Hang,
}

/// A further line.
pub(super) struct More {
    pub(super) text: String,
    pub(super) comment: Option<String>,
}

/// Where further lines begin.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Hang {
    /// One level behind the first line.
    #[default]
    Level,
    /// Under the second cell.
    Cell,
}

/// Which lines are aligned with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Items of a kind that stand behind each other; the number tells the kinds apart.
    Items(u32),
    /// The statements of one block; the number tells the blocks apart.
    Statements(u32),
    /// The rows of one block.
    Rows(u32),
}

/// A part of a line.
#[derive(Clone, Default)]
pub(super) struct Cell {
    /// The column that it belongs to; they rise within a line.
    pub(super) column: u8,
    pub(super) text: String,
    /// The width of the number that it begins with, whose last digit is aligned instead of its first.
    pub(super) number: Option<usize>,
    /// The blanks before it where there is a column to align with.
    pub(super) gap: usize,
}

impl Cell {
    pub(super) fn new(column: u8, text: String) -> Self {
        Self {
            column,
            text,
            number: None,
            gap: 1,
        }
    }
}

/// How wide a text is on the screen.
pub(super) fn width(text: &str) -> usize {
    text.width()
}
