//! Months without an invoice.

use quidpro::report::refusal::{diagnostics, render};

use super::contract::Files;
use super::snapshot::check;
use super::statement_fixtures::refusals;

#[test]
fn refused_months() {
    let files = Files::new();
    check(
        "refusals",
        &render(&refusals(&files), &files.sources, false),
    );
}

#[test]
fn each_reason_is_a_finding() {
    let files = Files::new();
    let counts: Vec<usize> = refusals(&files)
        .iter()
        .map(|refusal| diagnostics(refusal).len())
        .collect();
    assert_eq!(counts, [2, 1]);
    assert_eq!(render(&[], &files.sources, false), "");
}
