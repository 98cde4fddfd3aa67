//! The words that cannot be names are the same everywhere.

use std::collections::BTreeSet;

use crate::docs::lists::words;

fn read(path: &str) -> String {
    let whole = format!("{}/editors/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&whole).unwrap_or_else(|error| panic!("{whole}: {error}"))
}

#[test]
fn the_scanner_knows_the_reserved_words() {
    let scanner = read("tree-sitter-quid/src/scanner.c");
    let (_, behind) = scanner
        .split_once("RESERVED[] =")
        .expect("the scanner has a list of reserved words");
    let (list, _) = behind.split_once(';').expect("the list ends");
    let known: BTreeSet<String> = list
        .split('"')
        .skip(1)
        .step_by(2)
        .flat_map(|line| line.split_whitespace().map(str::to_owned))
        .collect();
    assert_eq!(known, words("These words cannot be names:", "\n\n"));
}

#[test]
fn the_textmate_grammar_knows_the_reserved_words() {
    let grammar = read("vscode/syntaxes/quid.tmLanguage.json");
    let known: BTreeSet<&str> = grammar.split(|c: char| !c.is_ascii_lowercase()).collect();
    let reserved = words("These words cannot be names:", "\n\n");
    // The grammar writes `|bonus` also as `\\bbonus`, so a word may appear with a `b` before it.
    let missing: Vec<&String> = reserved
        .iter()
        .filter(|word| {
            !known.contains(word.as_str()) && !known.contains(format!("b{word}").as_str())
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
