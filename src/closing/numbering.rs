//! Numbers of documents: `2026-0001` and so on, without a gap, anew for each year.

use crate::calendar::Date;
use crate::report::document::DocumentKind;

use super::books::Entry;

/// The number of the next document issued on a day. Invoices and credit notes share one sequence; provisional statements
/// have their own, `P-2026-0001`, because they are no invoices.
#[must_use]
pub fn next_number<'n>(
    kind: DocumentKind,
    date: Date,
    used: impl IntoIterator<Item = &'n str>,
) -> String {
    let sign = if kind == DocumentKind::Provisional {
        "P-"
    } else {
        ""
    };
    let prefix = format!("{sign}{:04}-", date.year());
    let counts = used.into_iter().filter_map(|number| {
        let count = number.strip_prefix(&prefix)?;
        let is_count = count.len() >= 4 && count.bytes().all(|byte| byte.is_ascii_digit());
        count.parse::<u64>().ok().filter(|_| is_count)
    });
    let last = counts.max().unwrap_or(0);
    format!("{prefix}{:04}", last.saturating_add(1))
}

/// The entry that already has a number.
#[must_use]
pub fn clash<'e>(number: &str, entries: &'e [Entry]) -> Option<&'e Entry> {
    let has = |entry: &&Entry| {
        let document = entry.document();
        document.is_some_and(|document| document.number.as_deref() == Some(number))
    };
    entries.iter().find(has)
}
