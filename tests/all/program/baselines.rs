//! `quidpro baseline`: findings that were there before do not count.

use super::{CONTRACT, Desk};

fn count(desk: &Desk) -> usize {
    let out = desk
        .run(&["check", "support.quid", "--format", "jsonl"])
        .out;
    let counting = out
        .lines()
        .filter(|line| line.contains("\"suppressed\":null"));
    counting.count()
}

#[test]
fn only_new_findings_count() {
    let desk = Desk::new();
    assert!(count(&desk) > 3);
    desk.run(&["baseline", "create", "."])
        .ends(0)
        .says("in `quidpro-baseline.json`");
    desk.write("quidpro.toml", "baseline = \"quidpro-baseline.json\"\n");
    assert_eq!(count(&desk), 0);
    desk.run(&["check", "support.quid"])
        .ends(0)
        .says("in the baseline)");
    // Other lines may change.
    desk.write(
        "support.quid",
        format!("# one\n\n{}", CONTRACT.replace("  round", "\n\n  round")),
    );
    assert_eq!(count(&desk), 0);
    // New findings count.
    desk.write(
        "support.quid",
        CONTRACT.replace("  scenario", "  let spare = 5\n  scenario"),
    );
    assert_eq!(count(&desk), 1);
    assert!(
        desk.run(&["check", "support.quid", "--no-baseline"])
            .out
            .contains("no-training")
    );
    let named = [
        "check",
        "support.quid",
        "--no-config",
        "--baseline",
        "quidpro-baseline.json",
    ];
    desk.run(&named).ends(0).says("1 note in support.quid");
}

#[test]
fn errors_of_the_language_always_count() {
    let desk = Desk::new();
    desk.write("support.quid", CONTRACT.replace("80%", "80"));
    desk.run(&["baseline", "create", "support.quid"])
        .ends(0)
        .tells("1 finding not recorded");
    let named = [
        "check",
        "support.quid",
        "--baseline",
        "quidpro-baseline.json",
    ];
    desk.run(&named).ends(1).says("error[type-mismatch]");
}

#[test]
fn what_is_mended_is_taken_out() {
    let desk = Desk::new();
    desk.run(&["baseline", "create", "."]).ends(0);
    let before = std::fs::read_to_string(desk.path("quidpro-baseline.json")).unwrap();
    desk.run(&["baseline", "prune", "."])
        .ends(0)
        .says("0 findings removed");
    assert_eq!(
        std::fs::read_to_string(desk.path("quidpro-baseline.json")).unwrap(),
        before
    );
    let exit = "  exit { plan \"…\"; assistance 6 months; data returned within 30 days; knowledge handed over within 30 days }\n";
    desk.write(
        "support.quid",
        CONTRACT.replace("  scenario", &format!("{exit}  scenario")),
    );
    desk.run(&["baseline", "prune", "."])
        .ends(0)
        .says("1 finding removed");
    let after = std::fs::read_to_string(desk.path("quidpro-baseline.json")).unwrap();
    assert!(before.contains("no-exit-plan") && !after.contains("no-exit-plan"));
}

#[test]
fn a_baseline_is_not_overwritten_and_must_be_one() {
    let desk = Desk::new();
    desk.run(&["baseline", "create", "."]).ends(0);
    desk.run(&["baseline", "create", "."])
        .ends(2)
        .tells("already exists");
    desk.run(&["baseline", "create", ".", "--force"]).ends(0);
    desk.write(
        "quidpro-baseline.json",
        "{\"version\": 9, \"findings\": []}",
    );
    desk.run(&["check", ".", "--baseline", "quidpro-baseline.json"])
        .ends(2)
        .tells("it is of version 9");
    desk.write("quidpro-baseline.json", "[");
    desk.run(&["check", ".", "--baseline", "quidpro-baseline.json"])
        .ends(2)
        .tells("`quidpro-baseline.json` is not a baseline");
    desk.run(&["check", ".", "--baseline", "nowhere.json"])
        .ends(2);
}
