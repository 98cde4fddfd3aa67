//! What editors know about the clauses: queries, word lists, colours and snippets, generated from the catalogue.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::Command;

use quidpro::catalogue::{CLAUSES, Clause, Naming, Role, forms};
use serde_json::{Map, Value, json};

use super::{between, node, path, read, renew};
use crate::docs::lists::words;

const CATALOGUE: &str = "catalogue of clauses";

#[test]
fn what_editors_read_is_written_from_the_catalogue() {
    let mut stale = Vec::new();
    queries(&mut stale);
    scanner(&mut stale);
    snippets(&mut stale);
    textmate(&mut stale);
    assert!(
        stale.is_empty(),
        "{stale:?} were stale and are written anew; run again"
    );
}

/// The clauses that declare a name.
fn named() -> impl Iterator<Item = &'static Clause> {
    CLAUSES
        .iter()
        .filter(|clause| clause.naming == Naming::Name)
}

// ---------------------------------------------------------------- tree-sitter

fn queries(stale: &mut Vec<String>) {
    let before = stale.len();
    let line = |what: &str| {
        named()
            .map(|clause| format!("({} name: (identifier) @{what})\n", node(clause.kind)))
            .collect::<String>()
    };
    let name = "editors/tree-sitter-quid/queries/highlights.scm";
    let text = between(&read(name), CATALOGUE, &line("function"));
    let text = between(&text, "words of the grammar", &keywords(&text));
    renew(name, &text, stale);
    let name = "editors/tree-sitter-quid/queries/locals.scm";
    let text = between(&read(name), CATALOGUE, &line("local.definition"));
    renew(name, &text, stale);
    let tags: Vec<String> = named()
        .map(|clause| {
            let what = match clause.role {
                Role::Unit | Role::Dimension => "type",
                Role::Input | Role::Definition | Role::Goal | Role::Constant => "constant",
                Role::Measure | Role::Score => "function",
                _ => "method",
            };
            format!(
                "({}\n  name: (identifier) @name) @definition.{what}\n",
                node(clause.kind)
            )
        })
        .collect();
    let name = "editors/tree-sitter-quid/queries/tags.scm";
    renew(
        name,
        &between(&read(name), CATALOGUE, &tags.join("\n")),
        stale,
    );
    let outline: Vec<String> = named()
        .map(|clause| {
            format!(
                "({}\n  \"{}\" @context\n  name: (identifier) @name) @item\n",
                node(clause.kind),
                clause.words
            )
        })
        .collect();
    let name = "editors/zed/languages/quid/outline.scm";
    renew(
        name,
        &between(&read(name), CATALOGUE, &outline.join("\n")),
        stale,
    );
    // A clause that is only a word and a value is not worth a jump.
    let plain = [
        Role::Setting,
        Role::Constant,
        Role::Unit,
        Role::Dimension,
        Role::Goal,
    ];
    let large: BTreeSet<String> = CLAUSES
        .iter()
        .filter(|clause| !plain.contains(&clause.role) && clause.role != Role::Story)
        .map(|clause| node(clause.kind))
        .chain(["partnership".to_owned()])
        .collect();
    let large: String = large.iter().map(|node| format!("  ({node})\n")).collect();
    let name = "editors/helix/queries/quid/textobjects.scm";
    renew(name, &between(&read(name), CATALOGUE, &large), stale);
    if stale.len() > before {
        let done = Command::new("bash").arg(path("editors/queries")).status();
        assert!(done.unwrap().success());
    }
}

/// The words of the grammar that have no colour of their own in the other lists.
fn keywords(highlights: &str) -> String {
    let (before, _) = highlights
        .split_once("(written from the words of the grammar)")
        .unwrap();
    let (_, after) = highlights
        .split_once("(written from the words of the grammar)")
        .and_then(|(_, rest)| rest.split_once("(to here)"))
        .unwrap();
    let others: BTreeSet<&str> = [before, after]
        .iter()
        .flat_map(|part| part.split('"').skip(1).step_by(2))
        .collect();
    let types: Value =
        serde_json::from_str(&read("editors/tree-sitter-quid/src/node-types.json")).unwrap();
    let all: BTreeSet<&str> = types
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["named"] == false)
        .filter_map(|one| one["type"].as_str())
        .filter(|word| word.starts_with(|letter: char| letter.is_ascii_lowercase()))
        .filter(|word| !others.contains(word))
        .collect();
    let quoted: Vec<String> = all.iter().map(|word| format!("\"{word}\"")).collect();
    format!("[\n{}] @keyword\n", wrapped(&quoted, "  ", "", 110))
}

/// The words in lines of at most that width.
fn wrapped(words: &[String], indent: &str, end: &str, width: usize) -> String {
    let mut out = String::new();
    let mut line = String::from(indent);
    for word in words {
        if line.len() + word.len() >= width {
            let _ = writeln!(out, "{}{end}", line.trim_end());
            indent.clone_into(&mut line);
        }
        line += word;
        line.push(' ');
    }
    let _ = writeln!(out, "{}{end}", line.trim_end());
    out
}

