//! `quidpro test`: the scenarios that contracts contain.

use crate::driver::{Checked, Loaded, run_scenarios_of};
use crate::ledger::ScenarioResult;
use crate::report::failure::Failure;
use crate::report::findings;
use crate::report::scenarios::{self, ContractResults};
use crate::text::Sources;

use super::arguments::{TestFormat, TestOptions};
use super::configuration::{Choice, Configuration};
use super::console::Console;
use super::input::{self, Input};
use super::{Ending, Outcome, Trouble, files};

/// A contract with the results of its scenarios.
struct Run {
    file: String,
    contract: String,
    results: Vec<ScenarioResult>,
    /// Why they were not run, if they were not.
    error: Option<String>,
    /// The position of its file among those that were read.
    at: Option<usize>,
}

/// The results for all files.
#[derive(Default)]
struct Runs {
    all: Vec<Run>,
    loaded: Vec<Loaded>,
    failures: Vec<Failure>,
}

pub(super) fn run(options: &TestOptions, console: &mut Console) -> Outcome {
    let mut configuration = Configuration::new(Choice::Nearest);
    let inputs = input::inputs(&options.which, None, &mut configuration)?;
    let mut runs = Runs::default();
    for (path, failure) in inputs.failures {
        runs.unread(files::shown(&path), failure);
    }
    for input in &inputs.all {
        let loaded = match input {
            Input::File(path) => files::contract(path),
            Input::Standard(name) => {
                files::standard_input(name).map(|text| files::contract_of(name, &text))
            }
        };
        match loaded {
            Ok(loaded) => runs.add(input.name(), loaded, console),
            Err(failure) => runs.unread(input.name(), failure),
        }
    }
    print(options, &runs, inputs.unchanged.as_deref(), console)
}

impl Runs {
    /// Runs the contracts of a file. Errors in one contract do not stop the others.
    fn add(&mut self, file: String, loaded: Loaded, console: &mut Console) {
        if !loaded.is_sound() {
            let colour = console.error_colour();
            console.tell(&findings::full::render(
                &loaded.diagnostics,
                &loaded.sources,
                colour,
            ));
        }
        let at = Some(self.loaded.len());
        let unsound = |contract: &str| Run {
            file: file.clone(),
            contract: contract.to_owned(),
            results: Vec::new(),
            error: Some(format!(
                "the contract has errors, so its scenarios were not run; `quidpro check {file}` shows them"
            )),
            at,
        };
        let each = loaded.contracts.iter().map(|checked| {
            let name = &checked.contract.heading.contract;
            if !is_computable(checked) {
                return unsound(name);
            }
            Run {
                file: file.clone(),
                contract: name.clone(),
                results: run_scenarios_of(checked),
                error: None,
                at,
            }
        });
        let mut runs: Vec<Run> = each.collect();
        if runs.is_empty() && !loaded.is_sound() {
            runs.push(unsound(""));
        }
        self.all.extend(runs);
        self.loaded.push(loaded);
    }

    fn unread(&mut self, file: String, failure: Failure) {
        self.all.push(Run {
            file,
            contract: String::new(),
            results: Vec::new(),
            error: Some(failure.message().to_owned()),
            at: None,
        });
        self.failures.push(failure);
    }
}

/// Whether every version of a contract can be computed.
fn is_computable(checked: &Checked) -> bool {
    let versions = checked.versions();
    versions.iter().all(|version| version.compiled.is_some())
}

fn print(
    options: &TestOptions,
    runs: &Runs,
    unchanged: Option<&str>,
    console: &mut Console,
) -> Outcome {
    let nothing = Sources::new();
    let all: Vec<ContractResults<'_>> = runs
        .all
        .iter()
        .map(|run| ContractResults {
            file: &run.file,
            contract: &run.contract,
            sources: run
                .at
                .and_then(|at| runs.loaded.get(at))
                .map_or(&nothing, |loaded| &loaded.sources),
            results: &run.results,
            error: run.error.as_deref(),
        })
        .collect();
    let (passed, failed) = scenarios::count(&all);
    let not_run = all.iter().filter(|one| one.error.is_some()).count();
    let summary = match unchanged {
        Some(unchanged) => format!("{unchanged}: nothing was run\n"),
        None => summary(passed, failed, not_run),
    };
    match options.format {
        TestFormat::Junit => console.print(&scenarios::junit::render(&all))?,
        TestFormat::Json => console.print(&scenarios::json::render(&all))?,
        TestFormat::Github => {
            console.print(&scenarios::github::render(&all))?;
            console.print(&summary)?;
        }
        TestFormat::Text => {
            for contract in &all {
                console.print(&scenarios::text::render(contract, console.colour))?;
            }
            console.print(&summary)?;
        }
    }
    if !runs.failures.is_empty() {
        return Err(Trouble::Failures(runs.failures.clone()));
    }
    Ok(if failed + not_run == 0 {
        Ending::Fine
    } else {
        Ending::Findings
    })
}

fn summary(passed: usize, failed: usize, not_run: usize) -> String {
    let scenarios = format!("{passed} passed, {failed} failed");
    match not_run {
        0 => format!("{scenarios}\n"),
        1 => format!("{scenarios}; the scenarios of 1 contract were not run\n"),
        many => format!("{scenarios}; the scenarios of {many} contracts were not run\n"),
    }
}
