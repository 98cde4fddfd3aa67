//! The front page shows what the program really prints.

use std::path::Path;
use std::process::Command;

use super::read;

/// What the program prints in a folder, both streams together.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_quidpro"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("COLUMNS")
        .output()
        .expect("the program runs");
    let both = [output.stdout, output.stderr].concat();
    String::from_utf8(both).expect("it prints text")
}

/// The blocks of that kind on the front page.
fn blocks(kind: &str) -> Vec<String> {
    let text = read("README.md");
    let mut pieces = text.split("```").skip(1).step_by(2);
    let mut found = Vec::new();
    for piece in pieces.by_ref() {
        if let Some((first, rest)) = piece.split_once('\n')
            && first.starts_with(kind)
        {
            found.push(rest.to_owned());
        }
    }
    found
}

#[test]
fn the_outputs_are_those_of_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let contract = blocks("quid")
        .first()
        .cloned()
        .expect("the page shows a contract");
    let shown = blocks("text");
    std::fs::write(folder.path().join("desk.quid"), &contract).unwrap();
    let finding = printed(
        folder.path(),
        &["check", "desk.quid", "--only", "correctness"],
    );
    assert!(
        shown.contains(&finding),
        "the page does not show this finding:\n{finding}"
    );

    let ruled = contract.replace("2_000 EUR\n", "2_000 EUR in place of the former\n");
    std::fs::write(folder.path().join("desk.quid"), ruled).unwrap();
    std::fs::write(
        folder.path().join("desk.csv"),
        "month,answered_in_time,offered\n2026-02,6000,9000\n",
    )
    .unwrap();
    let statement = printed(
        folder.path(),
        &["invoice", "desk.quid", "--data", "desk.csv"],
    );
    assert!(
        shown.contains(&statement),
        "the page does not show this statement:\n{statement}"
    );
}

#[test]
fn the_commands_of_the_page_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |words: &str| {
        let arguments: Vec<&str> = words.split(' ').collect();
        let status = Command::new(env!("CARGO_BIN_EXE_quidpro"))
            .args(&arguments)
            .current_dir(folder.path())
            .output()
            .expect("the program runs")
            .status;
        assert!(status.success(), "quidpro {words}: {status}");
    };
    run("init support");
    run("check support.quid");
    run("test support.quid");
    run("data template support.quid");
    run("invoice support.quid --data support.csv");
    run("explain support.quid --data support.csv --month 2026-02 --line handling");
}
