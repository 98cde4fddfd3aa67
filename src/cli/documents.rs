//! Documents as they are written: to standard output or to a file.

use crate::report::document::{Document, Register, csv, html, text, ubl};
use crate::report::failure::Failure;

use super::Trouble;
use super::arguments::{DocumentFormat, Written};
use super::console::Console;
use super::files::{self, Over};

/// A document, with its place in the books if it has one.
pub(super) type Shown<'d> = (&'d Document, Option<&'d Register>);

/// Refuses an output that is never one, before anything is computed.
pub(super) fn refuse(written: &Written) -> Result<(), Trouble> {
    if let Some(output) = &written.output {
        files::refuse_contracts(output)?;
    }
    Ok(())
}

/// Writes documents; `beside` is what a person reads after them.
pub(super) fn write(
    written: &Written,
    documents: &[Shown<'_>],
    beside: &str,
    console: &mut Console,
) -> Result<(), Trouble> {
    let content = match written.format {
        DocumentFormat::Text => {
            let each = documents
                .iter()
                .map(|(document, register)| text::render(document, *register));
            let each: Vec<String> = each.collect();
            each.join("\n\n") + beside
        }
        DocumentFormat::Json => {
            let each = documents.iter().map(|(document, _)| document.to_json());
            let each: Vec<String> = each.collect();
            format!("[{}]\n", each.join(",\n"))
        }
        DocumentFormat::Html => html::render(documents),
        DocumentFormat::Csv => {
            let all: Vec<&Document> = documents.iter().map(|(document, _)| *document).collect();
            let mut bytes = Vec::new();
            csv::write(&mut bytes, &all)?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
        DocumentFormat::Ubl => ubl_of(documents)?,
    };
    match &written.output {
        Some(output) => {
            let over = Over {
                is_own: files::own_document(written.format),
                force: written.force,
            };
            files::output(output, content.as_bytes(), &over)?;
        }
        None => console.print(&content)?,
    }
    if written.format != DocumentFormat::Text {
        console.tell(beside.trim_start_matches('\n'));
    }
    Ok(())
}

/// An e-invoice is one document.
fn ubl_of(documents: &[Shown<'_>]) -> Result<String, Trouble> {
    let [(document, _)] = documents else {
        return Err(
            Failure::new("an e-invoice is one document, and these are several")
                .help(
                    "name one account with `--account`, or one document with `quidpro books show`",
                )
                .into(),
        );
    };
    ubl::render(document).map_err(|missing| {
        let failures = missing.iter();
        Trouble::Failures(
            failures
                .map(|one| Failure::new(&one.message).help(&one.help))
                .collect(),
        )
    })
}
