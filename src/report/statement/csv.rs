//! Statements as rows for a ledger: one row a line, one row of kind `total` a month.
//!
//! Numbers are plain and exact: a decimal point, no grouping, `n/d` for a value without finite decimals. Amounts
//! have at least the decimals of their currency. A percentage is written with its sign, `2%`. The rows of a month
//! other than its total sum to the total.

use std::io;

use crate::ledger::{Heading, Line, Statement};
use crate::quantity::{Exact, Figure, Type};
use crate::report::amount::plain;
use crate::report::words::line_kind_key;

/// The columns, in their order.
pub const COLUMNS: [&str; 12] = [
    "contract", "account", "month", "kind", "line", "clause", "quantity", "unit", "rate", "base",
    "amount", "currency",
];

/// Writes statements one by one; nothing is kept of those that are written.
pub struct Writer<W: io::Write> {
    rows: csv::Writer<W>,
}

impl<W: io::Write> Writer<W> {
    /// Writes the row of headings.
    ///
    /// # Errors
    /// Says why `out` could not be written to.
    pub fn new(out: W) -> io::Result<Self> {
        let mut rows = csv::Writer::from_writer(out);
        rows.write_record(COLUMNS).map_err(cause)?;
        Ok(Self { rows })
    }

    /// Writes the rows of one month.
    ///
    /// # Errors
    /// Says why they could not be written.
    pub fn statement(&mut self, heading: &Heading, statement: &Statement) -> io::Result<()> {
        for line in &statement.lines {
            self.rows
                .write_record(row(heading, statement, line))
                .map_err(cause)?;
        }
        self.rows
            .write_record(total_row(heading, statement))
            .map_err(cause)?;
        Ok(())
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// Says why it could not be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.rows.flush()
    }
}

/// The error of the output itself, so that a closed pipe is known as one.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

type Record = [String; 12];

fn row(heading: &Heading, statement: &Statement, line: &Line) -> Record {
    let quantity = line.quantity.as_ref();
    [
        heading.contract.clone(),
        statement.account.clone().unwrap_or_default(),
        statement.month.to_string(),
        line_kind_key(line.kind).to_owned(),
        line.name.clone(),
        line.clause.clone().unwrap_or_default(),
        quantity.map_or_else(String::new, number),
        quantity
            .and_then(|quantity| quantity.kind.unit())
            .map_or_else(String::new, ToString::to_string),
        line.rate.as_ref().map_or_else(String::new, number),
        line.base.as_ref().map_or_else(String::new, number),
        plain(&line.amount, statement.currency),
        statement.currency.to_string(),
    ]
}

fn total_row(heading: &Heading, statement: &Statement) -> Record {
    [
        heading.contract.clone(),
        statement.account.clone().unwrap_or_default(),
        statement.month.to_string(),
        "total".to_owned(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        plain(&statement.total, statement.currency),
        statement.currency.to_string(),
    ]
}

fn number(figure: &Figure) -> String {
    match &figure.kind {
        Type::Percent => {
            let percent = figure.value.multiply(&Exact::from_integer(100));
            format!("{percent}%")
        }
        kind => match kind.currency() {
            Some(currency) => plain(&figure.value, currency),
            None => figure.value.to_string(),
        },
    }
}
