//! Several files: libraries, amendments, folders.

use serde_json::{Value, json};

use super::editor::{Editor, at, place_of, told, words_at};

const LIBRARY: &str = r#"library kpis "KPIs" {
  metric pace "How fast" is timeliness, percent, higher is better { quick / all }
  metric other is timeliness, percent, higher is better { pace }
  input quick : calls
  input all : calls
}
"#;
const FIRST: &str = r#"use "../kpis.quid"
contract first "First" {
  currency EUR
  term 2026-01-01 to 2026-12-31
  round each line half up to 0.01 EUR
  charge desk 1_000 EUR per month
  service level s on pace { target 80% each month; credit 2% of charges }
}
"#;
const AMENDMENT: &str = r#"use "first.quid"
amendment a1 "More" to first effective 2026-07-01 {
  replace charge desk 2_000 EUR per month
  remove service level s
  add service level t on pace { target 90% each month; credit 1% of desk }
}
"#;
const KPIS_URI: &str = "file:///desk/kpis.quid";
const FIRST_URI: &str = "file:///desk/contracts/first.quid";
const AMENDMENT_URI: &str = "file:///desk/contracts/amendment.quid";

fn editor() -> Editor {
    let editor = Editor::new();
    editor.files.write("/desk/kpis.quid", LIBRARY);
    editor.files.write("/desk/contracts/first.quid", FIRST);
    editor.files.write(
        "/desk/contracts/second.quid",
        &FIRST.replace("first", "second"),
    );
    editor
        .files
        .write("/desk/contracts/amendment.quid", AMENDMENT);
    editor
}

fn place_in(uri: &str, place: (u32, u32)) -> Value {
    let mut params = at(place);
    params["textDocument"]["uri"] = json!(uri);
    params
}

fn by_text(edit: &Value) -> Vec<(String, usize)> {
    let changes = edit["documentChanges"].as_array().unwrap().iter();
    changes
        .map(|change| {
            let uri = change["textDocument"]["uri"].as_str().unwrap().to_owned();
            (uri, change["edits"].as_array().unwrap().len())
        })
        .collect()
}

#[test]
fn a_definition_of_a_library_is_found_and_renamed_in_every_file() {
    let mut editor = editor();
    editor.open(FIRST_URI, FIRST);
    let place = place_of(FIRST, "pace", 0, 1);
    let found = editor.ask("textDocument/definition", place_in(FIRST_URI, place));
    assert_eq!(found[0]["uri"], KPIS_URI);
    assert_eq!(words_at(LIBRARY, &found[0]["range"]), "pace");
    let mut params = place_in(FIRST_URI, place);
    params["newName"] = json!("quickness");
    let expected = [
        (AMENDMENT_URI.to_owned(), 1),
        (FIRST_URI.to_owned(), 1),
        ("file:///desk/contracts/second.quid".to_owned(), 1),
        (KPIS_URI.to_owned(), 2),
    ];
    assert_eq!(
        by_text(&editor.ask("textDocument/rename", params)),
        expected
    );
    // The same from the library, which is open with an unsaved change.
    let text = LIBRARY.replace("How fast", "How 📞 fast");
    editor.open(KPIS_URI, &text);
    let mut params = place_in(KPIS_URI, place_of(&text, "pace", 1, 1));
    params["newName"] = json!("quickness");
    assert_eq!(
        by_text(&editor.ask("textDocument/rename", params)),
        expected
    );
    let mut params = place_in(KPIS_URI, place_of(&text, "pace", 0, 1));
    params["context"] = json!({ "includeDeclaration": true });
    let found = editor.ask("textDocument/references", params);
    assert_eq!(found.as_array().unwrap().len(), 5, "{found}");
}

#[test]
fn an_amendment_knows_the_items_that_it_changes() {
    let mut editor = editor();
    let findings = editor.open(AMENDMENT_URI, AMENDMENT);
    let (findings, _) = told(&findings, AMENDMENT_URI).unwrap();
    let errors: Vec<&Value> = findings
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["severity"] == 1)
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    for (word, nth) in [("first ", 0), ("desk", 0), ("level s", 0)] {
        let into = if word == "level s" { 6 } else { 1 };
        let place = place_of(AMENDMENT, word, nth, into);
        let found = editor.ask("textDocument/definition", place_in(AMENDMENT_URI, place));
        assert_eq!(found[0]["uri"], FIRST_URI, "{word}");
    }
    let mut params = place_in(AMENDMENT_URI, place_of(AMENDMENT, "desk", 0, 1));
    params["newName"] = json!("counter");
    let edit = editor.ask("textDocument/rename", params);
    assert_eq!(
        by_text(&edit),
        [(AMENDMENT_URI.to_owned(), 2), (FIRST_URI.to_owned(), 1)]
    );
}

