//! Edits for an editor: few lines, and none outside the requested lines.

use quidpro::format::{edits, format_range};

const TEXT: &str = "contract c {
  currency   EUR
  charge a   5000 EUR per month

  limit credits   to 5% of charges each month
}
";

#[test]
fn only_the_lines_that_change_are_replaced() {
    let edits = edits(TEXT).unwrap();
    let old: Vec<&str> = edits.iter().map(|edit| &TEXT[edit.range.clone()]).collect();
    assert_eq!(
        old,
        [
            "  currency   EUR\n  charge a   5000 EUR per month\n",
            "  limit credits   to 5% of charges each month\n"
        ]
    );
    assert_eq!(
        edits[1].with,
        "  limit credits to 5% of charges each month\n"
    );
}

#[test]
fn only_the_lines_that_were_asked_for_are_replaced() {
    let at = TEXT.find("limit").unwrap();
    let edits = format_range(TEXT, &(at..at + 5)).unwrap();
    assert_eq!(edits.len(), 1);
    assert!(edits[0].with.starts_with("  limit credits to"));
}

#[test]
fn nothing_is_replaced_in_a_text_that_is_laid_out() {
    let made = super::laid_out(TEXT);
    assert!(edits(&made).unwrap().is_empty());
}
