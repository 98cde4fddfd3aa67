//! Which clauses feed a charge, and what a metric pays.

use serde_json::json;

use super::editor::{DESK, Editor, place_of, words_at};

fn names(calls: &serde_json::Value, key: &str) -> Vec<String> {
    let all = calls.as_array().unwrap().iter();
    all.map(|call| {
        let ranges = call["fromRanges"].as_array().unwrap().iter();
        let words: Vec<&str> = ranges.map(|range| words_at(DESK, range)).collect();
        let item = &call[key];
        format!(
            "{} ({}) by {}",
            item["name"].as_str().unwrap(),
            item["detail"].as_str().unwrap(),
            words.join(", ")
        )
    })
    .collect()
}

#[test]
fn a_metric_is_fed_by_inputs_and_pays_a_service_level() {
    let mut editor = Editor::open_with(DESK);
    let place = place_of(DESK, "speed", 1, 1);
    let items = editor.ask_at("textDocument/prepareCallHierarchy", place);
    let item = items[0].clone();
    assert_eq!(item["name"], "speed");
    assert_eq!(words_at(DESK, &item["selectionRange"]), "speed");
    let incoming = editor.ask("callHierarchy/incomingCalls", json!({ "item": item }));
    assert_eq!(
        names(&incoming, "from"),
        ["fast (service level, Annex 3, 2) by speed"]
    );
    let outgoing = editor.ask("callHierarchy/outgoingCalls", json!({ "item": item }));
    assert_eq!(
        names(&outgoing, "to"),
        ["in_time (input) by in_time", "offered (input) by offered"]
    );
}

#[test]
fn an_input_is_used_by_charges_and_scenarios() {
    let mut editor = Editor::open_with(DESK);
    let items = editor.ask_at(
        "textDocument/prepareCallHierarchy",
        place_of(DESK, "handled", 0, 1),
    );
    let incoming = editor.ask("callHierarchy/incomingCalls", json!({ "item": items[0] }));
    assert_eq!(
        names(&incoming, "from"),
        [
            "handling (charge) by handled",
            "\"a 📞 miss\" (scenario) by handled, handled"
        ]
    );
}
