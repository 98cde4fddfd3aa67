//! Every word that refers to something leads to it.
#![allow(
    clippy::disallowed_methods,
    reason = "the test reads the project's contracts as they are on disk"
)]

use std::path::{Path, PathBuf};

use quidpro::driver::{Files, Loaded, load};
use quidpro::ide::{Index, links, rule_at};
use quidpro::syntax::outline::{Outline, TokenKind};
use quidpro::syntax::tree::{ItemKind, PoolPart};
use quidpro::text::Span;

struct Disk;

impl Files for Disk {
    fn read(&self, from: &str, path: &str) -> Result<(String, String), String> {
        let path = Path::new(from).parent().unwrap().join(path);
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        Ok((path.display().to_string(), text))
    }
}

/// Every contract of the project.
fn contracts() -> Vec<Loaded> {
    let mut open = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("contracts")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "quid") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push(load(&path.display().to_string(), &text, &Disk));
            }
        }
    }
    assert!(found.len() > 30);
    found
}

/// Words that the outline takes for names, and that every contract has: sums, the lines of a mechanism and, after
/// `remove`, the words that begin an item.
const OF_THE_LANGUAGE: &[&str] = &[
    "charges",
    "adjusted",
    "adjustments",
    "credits",
    "bonuses",
    "total",
    "points",
    "reductions",
    "critical",
    "target",
    "true_up",
    "charge",
    "commitment",
    "input",
    "bonus",
    "month",
];

/// Whether the words name a library, which is a file rather than a declaration.
fn is_library(loaded: &Loaded, span: Span) -> bool {
    links(loaded, loaded.file)
        .iter()
        .any(|link| link.span == span)
}

/// Whether the word is a category of an at-risk amount, to which nothing refers.
fn is_category(loaded: &Loaded, word: &str) -> bool {
    let contracts = loaded.contracts.iter();
    contracts
        .flat_map(|checked| &checked.contract.items)
        .any(|item| match &item.kind {
            ItemKind::AtRisk(pool) => pool.parts.iter().any(|part| match part {
                PoolPart::Category { name, .. } => name.text == word,
                PoolPart::Level(_) => false,
            }),
            _ => false,
        })
}

#[test]
fn every_name_in_every_contract_leads_to_its_declaration() {
    let mut missing = Vec::new();
    for loaded in contracts() {
        let index = Index::new(&loaded);
        let text = &loaded.sources.get(loaded.file).unwrap().text;
        let outline = Outline::of(loaded.file, text);
        for token in outline
            .tokens
            .iter()
            .filter(|token| token.kind == TokenKind::Reference)
        {
            let word = &text[token.span.range()];
            let found = index.word(loaded.file, token.span.start);
            let leads = found.is_some_and(|word| {
                word.at == token.span && index.meaning(word.declared).is_some()
            });
            let is_rule = rule_at(&loaded, loaded.file, token.span.start).is_some();
            let only_for_people =
                is_rule || is_library(&loaded, token.span) || is_category(&loaded, word);
            if !leads && !only_for_people && !OF_THE_LANGUAGE.contains(&word) {
                let place = loaded.sources.start(token.span);
                let name = loaded.sources.name(loaded.file).rsplit('/').next().unwrap();
                missing.push(format!("{name}:{}:{} {word}", place.line, place.column));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "{} words lead nowhere:\n{}",
        missing.len(),
        missing.join("\n")
    );
}

#[test]
fn a_word_and_what_it_refers_to_are_the_same_word() {
    for loaded in contracts() {
        for reference in &loaded.references {
            let (word, declared) = (
                loaded.sources.slice(reference.at),
                loaded.sources.slice(reference.to),
            );
            assert_eq!(word, declared, "{}", loaded.sources.name(reference.at.file));
        }
    }
}
