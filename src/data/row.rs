//! The result of reading: a row for each account and month, a cell for each column of the schema.

use std::sync::Arc;

use crate::calendar::{Date, Month};
use crate::quantity::Exact;

use super::place::{ColumnPlace, Place, RowNumber, RowPlace};
use super::problem::Problem;
use super::schema::Schema;

/// One month's data of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The account, where the data has accounts.
    pub account: Option<Arc<str>>,
    /// The month.
    pub month: Month,
    /// The cells, by column of the schema.
    pub cells: Vec<Cell>,
    /// Where it was read; [`Layout::cell`] turns it into words.
    pub place: RowPlace,
}

/// A row without cells, to be read into.
impl Default for Row {
    fn default() -> Self {
        Self {
            account: None,
            month: Month::of(Date::ZERO),
            cells: Vec::new(),
            place: RowPlace::new(RowNumber::Row(0)),
        }
    }
}

/// One value of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A value that fits its column; a percentage as its ratio, yes as 1 and no as 0.
    Value(Exact),
    /// Nothing was reported.
    Missing,
    /// Something was reported that cannot be read as a value of the column.
    Refused(Box<Problem>),
}

/// How a file is laid out: enough to find the place of each cell of a row.
#[derive(Debug)]
pub struct Layout {
    pub(super) file: Arc<str>,
    pub(super) sheet: Option<Arc<str>>,
    pub(super) schema: Schema,
    /// The columns of the file, by column of the schema; nothing for a column that the file does not have.
    pub(super) columns: Vec<Option<ColumnPlace>>,
}

impl Layout {
    /// The schema that the file was read with.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Whether the file has that column of the schema.
    #[must_use]
    pub fn has(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(Option::is_some)
    }

    /// The place of the row's cell in that column of the schema, and its content if the reader kept it.
    #[must_use]
    pub fn cell(&self, row: &Row, column: usize) -> Place {
        let place = &row.place;
        let given = place.is_given(column);
        let at = self
            .columns
            .get(column)
            .filter(|_| given)
            .cloned()
            .flatten();
        let text = place.texts.as_ref().and_then(|texts| texts.get(column));
        let text = text.filter(|_| at.is_some());
        Place {
            file: Arc::clone(&self.file),
            sheet: self.sheet.clone(),
            row: Some(place.row_of(column)),
            column: at,
            text: text.map(str::to_owned),
        }
    }

    /// The place of the file as a whole.
    pub(super) fn whole(&self) -> Place {
        Place {
            file: Arc::clone(&self.file),
            sheet: self.sheet.clone(),
            row: None,
            column: None,
            text: None,
        }
    }
}
