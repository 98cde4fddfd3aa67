//! `quidpro restate`: invoiced months, stated again after data was corrected.

use std::sync::Arc;

use crate::closing::{
    AccountBooks, Cause, Mode, Obstacle, Record, Restatement, Settling, Snapshot, Subject,
    next_number, restate, settle,
};
use crate::data::Row;
use crate::report::close::{RestatedLine, list, restatement as rendered};
use crate::report::document::{DocumentKind, text};
use crate::report::failure::{self, Failure};

use super::accounts::{self, Signed};
use super::arguments::{RestateOptions, SettleBy};
use super::books::Store;
use super::console::Console;
use super::monthly::{self, Ready};
use super::{Ending, Outcome, Trouble, files};

pub(super) fn run(options: &RestateOptions, console: &mut Console) -> Outcome {
    let signed = accounts::signed(&options.approval)?;
    let ready = monthly::contract(&options.contract, console)?;
    let sheet = accounts::sheet(&options.data, &ready, options.account.as_deref(), console)?;
    let subject = accounts::subject(&ready, sheet.file)?;
    let Some(mut store) = Store::open(&options.books, false)? else {
        let books = files::shown(&options.books);
        return Err(Failure::new(format!("there are no books `{books}`"))
            .help("name the books that `quidpro close --issue` wrote")
            .into());
    };
    if options.issue {
        store.begin()?;
    }
    let mut run = Run {
        options,
        signed,
        ready: &ready,
        subject: &subject,
        printed: String::new(),
        failures: Vec::new(),
        accounts: 0,
        documents: 0,
    };
    for (account, rows) in &sheet.accounts {
        run.account(account.as_ref(), rows, &mut store, console)?;
    }
    if options.issue {
        store.commit()?;
    }
    if run.accounts == 0 {
        let books = files::shown(&options.books);
        return Err(Failure::new(format!(
            "`{books}` has no invoice of `{}` for an account of this data",
            subject.name()
        ))
        .into());
    }
    console.print(&run.printed)?;
    console.tell(&run.failures.concat());
    Ok(if run.failures.is_empty() {
        Ending::Fine
    } else {
        Ending::Findings
    })
}

struct Run<'r> {
    options: &'r RestateOptions,
    signed: Signed,
    ready: &'r Ready,
    subject: &'r Subject<'r>,
    printed: String,
    failures: Vec<String>,
    /// Accounts that have invoices.
    accounts: usize,
    documents: usize,
}

impl Run<'_> {
    fn account(
        &mut self,
        account: Option<&Arc<str>>,
        rows: &[Row],
        store: &mut Store,
        console: &Console,
    ) -> Result<(), Trouble> {
        let name = account.map(AsRef::as_ref);
        let entries = store.account(self.subject.name(), name)?;
        let books = AccountBooks::of(self.subject.name(), name, &entries);
        let Some(first) = books.months.values().next() else {
            return Ok(());
        };
        self.accounts += 1;
        let history = store.text(&first.snapshot)?;
        let history = history.and_then(|text| Snapshot::parse(&text).ok());
        let restatement = restate(self.subject, rows, &books, history.as_ref());
        if restatement.months.is_empty() && restatement.obstacles.is_empty() {
            self.heading(account);
            self.printed.push_str(if restatement.changes.is_empty() {
                "Nothing changes: the data is what was invoiced.\n"
            } else {
                "Nothing changes: only data of months before the first invoice is another one, and no invoice depends on it.\n"
            });
            return Ok(());
        }
        self.show(account, &restatement);
        let settling = Settling {
            date: self.signed.date,
            by: self.options.by.map(|by| match by {
                SettleBy::NextInvoice => Mode::NextInvoice,
                SettleBy::NewInvoice => Mode::NewInvoice,
            }),
            accept_late: self.options.accept_late.clone(),
            accept_text: self.options.accept_text.clone(),
            prepared_by: self.signed.prepared_by.clone(),
            approved_by: self.signed.approved_by.clone(),
        };
        let mut used = store.numbers()?;
        let date = self.signed.date;
        let mut number = |kind: DocumentKind| {
            let number = next_number(kind, date, used.iter().map(String::as_str));
            used.push(number.clone());
            number
        };
        let settled = settle(
            self.subject,
            rows,
            &restatement,
            &books,
            &settling,
            &mut number,
        );
        let documents = match settled {
            Ok(documents) => documents,
            Err(obstacles) => {
                self.obstacles(&obstacles, account, console);
                return Ok(());
            }
        };
        if !self.options.issue {
            let kinds: Vec<String> = documents
                .iter()
                .map(|document| {
                    format!(
                        "{} of {}: {} {}",
                        document.kind.title().to_lowercase(),
                        document.month,
                        document.total.plain(),
                        document.currency
                    )
                })
                .collect();
            self.printed.push_str(&list("Would be issued", &kinds));
            self.printed
                .push_str("\nNothing was written. With `--issue` it is issued.\n");
            return Ok(());
        }
        for (_, text) in accounts::texts(self.ready) {
            store.keep(text)?;
        }
        for document in documents {
            if let Ok(snapshot) = self.subject.snapshot(rows, document.month) {
                store.keep(&snapshot.to_json())?;
            }
            let entry = store.append(Record::Document(Box::new(document.clone())))?;
            self.printed.push('\n');
            self.printed
                .push_str(&text::render(&document, Some(&entry.register())));
            self.documents += 1;
        }
        Ok(())
    }

    fn heading(&mut self, account: Option<&Arc<str>>) {
        let of = account.map_or_else(String::new, |account| format!(", account {account}"));
        if !self.printed.is_empty() {
            self.printed.push('\n');
        }
        self.printed
            .push_str(&format!("Restatement of {}{of}\n\n", self.subject.name()));
    }

    fn show(&mut self, account: Option<&Arc<str>>, restatement: &Restatement) {
        self.heading(account);
        let mut lines = Vec::new();
        for month in &restatement.months {
            for change in &month.lines {
                let Some(corrected) = &change.line.corrected else {
                    continue;
                };
                lines.push(RestatedLine {
                    month: month.month,
                    title: change.line.called(),
                    before: corrected.before.clone(),
                    after: corrected.after.clone(),
                    change: change.line.amount.clone(),
                    causes: change.causes.iter().map(cause).collect(),
                });
            }
        }
        if lines.is_empty() {
            self.printed.push_str("No amount changes.\n");
        } else {
            self.printed.push_str(&rendered(&lines));
        }
        let changes = restatement
            .changes
            .iter()
            .map(|change| cause(&Cause::Cell(change.clone())));
        let changes: Vec<String> = changes.collect();
        self.printed.push_str(&list("Changed data", &changes));
    }

    fn obstacles(&mut self, obstacles: &[Obstacle], account: Option<&Arc<str>>, console: &Console) {
        for obstacle in obstacles {
            let of = account.map_or_else(String::new, |account| format!("{account}: "));
            let failure = Failure::new(format!("{of}{}", obstacle.message)).help(&obstacle.help);
            self.failures
                .push(failure::render(&failure, console.error_colour(), false));
        }
    }
}

fn cause(cause: &Cause) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    match cause {
        Cause::Cell(change) => format!(
            "{} of {}: {} becomes {}",
            change.column,
            change.month,
            value(&change.before),
            value(&change.after)
        ),
        Cause::Amendment(name) => format!("the amendment {name}"),
        Cause::Text => {
            "the text of the contract, which was changed without an amendment".to_owned()
        }
        Cause::Program(version) => format!("the program: quidpro {version} computed it"),
    }
}
