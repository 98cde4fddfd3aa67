//! `quidpro questions`: what a contract's text leaves open.

use crate::driver::questions_of;
use crate::report::questions::{ContractQuestions, json, markdown, text};

use super::arguments::{QuestionsFormat, QuestionsOptions};
use super::console::Console;
use super::{Ending, Outcome, files};

pub(super) fn run(options: &QuestionsOptions, console: &mut Console) -> Outcome {
    let loaded = files::contract(&options.contract)?;
    let file = files::shown(&options.contract);
    let asked = questions_of(&loaded);
    let all: Vec<ContractQuestions<'_>> = asked
        .iter()
        .map(|questions| ContractQuestions {
            file: &file,
            sources: &loaded.sources,
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
    if loaded.is_sound() {
        return Ok(Ending::Fine);
    }
    console.tell(&format!(
        "{file} has errors, so that amounts and some questions are missing; `quidpro check {file}` shows them\n"
    ));
    Ok(Ending::Findings)
}
