//! The lines of a page, before their columns are set.

use unicode_width::UnicodeWidthStr;

/// The column by which a line should end.
pub(super) const WIDTH: usize = 120;
/// The column by which a block on one line must end.
pub(super) const SHORT: usize = 110;
/// The column by which the lines of a table must end: a broken row is harder to read than one that is a little too
/// long.
pub(super) const TABLE: usize = 132;
/// The number of blanks per level of indentation.
pub(super) const INDENT: usize = 2;

/// One thing on the page.
pub(super) enum Entry {
    /// An empty line.
    Blank,
    /// A line that is laid out.
    Line(Line),
    /// A comment on a line of its own.
    Comment {
        /// The blanks before it.
        indent: usize,
        /// The comment, `#` included.
        text: String,
    },
    /// Lines that are left as they are.
    Raw(String),
}

/// A line, or a logical line that continues on further lines.
#[derive(Default)]
pub(super) struct Line {
    /// The blanks before it.
    pub(super) indent: usize,
    /// The parts, which may be aligned with those of neighbouring lines.
    pub(super) cells: Vec<Cell>,
    /// The reference to the paper contract, in a column of its own.
    pub(super) reference: Option<String>,
    /// The comment after it.
    pub(super) comment: Option<String>,
    /// Consecutive lines with the same family are aligned.
    pub(super) family: Option<Family>,
    /// The lines on which it continues.
    pub(super) more: Vec<More>,
    /// How far the continuation lines are indented.
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
    /// Indented one level more than the first line.
    #[default]
    Level,
    /// Under the second cell.
    Cell,
}

/// Which lines are aligned with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Consecutive items of a kind. The number distinguishes the kinds.
    Items(u32),
    /// The statements of one block. The number distinguishes the blocks.
    Statements(u32),
    /// The rows of one block.
    Rows(u32),
}

/// A part of a line.
#[derive(Clone, Default)]
pub(super) struct Cell {
    /// The column that it belongs to. Columns rise within a line.
    pub(super) column: u8,
    pub(super) text: String,
    /// The width of the number at its start. The number's last digit is aligned, not its first.
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
