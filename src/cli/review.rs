//! `quidpro review`: how a contract stands, on one page.

use crate::driver::reviews_of;
use crate::report::review::{ContractReview, html, json, text};

use super::arguments::{ReviewFormat, ReviewOptions};
use super::console::Console;
use super::{Ending, Outcome, files};

pub(super) fn run(options: &ReviewOptions, console: &mut Console) -> Outcome {
    let loaded = files::contract(&options.contract)?;
    let file = files::shown(&options.contract);
    let reviews = reviews_of(&loaded);
    let all: Vec<ContractReview<'_>> = reviews
        .iter()
        .map(|review| ContractReview {
            file: &file,
            sources: &loaded.sources,
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
        Some(output) => files::write(output, page.as_bytes())?,
        None => console.print(&page)?,
    }
    if loaded.is_sound() {
        return Ok(Ending::Fine);
    }
    console.tell(&format!(
        "{file} has errors, so that amounts are missing; `quidpro check {file}` shows them\n"
    ));
    Ok(Ending::Findings)
}
