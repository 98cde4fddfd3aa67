//! What can be written at a place.

use serde_json::Value;

use super::editor::{DESK, Editor, URI, at};

/// The completions at the place of `|` in the text.
fn complete(text: &str) -> Vec<Value> {
    let start = text.find('|').unwrap();
    let before = &text[..start];
    let line = u32::try_from(before.matches('\n').count()).unwrap();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    let text = text.replacen('|', "", 1);
    let mut editor = Editor::new();
    editor.open(URI, &text);
    let found = editor.ask(
        "textDocument/completion",
        at((line, u32::try_from(column).unwrap())),
    );
    found["items"].as_array().unwrap().clone()
}

fn labels(text: &str) -> Vec<String> {
    let found = complete(text).into_iter();
    found
        .map(|one| one["label"].as_str().unwrap().to_owned())
        .collect()
}

/// The desk, with other words in place of a line.
fn desk(line: &str, with: &str) -> String {
    assert!(DESK.contains(line), "{line}");
    DESK.replacen(line, with, 1)
}

fn assert_has(found: &[String], wanted: &[&str]) {
    for word in wanted {
        assert!(found.iter().any(|one| one == word), "`{word}` in {found:?}");
    }
}

fn assert_lacks(found: &[String], unwanted: &[&str]) {
    for word in unwanted {
        assert!(found.iter().all(|one| one != word), "`{word}` in {found:?}");
    }
}

#[test]
fn items_begin_where_items_stand() {
    for text in [
        desk("  let fee = 12_000 EUR", "  |\n  let fee = 12_000 EUR"),
        desk("  let fee = 12_000 EUR", "  ser|\n  let fee = 12_000 EUR"),
        "contract a \"A\" {\n  |".to_owned(),
        "contract a \"A\" {\n  currency EUR\n  m|".to_owned(),
        "contract a \"A\" { |}".to_owned(),
    ] {
        let found = labels(&text);
        assert_has(
            &found,
            &["service level", "metric", "charge", "scenario", "waive"],
        );
        assert_lacks(&found, &["contract", "target"]);
    }
}

#[test]
fn blocks_begin_at_the_top() {
    for text in [
        "|",
        "us|",
        "# a comment\n|",
        "contract a \"A\" { currency EUR }\n|",
    ] {
        let found = labels(text);
        assert_has(&found, &["contract", "library", "amendment", "use"]);
    }
}

#[test]
fn clauses_are_snippets_that_keep_their_places() {
    let found = complete("contract a \"A\" {\n  |\n}");
    let level = found
        .iter()
        .find(|one| one["label"] == "service level")
        .unwrap();
    assert_eq!(level["insertTextFormat"], 2);
    let text = level["textEdit"]["newText"].as_str().unwrap();
    assert!(text.contains("target   ${5:80%} each month"), "{text}");
}

#[test]
fn statements_begin_within_their_item() {
    let found = labels(&desk(
        "    target 80% each month\n",
        "    target 80% each month\n    |\n",
    ));
    assert_has(&found, &["critical", "earn back", "terminate"]);
    assert_lacks(&found, &["metric"]);
    let found = labels(&desk("    expect total", "    |\n    expect total"));
    assert_has(&found, &["given", "expect", "expect no notice"]);
    let found = labels(&desk("  let fee", "  training {\n    |\n  }\n  let fee"));
    assert_has(&found, &["materials", "refreshed", "certified"]);
    let found = labels(&desk("in_time / offered", "in_time / offered\n    |"));
    assert_has(&found, &["needs", "if missing"]);
}

#[test]
fn names_come_by_what_can_stand_there() {
    let found = labels(&desk("on speed", "on |"));
    assert_has(&found, &["speed"]);
    assert_lacks(&found, &["offered", "desk"]);
    let found = labels(&desk("in_time / offered", "in_time / |"));
    assert_has(&found, &["offered", "in_time", "fee"]);
    let found = labels(&desk("2% of charges", "2% of |"));
    assert_eq!(&found[0], "desk", "money first: {found:?}");
    assert_has(&found, &["charges", "fee", "offered"]);
    let found = labels(&desk("pallet of sent", "pallet of |"));
    let place = |name: &str| found.iter().position(|one| one == name).unwrap();
    assert!(
        place("sent") < place("fee"),
        "numbers of something first: {found:?}"
    );
    let found = labels(&desk("for handled {", "for | {"));
    assert_has(&found, &["handled", "offered"]);
}

#[test]
fn members_come_behind_a_point_and_in_a_card() {
    let found = labels(&desk("handled.voice = 10", "handled.| = 10"));
    assert_eq!(found, ["email", "voice"]);
    let found = labels(&desk("    email 2 EUR per contact", "    |"));
    assert_eq!(found, ["email", "voice"]);
}

#[test]
fn kinds_types_units_and_currencies_come_in_their_places() {
    let found = labels(&desk("is timeliness", "is |"));
    assert_has(&found, &["timeliness", "satisfaction"]);
    let found = labels(&desk("in_time  : calls", "in_time  : |"));
    assert_has(&found, &["calls", "percent", "pallets", "EUR"]);
    let found = labels(&desk("12_000 EUR", "12_000 |"));
    assert_eq!(&found[0], "EUR");
    let found = labels(&desk("4 EUR per contact", "4 EUR per |"));
    assert_has(&found, &["contact", "pallet"]);
    let found = labels(&desk("currency EUR", "currency |"));
    assert_has(&found, &["EUR", "GBP"]);
    let found = labels(&desk("contract desk", "use standard |\ncontract desk"));
    assert_has(&found, &["contact_centre"]);
}

#[test]
fn a_scenario_gives_inputs_and_expects_lines() {
    let found = labels(&desk("given offered = 1_000", "given |"));
    assert_has(&found, &["offered", "handled.voice"]);
    let found = labels(&desk("in_time = 790,", "in_time = 790, |"));
    assert_has(&found, &["sent", "handled.email"]);
    let found = labels(&desk("expect total", "expect |"));
    assert_has(&found, &["total", "credit", "fast", "notice"]);
}

#[test]
fn nothing_stands_within_texts_and_comments() {
    assert!(labels("# a |comment").is_empty());
    assert!(labels("# a comment|").is_empty());
    assert!(labels(&desk("\"Calls 📞 offered\"", "\"Calls | offered\"")).is_empty());
}

#[test]
fn an_amendment_names_what_it_removes() {
    let text =
        format!("{DESK}amendment a1 \"A\" to desk effective 2026-07-01 {{\n  remove |\n}}\n");
    let found = labels(&text);
    assert_has(&found, &["charge desk", "service level fast", "let fee"]);
    let text = format!("{DESK}amendment a1 \"A\" to desk effective 2026-07-01 {{\n  |\n}}\n");
    assert_has(&labels(&text), &["add", "replace", "remove"]);
}

#[test]
fn what_is_written_takes_the_place_of_the_letters_before() {
    let found = complete(&desk("on speed", "on spe|"));
    let range = &found[0]["textEdit"]["range"];
    let width =
        range["end"]["character"].as_u64().unwrap() - range["start"]["character"].as_u64().unwrap();
    assert_eq!(width, 3);
}
