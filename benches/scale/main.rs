//! How the time of each stage grows with a contract that has 100, 1,000 and 10,000 items of each kind. Each file has a
//! process of its own, so that one that takes too much time or memory is stopped and reported.
//!
//! The table shows the exponent between the last two sizes: 1.0 is linear, and 2.0 means that ten times as much text
//! takes a hundred times as long. `cargo bench --bench scale -- tiers` measures the kinds whose name contains that
//! word.

#![allow(
    clippy::disallowed_methods,
    reason = "a measurement runs itself as a process, and reads what the system says of it"
)]

mod growth;
mod kinds;
mod stages;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use growth::exponent;
use kinds::{KINDS, Kind};
use stages::{MOST_FOR_RULES, RULES, STAGES};

/// The argument with which this program measures one file and then ends.
const ONE: &str = "--one";

const SIZES: [usize; 3] = [100, 1_000, 10_000];

/// The longest time that any stage may take.
const LONGEST: Duration = Duration::from_secs(60);

/// The shortest time for which a stage is measured. Below it, what the stage does once outweighs what it does for each
/// item.
const SHORTEST: Duration = Duration::from_millis(1);

/// The exponent that no stage except the rules may exceed, in hundredths.
const MOST: u128 = 120;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, name, count] = arguments.as_slice()
        && flag == ONE
    {
        let kind = KINDS.iter().find(|kind| kind.name == name);
        return match (kind, count.parse()) {
            (Some(kind), Ok(count)) => stages::measure(kind, count),
            _ => ExitCode::FAILURE,
        };
    }
    let mut words = arguments.iter().filter(|word| !word.starts_with('-'));
    let word = words.next().map_or("", String::as_str);
    all(word)
}

/// Measures the kinds whose name contains a word, and reports which stages grow faster than they may.
fn all(word: &str) -> ExitCode {
    println!("the exponent by which each stage grows, and what it took at the last size\n");
    print!("{:<38}{:>8}", "", "items");
    for stage in STAGES {
        print!("{stage:>15}");
    }
    println!("{:>9}", "MB");
    let mut steep = Vec::new();
    let mut failed = false;
    for kind in KINDS.iter().filter(|kind| kind.name.contains(word)) {
        let (found, ended) = row(kind);
        steep.extend(found);
        failed |= !ended;
    }
    println!();
    for line in &steep {
        println!("above 1.20: {line}");
    }
    if failed || !steep.is_empty() {
        return ExitCode::FAILURE;
    }
    println!("no stage but the rules grows with an exponent above 1.20");
    ExitCode::SUCCESS
}

/// What a run on one file reported.
#[derive(Default)]
struct Run {
    times: Vec<Duration>,
    memory: u64,
    /// Why it ended before its last stage.
    stopped: Option<String>,
}

/// Prints the row of a kind. Returns which of its stages grow too fast, and whether every run finished.
fn row(kind: &Kind) -> (Vec<String>, bool) {
    let mut runs: Vec<(usize, Run)> = Vec::new();
    for size in SIZES.into_iter().filter(|size| *size <= kind.most) {
        let run = run(kind, size);
        let is_last = run.stopped.is_some();
        runs.push((size, run));
        if is_last {
            break;
        }
    }
    let [.., _, (large, last)] = runs.as_slice() else {
        println!("{:<38} was not measured", kind.name);
        return (Vec::new(), false);
    };
    print!("{:<38}{large:>8}", kind.name);
    let mut steep = Vec::new();
    for (at, stage) in STAGES.iter().enumerate() {
        // The last two sizes at which the stage was measured.
        let mut known = runs
            .iter()
            .rev()
            .filter_map(|(size, run)| Some((*size, run.times.get(at)?)));
        let (Some((large, then)), Some((small, first))) = (known.next(), known.next()) else {
            print!("{:>15}", "-");
            continue;
        };
        let millis = then.as_millis();
        if *first < SHORTEST {
            print!("{:>15}", format!("~ {millis}ms"));
            continue;
        }
        let grown = exponent(*first, *then, small, large);
        print!(
            "{:>15}",
            format!("{}.{:02} {millis}ms", grown / 100, grown % 100)
        );
        if grown > MOST && *stage != RULES {
            steep.push(format!(
                "{}, {stage}: {}.{:02}",
                kind.name,
                grown / 100,
                grown % 100
            ));
        }
    }
    println!("{:>9}", last.memory >> 10);
    if let Some(why) = &last.stopped {
        println!("{:<38}{why}", "");
    }
    (steep, last.stopped.is_none())
}

/// Measures one file in a separate process.
fn run(kind: &Kind, count: usize) -> Run {
    let Ok(program) = std::env::current_exe() else {
        return Run::default();
    };
    let mut command = Command::new(program);
    command.args([ONE, kind.name, &count.to_string()]);
    let Ok(mut child) = command.stdout(Stdio::piped()).spawn() else {
        return Run::default();
    };
    let lines = lines(&mut child);
    let mut run = Run::default();
    let stages = STAGES
        .iter()
        .filter(|stage| **stage != RULES || count <= MOST_FOR_RULES);
    while run.times.len() < stages.clone().count() {
        let start = Instant::now();
        let Ok(line) = lines.recv_timeout(LONGEST) else {
            let stage = STAGES.get(run.times.len()).copied().unwrap_or_default();
            let how = if start.elapsed() < LONGEST {
                "failed"
            } else {
                "was stopped"
            };
            run.stopped = Some(format!(
                "`{stage}` {how} after {} s",
                start.elapsed().as_secs()
            ));
            break;
        };
        let (nanos, memory) = line.split_once(' ').unwrap_or_default();
        run.times
            .push(Duration::from_nanos(nanos.parse().unwrap_or(0)));
        run.memory = memory.parse().unwrap_or(0);
    }
    let _ = child.kill();
    let _ = child.wait();
    run
}

/// The lines that a process writes, as it writes them.
fn lines(child: &mut Child) -> Receiver<String> {
    let (send, receive) = channel();
    if let Some(output) = child.stdout.take() {
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    break;
                }
            }
        });
    }
    receive
}
