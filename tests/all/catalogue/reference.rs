//! `docs/clauses.md`: the clauses in one table, each with its place in the reference.

use std::fmt::Write;

use quidpro::catalogue::CLAUSES;

use super::{read, renew};

#[test]
fn the_index_of_clauses_is_that_of_the_catalogue() {
    let mut text = String::from(
        "# Clauses\n\nEvery clause that a contract can have, with the place in the reference that describes it. This page is written by \
         the tests from the catalogue of clauses; do not edit it.\n\n| clause | what it is for | for example |\n|---|---|---|\n",
    );
    for clause in CLAUSES {
        let _ = writeln!(
            text,
            "| [`{}`](language.md#{}) | {} | `{}` |",
            clause.words,
            anchor(clause.section),
            clause.meaning,
            clause.example.replace('|', "\\|")
        );
    }
    let mut stale = Vec::new();
    renew("docs/clauses.md", &text, &mut stale);
    assert!(
        stale.is_empty(),
        "{stale:?} was stale and is written anew; run again"
    );
}

#[test]
fn every_clause_has_its_place_in_the_reference() {
    let reference = read("docs/language.md");
    for clause in CLAUSES {
        let found = reference.lines().any(|line| {
            line.trim_start_matches('#').trim() == clause.section && line.starts_with('#')
        });
        assert!(
            found,
            "docs/language.md has no section `{}` for `{}`",
            clause.section, clause.words
        );
    }
}

/// The address of a heading, as Markdown hosts form it.
fn anchor(heading: &str) -> String {
    let letters = heading.chars().filter_map(|letter| match letter {
        ' ' => Some('-'),
        letter if letter.is_alphanumeric() || letter == '-' => Some(letter.to_ascii_lowercase()),
        _ => None,
    });
    letters.collect()
}
