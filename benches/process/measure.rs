//! Processes, timed from start to end, with the most memory that they used.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a process took, and how it ended.
pub struct Run {
    pub time: Duration,
    pub code: Option<i32>,
    pub used: Used,
}

/// The system's record of what a process has used; nothing where the system keeps none.
#[derive(Clone, Copy, Default)]
pub struct Used {
    /// The most memory in use at any time, in bytes.
    pub memory: Option<u64>,
    /// In milliseconds, to a hundredth of a second. Unlike the time from start to end, it leaves out what others did on
    /// the machine in the meantime.
    pub processor: Option<u64>,
}

/// Runs a process and discards its output.
pub fn run(command: &mut Command) -> Option<Run> {
    let start = Instant::now();
    let status = silent(command).status().ok()?;
    Some(Run {
        time: start.elapsed(),
        code: status.code(),
        used: Used::default(),
    })
}

/// Runs a long process and discards its output. Every few milliseconds, asks what it has used.
pub fn watch(command: &mut Command) -> Option<Run> {
    let start = Instant::now();
    let mut child = silent(command).spawn().ok()?;
    let mut used = Used::default();
    loop {
        used.memory = most_memory(&child).or(used.memory);
        used.processor = processor_time(&child).or(used.processor);
        if let Some(status) = child.try_wait().ok()? {
            return Some(Run {
                time: start.elapsed(),
                code: status.code(),
                used,
            });
        }
        sleep(Duration::from_millis(5));
    }
}

fn silent(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

/// The system's own record of the most memory that the process has used so far (Linux only).
fn most_memory(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// The system's own record of the processor time, in hundredths of a second (Linux only).
fn processor_time(child: &Child) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11).map(str::parse::<u64>);
    let (user, system) = (times.next()?.ok()?, times.next()?.ok()?);
    Some((user + system) * 10).filter(|time| *time > 0)
}
