//! The program as people run it: exit codes, what goes to which output, and the files that it reads and writes.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write files where the core must not"
)]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

mod baselines;
#[cfg(feature = "books")]
mod books;
mod check;
mod configuration;
mod facts;
mod files;
#[cfg(feature = "books")]
mod finance_page;
mod fixes;
mod hostile;
mod pages;
mod printed;
mod prove;
mod questions;
mod records;
mod redline;
mod selection;
mod unknown;
mod waivers;
mod waiving;
mod watch;
mod why_not;

const PROGRAM: &str = env!("CARGO_BIN_EXE_quidpro");

/// A folder with a contract and three months of data.
struct Desk {
    folder: TempDir,
}

const CONTRACT: &str = "contract support \"Support\" {
  customer \"Streamly\"
  supplier \"Bluebird\"
  currency EUR
  term 2026-01-01 to 2026-12-31
  invoice monthly, due in 30 days
  round each line half up to 0.01 EUR \"Annex 2\"
  input offered  : calls \"Calls offered\" from \"ACD\"
  input answered : calls
  metric speed \"Answered in time\" is timeliness, percent, higher is better { answered / offered }
  charge handling \"Calls\" for offered at 4.2050 EUR
  charge platform 12_000 EUR per year
  service level answer on speed \"Annex 3\" { target 80% each month; credit 2% of charges }
  scenario \"A good month\" for 2026-01 { given offered = 100, answered = 90; expect total = 1_420.50 EUR }
}
";

const DATA: &str = "account,month,offered,answered
north,2026-01,1001,900
north,2026-02,1000,700
north,2026-03,1200,1100
south,2026-01,10,9
";

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: TempDir::new().unwrap(),
        };
        desk.write("support.quid", CONTRACT);
        desk.write("support.csv", DATA);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Done {
        run_in(self.folder.path(), arguments)
    }

    fn invoice(&self, more: &[&str]) -> Done {
        let first = ["invoice", "support.quid", "--data", "support.csv"];
        self.run(&[&first, more].concat())
    }
}

/// The results of a run.
#[derive(Debug)]
struct Done {
    code: i32,
    out: String,
    err: String,
}

fn run_in(folder: &Path, arguments: &[&str]) -> Done {
    let output = Command::new(PROGRAM)
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Done::from(output)
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Done {
    #[track_caller]
    fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    fn says(self, words: &str) -> Self {
        assert!(self.out.contains(words), "no `{words}` in\n{}", self.out);
        self
    }

    #[track_caller]
    fn tells(self, words: &str) -> Self {
        assert!(self.err.contains(words), "no `{words}` in\n{}", self.err);
        self
    }

    #[track_caller]
    fn without_errors(self) -> Self {
        assert_eq!(self.err, "");
        self
    }
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("program_{name}"), text));
}

