//! Fixes, waivers, and the layout.

use serde_json::{Value, json};

use super::editor::{DESK, Editor, URI, told};
use super::rename::edited;

fn actions(editor: &mut Editor, only: Option<&str>) -> Vec<Value> {
    let mut context = json!({ "diagnostics": [] });
    if let Some(only) = only {
        context["only"] = json!([only]);
    }
    let params = json!({
        "textDocument": { "uri": URI },
        "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } },
        "context": context,
    });
    let found = editor.ask("textDocument/codeAction", params);
    found.as_array().unwrap().clone()
}

fn codes(editor: &mut Editor, text: &str) -> Vec<String> {
    let (findings, _) = told(&editor.open(URI, text), URI).unwrap();
    let all = findings.as_array().unwrap().iter();
    all.map(|one| one["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_kind_that_is_not_asked_for_is_not_answered() {
    let mut editor = Editor::open_with(DESK);
    let all = actions(&mut editor, Some("refactor"));
    assert!(all.is_empty(), "{all:?}");
    let fixes = actions(&mut editor, Some("source.fixAll"));
    assert!(fixes.iter().all(|one| one["kind"] == "source.fixAll"));
}

#[test]
fn a_waiver_asks_for_its_reason_and_then_takes_the_finding_away() {
    let mut editor = Editor::new();
    assert!(codes(&mut editor, DESK).contains(&"no-grace-period".to_owned()));
    let all = actions(&mut editor, Some("quickfix"));
    let mut all = all.iter();
    let action = all
        .find(|one| one["title"] == "waive `no-grace-period` with a reason…")
        .unwrap();
    assert_eq!(action["diagnostics"][0]["code"], "no-grace-period");
    let now = edited(DESK, URI, &action["edit"]);
    let line = "\n  waive no-grace-period until 2026-12-31 because \"\"\n  service level fast";
    assert!(now.contains(line), "{now}");
    // Without a reason nothing is accepted.
    let found = codes(&mut editor, &now);
    assert!(found.contains(&"no-grace-period".to_owned()), "{found:?}");
    let reasoned = now.replace("because \"\"", "because \"the desk has run for years\"");
    let found = codes(&mut editor, &reasoned);
    assert!(!found.contains(&"no-grace-period".to_owned()), "{found:?}");
    let place = super::editor::place_of(&reasoned, "no-grace-period", 0, 3);
    let hover = editor.ask_at("textDocument/hover", place);
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .starts_with("**rule** `no-grace-period`")
    );
    let page = editor.ask_at("textDocument/definition", place);
    assert_eq!(page[0]["uri"], "quidpro:/rules/no-grace-period.md");
}

/// A waiver that is not needed has a safe fix.
fn with_unused_waivers() -> String {
    let waiver = "  waive small-sample until 2026-12-31 because \"few surveys\"\n";
    let text = DESK.replacen("  let fee", &format!("{waiver}  let fee"), 1);
    text.replacen("  charge post", &format!("{waiver}  charge post"), 1)
}

#[test]
fn what_can_be_fixed_safely_is_fixed_one_by_one_or_all_at_once() {
    let text = with_unused_waivers();
    let mut editor = Editor::new();
    let unused = |found: &[String]| found.iter().filter(|code| *code == "unused-waiver").count();
    assert_eq!(unused(&codes(&mut editor, &text)), 2);
    let fixes = actions(&mut editor, Some("quickfix"));
    let is_wanted = |one: &&Value| one["diagnostics"][0]["code"] == "unused-waiver";
    let fix = fixes.iter().find(is_wanted).unwrap();
    assert_eq!(fix["isPreferred"], true);
    assert_eq!(fix["diagnostics"][0]["tags"], json!([1]));
    let now = edited(&text, URI, &fix["edit"]);
    assert_eq!(unused(&codes(&mut editor, &now)), 1, "{now}");
    codes(&mut editor, &text);
    let all = actions(&mut editor, Some("source.fixAll"));
    assert_eq!(all.len(), 1);
    let now = edited(&text, URI, &all[0]["edit"]);
    assert_eq!(unused(&codes(&mut editor, &now)), 0, "{now}");
}

#[test]
fn a_text_is_laid_out_as_the_program_does_it() {
    let untidy = DESK.replace("  let fee = 12_000 EUR", "      let   fee=12000 EUR");
    let mut editor = Editor::open_with(&untidy);
    let mut params = json!({ "textDocument": { "uri": URI }, "options": { "tabSize": 8, "insertSpaces": false } });
    let edits = editor.ask("textDocument/formatting", params.clone());
    let as_changes = |edits: &Value| json!({ "documentChanges": [{ "textDocument": { "uri": URI }, "edits": edits }] });
    let now = edited(&untidy, URI, &as_changes(&edits));
    assert_eq!(now, quidpro::format::format(&untidy).unwrap().text);
    let line = super::editor::place_of(&untidy, "let   fee", 0, 0).0;
    params["range"] = json!({
        "start": { "line": line, "character": 0 },
        "end": { "line": line, "character": 3 },
    });
    let some = editor.ask("textDocument/rangeFormatting", params);
    let now = edited(&untidy, URI, &as_changes(&some));
    assert!(now.contains("\n  let fee = 12_000 EUR"), "{now}");
}

/// What an action or a completion inserts has the same line ends as the text.
#[test]
fn what_is_inserted_ends_its_lines_as_the_text_does() {
    let text = with_unused_waivers().replace('\n', "\r\n");
    let mut editor = Editor::open_with(&text);
    let all = actions(&mut editor, None);
    let edits = all.iter().map(|action| edited(&text, URI, &action["edit"]));
    let mut inserted = 0;
    for now in edits {
        assert_eq!(
            now.matches('\n').count(),
            now.matches("\r\n").count(),
            "{now:?}"
        );
        inserted += usize::from(now.matches('\n').count() > text.matches('\n').count());
    }
    assert!(inserted > 0);
    let place = super::editor::place_of(&text, "  charge", 0, 0);
    let items = editor.ask_at("textDocument/completion", place);
    let items = items["items"].as_array().unwrap();
    let new = |item: &Value| item["textEdit"]["newText"].as_str().unwrap().to_owned();
    let lines: Vec<String> = items
        .iter()
        .map(new)
        .filter(|one| one.contains('\n'))
        .collect();
    assert!(!lines.is_empty());
    for one in lines {
        assert_eq!(
            one.matches('\n').count(),
            one.matches("\r\n").count(),
            "{one:?}"
        );
    }
}
