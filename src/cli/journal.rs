//! `quidpro journal`: the books as a journal of double entry.

use crate::closing::{Entry, transactions};
use crate::report::failure::Failure;
use crate::report::journal::{beancount, csv, hledger};

use super::arguments::{JournalFormat, JournalOptions};
use super::books;
use super::configuration::{Choice, Configuration};
use super::console::Console;
use super::files::{self, Over};
use super::{Ending, Outcome, Trouble};

pub(super) fn run(options: &JournalOptions, console: &mut Console) -> Outcome {
    if let Some(output) = &options.output {
        files::refuse_contracts(output)?;
    }
    let choice = match &options.config {
        Some(file) => Choice::File(file.clone()),
        None => Choice::Nearest,
    };
    // The accounts are those of the folder that the books are in.
    let settings = Configuration::new(choice)
        .of(&options.books)
        .map_err(Trouble::Failures)?;
    let journal = settings.journal.ok_or_else(|| {
        Failure::new("no configuration names the accounts of a journal").help(
            "write them into a `quidpro.toml` beside the books: a table `[journal.accounts]` with `balance = \"Liabilities:Payable\"` and `charge = \"Expenses:Support\"`",
        )
    })?;
    let entries = books::opened(&options.books)?.all()?;
    let documents = entries
        .iter()
        .filter_map(|(entry, _)| Entry::document(entry));
    let wanted = documents.filter(|document| {
        options
            .contract
            .as_ref()
            .is_none_or(|name| *name == document.contract.name)
    });
    let transactions = transactions(wanted, &journal).map_err(|obstacles| {
        let failures = obstacles.iter();
        Trouble::Failures(
            failures
                .map(|one| Failure::new(&one.message).help(&one.help))
                .collect(),
        )
    })?;
    let content = match options.format {
        JournalFormat::Beancount => beancount::render(&transactions).into_bytes(),
        JournalFormat::Hledger => hledger::render(&transactions).into_bytes(),
        JournalFormat::Csv => {
            let mut bytes = Vec::new();
            csv::write(&mut bytes, &transactions)?;
            bytes
        }
    };
    match &options.output {
        Some(output) => {
            let over = Over {
                is_own: |content| {
                    content.starts_with(b"; written by quidpro journal")
                        || content.starts_with(b"date,document,number,contract,")
                },
                force: options.force,
            };
            files::output(output, &content, &over)?;
        }
        None => std::io::Write::write_all(console.out(), &content)?,
    }
    Ok(Ending::Fine)
}
