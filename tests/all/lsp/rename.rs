//! New names: everywhere, across files, and never if the text would then mean something else.

use serde_json::{Value, json};

use super::editor::{DESK, Editor, URI, at, place_of, words_at};

fn rename(editor: &mut Editor, place: (u32, u32), name: &str) -> Result<Value, String> {
    let mut params = at(place);
    params["newName"] = json!(name);
    editor
        .try_ask("textDocument/rename", params)
        .map_err(|(_, message)| message)
}

/// The text, with those edits applied that are for it.
pub fn edited(text: &str, uri: &str, edit: &Value) -> String {
    let all = edit["documentChanges"].as_array().unwrap();
    let changes = all.iter().filter(|one| one["textDocument"]["uri"] == uri);
    let mut edits: Vec<(usize, usize, String)> = changes
        .flat_map(|one| one["edits"].as_array().unwrap())
        .map(|edit| {
            let words = words_at(text, &edit["range"]);
            let start = words.as_ptr() as usize - text.as_ptr() as usize;
            let new = edit["newText"].as_str().unwrap().to_owned();
            (start, start + words.len(), new)
        })
        .collect();
    edits.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, &new);
    }
    text
}

#[test]
fn a_name_changes_everywhere_and_nowhere_else() {
    for (word, nth) in [
        ("speed", 0),
        ("in_time", 1),
        ("handled", 3),
        ("voice", 2),
        ("fee", 1),
        ("fast", 1),
        ("pallets", 1),
        ("channel", 0),
    ] {
        let mut editor = Editor::open_with(DESK);
        let place = place_of(DESK, word, nth, 1);
        let prepared = editor.ask_at("textDocument/prepareRename", place);
        assert_eq!(prepared["placeholder"], word);
        let edit = rename(&mut editor, place, "renamed_ü").unwrap();
        let now = edited(DESK, URI, &edit);
        let told = editor.open(URI, &now);
        let errors = super::editor::told(&told, URI).unwrap().0;
        let errors = errors
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["severity"] == 1);
        assert_eq!(errors.count(), 0, "{word}: {now}");
        assert!(now.contains("renamed_ü"));
        // And back again.
        let place = place_of(&now, "renamed_ü", 0, 1);
        let edit = rename(&mut editor, place, word).unwrap();
        assert_eq!(edited(&now, URI, &edit), DESK, "{word}");
    }
}

#[test]
fn edits_name_the_version_of_their_text() {
    let mut editor = Editor::open_with(DESK);
    let edit = rename(&mut editor, place_of(DESK, "speed", 0, 1), "pace").unwrap();
    assert_eq!(edit["documentChanges"][0]["textDocument"]["version"], 1);
    let mut plain = Editor::with(json!({}));
    plain.open(URI, DESK);
    let edit = rename(&mut plain, place_of(DESK, "speed", 0, 1), "pace").unwrap();
    assert_eq!(edit["changes"][URI].as_array().unwrap().len(), 2);
}

#[test]
fn what_would_mean_something_else_is_refused() {
    let mut editor = Editor::open_with(DESK);
    let place = place_of(DESK, "in_time", 0, 1);
    for (name, words) in [
        ("offered", "declared twice"),
        ("month", "cannot"),
        ("2nd", "names are letters"),
        ("a b", "names are letters"),
        ("", "names are letters"),
        ("input", "cannot"),
    ] {
        let refused = rename(&mut editor, place, name).unwrap_err();
        assert!(refused.contains(words), "{name}: {refused}");
    }
    let nothing = rename(&mut editor, (0, 1), "x").unwrap_err();
    assert_eq!(nothing, "there is no name here");
}

#[test]
fn names_of_the_standard_library_stay() {
    let text = "use standard contact_centre\ncontract a \"A\" {\n  currency EUR\n  service level s on service_level_of_offered { target 80% each month }\n}\n";
    let mut editor = Editor::open_with(text);
    let place = place_of(text, "service_level_of_offered", 0, 1);
    let refused = rename(&mut editor, place, "x").unwrap_err();
    assert!(refused.contains("part of Quidpro"), "{refused}");
}

#[test]
fn a_name_changes_beside_mistakes() {
    let text = DESK.replace("charge post 0.50", "charge post ;;; at at");
    let mut editor = Editor::open_with(&text);
    let edit = rename(&mut editor, place_of(&text, "speed", 1, 1), "pace").unwrap();
    let now = edited(&text, URI, &edit);
    assert!(
        now.contains("metric pace") && now.contains("on pace"),
        "{now}"
    );
}
