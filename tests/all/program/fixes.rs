//! `--fix`, `--unsafe-fixes` and `--diff`.

use super::{CONTRACT, Desk};

/// The contract with two waivers that waive nothing.
fn desk() -> Desk {
    let desk = Desk::new();
    let waiver = "  waive double-jeopardy until 2026-12-31 because \"x\"\n";
    desk.write(
        "support.quid",
        CONTRACT
            .replace("  charge handling", &format!("{waiver}  charge handling"))
            .replace("  charge platform", &format!("{waiver}  charge platform")),
    );
    desk
}

const DAY: [&str; 2] = ["--today", "2026-06-30"];

#[test]
fn safe_fixes_are_made_and_told() {
    let desk = desk();
    let before = desk.run(&["invoice", "support.quid", "--data", "support.csv"]);
    let done = desk.run(
        &[
            &[
                "check",
                "support.quid",
                "--fix",
                "--only",
                "double-jeopardy,unused-waiver",
            ],
            &DAY[..],
        ]
        .concat(),
    );
    assert!(
        done.err.contains("fixed 2 findings in 1 file"),
        "{}{}",
        done.out,
        done.err
    );
    assert_eq!(
        std::fs::read_to_string(desk.path("support.quid")).unwrap(),
        CONTRACT
    );
    let after = desk.run(&["invoice", "support.quid", "--data", "support.csv"]);
    assert_eq!(before.out, after.out);
    let again = desk.run(
        &[
            &[
                "check",
                "support.quid",
                "--fix",
                "--only",
                "double-jeopardy,unused-waiver",
            ],
            &DAY[..],
        ]
        .concat(),
    );
    assert_eq!(again.err, "");
}

#[test]
fn a_diff_changes_nothing() {
    let desk = desk();
    let before = std::fs::read(desk.path("support.quid")).unwrap();
    let all = [
        &[
            "check",
            "support.quid",
            "--fix",
            "--diff",
            "--only",
            "double-jeopardy,unused-waiver",
        ],
        &DAY[..],
    ]
    .concat();
    desk.run(&all)
        .ends(1)
        .says("--- support.quid")
        .says("-  waive double-jeopardy until 2026-12-31 because \"x\"");
    assert_eq!(std::fs::read(desk.path("support.quid")).unwrap(), before);
    desk.write("support.quid", CONTRACT);
    let done = desk.run(&[
        "check",
        "support.quid",
        "--diff",
        "--only",
        "double-jeopardy,unused-waiver",
    ]);
    assert_eq!(done.ends(0).out, "");
}

#[test]
fn a_check_says_what_can_be_mended_and_how() {
    let only = [
        "--only",
        "double-jeopardy,unused-waiver",
        "--today",
        "2026-06-30",
    ];
    let told = desk().run(&[&["check", "support.quid"], &only[..]].concat());
    told.says("2 of them can be fixed with `--fix`, which changes nothing");
    let governance = Desk::new().run(&["check", "support.quid", "--only", "no-exit-plan"]);
    governance.says(
        "1 of them can be fixed with `--fix --unsafe-fixes`, which changes what is paid or agreed",
    );
    let question = Desk::new().run(&["check", "support.quid", "--only", "question"]);
    assert!(!question.out.contains("can be fixed"), "{}", question.out);
}

#[test]
fn what_cannot_be_fixed_is_refused() {
    let desk = Desk::new();
    desk.run(&["check", "support.quid", "--unsafe-fixes"])
        .ends(2)
        .tells("`--unsafe-fixes` fixes nothing alone");
}
