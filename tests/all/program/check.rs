//! `quidpro check`: where findings go, in which format, and which exit code they lead to.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use super::{CONTRACT, Desk, Done, PROGRAM, fits};

const FORMATS: &[&str] = &[
    "full", "concise", "narrated", "html", "json", "jsonl", "sarif", "github", "gitlab", "junit",
    "rdjson", "markdown",
];

/// A folder with `support.quid`, which is sound, and `wrong.quid`, which has an error.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("wrong.quid", CONTRACT.replace("80%", "80"));
    desk.write("quidpro.toml", LANGUAGE_ALONE);
    desk
}

/// These tests are not about whether their contracts are wise.
pub(super) const LANGUAGE_ALONE: &str = "[categories]
incentive = \"off\"
measurement = \"off\"
governance = \"off\"
risk = \"off\"
clarity = \"off\"
question = \"off\"
";

impl Desk {
    /// Like [`Desk::run`], with a text on standard input.
    pub(super) fn run_with(&self, input: &str, arguments: &[&str]) -> Done {
        let mut child = Command::new(PROGRAM)
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input may close it before everything is written.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Done::from(child.wait_with_output().unwrap())
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }
}

#[test]
fn every_format_is_printed_and_written() {
    let desk = desk();
    for format in FORMATS {
        let printed = desk.run(&["check", ".", "--format", format]).ends(1);
        let printed = printed.without_errors().says("type-mismatch").out;
        let to_file = format!("{format}=out.{format}");
        desk.run(&["check", ".", "--format", &to_file])
            .ends(1)
            .without_errors()
            .says("in 2 contracts");
        assert_eq!(desk.read(&format!("out.{format}")), printed);
    }
    fits("findings.schema.json", &desk.read("out.json"));
}

#[test]
fn one_format_is_printed_and_others_are_written() {
    let desk = desk();
    let full = desk.run(&["check", "wrong.quid"]).ends(1).out;
    let arguments = [
        "check",
        "wrong.quid",
        "--format",
        "sarif=out.sarif",
        "--format",
        "full",
        "--format",
        "html=out.html",
    ];
    let done = desk.run(&arguments).ends(1).without_errors();
    assert_eq!(done.out, full);
    assert!(desk.read("out.sarif").contains("\"uri\": \"wrong.quid\""));
    assert!(desk.read("out.html").contains("<h2>wrong.quid</h2>"));
    let files = ["check", "wrong.quid", "--format", "json=out.json"];
    let done = desk.run(&files).ends(1);
    let summary = "1 error in wrong.quid\nonly the language was checked: quidpro.toml switches every rule off\n";
    assert_eq!(done.out, summary);
}

#[test]
fn files_are_never_coloured() {
    let desk = desk();
    let arguments = [
        "check",
        "wrong.quid",
        "--color",
        "always",
        "--format",
        "full",
        "--format",
        "full=out.txt",
    ];
    let done = desk.run(&arguments).ends(1).says("\u{1b}[");
    assert!(!desk.read("out.txt").contains('\u{1b}'));
    let mut plain = done.out;
    while let Some((before, rest)) = plain.split_once("\u{1b}[") {
        let (_, after) = rest.split_once('m').unwrap();
        plain = format!("{before}{after}");
    }
    assert_eq!(plain, desk.read("out.txt"));
}

#[test]
fn what_cannot_be_meant_is_refused_before_anything_is_written() {
    let desk = desk();
    for (arguments, words) in [
        (
            &["--format", "full", "--format", "json"][..],
            "only one format can be printed",
        ),
        (
            &["--format", "json=x", "--format", "sarif=x"],
            "`x` cannot hold two formats",
        ),
        (&["--format", "json="], "has no file"),
        (&["--format", "sarf=x"], "sarif"),
        (&["--format", "pdf"], "possible values"),
        (&["--format", "html=support.quid"], "is a contract"),
        (&["--format", "html=./new.quid"], "is a contract"),
        (&["--statistics", "--format", "json"], "--format json=FILE"),
        (&["--fail-on", "fatal"], "possible values"),
        (&["--stdin-filename", "x.quid"], "write `-`"),
        (&["-", "-"], "is given twice"),
        (
            &["--format", "json=no/such/folder.json"],
            "was not written: its folder does not exist",
        ),
    ] {
        let all = [&["check", "support.quid"], arguments].concat();
        desk.run(&all).ends(2).tells(words);
    }
    assert_eq!(desk.read("support.quid"), CONTRACT);
    assert!(!desk.path("x").exists() && !desk.path("new.quid").exists());
}

