//! Statements as rows for a ledger: one row for each line, and one row of kind `total` for each month.
//!
//! Numbers are plain and exact: a decimal point, no grouping, and `n/d` for a value without finite decimals. Amounts
//! have at least the decimals of their currency. A percentage has its sign, `2%`. Without its total row, the rows of a
//! month add up to the total.

use std::io;

use crate::calendar::Month;
use crate::ledger::{Heading, Line, Statement};
use crate::quantity::{Exact, Figure, Type};
use crate::report::amount::plain;
use crate::report::escape::csv::cell;

/// The columns, in their order.
pub const COLUMNS: [&str; 13] = [
    "contract", "account", "month", "kind", "line", "clause", "quantity", "unit", "rate", "base",
    "amount", "currency", "arose",
];

/// Which rows a month has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// One for each line, and one for the total.
    #[default]
    All,
    /// Only the total.
    Total,
}

/// Writes statements one by one. It keeps nothing of those that are written.
pub struct Writer<W: io::Write> {
    rows: csv::Writer<W>,
    lines: Lines,
}

impl<W: io::Write> Writer<W> {
    /// Writes the row of headings.
    ///
    /// # Errors
    /// If `out` could not be written to.
    pub fn new(out: W) -> io::Result<Self> {
        Self::with_lines(out, Lines::All)
    }

    /// Writes the row of headings, for months with these rows.
    ///
    /// # Errors
    /// Says why `out` could not be written to.
    pub fn with_lines(out: W, lines: Lines) -> io::Result<Self> {
        let mut writer = Self::without_headings(out, lines);
        writer.rows.write_record(COLUMNS).map_err(cause)?;
        Ok(writer)
    }

    /// Writes only rows.
    #[must_use]
    pub fn without_headings(out: W, lines: Lines) -> Self {
        Self {
            rows: csv::Writer::from_writer(out),
            lines,
        }
    }

    /// Writes the rows of one month.
    ///
    /// # Errors
    /// If they could not be written.
    pub fn statement(&mut self, heading: &Heading, statement: &Statement) -> io::Result<()> {
        let month = statement.month.to_string();
        let account = statement.account.as_deref().unwrap_or_default();
        let currency = statement.currency;
        let account = cell(account);
        let first = [heading.contract.as_str(), &account, month.as_str()];
        let lines = match self.lines {
            Lines::All => statement.lines.as_slice(),
            Lines::Total => &[],
        };
        for line in lines {
            let amount = plain(&line.amount, currency);
            let last = [amount.as_str(), currency.code()];
            self.row(first, line.kind.key(), Some(line), last)?;
        }
        let total = plain(&statement.total, currency);
        self.row(first, "total", None, [total.as_str(), currency.code()])
    }

    /// Writes one row. The row of the total has no line.
    fn row(
        &mut self,
        [contract, account, month]: [&str; 3],
        kind: &str,
        line: Option<&Line>,
        [amount, currency]: [&str; 2],
    ) -> io::Result<()> {
        let figure = |figure: Option<&Figure>| figure.map_or_else(String::new, number);
        let quantity = line.and_then(|line| line.quantity.as_ref());
        let unit = quantity.and_then(|quantity| quantity.kind.unit());
        let clause = line.and_then(|line| line.clause.as_deref());
        let clause = cell(clause.unwrap_or_default());
        let record = [
            contract,
            account,
            month,
            kind,
            line.map_or("", |line| &line.name),
            &clause,
            &figure(quantity),
            &unit.map_or_else(String::new, ToString::to_string),
            &figure(line.and_then(|line| line.rate.as_ref())),
            &figure(line.and_then(|line| line.base.as_ref())),
            amount,
            currency,
            &line
                .and_then(|line| line.arose)
                .map_or_else(String::new, arose),
        ];
        self.rows.write_record(record).map_err(cause)
    }

    /// Writes what is still buffered.
    ///
    /// # Errors
    /// If it could not be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.rows.flush()
    }
}

/// Appends a cell as a row of several has it: in quotes only if it needs them.
pub(super) fn quoted(out: &mut Vec<u8>, text: &str) {
    let special = |byte: u8| matches!(byte, b',' | b'"' | b'\r' | b'\n');
    if !text.bytes().any(special) {
        return out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
    out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}

/// The error of the output itself, so that a closed pipe is recognised.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// `2026-01`, or `2026-01 to 2026-03`.
pub(super) fn arose((first, last): (Month, Month)) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first} to {last}")
    }
}

pub(super) fn number(figure: &Figure) -> String {
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
