//! Hover, definition, references and highlights.

use serde_json::{Value, json};

use super::editor::{DESK, Editor, URI, at, place_of, words_at};

fn hover(editor: &mut Editor, text: &str, word: &str, nth: usize) -> String {
    let hover = editor.ask_at("textDocument/hover", place_of(text, word, nth, 1));
    hover["contents"]["value"]
        .as_str()
        .unwrap_or_else(|| panic!("nothing over `{word}`"))
        .to_owned()
}

#[test]
fn hover_says_what_a_metric_is_and_what_it_pays() {
    let mut editor = Editor::open_with(DESK);
    insta::assert_snapshot!(hover(&mut editor, DESK, "speed", 1));
}

#[test]
fn hover_says_what_an_input_is() {
    let mut editor = Editor::open_with(DESK);
    insta::assert_snapshot!(hover(&mut editor, DESK, "in_time", 1));
}

#[test]
fn hover_says_where_a_number_goes() {
    let mut editor = Editor::open_with(DESK);
    insta::assert_snapshot!(hover(&mut editor, DESK, "4 EUR per contact", 0));
    insta::assert_snapshot!(hover(&mut editor, DESK, "80%", 0));
}

#[test]
fn hover_says_what_an_item_is_for() {
    let mut editor = Editor::open_with(DESK);
    let text = hover(&mut editor, DESK, "service level", 0);
    assert!(text.contains("what is to be reached"), "{text}");
}

#[test]
fn hover_stands_beside_mistakes() {
    let text = DESK.replace("charge post 0.50", "charge post ;;; at at");
    let mut editor = Editor::open_with(&text);
    let told = hover(&mut editor, &text, "speed", 1);
    assert!(told.contains("a percentage"), "{told}");
    assert!(told.contains("service level `fast`"), "{told}");
}

#[test]
fn a_name_leads_to_where_it_is_given() {
    let mut editor = Editor::open_with(DESK);
    for (word, nth, declared) in [
        ("speed", 1, "speed"),
        ("in_time", 1, "in_time"),
        ("handled", 1, "handled"),
        ("voice", 1, "voice"),
        ("pallet ", 0, "pallet"),
        ("fast", 1, "fast"),
        ("fee", 1, "fee"),
    ] {
        let found = editor.ask_at("textDocument/definition", place_of(DESK, word, nth, 1));
        let found = &found[0];
        assert_eq!(found["uri"], URI, "{word}");
        assert_eq!(words_at(DESK, &found["range"]), declared);
        let (line, _) = place_of(DESK, declared, 0, 0);
        assert!(found["range"]["start"]["line"].as_u64().unwrap() >= u64::from(line));
    }
    assert!(editor.ask_at("textDocument/definition", (0, 3)).is_null());
}

fn references(editor: &mut Editor, place: (u32, u32), with_declaration: bool) -> Vec<Value> {
    let mut params = at(place);
    params["context"] = json!({ "includeDeclaration": with_declaration });
    let found = editor.ask("textDocument/references", params);
    found.as_array().unwrap().clone()
}

#[test]
fn references_are_all_uses_from_any_of_them() {
    let mut editor = Editor::open_with(DESK);
    // `handled` is given once, and used by a charge and twice in the scenario.
    for nth in 0..4 {
        let place = place_of(DESK, "handled", nth, 2);
        assert_eq!(references(&mut editor, place, true).len(), 4, "{nth}");
        assert_eq!(references(&mut editor, place, false).len(), 3, "{nth}");
    }
    // A member is listed, priced and given.
    let found = references(&mut editor, place_of(DESK, "voice", 0, 1), true);
    let words: Vec<&str> = found
        .iter()
        .map(|one| words_at(DESK, &one["range"]))
        .collect();
    assert_eq!(words, ["voice"; 3]);
    assert!(references(&mut editor, (0, 0), true).is_empty());
}

#[test]
fn highlights_tell_giving_from_using() {
    let mut editor = Editor::open_with(DESK);
    let found = editor.ask_at(
        "textDocument/documentHighlight",
        place_of(DESK, "offered", 3, 1),
    );
    let kinds: Vec<i64> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_i64().unwrap())
        .collect();
    assert_eq!(kinds, [3, 2, 2]);
}

#[test]
fn a_standard_definition_leads_to_its_text_where_that_can_be_shown() {
    let text = "use standard contact_centre\ncontract a \"A\" {\n  currency EUR\n  charge desk 1 EUR per month when abandonment_rate > 3%\n}\n";
    let mut editor = Editor::open_with(text);
    let link = editor.ask_at(
        "textDocument/definition",
        place_of(text, "contact_centre", 0, 2),
    );
    assert_eq!(link[0]["uri"], "quidpro:/standard/contact_centre.quid");
    let content = editor.ask(
        "workspace/textDocumentContent",
        json!({ "uri": "quidpro:/standard/contact_centre.quid" }),
    );
    assert!(
        content["text"]
            .as_str()
            .unwrap()
            .contains("library contact_centre")
    );
    let page = editor.ask(
        "workspace/textDocumentContent",
        json!({ "uri": "quidpro:/rules/uncapped-credits.md" }),
    );
    assert!(
        page["text"]
            .as_str()
            .unwrap()
            .contains("# uncapped-credits")
    );
    assert!(
        editor
            .try_ask(
                "workspace/textDocumentContent",
                json!({ "uri": "quidpro:/x" })
            )
            .is_err()
    );
}