#[test]
fn the_gravity_that_fails_is_chosen() {
    let desk = desk();
    for (contract, failing) in [
        ("support.quid", &[][..]),
        ("wrong.quid", &["error", "warning", "note", "info"]),
    ] {
        for least in ["error", "warning", "note", "info", "never"] {
            let code = i32::from(failing.contains(&least));
            desk.run(&["check", contract, "--fail-on", least])
                .ends(code);
            let junit = ["check", contract, "--fail-on", least, "--format", "junit"];
            let failures = desk.run(&junit).ends(code).out.matches("<failure ").count();
            assert_eq!(i32::try_from(failures).unwrap(), code, "{contract} {least}");
        }
    }
    let nowhere = ["check", "nowhere.quid", "--fail-on", "never"];
    desk.run(&nowhere).ends(2);
}

#[test]
fn statistics_count_each_kind() {
    let desk = desk();
    let twice = CONTRACT
        .replace("80%", "80")
        .replace("offered at", "ofered at")
        .replace("answered / offered", "answered / ofered");
    desk.write("twice.quid", twice);
    let done = desk.run(&["check", ".", "--statistics"]).ends(1);
    let lines: Vec<&str> = done.out.lines().collect();
    assert_eq!(lines[0], "2  error    unknown-name");
    assert_eq!(lines[1], "1  error    type-mismatch");
    assert!(lines[2].ends_with("in 3 contracts"), "{lines:?}");
    let with_file = ["check", ".", "--statistics", "--format", "json=out.json"];
    assert_eq!(desk.run(&with_file).ends(1).out, done.out);
    assert!(desk.path("out.json").exists());
    desk.run(&["check", "support.quid", "--statistics"])
        .ends(0)
        .says("no findings in support.quid");
}

#[test]
fn the_standard_input_is_read_under_a_name() {
    let desk = desk();
    let wrong = CONTRACT.replace("80%", "80");
    desk.run_with(CONTRACT, &["check", "-"])
        .ends(0)
        .says("no findings in <stdin>");
    desk.run_with(&wrong, &["check", "-", "--format", "concise"])
        .ends(1)
        .says("<stdin>:13:");
    fs::create_dir(desk.path("kpis")).unwrap();
    desk.write(
        "kpis/speed.quid",
        "library speed {\n  input offered : calls\n}\n",
    );
    let uses = CONTRACT.replace("contract support", "use \"speed.quid\"\ncontract support");
    let named = [
        "check",
        "-",
        "--stdin-filename",
        "./kpis/new.quid",
        "--format",
        "concise",
    ];
    desk.run_with(&uses, &named)
        .ends(0)
        .says("no findings in kpis/new.quid");
    desk.run_with(&uses, &["check", "-", "--format", "concise"])
        .ends(1)
        .says("<stdin>:1:5: error[unreadable-file]");
    // An editor's text replaces the file from which it was read.
    let edited = ["check", ".", "-", "--stdin-filename", "wrong.quid"];
    desk.run_with(CONTRACT, &edited)
        .ends(0)
        .says("no findings in 3 contracts");
}

#[test]
fn paths_are_shown_from_the_folder_of_the_run() {
    let desk = desk();
    fs::create_dir(desk.path("deep")).unwrap();
    desk.write("deep/wrong.quid", CONTRACT.replace("80%", "80"));
    let whole = desk.path("deep").canonicalize().unwrap();
    for path in [
        "deep",
        "./deep",
        "deep/wrong.quid",
        "./deep//./wrong.quid",
        whole.to_str().unwrap(),
    ] {
        let done = desk.run(&["check", path, "--format", "concise"]).ends(1);
        assert!(
            done.out.starts_with("deep/wrong.quid:13:"),
            "{path}: {}",
            done.out
        );
    }
}

