//! If nothing is known, it never looks as if nothing was found.

use std::fs;

use serde_json::Value;

use super::check::LANGUAGE_ALONE;
use super::{CONTRACT, Desk, fits};

/// Causes that prevent a contract from being checked, with words that say so.
const CAUSES: &[(&str, &str)] = &[
    (
        "a misspelt configuration",
        "this does not say what makes a check fail",
    ),
    ("a baseline that is missing", "there is no such file"),
    ("a baseline that is none", "is not a baseline"),
    ("a file that is missing", "there is no such file"),
    ("a file that is no text", "is not UTF-8 text"),
    ("an empty folder", "there is no contract in"),
    ("a base that git does not know", "git"),
];

/// A folder with that cause, and the arguments that lead to it.
fn broken(cause: &str) -> (Desk, Vec<&'static str>) {
    let desk = Desk::new();
    let arguments = match cause {
        "a misspelt configuration" => {
            desk.write("quidpro.toml", "fail-on = \"warnin\"\n");
            vec!["support.quid"]
        }
        "a baseline that is missing" => {
            desk.write("quidpro.toml", "baseline = \"gone.json\"\n");
            vec!["support.quid"]
        }
        "a baseline that is none" => {
            desk.write("known.json", "[]");
            vec!["support.quid", "--baseline", "known.json"]
        }
        "a file that is missing" => vec!["gone.quid"],
        "a file that is no text" => {
            desk.write("bytes.quid", b"contract a \xff {}");
            vec!["bytes.quid"]
        }
        "an empty folder" => {
            fs::create_dir(desk.path("empty")).unwrap();
            vec!["empty"]
        }
        _ => vec![".", "--changed", "no-such-commit"],
    };
    (desk, arguments)
}

fn report(desk: &Desk, arguments: &[&str], format: &str, code: i32) -> String {
    let name = format!("report.{format}");
    let file = format!("{format}={name}");
    let all = [&["check", "--format", &file], arguments].concat();
    desk.run(&all).ends(code);
    fs::read_to_string(desk.path(&name)).unwrap()
}

#[test]
fn every_report_says_that_nothing_is_known_and_why() {
    for (cause, words) in CAUSES {
        let (desk, arguments) = broken(cause);
        let done = desk
            .run(&[&["check"], arguments.as_slice()].concat())
            .ends(2);
        assert!(!done.out.contains("no findings"), "{cause}: {}", done.out);
        assert!(
            done.out.contains("nothing is known"),
            "{cause}: {}",
            done.out
        );
        for format in [
            "full", "concise", "narrated", "html", "json", "jsonl", "sarif", "github", "gitlab",
            "junit", "rdjson", "markdown",
        ] {
            report(&desk, &arguments, format, 2);
            // An earlier report is replaced.
            let text = report(&desk, &arguments, format, 2);
            // Whole sentences begin with a capital letter.
            let said = text.to_lowercase().contains(&words.to_lowercase());
            assert!(said, "{cause}, {format}: {text}");
            assert!(!text.contains("no findings"), "{cause}, {format}: {text}");
        }
        fits(
            "findings.schema.json",
            &report(&desk, &arguments, "json", 2),
        );
    }
}

#[test]
fn machines_are_told_in_their_own_way() {
    for (cause, _) in CAUSES {
        let (desk, arguments) = broken(cause);
        let sarif: Value = serde_json::from_str(&report(&desk, &arguments, "sarif", 2)).unwrap();
        let run = &sarif["runs"][0];
        assert_eq!(run["results"], Value::Array(Vec::new()), "{cause}");
        let invocation = &run["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], false, "{cause}");
        let notification = &invocation["toolExecutionNotifications"][0];
        assert_eq!(notification["level"], "error", "{cause}");
        assert_eq!(notification["descriptor"]["id"], "not-checked", "{cause}");
        let junit = report(&desk, &arguments, "junit", 2);
        assert!(
            junit.contains("tests=\"1\" failures=\"0\" errors=\"1\">"),
            "{cause}: {junit}"
        );
        let gitlab: Value = serde_json::from_str(&report(&desk, &arguments, "gitlab", 2)).unwrap();
        assert_eq!(gitlab[0]["check_name"], "not-checked", "{cause}");
        let github = report(&desk, &arguments, "github", 2);
        assert!(
            github.starts_with("::error title=not-checked,file="),
            "{cause}: {github}"
        );
    }
}

#[test]
fn a_configuration_is_named_with_its_line() {
    let (desk, arguments) = broken("a misspelt configuration");
    let github = report(&desk, &arguments, "github", 2);
    assert!(github.contains("file=quidpro.toml,line=1"), "{github}");
    // One cause is one finding, however many contracts it prevents from being checked.
    desk.write("more.quid", CONTRACT);
    let all: Value = serde_json::from_str(&report(&desk, &["."], "json", 2)).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 1);
    let junit = report(&desk, &["."], "junit", 2);
    assert!(junit.contains("errors=\"2\">"), "{junit}");
}

