//! `quidpro test`: the scenarios that contracts contain.

use crate::driver::{Loaded, run_scenarios_of};
use crate::ledger::ScenarioResult;
use crate::report::findings;
use crate::report::scenarios::{self, ContractResults};

use super::arguments::{TestFormat, TestOptions};
use super::console::Console;
use super::{Ending, Outcome, files};

/// A contract's file with the results of its scenarios.
struct Run {
    file: String,
    contract: String,
    loaded: Loaded,
    results: Vec<ScenarioResult>,
}

pub(super) fn run(options: &TestOptions, console: &mut Console) -> Outcome {
    let mut runs = Vec::new();
    let mut unsound = 0_usize;
    for path in files::contracts(&options.paths)? {
        let loaded = files::contract(&path)?;
        if !loaded.is_sound() {
            let text = findings::full::render(
                &loaded.diagnostics,
                &loaded.sources,
                console.error_colour(),
            );
            console.tell(&text);
            unsound += 1;
            continue;
        }
        runs.extend(of_file(files::shown(&path), loaded));
    }
    let all: Vec<ContractResults<'_>> = runs
        .iter()
        .map(|run| ContractResults {
            file: &run.file,
            contract: &run.contract,
            sources: &run.loaded.sources,
            results: &run.results,
        })
        .collect();
    let (passed, failed) = scenarios::count(&all);
    match options.format {
        TestFormat::Junit => console.print(&scenarios::junit::render(&all))?,
        TestFormat::Json => console.print(&scenarios::json::render(&all))?,
        TestFormat::Text => {
            for contract in &all {
                console.print(&scenarios::text::render(contract, console.colour))?;
            }
            console.print(&summary(passed, failed, unsound))?;
        }
    }
    Ok(if failed + unsound == 0 {
        Ending::Fine
    } else {
        Ending::Findings
    })
}

/// The contract of a file, run; nothing for a library.
fn of_file(file: String, loaded: Loaded) -> Option<Run> {
    let mut results = Vec::new();
    let mut name = None;
    for checked in &loaded.contracts {
        results.extend(run_scenarios_of(checked));
        name.get_or_insert_with(|| checked.contract.heading.contract.clone());
    }
    Some(Run {
        file,
        contract: name?,
        loaded,
        results,
    })
}

fn summary(passed: usize, failed: usize, unsound: usize) -> String {
    let scenarios = format!("{passed} passed, {failed} failed");
    match unsound {
        0 => format!("{scenarios}\n"),
        1 => format!("{scenarios}; 1 contract has errors and was not run\n"),
        many => format!("{scenarios}; {many} contracts have errors and were not run\n"),
    }
}