#[test]
fn contracts_are_checked_once_and_in_order() {
    let desk = desk();
    let files = |arguments: &[&str]| -> Vec<String> {
        let all = [&["check", "--format", "junit"], arguments].concat();
        let out = desk.run(&all).out;
        let suites = out.split("<testsuite name=\"").skip(1);
        suites
            .map(|suite| suite.split('"').next().unwrap().to_owned())
            .collect()
    };
    let sorted = ["support.quid", "wrong.quid"];
    assert_eq!(files(&["."]), sorted);
    assert_eq!(files(&[".", "support.quid", "./wrong.quid"]), sorted);
    assert_eq!(files(&["wrong.quid", "."]), ["wrong.quid", "support.quid"]);
}

#[test]
fn what_a_shared_file_lacks_is_found_once() {
    let desk = Desk::new();
    desk.write("support.quid", "");
    fs::create_dir(desk.path("c")).unwrap();
    desk.write("c/kpis.quid", "library kpis {\n  metric speed is timeliness, percent, higher is better { answered / ofered }\n}\n");
    for name in ["a", "b"] {
        let uses = CONTRACT
            .replace("contract support", "use \"kpis.quid\"\ncontract support")
            .replace("  metric speed", "  # metric speed");
        desk.write(&format!("c/{name}.quid"), uses);
    }
    for paths in [
        &["c"][..],
        &["c/a.quid", "c/b.quid"],
        &["c/b.quid", "c/kpis.quid"],
    ] {
        let all = [&["check", "--format", "jsonl"], paths].concat();
        let out = desk.run(&all).ends(1).out;
        let of_kpis = out
            .lines()
            .filter(|line| line.contains("\"file\":\"c/kpis.quid\""));
        let found: Vec<&str> = of_kpis.collect();
        let distinct: std::collections::BTreeSet<&&str> = found.iter().collect();
        assert_eq!(distinct.len(), found.len(), "{out}");
        assert_eq!(
            found
                .iter()
                .filter(|line| line.contains("`ofered`"))
                .count(),
            1,
            "{out}"
        );
    }
}

#[test]
fn findings_of_other_files_are_told_where_one_cannot_be_read() {
    let desk = desk();
    let arguments = [
        "check",
        "nowhere.quid",
        "wrong.quid",
        "--format",
        "gitlab=out.json",
    ];
    desk.run(&arguments)
        .ends(2)
        .tells("`nowhere.quid` cannot be read")
        .says("1 error in wrong.quid; not checked: nowhere.quid");
    assert!(desk.read("out.json").contains("type-mismatch"));
}

#[test]
fn rules_are_looked_for_unless_it_is_said_otherwise() {
    let desk = Desk::new();
    desk.run(&["check", "support.quid", "--all"])
        .ends(0)
        .says("warning[no-training]")
        .says("warning[no-exit-plan]");
    desk.run(&["check", "support.quid", "--fail-on", "warning"])
        .ends(1);
    let only = desk.run(&[
        "check",
        "support.quid",
        "--only",
        "no-training",
        "--format",
        "concise",
    ]);
    assert_eq!(only.ends(0).out.lines().count(), 2);
    let skipped = desk.run(&["check", "support.quid", "--skip", "governance", "--all"]);
    assert!(!skipped.ends(0).out.contains("no-training"));
    desk.run(&["check", "support.quid", "--only", "correctness"])
        .ends(0)
        .says("no findings in support.quid");
    desk.run(&["check", "support.quid", "--skip", "goverance"])
        .ends(2)
        .tells("did you mean `governance`?");
    desk.run(&["rules"])
        .ends(0)
        .says("governance")
        .says("pay-per-contact-only");
    let listed = desk.run(&["rules", "--format", "json"]).ends(0).out;
    fits("rules.schema.json", &listed);
    desk.run(&["rule", "no-training"])
        .ends(0)
        .says("# no-training");
    desk.run(&["rule", "no-trainin"])
        .ends(2)
        .tells("did you mean `no-training`?");
}
