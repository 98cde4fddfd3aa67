//! The number of findings of each kind.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::layout::{pad_left, pad_right};

use super::snippet::word;

/// A line for each kind of finding, the most frequent first; equally frequent kinds are sorted by name.
#[must_use]
pub fn render<'d>(findings: impl IntoIterator<Item = &'d Diagnostic>) -> String {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    let counting = findings
        .into_iter()
        .filter(|finding| finding.suppressed.is_none());
    for finding in counting {
        *counts.entry((finding.code, finding.severity)).or_default() += 1;
    }
    let mut rows: Vec<(String, Severity, &str)> = Vec::new();
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, count)| Reverse(*count));
    for ((code, severity), count) in sorted {
        rows.push((count.to_string(), severity, code));
    }
    let widest = rows
        .iter()
        .map(|(count, ..)| count.len())
        .max()
        .unwrap_or(0);
    rows.into_iter()
        .map(|(count, severity, code)| {
            let count = pad_left(&count, widest);
            format!("{count}  {}  {code}\n", pad_right(word(severity), 7))
        })
        .collect()
}
