//! How long the program takes in full, from start to end, compared with a process that does nothing: checking a
//! contract of 300 lines, invoicing one month, and invoicing a file of a million rows.

#![allow(
    clippy::disallowed_methods,
    reason = "the contracts and data that the program is given are written and read here"
)]

mod measure;
mod samples;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use divan::Bencher;

use measure::{Run, run, watch};
use samples::Rows;

const PROGRAM: &str = env!("CARGO_BIN_EXE_quidpro");
const CONTRACT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/contracts/reference_r1.quid");
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/contracts/reference_r1.csv");

/// The argument with which this benchmark itself becomes the process that does nothing.
const NOTHING: &str = "--do-nothing";

/// A million rows.
const ROWS: usize = 1_000_000;

/// The folder for generated files.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

fn nothing() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap_or_default());
    command.arg(NOTHING);
    command
}

fn version() -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("--version");
    command
}

/// Checks a contract; nothing if the contract could not be written.
fn check() -> Option<Command> {
    let path = folder().join("generated.quid");
    fs::write(&path, samples::contract(300)).ok()?;
    let mut command = Command::new(PROGRAM);
    command.arg("check").arg(path);
    Some(command)
}

/// The number of contracts in a folder.
const MANY: usize = 200;

/// Checks a folder of contracts, each with 300 lines; nothing if they could not be written.
fn check_folder() -> Option<Command> {
    let path = folder().join("generated");
    fs::create_dir_all(&path).ok()?;
    let text = samples::contract(300);
    for number in 0..MANY {
        fs::write(path.join(format!("contract_{number:03}.quid")), &text).ok()?;
    }
    let mut command = Command::new(PROGRAM);
    command.args(["check", "--format", "json"]).arg(path);
    Some(command)
}

fn invoice_month() -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["invoice", CONTRACT, "--data", DATA]);
    command.args(["--month", "2026-03", "--account", "site-01"]);
    command
}

fn invoice_file(data: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["invoice", CONTRACT, "--format", "csv", "--data"]);
    command.arg(data);
    command
}

fn sample(bencher: Bencher, mut command: Command) {
    bencher.bench_local(|| run(&mut command).map(|run| run.code));
}

#[divan::bench]
fn process_that_does_nothing(bencher: Bencher) {
    sample(bencher, nothing());
}

#[divan::bench]
fn check_300_lines(bencher: Bencher) {
    if let Some(check) = check() {
        sample(bencher, check);
    }
}

#[divan::bench]
fn check_200_contracts_of_300_lines(bencher: Bencher) {
    if let Some(check) = check_folder() {
        sample(bencher, check);
    }
}

#[divan::bench]
fn invoice_one_month(bencher: Bencher) {
    sample(bencher, invoice_month());
}

/// For each command, the microseconds of the best of many runs, because others share the machine. The commands take
/// turns in each round, so that all run under the same conditions. Nothing for a command that fails.
fn best(commands: &mut [Command]) -> Vec<Option<u128>> {
    let mut best: Vec<Option<Duration>> = vec![Some(Duration::MAX); commands.len()];
    for _ in 0..100 {
        for (command, best) in commands.iter_mut().zip(&mut best) {
            let time = run(command)
                .filter(|run| run.code == Some(0))
                .map(|run| run.time);
            *best = best.and_then(|best| time.map(|time| time.min(best)));
        }
    }
    best.into_iter()
        .map(|best| best.map(|best| best.as_micros()))
        .collect()
}

fn small_processes() {
    let Some(check) = check() else { return };
    let names = [
        "a process that does nothing",
        "quidpro --version",
        "quidpro check, 300 lines",
        "quidpro invoice, one month",
    ];
    let times = best(&mut [nothing(), version(), check, invoice_month()]);
    let Some(Some(empty)) = times.first().copied() else {
        return;
    };
    println!(
        "\n{:<32}{:>10}{:>14}{:>10}",
        "whole process", "us", "more, us", "ratio"
    );
    for (name, time) in names.into_iter().zip(times) {
        match time {
            Some(time) => {
                let ratio = time * 10 / empty.max(1);
                let more = time.saturating_sub(empty);
                println!(
                    "{name:<32}{time:>10}{more:>14}{:>8}.{}x",
                    ratio / 10,
                    ratio % 10
                );
            }
            None => println!("{name:<32}    failed"),
        }
    }
}

/// Reads the cells of the file, and does nothing with them.
fn read_only(path: &Path) -> Option<Duration> {
    let start = Instant::now();
    let mut reader = csv::Reader::from_path(path).ok()?;
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).ok()? {
        std::hint::black_box(&record);
    }
    Some(start.elapsed())
}

fn large_file(name: &str, rows: Rows) -> Option<()> {
    let path = folder().join("many.csv");
    let own = fs::read_to_string(DATA).ok()?;
    samples::write(&path, &own, rows).ok()?;
    let reading = read_only(&path)?;
    let Run { time, code, used } = watch(&mut invoice_file(&path))?;
    if code == Some(i32::from(rows.broken > 0)) {
        let milliseconds = time.as_millis().max(1);
        let known = |value: Option<u64>| value.map_or("?".to_owned(), |value| value.to_string());
        println!(
            "{name:<26}{milliseconds:>9}{:>11}{:>8}x{:>12}{:>14}{:>8} MB",
            rows.count as u128 * 1000 / milliseconds,
            milliseconds / reading.as_millis().max(1),
            known(used.processor),
            known(
                used.processor
                    .map(|time| rows.count as u64 * 1000 / time.max(1))
            ),
            known(used.memory.map(|bytes| bytes.div_ceil(1_000_000))),
        );
    } else {
        println!("{name:<26}    failed");
    }
    fs::remove_file(&path).ok()
}

fn large_files() {
    println!(
        "\n{:<26}{:>9}{:>11}{:>9}{:>12}{:>14}{:>11}",
        "a million rows to CSV", "ms", "rows a s", "reading", "processor", "rows each s", "memory"
    );
    let rows = |by_month, broken| Rows {
        count: ROWS,
        by_month,
        broken,
    };
    large_file("sorted by account", rows(false, 0));
    large_file("sorted by month", rows(true, 0));
    large_file("every tenth row refused", rows(false, 10));
}

fn main() {
    let has = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    if has(NOTHING) {
        return;
    }
    divan::main();
    if !has("--bench") || has("--test") || has("--list") {
        return;
    }
    small_processes();
    large_files();
}
