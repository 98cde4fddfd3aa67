//! Symbols, folding, selection, colours, hints.

use serde_json::{Value, json};

use super::editor::{DESK, Editor, URI, at, place_of, words_at};

fn of_text() -> Value {
    json!({ "textDocument": { "uri": URI } })
}

fn tree(symbols: &Value, depth: usize, out: &mut String) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let at = words_at(DESK, &symbol["selectionRange"]);
        let detail = symbol["detail"].as_str().unwrap_or_default();
        let name = symbol["name"].as_str().unwrap();
        *out += &format!("{}{name} | {detail} | {at}\n", "  ".repeat(depth));
        tree(&symbol["children"], depth + 1, out);
    }
}

#[test]
fn symbols_are_a_tree() {
    let mut editor = Editor::open_with(DESK);
    let symbols = editor.ask("textDocument/documentSymbol", of_text());
    let mut out = String::new();
    tree(&symbols, 0, &mut out);
    insta::assert_snapshot!(out);
}

#[test]
fn symbols_are_a_list_for_an_editor_that_knows_no_trees() {
    let mut editor = Editor::with(json!({}));
    editor.open(URI, DESK);
    let symbols = editor.ask("textDocument/documentSymbol", of_text());
    assert_eq!(symbols[0]["name"], "desk");
    assert_eq!(symbols[1]["containerName"], "desk");
    assert_eq!(symbols[1]["location"]["uri"], URI);
}

#[test]
fn symbols_stand_beside_mistakes() {
    let text = DESK.replace("service level fast on speed", "service level fast on");
    let mut editor = Editor::open_with(&text);
    let symbols = editor
        .ask("textDocument/documentSymbol", of_text())
        .to_string();
    for name in ["\"fast\"", "\"post\"", "a 📞 miss"] {
        assert!(symbols.contains(name), "{name} in {symbols}");
    }
}

#[test]
fn clauses_of_several_lines_fold() {
    let mut editor = Editor::open_with(&format!(
        "# one\n# two\nuse standard contact_centre\n{DESK}"
    ));
    let folds = editor.ask("textDocument/foldingRange", of_text());
    let shown: Vec<String> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| format!("{}-{} {}", fold["startLine"], fold["endLine"], fold["kind"]))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn selections_grow_from_the_word_to_the_file() {
    let mut editor = Editor::open_with(DESK);
    let (line, column) = place_of(DESK, "in_time / offered", 0, 2);
    let params = json!({
        "textDocument": { "uri": URI },
        "positions": [{ "line": line, "character": column }, { "line": 999, "character": 0 }],
    });
    let found = editor.ask("textDocument/selectionRange", params);
    assert_eq!(found.as_array().unwrap().len(), 2);
    let mut shown = Vec::new();
    let mut part = &found[0];
    while !part.is_null() {
        let words = words_at(DESK, &part["range"]);
        shown.push(words.lines().next().unwrap_or_default().to_owned());
        part = &part["parent"];
    }
    insta::assert_snapshot!(shown.join("\n"));
}

/// Each coloured word with its type.
fn coloured(text: &str, data: &Value, legend: &[&str]) -> Vec<String> {
    let numbers: Vec<u64> = data
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_u64().unwrap())
        .collect();
    let (mut line, mut column) = (0, 0);
    let mut shown = Vec::new();
    for five in numbers.chunks(5) {
        if five[0] > 0 {
            column = 0;
        }
        line += five[0];
        column += five[1];
        let range = json!({
            "start": { "line": line, "character": column },
            "end": { "line": line, "character": column + five[2] },
        });
        let kind = legend[usize::try_from(five[3]).unwrap()];
        shown.push(format!("{} {kind} {}", words_at(text, &range), five[4]));
    }
    shown
}

const LEGEND: &[&str] = &[
    "keyword",
    "function",
    "type",
    "enumMember",
    "property",
    "number",
    "string",
    "comment",
    "operator",
    "namespace",
    "enum",
    "parameter",
    "variable",
    "class",
    "method",
];

#[test]
fn words_have_colours_by_what_they_are() {
    let mut editor = Editor::open_with(DESK);
    let tokens = editor.ask("textDocument/semanticTokens/full", of_text());
    insta::assert_snapshot!(coloured(DESK, &tokens["data"], LEGEND).join("\n"));
}

#[test]
fn only_what_has_changed_of_the_colours_is_told() {
    let mut editor = Editor::open_with(DESK);
    let first = editor.ask("textDocument/semanticTokens/full", of_text());
    let (line, column) = place_of(DESK, "fee", 0, 0);
    editor.change(URI, [line, column, line, column], "big_");
    let mut params = of_text();
    params["previousResultId"] = first["resultId"].clone();
    let delta = editor.ask("textDocument/semanticTokens/full/delta", params);
    let edits = delta["edits"].as_array().unwrap();
    assert_eq!(edits.len(), 1);
    let numbers = |value: &Value| -> Vec<u64> {
        value
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one.as_u64().unwrap())
            .collect()
    };
    let mut patched = numbers(&first["data"]);
    let start = usize::try_from(edits[0]["start"].as_u64().unwrap()).unwrap();
    let count = usize::try_from(edits[0]["deleteCount"].as_u64().unwrap()).unwrap();
    assert!(count < patched.len() / 2);
    patched.splice(start..start + count, numbers(&edits[0]["data"]));
    let whole = editor.ask("textDocument/semanticTokens/full", of_text());
    assert_eq!(patched, numbers(&whole["data"]));
}

#[test]
fn the_colours_of_a_part_are_among_those_of_the_whole() {
    let mut editor = Editor::open_with(DESK);
    let whole = editor.ask("textDocument/semanticTokens/full", of_text());
    let whole = coloured(DESK, &whole["data"], LEGEND);
    let mut params = of_text();
    params["range"] =
        json!({ "start": { "line": 8, "character": 0 }, "end": { "line": 10, "character": 0 } });
    let part = editor.ask("textDocument/semanticTokens/range", params);
    let part = coloured(DESK, &part["data"], LEGEND);
    assert!(part.len() > 5 && part.len() < whole.len() / 2);
    assert!(
        whole
            .windows(part.len())
            .any(|window| window == part.as_slice())
    );
}

#[test]
fn hints_are_off_until_they_are_wanted() {
    let mut editor = Editor::open_with(DESK);
    let mut params = of_text();
    params["range"] =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    assert_eq!(
        editor.ask("textDocument/inlayHint", params.clone()),
        json!([])
    );
    editor.tell(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "quidpro": { "inlayHints": true } } }),
    );
    let hints = editor.ask("textDocument/inlayHint", params);
    let shown: Vec<String> = hints
        .as_array()
        .unwrap()
        .iter()
        .map(|hint| {
            format!(
                "{} {}",
                hint["position"]["line"],
                hint["label"].as_str().unwrap()
            )
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
    let _ = at((0, 0));
}
