//! Waivers: what they cover, and what is reported about those that cover nothing.

use quidpro::calendar::Date;
use quidpro::diagnostic::{Diagnostic, Suppression, apply_edits};
use quidpro::driver::{Checking, Loaded, load};
use quidpro::lint::Settings;
use quidpro::report::findings::full;

use super::frame;
use crate::clause::NoFiles;

const TODAY: Date = Date::constant(2026, 6, 30);

/// An item that a rule objects to.
const SPARE: &str = "  let spare = 5\n";

const WAIVER: &str =
    "  waive unused-definition until 2026-12-31 because \"agreed\" ref \"Minutes 4\"\n";

fn checked(text: &str, today: Date, settings: &Settings) -> (Loaded, Vec<Diagnostic>) {
    let loaded = load("waived.quid", text, &NoFiles);
    let found = loaded.check(&Checking { settings, today });
    (loaded, found)
}

/// The good contract, with more at its end.
fn framed(more: &str) -> String {
    let good = frame::framed("");
    let open = good.trim_end().trim_end_matches('}');
    format!("{open}{more}}}\n")
}

/// The findings that count, by code, with the line of each.
fn open(text: &str) -> Vec<(&'static str, usize)> {
    let settings = Settings::default();
    let (loaded, found) = checked(text, TODAY, &settings);
    let counting = found.iter().filter(|finding| finding.suppressed.is_none());
    counting
        .map(|finding| {
            let line = loaded.sources.start(finding.primary.span).line;
            (finding.code, line)
        })
        .collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    open(text).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn a_waiver_covers_what_is_found_in_the_item_behind_it() {
    let without = framed(SPARE);
    assert!(
        codes(&without).contains(&"unused-definition"),
        "{:?}",
        codes(&without)
    );
    let with = framed(&format!("{WAIVER}{SPARE}"));
    assert!(!codes(&with).contains(&"unused-definition"));
    assert!(!codes(&with).contains(&"unused-waiver"));
    let settings = Settings::default();
    let (_, found) = checked(&with, TODAY, &settings);
    let covered: Vec<&Diagnostic> = found
        .iter()
        .filter(|one| one.suppressed.is_some())
        .collect();
    let [one] = covered.as_slice() else {
        panic!("{covered:?}");
    };
    let Some(Suppression::Waiver(waived)) = &one.suppressed else {
        panic!("{one:?}");
    };
    assert_eq!(waived.because, "agreed");
    assert_eq!(waived.reference.as_deref(), Some("Minutes 4"));
    assert_eq!(waived.until, Date::constant(2026, 12, 31));
}

#[test]
fn it_covers_no_other_rule_and_no_other_item() {
    let other_rule = WAIVER.replace("unused-definition", "double-jeopardy");
    let text = framed(&format!("{other_rule}{SPARE}"));
    assert!(codes(&text).contains(&"unused-definition"));
    let other_item = framed(&format!(
        "{WAIVER}  input other : calls from \"ACD\" by both\n{SPARE}"
    ));
    let found = codes(&other_item);
    assert!(
        found.contains(&"unused-definition") && found.contains(&"unused-waiver"),
        "{found:?}"
    );
}

#[test]
fn what_a_contract_lacks_is_waived_before_it() {
    let bare = "contract bare {\n  currency EUR\n  term 2026-01-01 to 2026-12-31\n  round each line half up to 0.01 EUR\n  charge desk 5 EUR per month\n}\n";
    assert!(codes(bare).contains(&"no-training"));
    let waived = format!("waive no-training until 2026-12-31 because \"agents are ours\"\n{bare}");
    assert!(!codes(&waived).contains(&"no-training"));
    // It applies to the contract as a whole, and to none of its items.
    let of_item = bare.replace(
        "  charge",
        "  waive no-training until 2026-12-31 because \"agents are ours\"\n  charge",
    );
    assert!(codes(&of_item).contains(&"no-training"));
}

#[test]
fn the_last_day_counts() {
    let settings = Settings::default();
    let text = framed(&format!("{WAIVER}{SPARE}"));
    let on = |today| {
        let (_, found) = checked(&text, today, &settings);
        let counting = found.into_iter().filter(|one| one.suppressed.is_none());
        counting
            .map(|one| (one.code, one.is_error()))
            .collect::<Vec<_>>()
    };
    assert_eq!(on(Date::constant(2026, 12, 31)), []);
    let after = on(Date::constant(2027, 1, 1));
    assert!(after.contains(&("expired-waiver", true)), "{after:?}");
    assert!(after.contains(&("unused-definition", false)), "{after:?}");
}

#[test]
fn an_unused_waiver_is_mended_by_deleting_its_line() {
    let item = "  input other : calls from \"ACD\" by both\n";
    let good = framed(item);
    let waived = framed(&format!("{WAIVER}{item}"));
    let settings = Settings::default();
    let (loaded, found) = checked(&waived, TODAY, &settings);
    let fixes: Vec<_> = found
        .iter()
        .filter(|one| one.code == "unused-waiver")
        .collect();
    let fix = fixes[0].fix.as_ref().unwrap();
    assert!(fix.safe);
    let text = &loaded.sources.get(loaded.file).unwrap().text;
    let edits: Vec<_> = fix.edits.iter().collect();
    assert_eq!(apply_edits(text, &edits).unwrap(), good);
}

#[test]
fn a_rule_that_is_not_looked_for_leaves_its_waiver_alone() {
    let text = framed(&format!("{WAIVER}{SPARE}"));
    let mut settings = Settings::default();
    settings.skip.insert("unused-definition".to_owned());
    let (_, found) = checked(&text, TODAY, &settings);
    assert!(
        found.iter().all(|one| one.code != "unused-waiver"),
        "{found:?}"
    );
}

#[test]
fn what_is_said_of_waivers() {
    let cases = [
        (
            "ended",
            "  waive unused-definition until 2026-01-31 because \"until the tool is there\"\n",
        ),
        (
            "unknown",
            "  waive unused-definitoin until 2026-12-31 because \"x\"\n",
        ),
        (
            "not waivable",
            "  waive band-gap until 2026-12-31 because \"x\"\n",
        ),
        ("no rule", "  waive until 2026-12-31 because \"x\"\n"),
        ("no day", "  waive unused-definition because \"x\"\n"),
        (
            "no such day",
            "  waive unused-definition until 2026-02-30 because \"x\"\n",
        ),
        ("no reason", "  waive unused-definition until 2026-12-31\n"),
        (
            "blank reason",
            "  waive unused-definition until 2026-12-31 because \"  \"\n",
        ),
        (
            "twice",
            "  waive unused-definition until 2026-12-31 until 2027-12-31 because \"x\"\n",
        ),
        (
            "a rest",
            "  waive unused-definition until 2026-12-31 because \"x\" for ever\n",
        ),
        (
            "several rules",
            "  waive unused-definition, no-training until 2026-12-31 because \"x\"\n",
        ),
    ];
    let mut out = String::new();
    let settings = Settings::default();
    for (name, waiver) in cases {
        let (loaded, mut found) = checked(&framed(&format!("{waiver}{SPARE}")), TODAY, &settings);
        found.retain(|one| one.is_error());
        let shown = full::render(&found, &loaded.sources, false);
        assert!(!shown.is_empty(), "{name}");
        out.push_str(&format!("--- {name}\n{shown}"));
    }
    let text = framed(WAIVER);
    let (loaded, found) = checked(&text, TODAY, &settings);
    out.push_str("--- of nothing\n");
    out.push_str(&full::render(&found, &loaded.sources, false));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("lint_waivers", out));
}
