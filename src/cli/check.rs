//! `quidpro check`: what is wrong with contracts, and what is sound and yet unwise.

mod fixing;
mod outputs;
mod report;
mod watching;

use std::collections::BTreeSet;

use crate::config;
use crate::diagnostic::Severity;
use crate::report::failure::Failure;

use super::arguments::{CheckOptions, FailOn};
use super::checker::{BaselineChoice, CheckedFile, Checker};
use super::console::Console;
use super::input::{self, Input};
use super::{Ending, Outcome, Trouble};

use fixing::Fixer;
use outputs::Outputs;
use report::Report;

pub(super) fn run(options: &CheckOptions, console: &mut Console) -> Outcome {
    if options.watch {
        return watching::run(options, console);
    }
    once(options, console)
}

fn once(options: &CheckOptions, console: &mut Console) -> Outcome {
    let outputs = Outputs::of(options)?;
    let inputs = input::inputs(&options.paths, options.stdin_filename.as_deref())?;
    outputs.overwrite_none_of(&inputs)?;
    let mut checker = Checker::new(&options.checker, baseline(options))?;
    let mut fixer = Fixer::new(options, &inputs)?;
    let mut failures = Vec::new();
    let mut all = Vec::new();
    let mut sort = |all: &mut Vec<CheckedFile>, checked| match checked {
        Ok(checked) => all.push(checked),
        Err(troubles) => failures.extend::<Vec<Failure>>(troubles),
    };
    for checked in fixer.check(&inputs, &mut checker) {
        sort(&mut all, checked);
    }
    if !options.diff {
        let unwritten = fixer.write();
        if fixer.is_incomplete() {
            // What is reported is what the files hold.
            all.clear();
            for checked in fixer.check_as_written(&inputs, &mut checker) {
                sort(&mut all, checked);
            }
        }
        failures.extend(unwritten);
    }
    unrepeated(&mut failures);
    report_once(&mut all);
    if options.diff {
        console.print(&fixer.diff(console.colour))?;
        return ended(failures, fixer.changes_anything());
    }
    let fixed = fixer.told();
    let report = Report::new(&all, subject(&inputs), options);
    failures.extend(outputs.write(&report));
    console.print(&outputs.printed(&report, console.colour))?;
    if !fixed.is_empty() {
        console.tell(&fixed);
    }
    let fails = all.iter().any(|file| {
        let least = least(options, file);
        let mut open = file.open();
        open.any(|finding| least.is_some_and(|least| finding.severity <= least))
    });
    ended(failures, fails)
}

fn ended(failures: Vec<Failure>, found: bool) -> Outcome {
    if !failures.is_empty() {
        return Err(Trouble::Failures(failures));
    }
    Ok(if found {
        Ending::Findings
    } else {
        Ending::Fine
    })
}

fn baseline(options: &CheckOptions) -> BaselineChoice {
    match (&options.baseline, options.no_baseline) {
        (Some(file), _) => BaselineChoice::File(file.clone()),
        (None, true) => BaselineChoice::None,
        (None, false) => BaselineChoice::Configured,
    }
}

/// What was checked, for the summary.
fn subject(inputs: &[Input]) -> String {
    match inputs {
        [one] => one.name(),
        many => format!("{} contracts", many.len()),
    }
}

/// The least grave finding that makes the check fail: as the arguments say, or else the contract's configuration.
fn least(options: &CheckOptions, file: &CheckedFile) -> Option<Severity> {
    match (options.fail_on, file.fail_on) {
        (Some(FailOn::Error), _) | (None, None) => Some(Severity::Error),
        (Some(FailOn::Warning), _) => Some(Severity::Warning),
        (Some(FailOn::Note), _) => Some(Severity::Info),
        (None, Some(config::FailOn::Severity(severity))) => Some(severity),
        (Some(FailOn::Never), _) | (None, Some(config::FailOn::Never)) => None,
    }
}

/// What is found in a file that several contracts use is reported with the first of them.
fn report_once(all: &mut [CheckedFile]) {
    let mut seen = BTreeSet::new();
    for file in all {
        let sources = &file.loaded.sources;
        file.findings.retain(|finding| {
            let span = finding.primary.span;
            let file = sources.name(span.file).to_owned();
            let message = finding.message.clone();
            seen.insert((file, span.start, span.end, finding.code, message))
        });
    }
}

/// What is wrong with a configuration is told once, whatever number of contracts it is for.
fn unrepeated(failures: &mut Vec<Failure>) {
    let mut kept: Vec<Failure> = Vec::new();
    for failure in failures.drain(..) {
        if !kept.contains(&failure) {
            kept.push(failure);
        }
    }
    *failures = kept;
}
