//! `quidpro test`: the scenarios that contracts contain.

use crate::diagnostic::Diagnostic;
use crate::driver::{ScenarioResult, run_scenarios};
use crate::report::findings;

use super::arguments::TestOptions;
use super::console::Console;
use super::{Ending, Outcome, files};

pub(super) fn run(options: &TestOptions, console: &mut Console) -> Outcome {
    let mut passed = 0_usize;
    let mut failed = 0_usize;
    for path in files::contracts(&options.paths)? {
        let loaded = files::contract(&path)?;
        if !loaded.is_sound() {
            let text = findings::full::render(&loaded.diagnostics, &loaded.sources, console.colour);
            console.print(&text)?;
            failed += 1;
            continue;
        }
        for checked in &loaded.contracts {
            let Some(compiled) = &checked.compiled else {
                continue;
            };
            for result in run_scenarios(&checked.contract, compiled) {
                if result.mismatches.is_empty() {
                    passed += 1;
                    continue;
                }
                failed += 1;
                let text =
                    findings::full::render(&differences(&result), &loaded.sources, console.colour);
                console.print(&text)?;
            }
        }
    }
    console.print(&format!("{passed} passed, {failed} failed\n"))?;
    Ok(if failed == 0 {
        Ending::Fine
    } else {
        Ending::Findings
    })
}

fn differences(result: &ScenarioResult) -> Vec<Diagnostic> {
    let found = result.mismatches.iter().map(|mismatch| {
        Diagnostic::error(
            "scenario-failed",
            mismatch.span,
            format!("{}: {}", mismatch.month, mismatch.message),
        )
        .and_at(result.span, "in this scenario")
    });
    found.collect()
}
