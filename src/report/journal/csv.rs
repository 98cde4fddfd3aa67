//! A journal as rows: one for each posting.

use std::io;

use crate::report::escape::csv::cell;

use super::Transaction;

/// The columns, in their order.
pub const COLUMNS: [&str; 14] = [
    "date",
    "document",
    "number",
    "contract",
    "account",
    "month",
    "period",
    "line",
    "kind",
    "ledger_account",
    "amount",
    "currency",
    "cost_centre",
    "tax_code",
];

/// All postings, with a row of headings.
///
/// # Errors
/// Says why `out` could not be written to.
pub fn write(out: impl io::Write, transactions: &[Transaction]) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(COLUMNS)?;
    let text = |text: Option<&str>| cell(text.unwrap_or_default()).into_owned();
    for one in transactions {
        for posting in &one.postings {
            rows.write_record([
                one.date.to_string(),
                one.title.to_lowercase(),
                text(Some(&one.number)),
                text(Some(&one.contract)),
                text(one.account.as_deref()),
                one.month.to_string(),
                posting.period.to_string(),
                text(posting.line.as_deref()),
                text(posting.kind.as_deref()),
                text(Some(&posting.account)),
                posting.amount.plain(),
                posting.currency.clone(),
                text(posting.cost_centre.as_deref()),
                text(posting.tax_code.as_deref()),
            ])?;
        }
    }
    rows.flush()
}
