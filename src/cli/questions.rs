//! `quidpro questions`: what a contract's text leaves open.

use std::collections::BTreeMap;
use std::path::Path;

use crate::report::questions::{ContractQuestions, json, markdown, text};

use super::arguments::{QuestionsFormat, QuestionsOptions};
use super::checker::{BaselineChoice, CheckedFile, Checker};
use super::console::Console;
use super::{Ending, Outcome, Trouble, files};

pub(super) fn run(options: &QuestionsOptions, console: &mut Console) -> Outcome {
    files::named(&options.contract);
    let mut checker = Checker::new(&options.checker, BaselineChoice::None)?;
    let file = checker
        .check_one(&options.contract, &BTreeMap::new())
        .map_err(Trouble::Failures)?;
    let asked = file.loaded.questions(&file.findings);
    let all: Vec<ContractQuestions<'_>> = asked
        .iter()
        .map(|questions| ContractQuestions {
            file: &file.name,
            sources: &file.loaded.sources,
            questions,
        })
        .collect();
    let each = |render: fn(ContractQuestions<'_>) -> String| {
        let each: Vec<String> = all.iter().map(|contract| render(*contract)).collect();
        each.join("\n")
    };
    let shown = match options.format {
        QuestionsFormat::Text => each(text::render),
        QuestionsFormat::Markdown => each(markdown::render),
        QuestionsFormat::Json => json::render(&all),
    };
    console.print(&shown)?;
    Ok(ending(&file, console))
}

/// The ending of the command. For a contract with errors, this reports that amounts and some questions are missing.
pub(super) fn ending(file: &CheckedFile, console: &mut Console) -> Ending {
    if file.loaded.is_sound() {
        return Ending::Fine;
    }
    let name = files::told(Path::new(&file.name));
    console.tell(&format!(
        "{name} has errors, so amounts and some questions are missing; `quidpro check {name}` shows them\n"
    ));
    Ending::Findings
}
