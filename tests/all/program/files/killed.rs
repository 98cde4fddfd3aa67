//! The program is killed while it writes. Each file has either its old content or all of its new content.

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{CONTRACT, Ground, PROGRAM, has_strace, leftovers};

/// How often each command is killed. `QUIDPRO_KILLS` sets another number.
const KILLS: usize = 8;

fn kills() -> usize {
    let wanted = std::env::var("QUIDPRO_KILLS").ok();
    wanted.map_or(KILLS, |wanted| {
        wanted.parse().expect("QUIDPRO_KILLS is a number")
    })
}

/// A command that writes a file.
struct Case {
    arguments: Vec<&'static str>,
    file: &'static str,
    before: String,
}

fn cases() -> Vec<Case> {
    let long: String = (0..400)
        .map(|at| format!("  # a comment of some length, number {at}\n"))
        .collect();
    let contract = CONTRACT.replace("  charge platform", &format!("{long}  charge platform"));
    let waiver = "  waive double-jeopardy until 2026-12-31 because \"x\"\n  charge handling";
    vec![
        Case {
            arguments: vec!["fmt", "a.quid"],
            file: "a.quid",
            before: contract.replace("  round", "       round"),
        },
        Case {
            arguments: vec![
                "check",
                "a.quid",
                "--fix",
                "--only",
                "double-jeopardy,unused-waiver",
                "--today",
                "2026-06-30",
            ],
            file: "a.quid",
            before: contract.replace("  charge handling", waiver),
        },
        Case {
            arguments: vec![
                "baseline",
                "create",
                "support.quid",
                "--output",
                "known.json",
                "--force",
            ],
            file: "known.json",
            before: "old".repeat(5000),
        },
    ]
}

impl Case {
    fn path(&self) -> String {
        format!("project/{}", self.file)
    }

    fn command(&self, ground: &Ground) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(&self.arguments);
        quiet(command, ground)
    }

    /// What the file contains afterwards, and how long that takes.
    fn after(&self, ground: &Ground) -> (String, Duration) {
        ground.write(&self.path(), &self.before);
        let begun = Instant::now();
        assert!(self.command(ground).status().unwrap().success());
        let after = ground.read(&self.path());
        assert_ne!(after, self.before);
        (after, begun.elapsed())
    }

    #[track_caller]
    fn is_whole(&self, ground: &Ground, after: &str) -> bool {
        let now = ground.read(&self.path());
        assert!(
            now == self.before || now == after,
            "{} holds {} bytes",
            self.file,
            now.len()
        );
        now == after
    }
}

fn quiet(mut command: Command, ground: &Ground) -> Command {
    command
        .current_dir(ground.project())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// An unpredictable number below `most`.
fn below(most: u64) -> u64 {
    RandomState::new().hash_one(most) % most.max(1)
}

/// Waits until the program writes or has ended.
fn begins_to_write(child: &mut Child, ground: &Ground) {
    while leftovers(&ground.project()).is_empty() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
}

#[test]
fn killed_at_any_instant_a_file_is_old_or_new() {
    for case in cases() {
        let ground = Ground::new();
        let (after, took) = case.after(&ground);
        for round in 0..kills() {
            ground.write(&case.path(), &case.before);
            let mut child = case.command(&ground).spawn().unwrap();
            let wait = if round % 2 == 0 {
                below(took.as_micros().try_into().unwrap())
            } else {
                begins_to_write(&mut child, &ground);
                below(3_000)
            };
            std::thread::sleep(Duration::from_micros(wait));
            child.kill().unwrap();
            child.wait().unwrap();
            case.is_whole(&ground, &after);
            for path in leftovers(&ground.project()) {
                fs::remove_file(path).unwrap();
            }
        }
    }
}

/// The system calls that write a file, in order.
const CALLS: &[&str] = &["write", "fchmod", "fsync", "rename,renameat,renameat2"];

/// The program is killed at each system call with which it writes, one after another. At first the file is old, and at
/// last it is new.
#[test]
fn killed_at_each_step_a_file_is_old_or_new() {
    if !has_strace("killed_at_each_step") {
        return;
    }
    for case in cases() {
        let ground = Ground::new();
        let (after, _) = case.after(&ground);
        for calls in CALLS {
            let seen = killed_at_each(&case, &ground, &after, calls);
            // Once the file is new, it stays new, because the name is taken in one step. At the first call nothing has
            // happened yet.
            assert!(seen.is_sorted() && seen.last() == Some(&true), "{seen:?}");
            assert!(seen.first() == Some(&false), "{calls}: {seen:?}");
        }
    }
}

/// Whether the file is new if the program is killed at the first, second … of these calls, until it is no longer
/// killed.
fn killed_at_each(case: &Case, ground: &Ground, after: &str, calls: &str) -> Vec<bool> {
    let mut seen = Vec::new();
    for step in 1..60 {
        ground.write(&case.path(), &case.before);
        let mut strace = Command::new("strace");
        let inject = format!("inject={calls}:signal=KILL:when={step}");
        strace.args(["-f", "-o", "/dev/null", "-e", &inject]);
        strace.arg(PROGRAM).args(&case.arguments);
        let status = quiet(strace, ground).status().unwrap();
        seen.push(case.is_whole(ground, after));
        for path in leftovers(&ground.project()) {
            fs::remove_file(path).unwrap();
        }
        if status.signal().is_none() && status.code() == Some(0) {
            break;
        }
    }
    seen
}
