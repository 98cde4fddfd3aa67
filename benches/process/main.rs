//! How long the program takes in full, from start to end, compared with a process that does nothing: checking a
//! contract of 300 lines, invoicing one month, and invoicing a file of a million rows.

#![allow(
    clippy::disallowed_methods,
    reason = "the contracts and data that the program is given are written and read here"
)]

mod limit;
mod measure;
mod samples;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use divan::Bencher;
use sha2::{Digest, Sha256};

use measure::{Run, run, watch};
use samples::Rows;

const PROGRAM: &str = env!("CARGO_BIN_EXE_quidpro");
const CONTRACT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/contracts/reference_r1.quid");
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/contracts/reference_r1.csv");

/// The argument with which this benchmark itself becomes the process that does nothing.
const NOTHING: &str = "--do-nothing";

/// The argument with which this benchmark itself is the program by hand for the file that follows.
const BY_HAND: &str = "--by-hand";

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

/// Invoicing a file of data, with more arguments.
fn invoice_file(data: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["invoice", CONTRACT, "--format", "csv", "--data"]);
    command.arg(data).args(more);
    command
}

/// The totals of a file of data, by hand.
fn by_hand(data: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap_or_default());
    command.arg(BY_HAND).arg(data);
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

/// What a program writes, as a digest.
fn digest(command: &mut Command) -> Option<Vec<u8>> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 16];
    let mut out = child.stdout.take()?;
    loop {
        let read = out.read(&mut block).ok()?;
        if read == 0 {
            break;
        }
        hasher.update(block.get(..read)?);
    }
    child.wait().ok()?;
    Some(hasher.finalize().to_vec())
}

/// Programs that are run over the same file, and must write the same bytes if they have the same letter.
fn programs(path: &Path) -> Vec<(&'static str, char, Command)> {
    let own = |more: &[&str]| invoice_file(path, more);
    vec![
        ("totals, by hand", 't', by_hand(path)),
        ("totals", 't', own(&["--lines", "total"])),
        (
            "totals, one by one",
            't',
            own(&["--lines", "total", "--engine", "exact"]),
        ),
        ("all lines", 'a', own(&[])),
        ("all lines, one by one", 'a', own(&["--engine", "exact"])),
    ]
}

/// The best of some runs.
fn best_of(command: &mut Command, code: i32) -> Option<Run> {
    const RUNS: usize = 3;
    let mut best: Option<Run> = None;
    for _ in 0..RUNS {
        let run = watch(command).filter(|run| run.code == Some(code))?;
        if best
            .as_ref()
            .is_none_or(|best| run.used.processor < best.used.processor)
        {
            best = Some(run);
        }
    }
    best
}

fn large_file(name: &str, rows: Rows) -> Option<()> {
    let path = folder().join("many.csv");
    let own = fs::read_to_string(DATA).ok()?;
    samples::write(&path, &own, rows).ok()?;
    let reading = read_only(&path)?;
    println!(
        "\n{name}: only reading the cells takes {} ms",
        reading.as_millis()
    );
    println!(
        "{:<26}{:>9}{:>14}{:>16}{:>22}{:>11}",
        "a million rows to CSV", "ms", "processor ms", "rows each s", "beside by hand", "memory"
    );
    let mut written: Vec<(char, Vec<u8>)> = Vec::new();
    let mut by_hand = None;
    for (what, same, mut command) in programs(&path) {
        // Code written by hand for sound data does not refuse a month.
        if rows.broken > 0 && same == 't' {
            continue;
        }
        let bytes = digest(&mut command)?;
        let known = written.iter().find(|(letter, _)| *letter == same);
        assert!(
            known.is_none_or(|(_, known)| *known == bytes),
            "{what} of {name}: other bytes"
        );
        written.push((same, bytes));
        let Some(run) = best_of(&mut command, i32::from(rows.broken > 0)) else {
            println!("{what:<26}    failed");
            continue;
        };
        let known = |value: Option<u64>| value.map_or("?".to_owned(), |value| value.to_string());
        let processor = run.used.processor.unwrap_or(0).max(1);
        let hand = *by_hand.get_or_insert(processor);
        println!(
            "{what:<26}{:>9}{processor:>14}{:>16}{:>20}.{}{:>8} MB",
            run.time.as_millis(),
            rows.count as u64 * 1000 / processor,
            processor / hand,
            processor * 10 / hand % 10,
            known(run.used.memory.map(|bytes| bytes.div_ceil(1_000_000))),
        );
    }
    fs::remove_file(&path).ok()
}

fn large_files() {
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
    if has(BY_HAND) {
        if let Some(data) = std::env::args().next_back() {
            let _ = limit::totals(Path::new(&data), &mut std::io::stdout().lock());
        }
        return;
    }
    divan::main();
    if !has("--bench") || has("--test") || has("--list") {
        return;
    }
    small_processes();
    large_files();
}
