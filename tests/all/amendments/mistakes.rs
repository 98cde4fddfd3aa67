//! What is wrong with amendments, as reported to a drafter.

use super::{amendment, base, findings, load};

const ITEMS: &str = "  input handled : calls
  metric load is volume, calls, higher is better { handled }
  charge desk for handled at 1 GBP
  credit low = 1 GBP when load below 5 calls
  service level big on load { target 5 calls each month; credit 1 GBP }
  limit credits to 10 GBP each month
  limit credits to 20 GBP each contract year";

/// The findings about an amendment with these changes, compared with a snapshot.
fn check(name: &str, effective: &str, changes: &str) {
    let text = amendment("a1", "base.quid", effective, changes);
    check_text(name, &text);
}

fn check_text(name: &str, text: &str) {
    let loaded = load(&[
        ("a1.quid", text),
        ("base.quid", &base(ITEMS)),
        ("kpis.quid", "library kpis { let half = 0.5 }"),
    ]);
    assert!(!loaded.is_sound());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("amendments_{name}"), findings(&loaded)));
}

/// A test for each mistake: its name, the date, and the changes.
macro_rules! mistakes {
    ($($name:ident: $effective:expr, $changes:expr;)*) => {
        $(#[test]
        fn $name() {
            check(stringify!($name), $effective, $changes);
        })*
    };
}

mistakes! {
    within_a_month: "2026-03-15", "  remove charge desk";
    after_the_term: "2028-03-01", "  replace charge desk 5 GBP per month";
    nothing_to_replace: "2026-03-01", "  replace charge desks for handled at 2 GBP";
    nothing_to_remove: "2026-03-01", "  remove charge chat";
    removed_under_another_word: "2026-03-01", "  remove metric desk";
    one_of_several: "2026-03-01", "  remove limit credits";
    limit_of_another_period: "2026-03-01", "  replace limit credits to 5 GBP each quarter\n  remove limit credits each quarter";
    added_twice: "2026-03-01", "  add charge desk 5 GBP per month";
    changed_twice: "2026-03-01", "  replace charge desk 5 GBP per month\n  replace charge desk 6 GBP per month";
    removed_then_replaced: "2026-03-01", "  remove charge desk\n  replace charge desk 6 GBP per month";
    removed_and_still_used: "2026-03-01", "  remove metric load";
    another_currency: "2026-03-01", "  replace currency EUR";
    bare_item: "2026-03-01", "  charge chat 5 GBP per month";
    scenario_removed: "2026-03-01", "  remove scenario \"one\"";
    scenario_added: "2026-03-01", "  add scenario \"one\" for 2026-03 { given handled = 1; expect total = 1 GBP }";
    misspelt_change: "2026-03-01", "  replce charge desk 5 GBP per month";
    empty_change: "2026-03-01", "  remove\n  add";
    misspelt_item: "2026-03-01", "  add chrge chat 5 GBP per month";
    unknown_in_a_scenario: "2026-03-01", "  scenario \"one\" for 2026-02 to 2026-03 { given handed = 1; expect total = 1 GBP }";
    outside_the_term_in_a_scenario: "2026-03-01", "  scenario \"one\" for 2027-12 to 2028-01 { given handled = 1; expect total = 1 GBP }";
    several_mistakes: "2026-03-01", "  add charge chat 5 EUR per month\n  remove charge desks\n  replace credit low = 1 GBP when lod below 5 calls";
}

#[test]
fn of_no_contract() {
    let text =
        "use \"base.quid\"\namendment a1 to dael effective 2026-03-01 { remove charge desk }\n";
    check_text("of_no_contract", text);
}

#[test]
fn of_a_library() {
    let text = "use \"kpis.quid\"\namendment a1 to kpis effective 2026-03-01 { remove let half }\n";
    check_text("of_a_library", text);
}

#[test]
fn without_a_use() {
    check_text(
        "without_a_use",
        "amendment a1 to deal effective 2026-03-01 { remove charge desk }\n",
    );
}

#[test]
fn without_a_file() {
    let text =
        "use \"bas.quid\"\namendment a1 to deal effective 2026-03-01 { remove charge desk }\n";
    check_text("without_a_file", text);
}

#[test]
fn without_a_date() {
    let text = "use \"base.quid\"\namendment a1 to deal { remove charge desk }\n";
    check_text("without_a_date", text);
}

#[test]
fn without_a_contract() {
    let text = "use \"base.quid\"\namendment a1 effective 2026-03-01 { remove charge desk }\n";
    check_text("without_a_contract", text);
}

#[test]
fn before_the_one_that_it_builds_on() {
    let text = "use \"base.quid\"
amendment a1 to deal effective 2026-05-01 { remove limit credits each month }
amendment a2 to deal effective 2026-03-01 { remove limit credits each contract year }\n";
    check_text("before_the_one_that_it_builds_on", text);
}

#[test]
fn a_brace_that_is_missing() {
    let text = "use \"base.quid\"
amendment a1 to deal effective 2026-05-01 {
  replace service level big on load { target 6 calls each month
  add charge chat 5 GBP per month
}\n";
    check_text("a_brace_that_is_missing", text);
}

/// Everything that language 2 reads differently and that has no place of its own in the text, across an amendment.
#[test]
fn an_amended_contract_in_the_first_language_is_told_what_it_remembers() {
    let first = |items: &str, part: &str| {
        let base = base(&format!(
            "  language 1\n  charge f 100 GBP per month\n{items}"
        ));
        let base = base.replace(
            "term 2026-01-01",
            &format!(
                "{part}term 2026-01-{}",
                if part.is_empty() { "01" } else { "16" }
            ),
        );
        let a1 = amendment(
            "a1",
            "base.quid",
            "2026-03-01",
            "  replace charge f 120 GBP per month",
        );
        findings(&load(&[("a1.quid", &a1), ("base.quid", &base)]))
    };
    let remembers = "an item now remembers what happened, not its wording";
    let members = "no longer replaces its own other members";
    let parts = "in a part month, a fixed minimum";
    let plain = first("", "");
    assert!(
        plain.contains("nothing in this contract reads differently"),
        "{plain}"
    );
    assert!(
        plain.contains(remembers) && !plain.contains(members) && !plain.contains(parts),
        "{plain}"
    );
    let all = first(
        "  dimension region { eu, us }\n  input down : failures by region\n  credit late = 5 GBP\n  \
         credit outage by region = 10 GBP per failure of down, in place of all other credits\n  minimum 50 GBP each month",
        "part months by actual days\n  ",
    );
    assert!(
        all.contains(remembers) && all.contains(members) && all.contains(parts),
        "{all}"
    );
}
