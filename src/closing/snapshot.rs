//! The data that a document was computed from, as the books keep it: an account's rows, exact and canonical.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::calendar::Month;
use crate::data::{Cell, Problem, Row, Schema};
use crate::quantity::Exact;
use crate::report::document::{CellPart, canonical, exact_of};

/// An account's rows. A percentage is its ratio, yes is 1 and no is 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The account, if the data has accounts.
    pub account: Option<String>,
    /// The columns that any row has a value in, in the order of the contract.
    pub columns: Vec<String>,
    /// The rows: a month, and a value for each column, or nothing where it is missing.
    pub rows: Vec<(String, Vec<Option<String>>)>,
}

impl Snapshot {
    /// The rows of an account, which must be readable.
    ///
    /// # Errors
    /// The cells that cannot be read.
    pub fn of(account: Option<&str>, schema: &Schema, rows: &[Row]) -> Result<Self, Vec<Problem>> {
        let cells = rows.iter().flat_map(|row| &row.cells);
        let problems: Vec<Problem> = cells
            .filter_map(|cell| match cell {
                Cell::Refused(problem) => Some((**problem).clone()),
                Cell::Value(_) | Cell::Missing => None,
            })
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let has_values = |at: &usize| {
            let mut cells = rows.iter().filter_map(|row| row.cells.get(*at));
            cells.any(|cell| matches!(cell, Cell::Value(_)))
        };
        let used: Vec<usize> = (0..schema.columns.len()).filter(has_values).collect();
        let names = used.iter().filter_map(|at| schema.columns.get(*at));
        let value = |row: &Row, at: &usize| match row.cells.get(*at) {
            Some(Cell::Value(value)) => Some(value.to_string()),
            _ => None,
        };
        Ok(Self {
            account: account.map(str::to_owned),
            columns: names.map(|column| column.name.clone()).collect(),
            rows: rows
                .iter()
                .map(|row| {
                    let values = used.iter().map(|at| value(row, at)).collect();
                    (row.month.to_string(), values)
                })
                .collect(),
        })
    }

    /// Its canonical text.
    #[must_use]
    pub fn to_json(&self) -> String {
        canonical(self)
    }

    /// Reads what [`Snapshot::to_json`] wrote.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// The rows for a contract that expects such columns; nothing if a value cannot be read.
    #[must_use]
    pub fn rows(&self, schema: &Schema) -> Option<Vec<Row>> {
        let account: Option<Arc<str>> = self.account.as_deref().map(Arc::from);
        let each = self.rows.iter().map(|(month, values)| {
            let mut cells = vec![Cell::Missing; schema.columns.len()];
            for (column, value) in self.columns.iter().zip(values) {
                let (Some(at), Some(value)) = (schema.position(column), value) else {
                    continue;
                };
                *cells.get_mut(at)? = Cell::Value(exact_of(value)?);
            }
            Some(Row {
                account: account.clone(),
                month: Month::parse(month)?,
                cells,
                ..Row::default()
            })
        });
        each.collect()
    }
}

/// The cells of a row, as a document has them. Columns that the contract does not know in that month are left out.
pub(super) fn cells(schema: &Schema, row: &Row) -> Vec<CellPart> {
    let known = schema.columns.iter().zip(&row.cells);
    let known = known
        .filter(|(column, cell)| column.is_known_in(row.month) || matches!(cell, Cell::Value(_)));
    known
        .map(|(column, cell)| {
            let value: Option<&Exact> = match cell {
                Cell::Value(value) => Some(value),
                Cell::Missing | Cell::Refused(_) => None,
            };
            CellPart {
                column: column.name.clone(),
                title: column.title.clone(),
                value: value.map(ToString::to_string),
                written: value.map(|value| column.written(value)).unwrap_or_default(),
            }
        })
        .collect()
}