fn schema(name: &str) -> jsonschema::Validator {
    let path = format!("{}/docs/schema/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

#[track_caller]
fn fits(name: &str, document: &str) -> serde_json::Value {
    let value: serde_json::Value = serde_json::from_str(document).unwrap();
    if let Err(error) = schema(name).validate(&value) {
        panic!("{error}\n{document}");
    }
    value
}

// ---------------------------------------------------------------- help, usage, colour

#[test]
fn help_of_every_command() {
    let desk = Desk::new();
    let commands = [
        "",
        "check",
        "invoice",
        "close",
        "curve",
        "dashboard",
        "restate",
        "books",
        "explain",
        "test",
        "show",
        "config",
        "config show",
        "data",
        "data template",
        "init",
        "completions",
    ];
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let help = desk.run(&words).ends(0).without_errors().out;
        let name = format!("help_{}", command.replace(' ', "_"));
        snapshot(name.trim_end_matches('_'), &help);
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let desk = Desk::new();
    for arguments in [
        &[][..],
        &["chekc", "support.quid"],
        &["check"],
        &["invoice", "support.quid"],
        &[
            "invoice",
            "support.quid",
            "--data",
            "support.csv",
            "--month",
            "2026-01",
            "--from",
            "2026-01",
        ],
        &[
            "invoice",
            "support.quid",
            "--data",
            "support.csv",
            "--format",
            "pdf",
        ],
        &["explain", "support.quid", "--data", "support.csv"],
        &["data", "template", "support.quid", "--months", "0"],
        &["completions", "cobol"],
    ] {
        let done = desk.run(arguments).ends(2);
        assert_eq!(done.out, "", "{arguments:?}");
        assert!(!done.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn version_is_told() {
    let desk = Desk::new();
    desk.run(&["--version"]).ends(0).says("quidpro ");
}

#[test]
fn nothing_is_coloured_in_a_pipe_unless_asked_for() {
    let desk = Desk::new();
    desk.write("wrong.quid", CONTRACT.replace("80%", "80"));
    desk.write("broken.csv", DATA.replace("1000,700", "1000,many"));
    for arguments in [
        &["check", "wrong.quid"][..],
        &["invoice", "wrong.quid", "--data", "support.csv"],
        &["invoice", "support.quid", "--data", "broken.csv"],
        &[
            "explain",
            "support.quid",
            "--data",
            "support.csv",
            "--month",
            "2026-02",
            "--account",
            "north",
        ],
        &["test", "wrong.quid"],
        &["check", "nowhere.quid"],
    ] {
        let plain = desk.run(arguments);
        let both = format!("{}{}", plain.out, plain.err);
        assert!(!both.contains('\u{1b}'), "{arguments:?}\n{both}");
        let asked = desk.run(&[arguments, &["--color", "always"]].concat());
        let both = format!("{}{}", asked.out, asked.err);
        assert!(both.contains('\u{1b}'), "{arguments:?}\n{both}");
        assert_eq!(plain.code, asked.code, "{arguments:?}");
        let never = desk.run(&[arguments, &["--color", "never"]].concat());
        assert_eq!((plain.out, plain.err), (never.out, never.err));
    }
}

// ---------------------------------------------------------------- check and test

#[test]
fn check_ends_with_0_1_or_2() {
    let desk = Desk::new();
    desk.write("quidpro.toml", check::LANGUAGE_ALONE);
    desk.run(&["check", "support.quid"])
        .ends(0)
        .without_errors()
        .says("no findings in support.quid");
    desk.write("wrong.quid", CONTRACT.replace("80%", "80"));
    for format in ["full", "concise", "json"] {
        desk.run(&["check", "wrong.quid", "--format", format])
            .ends(1)
            .without_errors()
            .says("type-mismatch");
    }
    desk.run(&["check", "."])
        .ends(1)
        .says("1 error in 2 contracts");
    desk.run(&["check", "nowhere.quid"])
        .ends(2)
        .tells("`nowhere.quid` cannot be read: there is no such file");
    desk.run(&["check", "nowhere.quid", "wrong.quid"])
        .ends(2)
        .says("type-mismatch")
        .tells("nowhere.quid");
}

#[test]
fn findings_as_json_fit_their_schema() {
    let desk = Desk::new();
    desk.write("wrong.quid", CONTRACT.replace("80%", "80"));
    for contract in ["support.quid", "wrong.quid", "."] {
        let out = desk.run(&["check", contract, "--format", "json"]).out;
        fits("findings.schema.json", &out);
    }
}

#[test]
fn a_folder_without_contracts_and_files_that_are_none() {
    let desk = Desk::new();
    fs::create_dir(desk.path("empty")).unwrap();
    desk.run(&["check", "empty"])
        .ends(2)
        .tells("no contract in `empty`");
    desk.write("latin.quid", b"contract caf\xe9 { }");
    desk.run(&["check", "latin.quid"])
        .ends(2)
        .tells("not UTF-8");
    desk.write("nothing.quid", "");
    desk.run(&["check", "nothing.quid"])
        .ends(1)
        .says("no contract in this file");
    desk.run(&["invoice", "empty", "--data", "support.csv"])
        .ends(2)
        .tells("folder");
}

#[test]
fn scenarios_pass_and_fail() {
    let desk = Desk::new();
    desk.run(&["test", "support.quid"])
        .ends(0)
        .says("1 passed, 0 failed");
    desk.write("off.quid", CONTRACT.replace("1_420.50", "1_420.51"));
    desk.run(&["test", "off.quid"])
        .ends(1)
        .says("expected the total to be 1 420.51 EUR, but it is 1 420.50 EUR")
        .says("0 passed, 1 failed");
    desk.write("wrong.quid", CONTRACT.replace("80%", "80"));
    desk.run(&["test", "wrong.quid"])
        .ends(1)
        .says("the scenarios of 1 contract were not run");
    desk.run(&["test", "nowhere.quid"]).ends(2);
}

// ---------------------------------------------------------------- invoice

#[test]
fn every_month_is_invoiced() {
    let desk = Desk::new();
    let all = desk.invoice(&[]).ends(0).without_errors();
    snapshot("invoice", &all.out);
}

#[test]
fn months_and_accounts_are_chosen() {
    let desk = Desk::new();
    let totals = |more: &[&str]| -> Vec<String> {
        let csv = desk
            .invoice(&[more, &["--format", "csv"]].concat())
            .ends(0)
            .out;
        let rows = csv.lines().filter(|line| line.contains(",total,"));
        rows.map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            let month = cells.iter().find(|cell| cell.starts_with("2026-")).unwrap();
            let account = cells
                .iter()
                .find(|cell| ["north", "south"].contains(cell))
                .unwrap();
            format!("{account} {month}")
        })
        .collect()
    };
    let all = [
        "north 2026-01",
        "north 2026-02",
        "north 2026-03",
        "south 2026-01",
    ];
    assert_eq!(totals(&[]), all);
    assert_eq!(totals(&["--month", "2026-02"]), [all[1]]);
    assert_eq!(totals(&["--from", "2026-02"]), [all[1], all[2]]);
    assert_eq!(totals(&["--to", "2026-01"]), [all[0], all[3]]);
    assert_eq!(totals(&["--from", "2026-02", "--to", "2026-02"]), [all[1]]);
    assert_eq!(totals(&["--account", "south"]), [all[3]]);
    desk.invoice(&["--account", "west"])
        .ends(2)
        .tells("it has north, south");
    desk.invoice(&["--month", "2026-09"])
        .ends(2)
        .tells("no month that was asked for");
    desk.invoice(&["--month", "Sept"])
        .ends(2)
        .tells("`Sept` is not a month");
    desk.invoice(&["--from", "2026-03", "--to", "2026-01"])
        .ends(2)
        .tells("is before");
}

#[test]
fn the_three_formats_agree() {
    let desk = Desk::new();
    let json = desk.invoice(&["--format", "json"]).ends(0).out;
    let value = fits("statement.schema.json", &json);
    let totals: Vec<&str> = value["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|statement| statement["total"].as_str().unwrap())
        .collect();
    // 1001 x 4.205 = 4,209.205; 1000 x 4.205 less 2% of 5,205.00; 1200 x 4.205; 10 x 4.205; each with 1,000.00.
    assert_eq!(totals, ["5209.21", "5100.90", "6046.00", "1042.05"]);
    let csv = desk.invoice(&["--format", "csv"]).ends(0).out;
    let text = desk.invoice(&[]).ends(0).out;
    for total in ["5209.21", "5100.90", "6046.00", "1042.05"] {
        assert!(csv.contains(total), "{csv}");
        let grouped = format!("{} {}", &total[..1], &total[1..]);
        assert!(text.contains(&grouped), "{text}");
    }
}

#[test]
fn a_bad_cell_refuses_its_month_and_no_other() {
    let desk = Desk::new();
    desk.write("support.csv", DATA.replace("1000,700", "1000,many"));
    for format in ["text", "csv", "json"] {
        let done = desk.invoice(&["--format", format]).ends(1);
        for month in ["2026-01", "2026-03"] {
            assert!(done.out.contains(month), "{}", done.out);
        }
        let done = done
            .tells("support.csv")
            .tells("row 3")
            .tells("answered")
            .tells("many")
            .tells("1 month has no invoice, 1 reason");
        if format == "json" {
            let value = fits("statement.schema.json", &done.out);
            assert_eq!(value["statements"].as_array().unwrap().len(), 3);
        } else {
            assert!(!done.out.contains("2026-02"), "{}", done.out);
        }
    }
}

#[test]
fn a_missing_cell_a_gap_and_a_month_outside_of_the_term() {
    let desk = Desk::new();
    desk.write("support.csv", DATA.replace("1000,700", "1000,"));
    desk.invoice(&[])
        .ends(1)
        .tells("there is no value for `answered` in 2026-02");
    desk.write("support.csv", DATA.replace("north,2026-02,1000,700\n", ""));
    let done = desk
        .invoice(&[])
        .ends(1)
        .tells("the data has no row for 2026-02");
    assert_eq!(done.out.matches("Total in EUR").count(), 3, "{}", done.out);
    desk.invoice(&["--month", "2026-03", "--account", "north"])
        .ends(0);
    desk.write(
        "support.csv",
        DATA.replace("north,2026-03", "north,2027-03"),
    );
    desk.invoice(&[])
        .ends(1)
        .tells("2027-03 is outside the contract's term");
    desk.write("support.csv", DATA.replace("1000,700", "0,0"));
    desk.invoice(&[])
        .ends(1)
        .tells("there is nothing to divide by in 2026-02")
        .tells("if nothing to measure");
}

#[test]
fn files_that_cannot_be_used() {
    let desk = Desk::new();
    desk.run(&["invoice", "support.quid", "--data", "nowhere.csv"])
        .ends(2)
        .tells("`nowhere.csv` cannot be read");
    desk.run(&["invoice", "nowhere.quid", "--data", "support.csv"])
        .ends(2)
        .tells("`nowhere.quid` cannot be read");
    desk.write("wrong.quid", CONTRACT.replace("80%", "80"));
    desk.run(&["invoice", "wrong.quid", "--data", "support.csv"])
        .ends(2)
        .tells("type-mismatch")
        .tells("nothing was computed");
    desk.write("other.csv", "account,month,offered\nnorth,2026-01,5\n");
    desk.run(&["invoice", "support.quid", "--data", "other.csv"])
        .ends(2)
        .tells("answered");
    desk.write(
        "two.quid",
        format!(
            "{CONTRACT}{}",
            CONTRACT.replace("contract support", "contract other")
        ),
    );
    desk.run(&["invoice", "two.quid", "--data", "support.csv"])
        .ends(2)
        .tells("several contracts");
    desk.write("library.quid", "library kpis { }");
    desk.run(&["invoice", "library.quid", "--data", "support.csv"])
        .ends(2)
        .tells("no contract");
}

#[test]
fn whoever_stops_reading_ends_the_program_in_silence() {
    let desk = Desk::new();
    let months: String = (0..2_000)
        .map(|at| format!("a{at},2026-01,1000,900\n"))
        .collect();
    desk.write(
        "support.csv",
        format!("account,month,offered,answered\n{months}"),
    );
    for format in ["text", "csv", "json"] {
        let mut child = Command::new(PROGRAM)
            .args([
                "invoice",
                "support.quid",
                "--data",
                "support.csv",
                "--format",
                format,
            ])
            .current_dir(desk.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 100];
        child
            .stdout
            .as_mut()
            .unwrap()
            .read_exact(&mut first)
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), err.as_ref()),
            (Some(0), ""),
            "{format}"
        );
    }
}

// ---------------------------------------------------------------- explain

#[test]
fn a_line_is_explained() {
    let desk = Desk::new();
    let first = [
        "explain",
        "support.quid",
        "--data",
        "support.csv",
        "--account",
        "north",
        "--month",
        "2026-02",
    ];
    let line = |more: &[&str]| desk.run(&[&first, more].concat());
    line(&["--line", "answer"])
        .ends(0)
        .without_errors()
        .says("70%")
        .says("Annex 3");
    line(&[]).ends(0).says("5 100.90");
    let story = line(&["--format", "json"]).ends(0).out;
    fits("story.schema.json", &story);
    line(&["--line", "anwser"])
        .ends(2)
        .tells("did you mean `answer`?");
    desk.run(&[
        "explain",
        "support.quid",
        "--data",
        "support.csv",
        "--month",
        "2026-09",
    ])
    .ends(2)
    .tells("no row for 2026-09");
    desk.write("support.csv", DATA.replace("1000,700", "1000,"));
    line(&[]).ends(1).tells("no value for `answered`");
}

// ---------------------------------------------------------------- files that the program writes

#[test]
fn a_template_is_filled_in_and_read_back() {
    let desk = Desk::new();
    let template = desk
        .run(&["data", "template", "support.quid", "--months", "2"])
        .ends(0)
        .without_errors()
        .out;
    let filled: String = template
        .lines()
        .map(|line| {
            let row = line.starts_with("2026-");
            let cells = line.trim_end_matches(',');
            if row {
                format!("{cells},100,90\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    desk.write("filled.csv", filled);
    let done = desk
        .run(&["invoice", "support.quid", "--data", "filled.csv"])
        .ends(0);
    assert_eq!(
        done.out
            .matches("Total in EUR                              1 420.50")
            .count(),
        2,
        "{template}\n{}",
        done.out
    );
    desk.run(&["data", "template", "support.quid", "--output", "new.csv"])
        .ends(0)
        .tells("wrote new.csv");
    let written = fs::read_to_string(desk.path("new.csv")).unwrap();
    assert_eq!(written.matches("2026-").count(), 12, "{written}");
    desk.run(&["data", "template", "support.quid", "--from", "2027-01"])
        .ends(2)
        .tells("after the end of the contract's term");
    let workbook = desk.run(&[
        "data",
        "template",
        "support.quid",
        "--format",
        "xlsx",
        "--output",
        "new.xlsx",
    ]);
    workbook.ends(0);
    assert!(fs::read(desk.path("new.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn a_new_contract_checks_tests_and_invoices() {
    let desk = Desk::new();
    desk.run(&["init", "fresh"])
        .ends(0)
        .without_errors()
        .says("fresh.quid");
    desk.run(&["check", "fresh.quid"]).ends(0);
    desk.run(&["test", "fresh.quid"]).ends(0);
    desk.run(&["invoice", "fresh.quid", "--data", "fresh.csv"])
        .ends(0);
    let before = fs::read_to_string(desk.path("fresh.quid")).unwrap();
    desk.run(&["init", "fresh"]).ends(2).tells("already exists");
    assert_eq!(before, fs::read_to_string(desk.path("fresh.quid")).unwrap());
    desk.run(&["init", "2nd"])
        .ends(2)
        .tells("cannot be the name");
    desk.run(&["init", "../up"])
        .ends(2)
        .tells("cannot be the name");
    desk.run(&["init", "term"])
        .ends(2)
        .tells("cannot be the name");
}

#[test]
fn completions_for_each_shell() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        desk.run(&["completions", shell])
            .ends(0)
            .without_errors()
            .says("invoice");
    }
}

#[test]
fn the_reference_contract_gives_its_totals() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("contracts");
    let data = fs::read_to_string(folder.join("reference_r1.csv")).unwrap();
    let totals = fs::read_to_string(folder.join("reference_r1_totals.csv")).unwrap();
    let desk = Desk::new();
    let some: Vec<&str> = data.lines().take(400).collect();
    desk.write("r1.csv", format!("{}\n", some.join("\n")));
    let contract = folder.join("reference_r1.quid");
    let arguments = [
        "invoice",
        contract.to_str().unwrap(),
        "--data",
        "r1.csv",
        "--format",
        "json",
    ];
    let done = desk.run(&arguments).ends(0);
    let value: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    let mut wanted = totals.lines().skip(1);
    for statement in value["statements"].as_array().unwrap() {
        let row = wanted.next().unwrap();
        let found = format!(
            "{},{},{}",
            statement["account"].as_str().unwrap(),
            statement["month"].as_str().unwrap(),
            statement["total"].as_str().unwrap()
        );
        assert_eq!(found, row);
    }
}

#[test]
fn nothing_is_read_from_the_input() {
    let desk = Desk::new();
    let mut child = Command::new(PROGRAM)
        .args(["check", "support.quid"])
        .current_dir(desk.folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.as_mut().unwrap().write_all(b"contract x { }");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
}
