//! `quidpro check --waive`: waivers written into contracts, and standard input fixed to standard output.

use std::fs;

use super::{CONTRACT, Desk};

fn read(desk: &Desk, name: &str) -> String {
    fs::read_to_string(desk.path(name)).unwrap()
}

const BECAUSE: &str = "agreed for the first quarter";

#[test]
fn a_waiver_is_written_before_what_it_is_about() {
    let desk = Desk::new();
    let order = [
        "check",
        "support.quid",
        "--only",
        "no-grace-period,no-training",
        "--today",
        "2026-06-30",
    ];
    let with = |rule: &'static str| [&order[..], &["--waive", rule, "--because", BECAUSE]].concat();
    desk.run(&with("no-grace-period")).ends(0);
    let text = read(&desk, "support.quid");
    let waiver = format!(
        "  waive no-grace-period until 2027-06-30 because \"{BECAUSE}\"\n  service level answer"
    );
    assert!(text.contains(&waiver), "{text}");
    // A waiver about the contract as a whole comes before it.
    let until = [&with("no-training")[..], &["--until", "2026-12-31"]].concat();
    let done = desk.run(&until).ends(0);
    assert!(
        done.out.contains("no findings in support.quid (2 waived)"),
        "{}",
        done.out
    );
    let text = read(&desk, "support.quid");
    let waiver =
        format!("waive no-training until 2026-12-31 because \"{BECAUSE}\"\ncontract support");
    assert!(text.starts_with(&waiver), "{text}");
    desk.run(&with("no-training"))
        .ends(2)
        .tells("finds nothing to waive: nothing was written");
}

#[test]
fn every_finding_of_every_rule_can_be_waived_where_it_is() {
    let desk = Desk::new();
    let found = desk
        .run(&["check", "support.quid", "--format", "jsonl"])
        .out;
    let mut rules: Vec<String> = found
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["code"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    rules.sort();
    rules.dedup();
    assert!(rules.len() > 10, "{rules:?}");
    for rule in &rules {
        desk.write("support.quid", CONTRACT.replace('\n', "\r\n"));
        let order = [
            "check",
            "support.quid",
            "--waive",
            rule,
            "--because",
            BECAUSE,
            "--only",
            rule,
        ];
        let done = desk.run(&order).ends(0);
        assert!(
            done.out.contains("no findings in support.quid ("),
            "{rule}: {}",
            done.out
        );
        let text = read(&desk, "support.quid");
        assert!(!text.replace("\r\n", "").contains('\n'), "{rule}: {text}");
        let after = desk.run(&[
            "check",
            "support.quid",
            "--format",
            "concise",
            "--only",
            &format!("unused-waiver,{rule}"),
        ]);
        assert!(
            !after.out.contains("unused-waiver"),
            "{rule}: {}",
            after.out
        );
    }
}

#[test]
fn what_cannot_be_waived_is_refused_before_anything_is_written() {
    let desk = Desk::new();
    for (arguments, words) in [
        (
            &["--waive", "no-trainin", "--because", "x"][..],
            "did you mean `no-training`?",
        ),
        (
            &["--waive", "band-gap", "--because", "x"],
            "cannot be waived",
        ),
        (&["--waive", "no-training"], "--because"),
        (
            &["--waive", "no-training", "--because", " "],
            "does not say why",
        ),
        (
            &["--waive", "no-training", "--because", "a \"b\""],
            "remove quotation marks",
        ),
        (
            &["--waive", "no-training", "--because", "a\nb"],
            "line breaks",
        ),
        (
            &[
                "--waive",
                "no-training",
                "--because",
                "x",
                "--until",
                "2025-01-01",
                "--today",
                "2026-01-01",
            ],
            "has already ended",
        ),
        (&["--because", "x"], "--waive"),
    ] {
        let all = [&["check", "support.quid"], arguments].concat();
        desk.run(&all).ends(2).tells(words);
    }
    assert_eq!(read(&desk, "support.quid"), CONTRACT);
    let shown = [
        "check",
        "support.quid",
        "--waive",
        "no-training",
        "--because",
        "x",
        "--diff",
    ];
    desk.run(&shown).ends(1).says("+waive no-training until ");
    assert_eq!(read(&desk, "support.quid"), CONTRACT);
}

#[test]
fn the_rules_about_waivers_are_known_by_name() {
    let desk = Desk::new();
    for rule in [
        "unused-waiver",
        "expired-waiver",
        "hidden-character",
        "lookalike-name",
    ] {
        desk.run(&["rule", rule]).ends(0).says(&format!("# {rule}"));
    }
    let waived = CONTRACT.replace(
        "  charge handling",
        "  waive no-grace-period until 2026-05-31 because \"x\"\n  waive double-jeopardy until 2027-12-31 because \"x\"\n  charge handling",
    );
    desk.write("support.quid", waived);
    let codes = |arguments: &[&str]| {
        let all = [
            &[
                "check",
                "support.quid",
                "--format",
                "concise",
                "--today",
                "2026-06-30",
            ],
            arguments,
        ]
        .concat();
        desk.run(&all).out
    };
    let both = codes(&["--only", "expired-waiver,unused-waiver,double-jeopardy"]);
    assert!(
        both.contains("error[expired-waiver]") && both.contains("warning[unused-waiver]"),
        "{both}"
    );
    let skipped = codes(&["--skip", "expired-waiver,unused-waiver"]);
    assert!(!skipped.contains("-waiver]"), "{skipped}");
    desk.write(
        "quidpro.toml",
        "[rules]\nexpired-waiver = \"warning\"\nunused-waiver = \"off\"\n",
    );
    let configured = codes(&[]);
    assert!(
        configured.contains("warning[expired-waiver]") && !configured.contains("unused-waiver"),
        "{configured}"
    );
}

#[test]
fn the_standard_input_is_fixed_to_the_standard_output() {
    let desk = Desk::new();
    let waived = CONTRACT.replace(
        "  charge handling",
        "  waive double-jeopardy until 2027-12-31 because \"x\"\n  charge handling",
    );
    let arguments = [
        "check",
        "-",
        "--fix",
        "--today",
        "2026-06-30",
        "--only",
        "unused-waiver,double-jeopardy",
    ];
    let done = desk.run_with(&waived, &arguments).ends(0);
    assert_eq!(done.out, CONTRACT);
    assert!(done.err.contains("no findings in <stdin>"), "{}", done.err);
    assert!(!desk.path("<stdin>").exists());
    // A contract with nothing to fix comes out unchanged.
    let done = desk.run_with(CONTRACT, &arguments).ends(0);
    assert_eq!(done.out, CONTRACT);
    // If standard input has the name of a file, the file itself is left alone.
    let named = [&arguments[..], &["--stdin-filename", "support.quid"]].concat();
    assert_eq!(desk.run_with(&waived, &named).ends(0).out, CONTRACT);
    assert_eq!(read(&desk, "support.quid"), CONTRACT);
}
