//! `quidpro invoice --format html` and `--format xlsx`: views that need all months at once.

use std::path::Path;

use crate::closing::MonthResult;
use crate::report::document::{Document, html};
use crate::report::failure::Failure;
use crate::report::{failure, refusal};

use super::accounts::{self, Sheet};
use super::arguments::{InvoiceOptions, StatementFormat};
use super::console::Console;
use super::files::{self, Over};
use super::invoice::Range;
use super::monthly::{self, Ready};
use super::{Ending, Outcome, Trouble};

pub(super) fn run(options: &InvoiceOptions, console: &mut Console) -> Outcome {
    let ready = monthly::contract(&options.contract, console)?;
    let range = Range::of(options)?;
    let sheet = accounts::sheet(&options.data, &ready, options.account.as_deref(), console)?;
    let subject = accounts::subject(&ready, sheet.file.clone())?;
    let mut documents: Vec<Document> = Vec::new();
    let mut refused = String::new();
    let colour = console.error_colour();
    for rows in sheet.accounts.values() {
        for one in subject.compute(rows) {
            if !range.has(one.month) {
                continue;
            }
            match one.result {
                MonthResult::Statement(document) => documents.push(*document),
                MonthResult::Refused(reasons, problems) => {
                    let sources = &ready.loaded().sources;
                    refused.push_str(&refusal::render_reasons(&reasons, sources, colour));
                    for problem in &problems {
                        let problem = failure::render(&monthly::failure(problem), colour, false);
                        refused.push_str(&problem);
                    }
                }
            }
        }
    }
    if documents.is_empty() && refused.is_empty() {
        let data = files::shown(&options.data.data);
        let failure = Failure::new(format!("`{data}` has no month that was asked for"));
        return Err(failure.into());
    }
    let content = if options.format == StatementFormat::Xlsx {
        workbook(options, &ready, &sheet, &range)?
    } else {
        let shown: Vec<_> = documents.iter().map(|document| (document, None)).collect();
        html::render(&shown).into_bytes()
    };
    match &options.output {
        Some(output) => write(options, output, &content)?,
        None if options.format == StatementFormat::Xlsx => {
            return Err(Failure::new("a workbook is not printed")
                .help("name a file for it: `--output statements.xlsx`")
                .into());
        }
        None => std::io::Write::write_all(console.out(), &content)?,
    }
    console.tell(&refused);
    Ok(if refused.is_empty() {
        Ending::Fine
    } else {
        Ending::Findings
    })
}

/// Writes statements to a file.
pub(super) fn write(
    options: &InvoiceOptions,
    output: &Path,
    content: &[u8],
) -> Result<(), Trouble> {
    let over = Over {
        is_own: files::own_statements(options.format),
        force: options.force,
    };
    files::output(output, content, &over)?;
    Ok(())
}

#[cfg(feature = "xlsx")]
fn workbook(
    options: &InvoiceOptions,
    ready: &Ready,
    sheet: &Sheet,
    range: &Range,
) -> Result<Vec<u8>, Trouble> {
    use crate::report::workbook::{Calculation, write};
    let checked = ready.checked()?;
    let versions = checked.versions();
    let versions = versions.iter().map(|version| {
        let program = &version.compiled?.program;
        let amendment = program.plan.amendment.as_ref();
        let name = amendment.map_or_else(String::new, |amendment| amendment.name.clone());
        Some((name, version.from, program))
    });
    let versions = versions.collect::<Option<_>>();
    let heading = &checked.contract.heading;
    let calculation = Calculation {
        title: heading.title.as_deref().unwrap_or(&heading.contract),
        versions: versions.ok_or_else(|| Failure::new("the contract has no program"))?,
        schema: &monthly::columns(checked)?,
        accounts: sheet.accounts.values().map(Vec::as_slice).collect(),
        shown: (range.from, range.to),
    };
    write(&calculation).map_err(|refused| {
        let contract = files::shown(&options.contract);
        Failure::new(format!(
            "no workbook of `{contract}` was written: {refused}"
        ))
        .help("write the statements as CSV or HTML; or fewer accounts, with `--account`")
        .into()
    })
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_: &InvoiceOptions, _: &Ready, _: &Sheet, _: &Range) -> Result<Vec<u8>, Trouble> {
    Err(
        Failure::new("this build of the program does not write workbooks")
            .help("build it with the feature `xlsx`, or write the statements as CSV or HTML")
            .into(),
    )
}
