//! `quidpro check --watch`: it checks again when a file changes.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::check::LANGUAGE_ALONE;
use super::{CONTRACT, Desk, PROGRAM};

/// Longer than any machine takes. A test that waits this long fails.
const LONG: Duration = Duration::from_secs(60);

/// Everything that is printed until the program waits for a change.
fn next_check(lines: &Receiver<String>) -> String {
    let mut text = String::new();
    loop {
        let line = lines.recv_timeout(LONG).expect("the program checks");
        if line.starts_with("watching for changes") {
            return text;
        }
        text.push_str(&line);
        text.push('\n');
    }
}

#[test]
fn a_changed_contract_and_a_changed_configuration_are_checked_again() {
    let desk = Desk::new();
    desk.write("quidpro.toml", LANGUAGE_ALONE);
    let mut child = Command::new(PROGRAM)
        .args(["check", ".", "--watch"])
        .current_dir(desk.folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (send, lines) = channel();
    std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    let first = next_check(&lines);
    desk.write("support.quid", CONTRACT.replace("80%", "80"));
    let second = next_check(&lines);
    desk.write("quidpro.toml", "");
    let third = next_check(&lines);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(first.contains("no findings"), "{first}");
    assert!(
        second.contains("error[type-mismatch]") && !second.contains("warning"),
        "{second}"
    );
    assert!(third.contains("warning"), "{third}");
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let desk = Desk::new();
    desk.run(&["check", "-", "--watch"])
        .ends(2)
        .tells("standard input can be read only once");
}
