//! A fix corrects the bad example on its rule's page. A safe fix leaves every amount of the frame's month as it was.

use quidpro::calendar::Date;
use quidpro::diagnostic::{Diagnostic, Edit, Fix, apply_edits};
use quidpro::driver::{Checking, Loaded, load, run_scenarios};
use quidpro::lint::{ALL, Example, Safety, Settings};
use quidpro::quantity::Exact;
use quidpro::report::findings::full;

use super::frame::framed;
use super::pages::examples;
use crate::clause::NoFiles;

/// The text with the edits applied.
fn applied(text: &str, fixes: &[Fix]) -> String {
    let mut edits: Vec<&Edit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.dedup();
    apply_edits(text, &edits).unwrap()
}

fn checked(text: &str) -> (Loaded, Vec<Diagnostic>) {
    let loaded = load("framed.quid", text, &NoFiles);
    let settings = Settings {
        preview: true,
        ..Settings::default()
    };
    let found = loaded.check(&Checking {
        settings: &settings,
        today: Date::constant(2026, 1, 1),
    });
    (loaded, found)
}

fn total(loaded: &Loaded) -> Option<Exact> {
    let checked = loaded.contracts.first()?;
    let example = Example::of(&checked.contract, checked.compiled.as_ref()?)?;
    Some(example.statement.total)
}

fn errors(loaded: &Loaded) -> Vec<&Diagnostic> {
    let all = loaded.diagnostics.iter();
    all.filter(|finding| finding.is_error()).collect()
}

#[test]
fn the_fix_of_every_rule_mends_its_bad_example() {
    let mut wrong = String::new();
    for rule in ALL {
        let Some(words) = &rule.fix else { continue };
        let mut mended = 0;
        for example in examples(&rule.markdown()).iter().filter(|one| one.bad) {
            let text = framed(&example.text);
            let (before, found) = checked(&text);
            let ours = found.iter().filter(|finding| finding.code == rule.name);
            let fixes: Vec<Fix> = ours.filter_map(|finding| finding.fix.clone()).collect();
            if fixes.is_empty() {
                continue;
            }
            mended += 1;
            let first = &fixes[0];
            assert_eq!(first.title, words.title, "{}", rule.name);
            assert_eq!(first.safe, words.safety == Safety::Safe, "{}", rule.name);
            let text = applied(&text, &fixes);
            let (after, left) = checked(&text);
            if !errors(&after).is_empty() || left.iter().any(|one| one.code == rule.name) {
                let shown = full::render(&after.diagnostics, &after.sources, false);
                wrong += &format!("{} is not mended:\n{shown}\n{text}\n", rule.name);
            }
            if first.safe && total(&before) != total(&after) {
                wrong += &format!("{}: a safe fix changes the total\n{text}\n", rule.name);
            }
            let new = left.iter().filter(|one| {
                let known = found.iter().any(|before| before.code == one.code);
                // What is added still has to be agreed on, and says so.
                let added = one.code.starts_with("unused-") || one.code == "unfilled-placeholder";
                !known && !added
            });
            let new: Vec<&str> = new.map(|one| one.code).collect();
            if !new.is_empty() && first.safe {
                wrong += &format!("{}: the fix brings {new:?}\n{text}\n", rule.name);
            }
            if first.safe {
                let checked = after.contracts.first().unwrap();
                if let Some(compiled) = &checked.compiled {
                    let results = run_scenarios(&checked.contract, compiled);
                    let all_come_out = results.iter().all(|result| result.mismatches.is_empty());
                    assert!(all_come_out, "{}", rule.name);
                }
            }
        }
        if mended == 0 {
            wrong += &format!("{} mends none of its examples\n", rule.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn pages_name_the_fix_and_say_whether_it_is_safe() {
    for rule in ALL {
        let page = rule.markdown();
        let named = page.contains("safe fix can ");
        assert_eq!(named, rule.fix.is_some(), "{}", rule.name);
        if let Some(fix) = &rule.fix {
            assert!(page.contains(fix.title), "{}", rule.name);
        }
    }
}

#[test]
fn a_fix_takes_out_nothing_that_the_text_names_elsewhere() {
    let text = framed(
        "  let peak = 115% of forecast\n  scenario \"The peak\" for 2026-04 {\n    given offered = 20_000, answered_in_20s = 17_000, \
         handled = 18_000, resolved_first = 14_000\n    given audits = 100, audit_points = 9_100, surveys = 400, \
         survey_points = 1_720, forecast = 20_000, outage = no\n    expect peak = 23_000 calls\n  }",
    );
    let (loaded, found) = checked(&text);
    assert!(errors(&loaded).is_empty(), "{:?}", loaded.diagnostics);
    let unused = found.iter().find(|one| one.code == "unused-definition");
    assert!(unused.is_some_and(|one| one.fix.is_none()));
}
