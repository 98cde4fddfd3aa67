//! `quidpro review`: the state of a contract, on one page.

use std::collections::BTreeMap;

use crate::report::review::{ContractReview, html, json, text};

use super::arguments::{ReviewFormat, ReviewOptions};
use super::checker::{BaselineChoice, Checker};
use super::console::Console;
use super::files::Over;
use super::{Outcome, Trouble, files, questions};

pub(super) fn run(options: &ReviewOptions, console: &mut Console) -> Outcome {
    if let Some(output) = &options.output {
        files::refuse_contracts(output)?;
    }
    files::named(&options.contract);
    let mut checker = Checker::new(&options.checker, BaselineChoice::None)?;
    let file = checker
        .check_one(&options.contract, &BTreeMap::new())
        .map_err(Trouble::Failures)?;
    let reviews = file.loaded.reviews(&file.findings);
    let all: Vec<ContractReview<'_>> = reviews
        .iter()
        .map(|review| ContractReview {
            file: &file.name,
            sources: &file.loaded.sources,
            review,
        })
        .collect();
    let page = match options.format {
        ReviewFormat::Text => {
            let each: Vec<String> = all.iter().map(|one| text::render(*one)).collect();
            each.join("\n")
        }
        ReviewFormat::Html => html::render(&all),
        ReviewFormat::Json => json::render(&all),
    };
    match &options.output {
        Some(output) => {
            let over = Over {
                is_own: files::own_review(options.format),
                force: options.force,
            };
            files::output(output, page.as_bytes(), &over)?;
        }
        None => console.print(&page)?,
    }
    Ok(questions::ending(&file, console))
}