/// The words that cannot be names, and those that items begin with.
fn scanner(stale: &mut Vec<String>) {
    let name = "editors/tree-sitter-quid/src/scanner.c";
    let list = |list: &str, words: &BTreeSet<String>| {
        let words: Vec<String> = words.iter().cloned().collect();
        let lines = wrapped(&words, "", "", 112);
        let lines: Vec<String> = lines.lines().map(|line| format!("    \"{line}")).collect();
        format!("static const char {list}[] =\n{}\";\n", lines.join(" \"\n"))
    };
    let reserved = reserved();
    let beginnings = CLAUSES
        .iter()
        .filter_map(|clause| clause.words.split(' ').next());
    let blocks = forms::FILE
        .iter()
        .map(|form| form.words)
        .filter(|word| *word != "amendment");
    let beginnings = beginnings
        .chain(blocks)
        .chain(["bonuses"])
        .filter(|word| *word != "language")
        .map(str::to_owned)
        .collect();
    let text = between(
        &read(name),
        "words of the language",
        &list("RESERVED", &reserved),
    );
    renew(
        name,
        &between(&text, CATALOGUE, &list("ITEMS", &beginnings)),
        stale,
    );
}

fn reserved() -> BTreeSet<String> {
    words("These words cannot be names:", "\n\n")
}

// ---------------------------------------------------------------- VS Code

/// One snippet for each clause and each form around and in it.
fn snippets(stale: &mut Vec<String>) {
    let mut all = Map::new();
    let items = CLAUSES
        .iter()
        .map(|clause| (clause.words, clause.meaning, clause.snippet));
    let others = [forms::FILE, forms::SERVICE_LEVEL, forms::VARIANTS];
    let others = others
        .iter()
        .flat_map(|list| list.iter())
        .map(|form| (form.words, form.meaning, form.snippet));
    for (words, meaning, snippet) in items.chain(others) {
        // A name identifies one snippet. If several have the same name, their purpose distinguishes them.
        let mut name = words.to_owned();
        if all.contains_key(&name) {
            name = format!("{words}: {meaning}");
        }
        let body: Vec<&str> = snippet.split('\n').collect();
        all.insert(
            name,
            json!({ "prefix": words, "description": meaning, "body": body }),
        );
    }
    let text = serde_json::to_string_pretty(&Value::Object(all)).unwrap() + "\n";
    renew("editors/vscode/snippets/quid.json", &text, stale);
}

/// The colours: the template with the words filled in.
fn textmate(stale: &mut Vec<String>) {
    /// Words that join values and conditions, and have a colour of their own.
    const JOINING: [&str; 18] = [
        "when",
        "else",
        "above",
        "yes",
        "and",
        "over",
        "then",
        "of",
        "not",
        "no",
        "per",
        "below",
        "is",
        "between",
        "waive",
        "or",
        "if",
        "otherwise",
    ];
    /// Clauses that have a pattern of their own in the template.
    const OWN: [&str; 16] = [
        "unit",
        "dimension",
        "objective",
        "input",
        "metric",
        "let",
        "charge",
        "scorecard",
        "service level",
        "credit",
        "bonus",
        "at risk",
        "share gain",
        "tax",
        "notice",
        "waive",
    ];
    let scanner = read("editors/tree-sitter-quid/src/scanner.c");
    let (_, list) = scanner.split_once("NEVER_UNITS[] =").unwrap();
    let (list, _) = list.split_once(';').unwrap();
    let never_units = list.replace(['"', '\n'], " ");
    let never_units: Vec<&str> = never_units.split_whitespace().collect();
    let reserved = reserved();
    // If two words begin alike, the longer one comes first.
    let mut all: Vec<&str> = reserved.iter().map(String::as_str).collect();
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let keywords: Vec<&str> = all
        .iter()
        .copied()
        .filter(|word| !JOINING.contains(word))
        .collect();
    let partnership = CLAUSES
        .iter()
        .filter(|clause| clause.kind == quidpro::catalogue::ItemKind::Partnership)
        .map(|clause| clause.words.replace(' ', "\\\\s+"));
    let others = named()
        .filter(|clause| !OWN.contains(&clause.words))
        .map(|clause| clause.words.replace(' ', "\\\\s+"));
    let text = read("editors/vscode/grammar/quid.template.json")
        .replace("@reserved@", &all.join("|"))
        .replace("@never_units@", &never_units.join("|"))
        .replace("@keywords@", &keywords.join("|"))
        .replace("@partnership@", &partnership.collect::<Vec<_>>().join("|"))
        .replace("@named@", &others.collect::<Vec<_>>().join("|"));
    let _: Value = serde_json::from_str(&text).expect("the colours are JSON");
    renew("editors/vscode/syntaxes/quid.tmLanguage.json", &text, stale);
}