#[test]
fn a_file_that_is_used_and_has_errors_is_told_where_it_is_used() {
    let mut editor = editor();
    editor.files.write(
        "/desk/kpis.quid",
        &LIBRARY.replace("quick / all", "quick / nothing"),
    );
    let findings = editor.open(FIRST_URI, FIRST);
    let (findings, _) = told(&findings, FIRST_URI).unwrap();
    let found = findings
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["code"] == "errors-in-used-file")
        .unwrap();
    assert_eq!(words_at(FIRST, &found["range"]), "\"../kpis.quid\"");
    assert_eq!(found["relatedInformation"][0]["location"]["uri"], KPIS_URI);
    // After it is fixed in the editor, without saving, the contract's findings are sent at once.
    let findings = editor.open(KPIS_URI, LIBRARY);
    let (findings, _) = told(&findings, FIRST_URI).unwrap();
    let still = findings.as_array().unwrap().iter();
    assert!(
        still
            .clone()
            .all(|one| one["code"] != "errors-in-used-file")
    );
    // After it is closed, the file on the disk counts.
    let params = json!({ "textDocument": { "uri": KPIS_URI } });
    let findings = editor.tell("textDocument/didClose", params);
    let (findings, _) = told(&findings, FIRST_URI).unwrap();
    let again = findings.as_array().unwrap().iter();
    assert!(
        again
            .clone()
            .any(|one| one["code"] == "errors-in-used-file")
    );
}

#[test]
fn a_file_that_changes_on_the_disk_is_read_again() {
    let mut editor = editor();
    editor.open(FIRST_URI, FIRST);
    editor
        .files
        .write("/desk/kpis.quid", "library kpis \"KPIs\" { }");
    let told_now = editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let (findings, _) = told(&told_now, FIRST_URI).unwrap();
    let mut all = findings.as_array().unwrap().iter();
    assert!(all.any(|one| one["code"] == "unknown-name"));
}

#[test]
fn links_lead_to_the_files_that_are_used() {
    let mut editor = editor();
    editor.open(FIRST_URI, FIRST);
    let params = json!({ "textDocument": { "uri": FIRST_URI } });
    let links = editor.ask("textDocument/documentLink", params);
    assert_eq!(links[0]["target"], KPIS_URI);
    let place = place_of(FIRST, "kpis.quid", 0, 1);
    let found = editor.ask("textDocument/definition", place_in(FIRST_URI, place));
    assert_eq!(found[0]["uri"], KPIS_URI);
}

#[test]
fn symbols_of_all_files_are_found_by_their_letters() {
    let mut editor = editor();
    editor.open(
        FIRST_URI,
        &FIRST.replace("charge desk", "charge dispatch_desk"),
    );
    let found = editor.ask("workspace/symbol", json!({ "query": "DDesk" }));
    assert_eq!(found[0]["name"], "dispatch_desk");
    assert_eq!(found[0]["containerName"], "first");
    assert_eq!(found.as_array().unwrap().len(), 1);
    let all = editor.ask("workspace/symbol", json!({ "query": "" }));
    assert!(all.as_array().unwrap().len() > 15);
}

#[test]
fn a_text_that_was_never_saved_has_no_folder() {
    let mut editor = editor();
    let findings = editor.open(
        "untitled:Untitled-1",
        "use \"kpis.quid\"\ncontract a \"A\" {}\n",
    );
    let (findings, _) = told(&findings, "untitled:Untitled-1").unwrap();
    let all = findings.to_string();
    assert!(all.contains("save this file first"), "{all}");
}

#[test]
fn folders_come_and_go() {
    let mut editor = editor();
    let all = |editor: &mut Editor| {
        let report = editor.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
        report["items"].as_array().unwrap().len()
    };
    assert_eq!(all(&mut editor), 4);
    let event =
        json!({ "event": { "added": [], "removed": [{ "uri": "file:///desk", "name": "desk" }] } });
    editor.tell("workspace/didChangeWorkspaceFolders", event);
    assert_eq!(all(&mut editor), 0);
    let event = json!({ "event": { "added": [{ "uri": "file:///desk/contracts", "name": "c" }], "removed": [] } });
    editor.tell("workspace/didChangeWorkspaceFolders", event);
    assert_eq!(all(&mut editor), 3);
}
