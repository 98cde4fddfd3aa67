//! The catalogue of clauses, and what is generated from it. A stale file is rewritten, and the test fails once.

#![allow(
    clippy::disallowed_methods,
    reason = "the tests read and write the project's own files"
)]

mod accepted;
mod editors;
mod reference;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use quidpro::catalogue::{CLAUSES, Clause, ItemKind, beginning};
use quidpro::syntax::outline::{Kind, Outline};
use quidpro::syntax::parse;
use quidpro::text::FileId;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Writes the file if it differs, and records that.
fn renew(name: &str, text: &str, stale: &mut Vec<String>) {
    if fs::read_to_string(path(name)).unwrap_or_default() != text {
        fs::write(path(name), text).unwrap();
        stale.push(name.to_owned());
    }
}

/// Replaces what is between the two lines that mark the generated part.
fn between(text: &str, from: &str, with: &str) -> String {
    const END: &str = "(to here)";
    let mark = format!("(written from the {from})");
    let start = text
        .find(&mark)
        .unwrap_or_else(|| panic!("`{mark}` is missing"));
    let start = start + text[start..].find('\n').unwrap() + 1;
    let end = start + text[start..].find(END).unwrap();
    let end = text[..end].rfind('\n').unwrap() + 1;
    format!("{}{with}{}", &text[..start], &text[end..])
}

/// `service_level` for `ServiceLevel`.
fn snake(kind: ItemKind) -> String {
    let mut name = String::new();
    for letter in format!("{kind:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// The name of its node in the grammar for editors.
fn node(kind: ItemKind) -> String {
    match kind {
        ItemKind::Unit => "unit_item".to_owned(),
        ItemKind::OneCounts => "only".to_owned(),
        ItemKind::Small | ItemKind::Applied => "awards".to_owned(),
        other => snake(other),
    }
}

fn read_alone(clause: &Clause, text: &str) {
    let whole = format!("contract c {{\n  {text}\n  charge last 1 EUR per month\n}}\n");
    let parsed = parse(FileId(0), &whole);
    assert_eq!(parsed.diagnostics, Vec::new(), "{whole}");
    let outline = Outline::of(FileId(0), &whole);
    let kinds: Vec<Kind> = outline.root.descendants().map(|part| part.kind).collect();
    assert!(
        kinds.contains(&Kind::Item(clause.kind)),
        "{whole} is read as {kinds:?}"
    );
}

#[test]
fn every_example_is_read_as_its_clause() {
    for clause in CLAUSES {
        let found = beginning(clause.example).map(|found| found.words);
        assert_eq!(found, Some(clause.words), "{}", clause.example);
        read_alone(clause, clause.example);
    }
}

#[test]
fn words_begin_one_clause_each() {
    let mut seen = BTreeSet::new();
    for clause in CLAUSES {
        assert!(seen.insert(clause.words), "`{}` has two rows", clause.words);
        let rows = CLAUSES.iter().filter(|one| one.kind == clause.kind).count();
        assert!(rows == 1 || clause.kind == ItemKind::Partnership);
        assert_eq!(clause.kind.clause().kind, clause.kind);
    }
    // `Waiver` is the last kind, so every kind has a row.
    let kinds: BTreeSet<ItemKind> = CLAUSES.iter().map(|clause| clause.kind).collect();
    assert_eq!(kinds.len(), ItemKind::Waiver as usize + 1);
}

#[test]
fn blanks_and_comments_may_be_between_the_words() {
    let kind = |text| beginning(text).map(|clause| clause.kind);
    assert_eq!(
        kind("service # what is promised\n\n  level x on y {}"),
        Some(ItemKind::ServiceLevel)
    );
    assert_eq!(kind("creditor x = 1"), None);
    assert_eq!(
        kind("credits below 5 EUR each are dropped"),
        Some(ItemKind::Small)
    );
    assert_eq!(
        kind("bonuses and credits applied to this invoice"),
        Some(ItemKind::Applied)
    );
    assert_eq!(
        kind("only the one chosen by a of b"),
        Some(ItemKind::OneCounts)
    );
    assert_eq!(kind(""), None);
}
