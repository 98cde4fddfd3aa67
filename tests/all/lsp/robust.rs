//! Every prefix of a sample, random edits, a typing session: no panic, and the same result as opening the text afresh.

use serde_json::{Value, json};

use super::editor::{DESK, Editor, URI, at, told};

const SAMPLES: &[&str] = &[
    include_str!("../../../contracts/starter.quid"),
    include_str!("../../../contracts/emea_support.quid"),
    include_str!("../../../contracts/mechanics/at_risk.quid"),
    include_str!("../../../contracts/mechanics/sharing.quid"),
    include_str!("../../../contracts/amended/field_service_1.quid"),
];

/// Everything that an editor asks about a text and a place in it.
fn everything(editor: &mut Editor, place: (u32, u32)) -> Vec<Value> {
    let of_text = json!({ "textDocument": { "uri": URI } });
    let mut part = of_text.clone();
    part["range"] = json!({
        "start": { "line": 0, "character": 0 },
        "end": { "line": place.0, "character": place.1 },
    });
    let mut actions = part.clone();
    actions["context"] = json!({ "diagnostics": [] });
    let mut references = at(place);
    references["context"] = json!({ "includeDeclaration": true });
    let mut selection = of_text.clone();
    selection["positions"] = json!([at(place)["position"]]);
    let mut rename = at(place);
    rename["newName"] = json!("renamed");
    let mut layout = of_text.clone();
    layout["options"] = json!({ "tabSize": 2, "insertSpaces": true });
    let asked = [
        ("textDocument/hover", at(place)),
        ("textDocument/completion", at(place)),
        ("textDocument/definition", at(place)),
        ("textDocument/documentHighlight", at(place)),
        ("textDocument/references", references),
        ("textDocument/prepareCallHierarchy", at(place)),
        ("textDocument/selectionRange", selection),
        ("textDocument/documentSymbol", of_text.clone()),
        ("textDocument/foldingRange", of_text.clone()),
        ("textDocument/documentLink", of_text.clone()),
        ("textDocument/codeLens", of_text.clone()),
        ("textDocument/inlayHint", part.clone()),
        ("textDocument/semanticTokens/range", part),
        ("textDocument/codeAction", actions),
    ];
    let mut answers = Vec::new();
    for (method, params) in asked {
        answers.push(editor.ask(method, params));
    }
    // A name or a layout may be refused, with words.
    for (method, params) in [
        ("textDocument/rename", rename),
        ("textDocument/formatting", layout),
    ] {
        if let Err((code, message)) = editor.try_ask(method, params) {
            assert_eq!(code, -32803, "{message}");
        }
    }
    let colours = editor.ask("textDocument/semanticTokens/full", of_text);
    answers.push(colours["data"].clone());
    answers
}

/// An editor without support for versions in edits, so that the answers for the same text are the same.
fn plain() -> Editor {
    Editor::with(
        json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } }),
    )
}

fn opened(text: &str) -> Editor {
    let mut editor = plain();
    editor.open(URI, text);
    editor
}

/// The place of a byte, in units of UTF-16.
fn place(text: &str, byte: usize) -> (u32, u32) {
    let before = &text[..byte];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    (u32::try_from(line).unwrap(), u32::try_from(column).unwrap())
}

/// What an editor asks at each keystroke.
fn at_a_keystroke(editor: &mut Editor, place: (u32, u32)) {
    editor.ask("textDocument/completion", at(place));
    editor.ask("textDocument/hover", at(place));
    let of_text = json!({ "textDocument": { "uri": URI } });
    editor.ask("textDocument/semanticTokens/full", of_text);
}

/// Every prefix of a sample, or some of them if not all are requested.
fn every_prefix_of(sample: &str) {
    let all = std::env::var_os("QUIDPRO_EVERY_PREFIX").is_some();
    let (each, thorough) = if all { (1, 97) } else { (61, 4) };
    let ends: Vec<usize> = sample.char_indices().map(|(at, _)| at).collect();
    let mut editor = opened("");
    for (count, end) in ends.iter().step_by(each).enumerate() {
        let text = &sample[..*end];
        let last = place(text, *end);
        editor.open(URI, text);
        at_a_keystroke(&mut editor, last);
        if count % thorough == 0 {
            everything(&mut editor, last);
        }
    }
}

#[test]
fn every_prefix_of_the_starter() {
    every_prefix_of(SAMPLES[0]);
}

#[test]
fn every_prefix_of_a_support_contract() {
    every_prefix_of(SAMPLES[1]);
}

#[test]
fn every_prefix_of_pools() {
    every_prefix_of(SAMPLES[2]);
}

#[test]
fn every_prefix_of_shares() {
    every_prefix_of(SAMPLES[3]);
}

#[test]
fn every_prefix_of_an_amendment() {
    every_prefix_of(SAMPLES[4]);
}

#[test]
fn every_prefix_of_the_desk() {
    every_prefix_of(DESK);
}

/// Numbers that look random, and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

#[test]
fn random_edits_end_like_a_fresh_open() {
    let pieces = [
        "",
        "📞",
        "e\u{301}",
        "👩\u{200d}💻",
        "\"",
        "{",
        "}",
        "\n",
        "\r\n",
        "charge x 1 EUR per month\n",
        "on speed",
        ";",
        "# ",
        "waive ",
        "%",
        ".",
        "offered",
        " / ",
        "(",
        "12_000",
        "\u{feff}",
    ];
    let mut numbers = Numbers(11);
    let rounds = if std::env::var_os("QUIDPRO_EVERY_PREFIX").is_some() {
        40
    } else {
        6
    };
    for round in 0..rounds {
        let mut text = DESK.to_owned();
        let mut editor = opened(&text);
        for _ in 0..12 {
            let places: Vec<usize> = text
                .char_indices()
                .map(|(at, _)| at)
                .filter(|at| !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n')))
                .chain([text.len()])
                .collect();
            let from = numbers.below(places.len());
            let to = (from + numbers.below(12)).min(places.len() - 1);
            let (from, to) = (places[from], places[to]);
            let new = pieces[numbers.below(pieces.len())];
            // A lone carriage return would begin a line of its own.
            if text[..from].ends_with('\r') {
                continue;
            }
            let ((line, column), (to_line, to_column)) = (place(&text, from), place(&text, to));
            let findings = editor.change(URI, [line, column, to_line, to_column], new);
            assert!(told(&findings, URI).is_some());
            text.replace_range(from..to, new);
            everything(&mut editor, place(&text, from));
        }
        let end = place(&text, text.len());
        let mut fresh = opened(&text);
        assert_eq!(
            everything(&mut editor, end),
            everything(&mut fresh, end),
            "round {round}: {text}"
        );
    }
}

#[test]
fn a_typing_session_ends_like_a_fresh_open() {
    let mut editor = opened("");
    let (mut line, mut column) = (0, 0);
    let mut last = None;
    for letter in DESK.chars() {
        let findings = editor.change(URI, [line, column, line, column], &letter.to_string());
        last = told(&findings, URI).map(|(findings, _)| findings);
        if letter == '\n' {
            (line, column) = (line + 1, 0);
        } else {
            column += u32::try_from(letter.len_utf16()).unwrap();
        }
        if column % 9 == 0 {
            editor.ask("textDocument/completion", at((line, column)));
        }
    }
    let mut fresh = plain();
    let findings = told(&fresh.open(URI, DESK), URI).map(|(findings, _)| findings);
    assert_eq!(last, findings);
    let end = place(DESK, DESK.len());
    assert!(everything(&mut editor, end) == everything(&mut fresh, end));
}
