//! Findings: sent with the version of their text, or requested.

use quidpro::lsp::Message;
use serde_json::{Value, json};

use super::editor::{DESK, Editor, URI, told, words_at};

#[test]
fn findings_are_told_with_the_version_of_their_text() {
    let mut editor = Editor::new();
    let broken = DESK.replace("on speed", "on sped");
    let (findings, version) = told(&editor.open(URI, &broken), URI).unwrap();
    assert_eq!(version, 1);
    let found = findings
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["code"] == "unknown-name")
        .unwrap();
    assert_eq!(words_at(&broken, &found["range"]), "sped");
    assert_eq!(found["severity"], 1);
    assert_eq!(found["source"], "quidpro");
    let related = &found["relatedInformation"][0];
    assert_eq!(words_at(&broken, &related["location"]["range"]), "speed");
    let message = found["message"].as_str().unwrap();
    assert!(
        message.contains("nothing is called `sped`")
            && message.contains("help: did you mean `speed`?"),
        "{message}"
    );
    // After one letter, everything is fine.
    let (line, column) = super::editor::place_of(&broken, "sped", 0, 2);
    let (findings, version) =
        told(&editor.change(URI, [line, column, line, column], "e"), URI).unwrap();
    assert_eq!(version, 2);
    assert!(
        findings
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["severity"] != 1),
        "{findings}"
    );
}

#[test]
fn an_editor_that_asks_is_not_told() {
    let mut editor = Editor::with(json!({ "textDocument": { "diagnostic": {} } }));
    assert!(
        editor
            .open(URI, &DESK.replace("on speed", "on sped"))
            .is_empty()
    );
    let params = json!({ "textDocument": { "uri": URI } });
    let report = editor.ask("textDocument/diagnostic", params.clone());
    assert_eq!(report["kind"], "full");
    assert!(!report["items"].as_array().unwrap().is_empty());
    let again = |editor: &mut Editor, id: &Value| {
        let mut params = params.clone();
        params["previousResultId"] = id.clone();
        editor.ask("textDocument/diagnostic", params)
    };
    let same = again(&mut editor, &report["resultId"]);
    assert_eq!(same["kind"], "unchanged");
    assert_eq!(same["resultId"], report["resultId"]);
    editor.change(URI, [0, 0, 0, 0], "#");
    let changed = again(&mut editor, &report["resultId"]);
    assert_eq!(changed["kind"], "full");
}

#[test]
fn a_text_that_is_closed_has_no_findings() {
    let mut editor = Editor::open_with("contract a {");
    let params = json!({ "textDocument": { "uri": URI } });
    let (findings, _) = told(&editor.tell("textDocument/didClose", params), URI).unwrap();
    assert_eq!(findings, json!([]));
}

/// A text that is too long for the rules to check at each keystroke.
fn long() -> String {
    let comment = "# what the parties have said about it\n".repeat(800);
    format!("{comment}{DESK}")
}

/// Runs the rules, as another thread would.
fn settle(editor: &mut Editor) -> Vec<Message> {
    let pending = editor.server.pending().unwrap();
    let found = pending.check(&editor.files);
    editor.server.found(&pending, found)
}

fn rules(findings: &Value) -> Vec<(String, u64)> {
    let all = findings.as_array().unwrap().iter();
    let of_rules = all.filter(|one| one["severity"] != 1);
    of_rules
        .map(|one| {
            let line = one["range"]["start"]["line"].as_u64().unwrap();
            (one["code"].as_str().unwrap().to_owned(), line)
        })
        .collect()
}

#[test]
fn in_a_long_text_the_rules_wait_for_a_pause_and_their_findings_move_with_the_text() {
    let text = long();
    let mut editor = Editor::new();
    let (findings, _) = told(&editor.open(URI, &text), URI).unwrap();
    assert!(rules(&findings).is_empty());
    assert!(editor.server.is_unsettled());
    let (findings, _) = told(&settle(&mut editor), URI).unwrap();
    let settled = rules(&findings);
    assert!(settled.len() > 3, "{settled:?}");
    assert!(!editor.server.is_unsettled());
    // One more line: mistakes are reported at once, and the rules' findings are a line lower.
    let (findings, _) = told(&editor.change(URI, [800, 0, 800, 0], "oh 📞\n"), URI).unwrap();
    let all = findings.as_array().unwrap();
    assert!(all.iter().any(|one| one["severity"] == 1));
    let moved: Vec<(String, u64)> = settled
        .iter()
        .map(|(code, line)| (code.clone(), line + 1))
        .collect();
    assert_eq!(rules(&findings), moved);
    // After undoing it: the same findings as before, and nothing more to say.
    let (findings, _) = told(&editor.change(URI, [800, 0, 801, 0], ""), URI).unwrap();
    assert_eq!(rules(&findings), settled);
    let fresh = told(&settle(&mut editor), URI);
    let fixes_come_back = fresh.is_none_or(|(findings, _)| rules(&findings) == settled);
    assert!(fixes_come_back);
}

#[test]
fn what_was_found_in_a_state_that_has_passed_is_not_told() {
    let mut editor = Editor::new();
    editor.open(URI, &long());
    let pending = editor.server.pending().unwrap();
    editor.change(URI, [0, 0, 0, 0], "#");
    let found = pending.check(&editor.files);
    assert!(editor.server.found(&pending, found).is_empty());
    assert!(editor.server.is_unsettled());
}

/// Editors in a terminal print what a finding quotes, so it cannot steer the terminal or turn a line around.
#[test]
fn a_finding_cannot_steer_a_terminal() {
    let mut editor = Editor::new();
    let hostile = DESK.replace("on speed", "on \u{1b}[31m\u{202e}sped");
    let (findings, _) = told(&editor.open(URI, &hostile), URI).unwrap();
    let findings = findings.as_array().unwrap();
    assert!(!findings.is_empty());
    for finding in findings {
        let related = finding["relatedInformation"].as_array();
        let messages = related.into_iter().flatten().map(|one| &one["message"]);
        for message in messages.chain([&finding["message"]]) {
            let message = message.as_str().unwrap();
            assert!(
                !message.contains(['\u{1b}', '\u{202e}']),
                "{}",
                message.escape_debug()
            );
        }
    }
}
