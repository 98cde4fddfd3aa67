//! Documents as rows: one row for each line, with the document and the month that each belongs to, and one row of kind
//! `total` for each document.

use std::io;

use crate::report::escape::csv::cell;

use super::parts::{Document, LinePart};

/// The columns, in their order.
pub const COLUMNS: [&str; 16] = [
    "document", "number", "date", "contract", "account", "month", "period", "kind", "line",
    "clause", "quantity", "unit", "rate", "exact", "amount", "currency",
];

/// All documents, with a row of headings.
///
/// # Errors
/// Says why `out` could not be written to.
pub fn write(out: impl io::Write, documents: &[&Document]) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(COLUMNS)?;
    for document in documents {
        for line in &document.lines {
            rows.write_record(row(document, Some(line)))?;
        }
        rows.write_record(row(document, None))?;
    }
    rows.flush()
}

fn row(document: &Document, line: Option<&LinePart>) -> [String; 16] {
    // Numbers are written as they are: only a text could be read as a formula.
    let text = |text: Option<&str>| cell(text.unwrap_or_default()).into_owned();
    let value = |figure: Option<&super::FigurePart>| {
        figure.map(|one| one.value.clone()).unwrap_or_default()
    };
    let quantity = line.and_then(|line| line.quantity.as_ref());
    [
        document.kind.key().to_owned(),
        text(document.number.as_deref()),
        document
            .date
            .map(|date| date.to_string())
            .unwrap_or_default(),
        document.contract.name.clone(),
        text(document.account.as_deref()),
        document.month.to_string(),
        line.map_or(document.month, |line| line.period).to_string(),
        line.map_or("total", |line| &line.kind).to_owned(),
        text(line.map(|line| line.name.as_str())),
        text(line.and_then(|line| line.clause.as_deref())),
        value(quantity),
        text(quantity.and_then(|quantity| quantity.unit.as_deref())),
        value(line.and_then(|line| line.rate.as_ref())),
        line.map(|line| line.exact.to_string()).unwrap_or_default(),
        line.map_or(&document.total, |line| &line.amount).plain(),
        document.currency.clone(),
    ]
}
