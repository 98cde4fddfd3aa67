//! Lines above clauses, and the commands that they run.

use serde_json::{Value, json};

use super::editor::{DESK, Editor, URI, words_at};

const DATA: &str = "month,offered,in_time,handled.voice,handled.email,sent\n\
    2026-01,1000,900,10,20,4\n2026-02,1000,790,10,20,4\n";

fn lenses(editor: &mut Editor) -> Vec<Value> {
    let params = json!({ "textDocument": { "uri": URI } });
    let found = editor.ask("textDocument/codeLens", params);
    found.as_array().unwrap().clone()
}

fn titles(lenses: &[Value]) -> Vec<String> {
    let shown = lenses.iter().map(|lens| {
        let at = words_at(DESK, &lens["range"]);
        format!("{at} | {}", lens["command"]["title"].as_str().unwrap())
    });
    shown.collect()
}

fn run(editor: &mut Editor, command: &Value) -> Value {
    let params = json!({ "command": command["command"], "arguments": command["arguments"] });
    editor.ask("workspace/executeCommand", params)
}

#[test]
fn amounts_of_the_newest_month_stand_above_their_clauses() {
    let mut editor = Editor::open_with(DESK);
    editor.files.write("/desk/desk.csv", DATA);
    insta::assert_snapshot!(titles(&lenses(&mut editor)).join("\n"));
}

#[test]
fn without_data_there_are_no_amounts() {
    let mut editor = Editor::open_with(DESK);
    insta::assert_snapshot!(titles(&lenses(&mut editor)).join("\n"));
    let asked = json!({ "command": "quidpro.amounts", "arguments": [URI] });
    let (_, message) = editor
        .try_ask("workspace/executeCommand", asked)
        .unwrap_err();
    assert!(message.contains("no data beside the contract"), "{message}");
}

#[test]
fn every_lens_has_a_command_that_answers() {
    let mut editor = Editor::open_with(DESK);
    editor.files.write("/desk/desk.csv", DATA);
    for lens in lenses(&mut editor) {
        let answer = run(&mut editor, &lens["command"]);
        assert!(!answer["text"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_scenario_says_whether_it_passed() {
    let text = DESK.replace("11_840.36", "11_840.37");
    let mut editor = Editor::open_with(&text);
    let asked = json!({ "command": "quidpro.runScenario", "arguments": [URI, "a 📞 miss"] });
    let answer = editor.ask("workspace/executeCommand", asked);
    assert_eq!(answer["scenarios"][0]["passed"], false);
    let place = &answer["scenarios"][0]["mismatches"][0]["location"]["range"];
    assert!(words_at(&text, place).starts_with("total"));
    insta::assert_snapshot!(answer["text"].as_str().unwrap());
}

#[test]
fn amounts_can_be_asked_by_name() {
    let mut editor = Editor::open_with(DESK);
    editor.files.write("/desk/desk.csv", DATA);
    let asked = json!({ "command": "quidpro.amounts", "arguments": [URI, "fast"] });
    let answer = editor.ask("workspace/executeCommand", asked);
    insta::assert_snapshot!(answer["text"].as_str().unwrap());
}

#[test]
fn a_payout_curve_shows_where_it_steps() {
    let mut editor = Editor::open_with(DESK);
    let asked = json!({ "command": "quidpro.payoutCurve", "arguments": [URI, "fast"] });
    let answer = editor.ask("workspace/executeCommand", asked);
    insta::assert_snapshot!(answer["text"].as_str().unwrap());
    let asked = json!({ "command": "quidpro.payoutCurve", "arguments": [URI, "desk"] });
    assert!(editor.try_ask("workspace/executeCommand", asked).is_err());
}

#[test]
fn a_month_with_a_hole_says_so() {
    let mut editor = Editor::open_with(DESK);
    editor.files.write(
        "/desk/desk.csv",
        &DATA.replace("2026-02,1000,790", "2026-02,1000,"),
    );
    let shown = titles(&lenses(&mut editor)).join("\n");
    assert!(shown.contains("2026-02: no invoice"), "{shown}");
}

#[test]
fn lenses_can_be_turned_off() {
    let mut editor = Editor::open_with(DESK);
    let settings = json!({ "settings": { "quidpro": { "codeLenses": { "enabled": false } } } });
    editor.tell("workspace/didChangeConfiguration", settings);
    assert!(lenses(&mut editor).is_empty());
}

#[test]
fn the_curve_of_a_charge_is_that_of_its_adjustment() {
    let text = DESK.replacen(
        "  service level",
        "  adjust desk by speed { below 80%: -10%; otherwise 0% }\n  service level",
        1,
    );
    let text = text.replacen(
        "    expect credit fast = 241.64 EUR\n    expect total = 11_840.36 EUR\n",
        "",
        1,
    );
    let mut editor = Editor::open_with(&text);
    let asked = json!({ "command": "quidpro.payoutCurve", "arguments": [URI, "desk"] });
    let answer = editor.ask("workspace/executeCommand", asked);
    let told = answer["text"].as_str().unwrap();
    assert!(
        told.contains("79.9%: -1 200.00 EUR\n  80%: 0.00 EUR"),
        "{told}"
    );
}
