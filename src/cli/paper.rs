//! `quidpro paper`: a contract in prose, for signature.

use crate::driver::worked_examples;
use crate::report::facts::{ContractFacts, VersionHead};
use crate::report::failure::Failure;
use crate::report::paper::{Paper, html, json, paper, text};

use super::arguments::{PaperFormat, PaperOptions};
use super::console::Console;
use super::facts::in_force;
use super::files::Over;
use super::{Ending, Outcome, files, monthly};

pub(super) fn run(options: &PaperOptions, console: &mut Console) -> Outcome {
    if let Some(output) = &options.output {
        files::refuse_contracts(output)?;
    }
    let ready = monthly::contract(&options.contract, console)?;
    let checked = ready.checked()?;
    let versions = checked.versions();
    let shown = match options.on {
        Some(day) => in_force(&versions, day)?,
        None => versions.len().saturating_sub(1),
    };
    let Some(version) = versions.get(shown) else {
        return Err(Failure::new("the contract has no version").into());
    };
    let heads: Vec<VersionHead> = versions
        .iter()
        .map(|version| VersionHead {
            from: version.from,
            amendment: version.contract.plan.amendment.clone(),
        })
        .collect();
    let loaded = ready.loaded();
    let file = files::shown(&options.contract);
    let facts = ContractFacts {
        file: &file,
        sources: &loaded.sources,
        contract: version.contract,
        versions: &heads,
        shown,
        waivers: &[],
    };
    let examples = if options.scenarios {
        worked_examples(checked)
    } else {
        Vec::new()
    };
    let paper = paper(facts, examples);
    let page = match options.format {
        PaperFormat::Text => text::render(&paper).into_bytes(),
        PaperFormat::Html => html::render(&paper).into_bytes(),
        PaperFormat::Json => json::render(&paper).into_bytes(),
        PaperFormat::Docx => document(&paper)?,
    };
    match &options.output {
        Some(output) => {
            let over = Over {
                is_own: files::own_paper(options.format),
                force: options.force,
            };
            files::output(output, &page, &over)?;
        }
        None if options.format == PaperFormat::Docx => {
            return Err(Failure::new("a Word document is not printed")
                .help("name a file for it: `--output paper.docx`")
                .into());
        }
        None => std::io::Write::write_all(console.out(), &page)?,
    }
    Ok(Ending::Fine)
}

#[cfg(feature = "docx")]
fn document(paper: &Paper) -> Result<Vec<u8>, Failure> {
    crate::report::paper::docx::render(paper)
        .map_err(|error| Failure::new(format!("the Word document could not be written: {error}")))
}

#[cfg(not(feature = "docx"))]
fn document(_: &Paper) -> Result<Vec<u8>, Failure> {
    Err(
        Failure::new("this build of the program does not write Word documents")
            .help("build it with the feature `docx`, or open the HTML page in a word processor"),
    )
}
