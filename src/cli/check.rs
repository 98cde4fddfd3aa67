//! `quidpro check`: syntax, names, units, bands; with `--rules` what is sound and yet unwise.

mod outputs;
mod report;

use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::driver::{Loaded, lint_all};
use crate::lint::Settings;

use super::arguments::{CheckOptions, FailOn};
use super::console::Console;
use super::{Ending, Outcome, Trouble, input};

use outputs::Outputs;
use report::Report;

pub(super) fn run(options: &CheckOptions, console: &mut Console) -> Outcome {
    let outputs = Outputs::of(options)?;
    let inputs = input::inputs(&options.paths, options.stdin_filename.as_deref())?;
    outputs.overwrite_none_of(&inputs)?;
    let settings = Settings::default();
    let mut failures = Vec::new();
    let mut all = Vec::new();
    for input in &inputs {
        match input.load() {
            Ok(mut loaded) => {
                if options.rules {
                    let found = lint_all(&loaded, &settings);
                    loaded.diagnostics.extend(found);
                }
                all.push((input.name(), loaded));
            }
            Err(failure) => failures.push(failure),
        }
    }
    report_once(&mut all);
    let subject = match inputs.as_slice() {
        [one] => one.name(),
        many => format!("{} contracts", many.len()),
    };
    let least = options.fail_on.least();
    let report = Report::new(&all, &subject, least);
    failures.extend(outputs.write(&report));
    console.print(&outputs.printed(&report, console.colour))?;
    if !failures.is_empty() {
        return Err(Trouble::Failures(failures));
    }
    let mut findings = all.iter().flat_map(|(_, loaded)| &loaded.diagnostics);
    let fails = findings.any(|finding| least.is_some_and(|least| finding.severity <= least));
    Ok(if fails {
        Ending::Findings
    } else {
        Ending::Fine
    })
}

impl FailOn {
    /// The least grave finding that makes the check fail.
    fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// What is found in a file that several contracts use is reported with the first of them.
fn report_once(all: &mut [(String, Loaded)]) {
    let mut seen = BTreeSet::new();
    for (_, loaded) in all {
        let sources = &loaded.sources;
        loaded.diagnostics.retain(|finding| {
            let span = finding.primary.span;
            let file = sources.name(span.file).to_owned();
            let message = finding.message.clone();
            seen.insert((file, span.start, span.end, finding.code, message))
        });
    }
}
