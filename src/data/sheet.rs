//! A sheet in memory, as records.

use std::sync::Arc;

use crate::calendar::Date;

use super::cell::{Raw, shown_number, trimmed};
use super::number_format::{Disguise, PercentSign};
use super::place::{Excerpt, RowNumber, quotable};
use super::records::{Records, Wrong};
use super::xlsx::Placed;

/// The content of a cell of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SheetCell {
    Text(String),
    Number {
        text: String,
        /// The percent sign that it is shown with.
        sign: PercentSign,
    },
    /// A number whose cell shows something else, because of this number format.
    Disguised {
        text: String,
        format: Arc<str>,
        how: Disguise,
    },
    TooFine(String),
    Flag(bool),
    Date(Date),
    Time(String),
    Error(String),
    Uncomputed,
}

/// The cells of a sheet, at one of its rows.
pub(super) struct Sheet {
    name: String,
    /// The cells by row, then by column. No two have the same place.
    cells: Vec<Placed>,
    /// Where the cells of the current row start and end.
    start: usize,
    end: usize,
    heading_width: usize,
    /// The other sheets of the workbook.
    others: Vec<String>,
}

impl Sheet {
    pub(super) fn new(name: String, others: Vec<String>, cells: Vec<Placed>) -> Self {
        Self {
            name,
            others,
            cells,
            start: 0,
            end: 0,
            heading_width: 0,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The names of the workbook's other sheets.
    pub(super) fn others(&self) -> &[String] {
        &self.others
    }

    fn row(&self) -> &[Placed] {
        self.cells.get(self.start..self.end).unwrap_or_default()
    }

    fn find(&self, column: usize) -> Option<&SheetCell> {
        let row = self.row();
        let at = row
            .binary_search_by_key(&column, |placed| placed.column)
            .ok()?;
        row.get(at).map(|placed| &placed.cell)
    }

    fn is_blank(&self) -> bool {
        self.row().iter().all(|placed| placed.cell.is_blank())
    }
}

impl SheetCell {
    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if trimmed(text.as_bytes()).is_empty())
    }

    fn raw(&self) -> Raw<'_> {
        match self {
            Self::Text(text) => Raw::Text(text.as_bytes()),
            Self::Number { text, sign } => Raw::Stored { text, sign: *sign },
            Self::Disguised { text, format, how } => Raw::Disguised {
                text,
                format,
                how: *how,
            },
            Self::TooFine(text) => Raw::TooFine(text),
            Self::Flag(flag) => Raw::Flag(*flag),
            Self::Date(date) => Raw::Date(*date),
            Self::Time(text) => Raw::Time(text),
            Self::Error(text) => Raw::Error(text),
            Self::Uncomputed => Raw::Uncomputed,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Number { text, sign } => shown_number(text, *sign),
            Self::Disguised { text, .. }
            | Self::Text(text)
            | Self::TooFine(text)
            | Self::Time(text)
            | Self::Error(text) => text.clone(),
            Self::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
            Self::Date(date) => date.to_string(),
            Self::Uncomputed => "formula without a value".to_owned(),
        }
    }
}

impl Records for Sheet {
    const EVEN: bool = false;

    fn advance(&mut self) -> Option<Result<(), Wrong>> {
        loop {
            self.start = self.end;
            let row = self.cells.get(self.start)?.row;
            let rest = self.cells.get(self.start..).unwrap_or_default();
            self.end = self.start + rest.partition_point(|placed| placed.row == row);
            if !self.is_blank() {
                break;
            }
        }
        if self.heading_width == 0 {
            self.heading_width = self.row().last().map_or(0, |placed| placed.column + 1);
        }
        Some(Ok(()))
    }

    fn number(&self) -> RowNumber {
        RowNumber::Row(self.row().first().map_or(0, |placed| placed.row) + 1)
    }

    fn width(&self) -> usize {
        self.heading_width
    }

    fn cell(&self, at: usize) -> Raw<'_> {
        self.find(at).map_or(Raw::Empty, SheetCell::raw)
    }

    fn filled(&self) -> impl Iterator<Item = usize> {
        let filled = self.row().iter().filter(|placed| !placed.cell.is_blank());
        filled.map(|placed| placed.column)
    }

    fn text(&self, at: usize) -> String {
        self.find(at).map_or_else(String::new, SheetCell::text)
    }

    fn excerpt(&self, at: Option<usize>) -> Option<Excerpt> {
        let around = at.unwrap_or(0);
        let width = self.heading_width.max(around + 1);
        let first = around.saturating_sub(4);
        let columns = first..width.min(around + 5);
        let mut line = String::new();
        let mut mark = None;
        for column in columns {
            if column > first {
                line.push_str(" | ");
            }
            let start = line.len();
            line.push_str(&quotable(self.text(column).as_bytes()));
            if Some(column) == at {
                mark = Some(start..line.len());
            }
        }
        let mark = mark.unwrap_or(0..line.len());
        Some(Excerpt::of(line.as_bytes(), mark))
    }
}
