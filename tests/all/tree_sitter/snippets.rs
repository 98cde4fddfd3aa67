//! The snippets for editors are texts that the program can read, and there is one for each kind of item.

use std::collections::HashSet;
use std::fmt::Write;

use quidpro::catalogue::CLAUSES;
use quidpro::syntax::outline::{Kind, Outline};
use quidpro::syntax::parse;
use quidpro::text::{FileId, Sources};
use serde_json::Value;

use super::read;

/// What is around a snippet: nothing, a contract, an item after it, or a service level.
const AROUND: [(&str, &str); 4] = [
    ("", ""),
    ("contract c {\n", "\n}\n"),
    ("contract c {\n", "\nminimum 5 EUR each month\n}\n"),
    (
        "contract c {\nservice level s on m {\ntarget 80% each month\n",
        "\n}\n}\n",
    ),
];

#[test]
fn every_snippet_is_read_and_every_kind_of_item_has_one() {
    let mut wrong = String::new();
    let mut kinds = HashSet::new();
    for (name, text) in snippets() {
        let framed = AROUND.map(|(before, behind)| format!("{before}{text}{behind}"));
        let Some(sound) = framed.iter().find(|framed| is_read(framed)) else {
            let _ = writeln!(wrong, "{name}:\n{text}");
            continue;
        };
        if read(sound).root_node().has_error() {
            let _ = writeln!(
                wrong,
                "{name} is not read by the grammar for editors:\n{text}"
            );
        }
        let outline = Outline::of(FileId(0), sound);
        kinds.extend(outline.root.descendants().map(|part| part.kind));
    }
    let missing = CLAUSES
        .iter()
        .map(|clause| clause.kind)
        .filter(|kind| !kinds.contains(&Kind::Item(*kind)));
    for kind in missing {
        let _ = writeln!(wrong, "no snippet has a {kind:?}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn is_read(text: &str) -> bool {
    let mut sources = Sources::new();
    let file = sources.add("snippet.quid", text);
    let parsed = parse(file, text);
    parsed.diagnostics.is_empty()
        && !(parsed.tree.contracts.is_empty()
            && parsed.tree.amendments.is_empty()
            && parsed.tree.uses.is_empty())
}

/// Each snippet with its name, and with the initial words at its places.
fn snippets() -> Vec<(String, String)> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/editors/vscode/snippets/quid.json"
    );
    let text = std::fs::read_to_string(path).expect("the snippets are readable");
    let all: Value = serde_json::from_str(&text).expect("the snippets are JSON");
    let all = all.as_object().expect("the snippets have names");
    all.iter()
        .map(|(name, snippet)| {
            let body = snippet["body"]
                .as_array()
                .expect("a body is a list of lines");
            let lines: Vec<&str> = body.iter().filter_map(Value::as_str).collect();
            (name.clone(), filled(&lines.join("\n")))
        })
        .collect()
}

/// `${1:80%}` is `80%`, `${2|up,down|}` is `up`, and `$0` is nothing.
fn filled(body: &str) -> String {
    let mut text = String::new();
    let mut rest = body;
    while let Some((before, behind)) = rest.split_once('$') {
        text.push_str(before);
        let Some(place) = behind.strip_prefix('{') else {
            rest = behind.trim_start_matches(|c: char| c.is_ascii_digit());
            continue;
        };
        let (place, behind) = place.split_once('}').expect("a place is closed");
        let shown = place.trim_start_matches(|c: char| c.is_ascii_digit());
        let first = shown
            .trim_matches('|')
            .split(',')
            .next()
            .unwrap_or_default();
        text.push_str(if shown.starts_with('|') {
            first
        } else {
            shown.trim_start_matches(':')
        });
        rest = behind;
    }
    text.push_str(rest);
    text
}
