//! A disk without space: the old file remains, nothing is left over, and the message says what was not written.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{CONTRACT, Ground, PROGRAM, leftovers};

/// The commands that would write, and the file that each would write.
fn cases() -> Vec<(Vec<&'static str>, &'static str)> {
    vec![
        (vec!["fmt", "messy.quid"], "messy.quid"),
        (
            vec![
                "check",
                "waived.quid",
                "--fix",
                "--only",
                "double-jeopardy,unused-waiver",
                "--today",
                "2026-06-30",
            ],
            "waived.quid",
        ),
        (
            vec![
                "baseline",
                "create",
                "support.quid",
                "--output",
                "known.json",
                "--force",
            ],
            "known.json",
        ),
        (
            vec!["check", "support.quid", "--format", "html=page.html"],
            "page.html",
        ),
        (
            vec![
                "review",
                "support.quid",
                "--format",
                "html",
                "--output",
                "review.html",
            ],
            "review.html",
        ),
        (vec!["init", "fresh"], "fresh.quid"),
    ]
}

fn prepare(ground: &Ground) {
    let long: String = (0..200)
        .map(|at| format!("  # a comment of some length, number {at}\n"))
        .collect();
    let contract = CONTRACT.replace("  charge platform", &format!("{long}  charge platform"));
    ground.write(
        "project/messy.quid",
        contract.replace("  round", "       round"),
    );
    let waiver = "  waive double-jeopardy until 2026-12-31 because \"x\"\n  charge handling";
    ground.write(
        "project/waived.quid",
        contract.replace("  charge handling", waiver),
    );
    ground.write("project/support.quid", CONTRACT);
    ground.write("project/known.json", "old");
}

fn nothing_is_lost(ground: &Ground, run: impl Fn(&[&str]) -> super::Done) {
    for (arguments, file) in cases() {
        let path = ground.path(&format!("project/{file}"));
        let before = fs::read(&path).ok();
        let done = run(&arguments).ends(2);
        assert!(
            done.err.contains(&format!("`{file}` was not written: ")),
            "{arguments:?}\n{}",
            done.err
        );
        assert!(
            !done.err.contains("fixed") && !done.err.contains("panicked"),
            "{}",
            done.err
        );
        assert_eq!(fs::read(&path).ok(), before, "{arguments:?}");
        assert_eq!(
            leftovers(&ground.project()),
            Vec::<std::path::PathBuf>::new()
        );
    }
    assert!(!ground.path("project/fresh.csv").exists());
}

/// As on a full disk, a write fails after its first bytes.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_as_it_was() {
    let ground = Ground::new();
    prepare(&ground);
    nothing_is_lost(&ground, |arguments| {
        let mut shell = Command::new("sh");
        shell.args([
            "-c",
            "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"",
            PROGRAM,
        ]);
        shell.args(arguments);
        // The shell's own limit also applies to what the test keeps of the output, so the output goes through pipes.
        let output = shell.current_dir(ground.project()).output().unwrap();
        super::Done::from(output)
    });
}

/// A small separate disk, which only the superuser can create.
#[cfg(target_os = "linux")]
struct Disk<'d>(&'d Path);

#[cfg(target_os = "linux")]
impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_keeps_what_it_holds() {
    let ground = Ground::new();
    let project = ground.project();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=96k", "tmpfs"])
        .arg(&project)
        .output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        eprintln!(
            "a_full_disk is skipped: only the superuser can make a small disk; files that may not grow are tried"
        );
        return;
    }
    let _disk = Disk(&project);
    prepare(&ground);
    // Fills the rest of the disk.
    let mut filling = fs::File::create(project.join("filling")).unwrap();
    for size in [4096, 512, 1] {
        while std::io::Write::write_all(&mut filling, &vec![0; size]).is_ok() {}
    }
    nothing_is_lost(&ground, |arguments| ground.run(arguments));
    let done = ground.run(&["fmt", "messy.quid"]);
    done.tells("no space is left on the disk");
}
