//! The lists of `docs/language.md` are those of the program.

use std::collections::BTreeSet;

use quidpro::quantity::UnitTable;
use quidpro::syntax::parse;
use quidpro::text::FileId;

use super::read;

/// The words in backticks between two pieces of the text.
pub fn words(from: &str, to: &str) -> BTreeSet<String> {
    let text = read("docs/language.md");
    let start = text
        .find(from)
        .unwrap_or_else(|| panic!("`{from}` is not in docs/language.md"));
    let rest = &text[start + from.len()..];
    let end = rest
        .find(to)
        .unwrap_or_else(|| panic!("`{to}` does not follow `{from}`"));
    let quoted = rest[..end].split('`').skip(1).step_by(2);
    quoted
        .flat_map(|words| words.split(' ').map(str::to_owned))
        .collect()
}

#[test]
fn every_unit_is_listed() {
    let listed = words("Time:", "Nothing else converts");
    let known: BTreeSet<String> = UnitTable::default().names().map(str::to_owned).collect();
    assert_eq!(
        listed, known,
        "the units of docs/language.md and of the program"
    );
}

#[test]
fn every_reserved_word_is_listed_and_no_other() {
    let listed = words("These words cannot be names:", "\n\n");
    let grammar = read("grammar/quidpro.pest");
    let quoted = grammar.split('"').map(str::to_owned);
    let candidates: BTreeSet<String> = quoted
        .filter(|word| !word.is_empty() && word.chars().all(|sign| sign.is_ascii_lowercase()))
        .chain(listed.iter().cloned())
        .collect();
    let reserved: BTreeSet<String> = candidates
        .into_iter()
        .filter(|word| is_reserved(word))
        .collect();
    assert_eq!(
        listed, reserved,
        "the reserved words of docs/language.md and of the grammar"
    );
}

fn is_reserved(word: &str) -> bool {
    let text = format!("contract c {{\n  let {word} = 1\n}}\n");
    let found = parse(FileId(0), &text).diagnostics;
    found.iter().any(|found| found.code == "reserved-name")
}
