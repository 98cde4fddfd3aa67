//! `quidpro check`: what is wrong with contracts, and what is valid but unwise.

mod fixing;
mod outputs;
mod report;
mod waive;
mod watching;

use std::collections::BTreeSet;

use crate::config;
use crate::diagnostic::Severity;
use crate::report::failure::Failure;
use crate::report::findings::Unchecked;

use super::arguments::{CheckOptions, FailOn};
use super::checker::{BaselineChoice, CheckedFile, Checker};
use super::console::Console;
use super::input::{self, Input};
use super::{Ending, Outcome, Trouble, files};

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
    let mut checker = Checker::new(&options.checker, baseline(options))?;
    let name = options.stdin_filename.as_deref();
    let inputs = input::inputs(&options.which, name, &mut checker.configuration)?;
    outputs.overwrite_none_of(&inputs.all)?;
    let order = waive::Order::of(options, checker.today)?;
    let mut fixer = Fixer::new(options)?;
    let mut checked = match &order {
        Some(order) => waive::run(order, &mut fixer, &inputs.all, &mut checker),
        None => fixer.check(&inputs.all, &mut checker),
    };
    let mut unwritten = Vec::new();
    if !options.diff {
        unwritten = fixer.write();
        if fixer.is_incomplete() {
            // The report is about what the files contain at this point.
            checked = fixer.check_as_written(&inputs.all, &mut checker);
        }
    }
    let mut run = Run::default();
    for (input, checked) in inputs.all.iter().zip(checked) {
        run.add(input.name(), checked);
    }
    run.failures.extend(unwritten);
    for (path, failure) in inputs.failures {
        run.add(files::shown(&path), Err(vec![failure]));
    }
    unrepeated(&mut run.failures);
    report_once(&mut run.all);
    if options.diff {
        console.print(&fixer.diff(console.colour))?;
        return ended(run.failures, fixer.changes_anything());
    }
    let fixed = fixer.told();
    let subject = subject(&inputs.all, inputs.unchanged.as_deref());
    let report = Report::new(&run.all, &run.unchecked, subject, options);
    run.failures.extend(outputs.write(&report));
    match fixer.standard_output(options) {
        // The contract is printed to standard output, so the findings go to standard error.
        Some(text) => {
            console.print(text)?;
            console.tell(&outputs.printed(&report, console.error_colour()));
        }
        None => console.print(&outputs.printed(&report, console.colour))?,
    }
    if !fixed.is_empty() {
        console.tell(&fixed);
    }
    let fails = run.all.iter().any(|file| {
        let least = least(options, file);
        let mut open = file.open();
        open.any(|finding| least.is_some_and(|least| finding.severity <= least))
    });
    ended(run.failures, fails)
}

/// The results for the contracts of a run.
#[derive(Default)]
struct Run {
    all: Vec<CheckedFile>,
    /// Contracts that could not be checked.
    unchecked: Vec<Unchecked>,
    /// Why they could not be checked.
    failures: Vec<Failure>,
}

impl Run {
    fn add(&mut self, name: String, checked: Result<CheckedFile, Vec<Failure>>) {
        match checked {
            Ok(checked) => self.all.push(checked),
            Err(failures) => {
                self.unchecked.push(Unchecked::new(&name, &failures));
                self.failures.extend(failures);
            }
        }
    }
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

/// The subject of the check, for the summary.
fn subject(inputs: &[Input], unchanged: Option<&str>) -> String {
    match (inputs, unchanged) {
        ([], Some(unchanged)) => unchanged.to_owned(),
        ([one], _) => one.name(),
        (many, _) => format!("{} contracts", many.len()),
    }
}

/// The least serious finding that makes the check fail: as the arguments say, or otherwise as the contract's
/// configuration says.
fn least(options: &CheckOptions, file: &CheckedFile) -> Option<Severity> {
    match (options.fail_on, file.fail_on) {
        (Some(FailOn::Error), _) | (None, None) => Some(Severity::Error),
        (Some(FailOn::Warning), _) => Some(Severity::Warning),
        (Some(FailOn::Note), _) => Some(Severity::Info),
        (None, Some(config::FailOn::Severity(severity))) => Some(severity),
        (Some(FailOn::Never), _) | (None, Some(config::FailOn::Never)) => None,
    }
}

/// Reports a finding in a file that several contracts use only with the first of them.
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

/// Reports a problem with a configuration once, however many contracts it affects.
fn unrepeated(failures: &mut Vec<Failure>) {
    let mut kept: Vec<Failure> = Vec::new();
    for failure in failures.drain(..) {
        if !kept.contains(&failure) {
            kept.push(failure);
        }
    }
    *failures = kept;
}
