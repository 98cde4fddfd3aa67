//! Pipes, devices and sockets: nothing waits for them if they are found, and pipes are read if they are named.

use std::os::unix::net::UnixListener;
use std::process::Command;

use super::{CONTRACT, Ground, PROGRAM, using};

const DATA: &str = "month,offered,answered\n2026-01,100,90\n";

#[test]
fn what_is_found_and_is_no_file_is_refused() {
    let ground = Ground::new();
    ground.pipe("project/p.quid");
    let _socket = UnixListener::bind(ground.path("project/s.quid")).unwrap();
    ground.link("project/zero.quid", "/dev/zero");
    for arguments in [
        &["check", "."][..],
        &["fmt", "."],
        &["test", "."],
        &["baseline", "create", "."],
    ] {
        ground
            .run(arguments)
            .ends(2)
            .tells("`p.quid` is not read: it is a pipe");
    }
    ground
        .run(&["check", ".", "--allow-outside"])
        .ends(2)
        .tells("`p.quid` is not read: it is a pipe")
        .tells("`s.quid` is not read: it is a socket")
        .tells("`zero.quid` is not read: it is a device");
    ground.write("project/uses.quid", using("p.quid"));
    ground
        .run(&["check", "uses.quid", "--format", "concise"])
        .ends(1)
        .says("it is a pipe");
}

#[test]
fn a_configuration_or_baseline_that_is_a_pipe_is_refused() {
    let ground = Ground::new();
    ground.pipe("project/quidpro.toml");
    ground
        .run(&["check", "support.quid"])
        .ends(2)
        .tells("`quidpro.toml` is not read: it is a pipe");
    let ground = Ground::new();
    ground.pipe("project/base.toml");
    ground.pipe("project/known.json");
    for configuration in ["extends = \"base.toml\"\n", "baseline = \"known.json\"\n"] {
        ground.write("project/quidpro.toml", configuration);
        ground
            .run(&["check", "support.quid"])
            .ends(2)
            .tells("it is a pipe");
    }
}

#[test]
fn a_pipe_that_nobody_writes_to_is_not_waited_for() {
    let ground = Ground::new();
    ground.pipe("project/p.quid");
    for arguments in [
        &["check", "p.quid"][..],
        &["fmt", "p.quid"],
        &["invoice", "p.quid", "--data", "x"],
        &["invoice", "support.quid", "--data", "p.quid"],
    ] {
        ground
            .run(arguments)
            .ends(2)
            .tells("`p.quid` is a pipe, and no program has written anything to it");
    }
    for named in ["/dev/zero", "/dev/tty"] {
        ground
            .run(&["check", named])
            .ends(2)
            .tells("it is a device");
        ground
            .run(&["invoice", "support.quid", "--data", named])
            .ends(2)
            .tells("it is a device");
    }
}

#[test]
fn sparse_files_are_refused_by_their_size() {
    let ground = Ground::new();
    let file = std::fs::File::create(ground.path("project/huge.quid")).unwrap();
    if file.set_len(1 << 36).is_err() {
        eprintln!("sparse_files is skipped: the disk has no such files");
        return;
    }
    ground
        .run(&["check", "."])
        .ends(2)
        .tells("`huge.quid` is too large");
    ground
        .run(&["fmt", "huge.quid"])
        .ends(2)
        .tells("`huge.quid` is too large");
    ground.write("project/a.quid", using("huge.quid"));
    ground
        .run(&["check", "a.quid", "--format", "concise"])
        .ends(1)
        .says("too large");
}

fn shell(ground: &Ground, script: &str) -> super::Done {
    let mut command = Command::new("bash");
    command.args(["-c", &script.replace("quidpro", PROGRAM)]);
    ground.end(command)
}

/// Pipes that a person names are read: from a shell, from standard input, and named pipes.
#[test]
fn pipes_that_are_named_are_read() {
    let ground = Ground::new();
    ground.write("project/data.csv", DATA);
    let invoice = ground
        .run(&["invoice", "support.quid", "--data", "data.csv"])
        .ends(0)
        .out;
    for script in [
        "quidpro invoice support.quid --data <(cat data.csv)",
        "quidpro invoice support.quid --data <(sleep 0.2; cat data.csv)",
        "quidpro invoice <(cat support.quid) --data data.csv",
        "cat data.csv | quidpro invoice support.quid --data /dev/stdin",
        "quidpro invoice support.quid --data /dev/stdin < data.csv",
        "cat data.csv | quidpro invoice support.quid --data -",
        "mkfifo named; cat data.csv > named & quidpro invoice support.quid --data named",
    ] {
        let done = shell(&ground, script).ends(0);
        assert_eq!(done.out, invoice, "{script}");
    }
    for script in [
        "cat support.quid | quidpro check /dev/stdin",
        "quidpro check <(cat support.quid)",
        "cat support.quid | quidpro check -",
        "cat support.quid | quidpro fmt - > laid_out.quid",
        "quidpro test <(cat support.quid)",
    ] {
        shell(&ground, script).ends(0);
    }
    // The fingerprint is that of the data that was used, although a pipe can be read only once.
    let json = |script: &str| {
        let done = shell(&ground, script).ends(0);
        let statement: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        statement["origin"]
            .to_string()
            .replace("data.csv", "")
            .replace("/dev/stdin", "")
    };
    let of_file = json("quidpro invoice support.quid --data data.csv --format json");
    let of_pipe =
        json("cat data.csv | quidpro invoice support.quid --data /dev/stdin --format json");
    assert_eq!(of_file, of_pipe);
    // It cannot be written back.
    let messy = CONTRACT.replace("  round", "       round");
    ground.write("project/messy.quid", messy);
    shell(&ground, "quidpro fmt <(cat messy.quid)")
        .ends(2)
        .tells("was not written");
}
