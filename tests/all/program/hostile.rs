//! No text of a contract, of data or of a file's name controls a terminal, reverses a line, or is invisible, whatever
//! command prints it in whatever format.

use std::fs;

use quidpro::text::is_hidden;

use super::{CONTRACT, DATA, Desk, Done};

/// Characters that clear a screen, change the direction of writing, hide, end a line for some readers, or have a
/// meaning in a format.
const TEXT: &str =
    "x\u{1b}[2J\u{202e}y\u{200b}\u{2066}z\u{9b}\u{7}\u{feff}\u{e0041}`]]>';<b>%0A::error::|=";

/// A name that a file can have. What follows the line break is a workflow command at the beginning of a line.
#[cfg(unix)]
const FILE: &str = "a\n::error file=x::\u{1b}[31m\u{202e}y\u{2028}.quid";

fn contract() -> String {
    let text = CONTRACT
        .replace("Streamly", &format!("={TEXT}"))
        .replace("Calls offered", TEXT)
        .replace("\"ACD\"", &format!("\"{TEXT}\""))
        .replace("Answered in time", TEXT)
        .replace("\"Calls\"", &format!("\"+{TEXT}\""))
        .replace("Annex 3", &format!("@{TEXT}"))
        .replace("A good month", TEXT)
        .replace("\"Support\"", &format!("\"{TEXT}\""));
    format!(
        "# {TEXT}\nwaive no-training until 2027-08-31 because \"{TEXT}\" ref \"{TEXT}\"\n{text}"
    )
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("support.quid", contract());
    desk.write("wrong.quid", contract().replace("80%", "80"));
    desk.write("off.quid", contract().replace("1_420.50", "1_420.51"));
    desk
}

#[track_caller]
fn is_visible(done: &Done, what: &str) {
    for text in [&done.out, &done.err] {
        if let Some(line) = text.lines().find(|line| line.chars().any(is_hidden)) {
            panic!("{what}: {line:?}");
        }
        // A lone carriage return would overwrite what was read.
        assert!(
            !text.replace("\r\n", "\n").contains('\r'),
            "{what}: {text:?}"
        );
    }
}

#[test]
fn every_command_shows_what_it_prints() {
    let desk = desk();
    for contract in ["support.quid", "wrong.quid", "off.quid", "."] {
        let run = |arguments: &[&str]| {
            let all: Vec<&str> = arguments
                .iter()
                .map(|one| if *one == "@" { contract } else { one })
                .collect();
            is_visible(&desk.run(&all), &all.join(" "));
        };
        for format in [
            "full", "concise", "narrated", "html", "json", "jsonl", "sarif", "github", "gitlab",
            "junit", "rdjson", "markdown",
        ] {
            run(&["check", "@", "--all", "--format", format]);
            run(&[
                "check",
                "@",
                "gone.quid",
                "--no-config",
                "--skip",
                "clarity",
                "--format",
                format,
            ]);
        }
        for format in ["text", "json", "junit", "github"] {
            run(&["test", "@", "--format", format]);
        }
        for format in ["text", "json"] {
            run(&["waivers", "@", "--format", format]);
        }
        run(&["check", "@", "--statistics"]);
        run(&["check", "@", "--fix", "--unsafe-fixes", "--diff"]);
        run(&[
            "check",
            "@",
            "--waive",
            "no-exit-plan",
            "--because",
            "x",
            "--diff",
        ]);
        run(&["check", "@", "--fix", "--diff", "--format", "concise"]);
        run(&["fmt", "@", "--check"]);
        run(&["fmt", "@", "--diff"]);
    }
    for contract in ["support.quid", "wrong.quid", "off.quid"] {
        let run = |arguments: &[&str]| {
            let all: Vec<&str> = arguments
                .iter()
                .map(|one| if *one == "@" { contract } else { one })
                .collect();
            is_visible(&desk.run(&all), &all.join(" "));
        };
        for format in ["text", "json", "markdown"] {
            run(&["questions", "@", "--format", format]);
        }
        for format in ["text", "json", "html"] {
            run(&["review", "@", "--format", format]);
        }
        for format in ["text", "json", "csv"] {
            run(&["invoice", "@", "--data", "support.csv", "--format", format]);
        }
        for format in ["text", "json"] {
            run(&[
                "explain",
                "@",
                "--data",
                "support.csv",
                "--month",
                "2026-02",
                "--account",
                "north",
                "--format",
                format,
            ]);
            run(&["config", "show", "@", "--format", format]);
        }
        for format in ["text", "json"] {
            run(&["facts", "@", "--format", format]);
            run(&["prove", "@", "--budget", "2000", "--format", format]);
        }
        for format in ["text", "json", "html"] {
            run(&["curve", "@", "--format", format]);
        }
        run(&["show", "@"]);
        run(&["data", "template", "@"]);
    }
}

#[test]
fn no_cell_of_csv_is_a_formula() {
    let desk = desk();
    desk.write(
        "support.csv",
        DATA.replace("north", "=cmd|' /C calc'!A0")
            .replace("south", "-south"),
    );
    let out = desk.invoice(&["--format", "csv"]).ends(0).out;
    for line in out.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        for cell in cells {
            let cell = cell.trim_start_matches('"');
            let is_number = cell
                .strip_prefix('-')
                .is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
            assert!(
                is_number || !cell.starts_with(['=', '+', '-', '@']),
                "{line}"
            );
        }
    }
    assert!(
        out.contains("'=cmd|' /C calc'!A0") && out.contains("'-south"),
        "{out}"
    );
}

#[test]
fn an_account_that_cannot_be_told_from_another_is_refused_or_said() {
    let desk = Desk::new();
    let invisible = "contains an invisible character";
    for (hidden, words) in [
        ("nor\u{200b}th", invisible),
        ("north\u{feff}", invisible),
        ("nor\u{202e}th", invisible),
        (
            "nor\u{2028}th",
            "there is a line separator (U+2028) in the cell",
        ),
    ] {
        desk.write("support.csv", DATA.replacen("north", hidden, 1));
        let done = desk.invoice(&[]).ends(1).tells(words);
        is_visible(&done, hidden);
    }
    desk.write("support.csv", DATA.replace("south", "n\u{43e}rth"));
    desk.invoice(&[])
        .ends(0)
        .tells("look alike and are different");
    desk.write("support.csv", DATA.replace("south", "north1"));
    desk.invoice(&[]).ends(0).without_errors();
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_is_no_command() {
    let desk = Desk::new();
    fs::create_dir(desk.path("odd")).unwrap();
    desk.write(&format!("odd/{FILE}"), CONTRACT.replace("80%", "80"));
    desk.write(
        &format!("odd/b{FILE}"),
        CONTRACT.replace(" offered", "  offered"),
    );
    let all = |arguments: &[&str]| {
        let done = desk.run(arguments);
        is_visible(&done, &arguments.join(" "));
        for line in done.out.lines().chain(done.err.lines()) {
            assert!(!line.starts_with("::error file=x"), "{arguments:?}: {line}");
        }
    };
    for format in [
        "full", "concise", "narrated", "html", "json", "sarif", "github", "gitlab", "junit",
        "rdjson", "markdown",
    ] {
        all(&["check", "odd", "--format", format]);
    }
    for format in ["text", "json", "junit", "github"] {
        all(&["test", "odd", "--format", format]);
    }
    all(&["fmt", "odd", "--check"]);
    all(&["fmt", "odd", "--diff"]);
    all(&["fmt", "odd"]);
    all(&["waivers", "odd"]);
    all(&["baseline", "create", "odd"]);
}