#[test]
fn what_was_checked_is_told_apart_from_what_was_not() {
    let desk = Desk::new();
    desk.write("wrong.quid", CONTRACT.replace("80%", "80"));
    let paths = [
        "gone.quid",
        "wrong.quid",
        "support.quid",
        "--only",
        "correctness",
    ];
    desk.run(&[&["check"], &paths[..]].concat())
        .ends(2)
        .says("1 error in 2 contracts; not checked: gone.quid");
    let sarif: Value = serde_json::from_str(&report(&desk, &paths, "sarif", 2)).unwrap();
    let run = &sarif["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 1);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let html = report(&desk, &paths, "html", 2);
    assert!(
        html.contains("<h2>Not checked</h2>") && html.contains("gone.quid"),
        "{html}"
    );
}

#[test]
fn a_run_that_found_nothing_was_successful() {
    let desk = Desk::new();
    let arguments = ["support.quid", "--only", "correctness"];
    let sarif: Value = serde_json::from_str(&report(&desk, &arguments, "sarif", 0)).unwrap();
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true);
    assert_eq!(invocation.as_object().unwrap().len(), 1);
    assert_eq!(report(&desk, &arguments, "gitlab", 0), "[]\n");
}

#[test]
fn that_no_rule_is_on_is_said_with_who_decided_it() {
    let desk = Desk::new();
    for (arguments, words) in [
        (
            &["--only", "risk", "--skip", "risk"][..],
            "`--only` and `--skip` together leave no rule",
        ),
        (
            &[
                "--skip",
                "incentive,measurement,governance,risk,clarity,question",
            ],
            "`--skip` leaves no rule",
        ),
    ] {
        let all = [&["support.quid"], arguments].concat();
        desk.run(&[&["check"], all.as_slice()].concat())
            .ends(0)
            .says(&format!("only the language was checked: {words}"));
    }
    fs::create_dir(desk.path("supplier")).unwrap();
    desk.write("supplier/quidpro.toml", LANGUAGE_ALONE);
    desk.write("supplier/theirs.quid", CONTRACT);
    let words = "supplier/quidpro.toml switches every rule off";
    desk.run(&["check", "supplier"]).ends(0).says(words);
    for format in [
        "json", "jsonl", "sarif", "gitlab", "github", "junit", "rdjson", "html", "markdown",
    ] {
        let text = report(&desk, &["supplier"], format, 0);
        assert!(
            text.contains("supplier/quidpro.toml") || text.contains("supplier&#"),
            "{format}: {text}"
        );
    }
    // What was requested was looked for.
    let done = desk
        .run(&["check", "support.quid", "--only", "correctness"])
        .ends(0);
    assert_eq!(done.out, "no findings in support.quid\n");
}

#[test]
fn a_sheet_of_a_file_without_sheets_is_refused() {
    let desk = Desk::new();
    desk.invoice(&["--sheet", "KPIs"])
        .ends(2)
        .tells("there is no sheet `KPIs`: this file has no sheets");
}

#[test]
fn a_row_of_totals_is_no_month_without_an_invoice() {
    let desk = Desk::new();
    desk.write(
        "totals.csv",
        "month,offered,answered\n2026-01,100,90\n2026-02,100,90\nTotal,200,180\n",
    );
    let arguments = ["invoice", "support.quid", "--data", "totals.csv"];
    desk.run(&arguments)
        .ends(0)
        .tells("1 row was left out, because it is a total and not a month");
    desk.write(
        "slip.csv",
        "month,offered,answered\n2026-01,100,90\n2026-o2,100,90\n",
    );
    let done = desk
        .run(&["invoice", "support.quid", "--data", "slip.csv"])
        .ends(1);
    let done = done.tells("1 row could not be read, not even its month");
    assert!(!done.err.contains("has no invoice"), "{}", done.err);
}

#[test]
fn scenarios_are_run_although_other_contracts_are_wrong() {
    let desk = Desk::new();
    let wrong = CONTRACT
        .replace("80%", "80")
        .replace("contract support", "contract wrong");
    desk.write("both.quid", format!("{wrong}\n{CONTRACT}"));
    desk.run(&["test", "gone.quid", "both.quid", "support.quid"])
        .ends(2)
        .tells("gone.quid")
        .says("2 passed, 0 failed; the scenarios of 2 contracts were not run");
    let paths = ["gone.quid", "both.quid"];
    let junit = desk
        .run(&[&["test", "--format", "junit"], &paths[..]].concat())
        .ends(2);
    assert!(junit.out.contains("errors=\"2\""), "{}", junit.out);
    let json = desk
        .run(&[&["test", "--format", "json"], &paths[..]].concat())
        .ends(2);
    let json = fits("scenarios.schema.json", &json.out);
    assert_eq!(json.as_array().unwrap().len(), 3);
    let off = CONTRACT
        .replace("1_420.50", "1_420.51")
        .replace("A good month", "A\u{1b} 100%: month");
    desk.write("off.quid", off);
    let github = desk
        .run(&["test", "off.quid", "--format", "github"])
        .ends(1);
    let line = github.out.lines().next().unwrap();
    assert!(
        line.starts_with("::error title=scenario-failed,file=off.quid,line=14,col="),
        "{line}"
    );
    assert!(line.contains("::A? 100%25: month: 2026-01: "), "{line}");
    assert!(
        github.out.ends_with("0 passed, 1 failed\n"),
        "{}",
        github.out
    );
}
