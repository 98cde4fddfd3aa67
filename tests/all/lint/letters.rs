//! Invisible characters, and names that look like others.

use quidpro::diagnostic::{Diagnostic, apply_edits};
use quidpro::lint::{Settings, letters};
use quidpro::report::findings::full;
use quidpro::text::Sources;

fn found(text: &str) -> (Vec<Diagnostic>, String) {
    let mut sources = Sources::new();
    let file = sources.add("letters.quid", text);
    let found = letters(file, text, &Settings::default());
    let shown = full::render(&found, &sources, false);
    (found, shown)
}

const HIDDEN: &str = "contract a \"A\u{202e}B\u{2066}\" {
  # a comment\u{200b} with a space of no width
  input of\u{ad}fered : calls
  input csat : points \"Smile \u{263a}\u{fe0f}, family \u{1f468}\u{200d}\u{1f469}\"
  input escape : calls \"\u{1b}[31mred\"
}
";

const ALIKE: &str = "contract a \"\u{441} in a title\" {
  input csat : points
  input \u{441}sat : points
  input gr\u{f6}\u{df}e : calls
  input \u{43e}\u{446}\u{435}\u{43d}\u{43a}\u{430} : points
  input m\u{430}rks : points
  charge desk for csat at 1 EUR
  ch\u{430}rge other for \u{441}sat at 1 EUR
}
";

#[test]
fn what_cannot_be_seen_is_named_and_shown() {
    let (all, shown) = found(HIDDEN);
    assert_eq!(all.len(), 5, "{shown}");
    insta::assert_snapshot!("lint_hidden_characters", shown);
    let edits: Vec<_> = all
        .iter()
        .flat_map(|one| &one.fix.as_ref().unwrap().edits)
        .collect();
    let fixed = apply_edits(HIDDEN, &edits).unwrap();
    assert!(found(&fixed).0.is_empty(), "{fixed}");
    assert!(fixed.contains("\u{263a}\u{fe0f}") && fixed.contains("\u{1f468}\u{200d}\u{1f469}"));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    assert!(
        found("\u{feff}contract a {\r\n\tcurrency EUR\r\n}\r\n")
            .0
            .is_empty()
    );
    assert_eq!(found("contract \u{feff}a {}").0.len(), 1);
}

#[test]
fn names_that_look_alike_are_told_apart() {
    let (all, shown) = found(ALIKE);
    insta::assert_snapshot!("lint_lookalike_names", shown);
    let words: Vec<&str> = all
        .iter()
        .map(|one| ALIKE.get(one.primary.span.range()).unwrap())
        .collect();
    assert_eq!(words, ["\u{441}sat", "m\u{430}rks", "ch\u{430}rge"]);
}

#[test]
fn latin_names_are_a_matter_of_spelling() {
    assert!(
        found("contract a { input l1 : calls input I1 : calls input rn : calls input m : calls }")
            .0
            .is_empty()
    );
}
