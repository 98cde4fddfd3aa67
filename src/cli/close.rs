//! `quidpro close`: what a month comes to, beside other months and the budget; and its issue.

use std::sync::Arc;

use crate::calendar::Month;
use crate::closing::{
    AccountBooks, Budget, Closing, Computed, Entry, Finishing, MonthResult, Obstacle, Record,
    Subject, close, compare, finish, next_number,
};
use crate::data::Row;
use crate::report::close::{comparison, list};
use crate::report::document::{Document, DocumentKind, Register};
use crate::report::failure::Failure;
use crate::report::{failure, refusal};

use super::accounts::{self, Signed};
use super::arguments::CloseOptions;
use super::books::Store;
use super::console::Console;
use super::monthly::{self, Ready};
use super::{Ending, Outcome, Trouble, documents, files};

pub(super) fn run(options: &CloseOptions, console: &mut Console) -> Outcome {
    documents::refuse(&options.written)?;
    let signed = accounts::signed(&options.approval)?;
    let month = monthly::month(&options.month)?;
    let ready = monthly::contract(&options.contract, console)?;
    let budget = options
        .budget
        .as_ref()
        .map(|path| budget(path))
        .transpose()?;
    let sheet = accounts::sheet(&options.data, &ready, options.account.as_deref(), console)?;
    let subject = accounts::subject(&ready, sheet.file)?;
    let mut store = Store::open(&options.books, options.issue)?;
    if options.issue
        && let Some(store) = &mut store
    {
        store.begin()?;
    }
    let mut run = Run {
        options,
        month,
        signed,
        ready: &ready,
        subject: &subject,
        budget,
        out: Out::default(),
    };
    for (account, rows) in &sheet.accounts {
        run.account(account.as_ref(), rows, store.as_mut(), console)?;
    }
    if options.issue
        && let Some(store) = &mut store
    {
        store.commit()?;
    }
    run.print(console)
}

fn budget(path: &std::path::Path) -> Result<Budget, Failure> {
    files::named(path);
    let text = files::text(path)?;
    Budget::parse(&text).map_err(|error| {
        let message = format!(
            "{}, line {}: {}",
            files::shown(path),
            error.line,
            error.message
        );
        Failure::new(message).help(error.help)
    })
}

/// What is printed at the end.
#[derive(Default)]
struct Out {
    documents: Vec<(Document, Option<Register>)>,
    /// What a person reads beside the documents.
    beside: String,
    /// Messages about what could not be issued.
    failures: Vec<String>,
    /// How many months of accounts there were.
    months: usize,
    issued: usize,
}

/// One run of the command.
struct Run<'r> {
    options: &'r CloseOptions,
    month: Month,
    signed: Signed,
    ready: &'r Ready,
    subject: &'r Subject<'r>,
    budget: Option<Budget>,
    out: Out,
}

impl Run<'_> {
    fn kind(&self) -> DocumentKind {
        if self.options.provisional {
            DocumentKind::Provisional
        } else {
            DocumentKind::Invoice
        }
    }

    fn account(
        &mut self,
        account: Option<&Arc<str>>,
        rows: &[Row],
        store: Option<&mut Store>,
        console: &Console,
    ) -> Result<(), Trouble> {
        let count = rows
            .iter()
            .take_while(|row| row.month <= self.month)
            .count();
        let rows = rows.get(..count).unwrap_or_default();
        if rows.last().is_none_or(|row| row.month != self.month) {
            if self.options.account.is_some() || account.is_none() {
                let data = files::shown(&self.options.data.data);
                let failure = Failure::new(format!("`{data}` has no row for {}", self.month));
                return Err(failure.help("add the month's row to the data").into());
            }
            return Ok(());
        }
        self.out.months += 1;
        let computed = self.subject.compute(rows);
        let (entries, inquiries) = match &store {
            Some(store) => (
                store.account(self.subject.name(), account.map(AsRef::as_ref))?,
                store.inquiries()?,
            ),
            None => (Vec::new(), Vec::new()),
        };
        let books = AccountBooks::of(self.subject.name(), account.map(AsRef::as_ref), &entries);
        let closing = close(
            self.subject,
            (rows, &computed),
            self.month,
            &books,
            self.kind(),
        );
        let Some(closing) = closing else {
            self.refused(&computed, console);
            return Ok(());
        };
        match store.filter(|_| self.options.issue) {
            Some(store) => self.issue(closing, rows, account, store, console),
            None => {
                self.show(closing, &computed, account, (&entries, &inquiries), console);
                Ok(())
            }
        }
    }

    /// The month has no invoice; the reasons are the contract's and the data's.
    fn refused(&mut self, computed: &[Computed], console: &Console) {
        let colour = console.error_colour();
        let sources = &self.ready.loaded().sources;
        for one in computed.iter().filter(|one| one.month == self.month) {
            let MonthResult::Refused(refused, problems) = &one.result else {
                continue;
            };
            let mut text = refusal::render_reasons(refused, sources, colour);
            for problem in problems {
                text.push_str(&failure::render(&monthly::failure(problem), colour, false));
            }
            self.out.failures.push(text);
        }
    }

    fn issue(
        &mut self,
        closing: Closing,
        rows: &[Row],
        account: Option<&Arc<str>>,
        store: &mut Store,
        console: &Console,
    ) -> Result<(), Trouble> {
        if !closing.obstacles.is_empty() {
            self.obstacles(&closing.obstacles, account, console);
            return Ok(());
        }
        if let Some(placed) = closing.issued {
            self.out.beside.push_str(&format!(
                "\n{} was already issued as {}, and nothing was written.\n",
                self.month,
                placed
                    .document
                    .number
                    .as_deref()
                    .unwrap_or("a document without a number")
            ));
            self.out
                .documents
                .push((placed.document, Some(placed.register)));
            return Ok(());
        }
        let number = self.number(store)?;
        let document = finish(
            &closing.document,
            Finishing {
                kind: self.kind(),
                number,
                date: self.signed.date,
                prepared_by: self.signed.prepared_by.clone(),
                approved_by: self.signed.approved_by.clone(),
            },
        );
        for (_, text) in accounts::texts(self.ready) {
            store.keep(text)?;
        }
        if let Ok(snapshot) = self.subject.snapshot(rows, self.month) {
            store.keep(&snapshot.to_json())?;
        }
        let entry = store.append(Record::Document(Box::new(document.clone())))?;
        self.out.issued += 1;
        self.out.documents.push((document, Some(entry.register())));
        Ok(())
    }

    fn number(&self, store: &Store) -> Result<String, Failure> {
        let Some(number) = &self.options.number else {
            let used = store.numbers()?;
            let used = used.iter().map(String::as_str);
            return Ok(next_number(self.kind(), self.signed.date, used));
        };
        if self.out.issued > 0 {
            return Err(Failure::new(format!(
                "`--number {number}` is one number, and the data has several accounts"
            ))
            .help("close one account at a time, with `--account NAME`; or let the program number the documents"));
        }
        match store.numbered(number)? {
            None => Ok(number.clone()),
            Some(entry) => Err(Failure::new(format!(
                "the number {number} is already that of entry {}",
                entry.position
            ))
            .help("give another number, or none: the next one is taken then")),
        }
    }

    /// What would be issued, beside other months.
    fn show(
        &mut self,
        closing: Closing,
        computed: &[Computed],
        account: Option<&Arc<str>>,
        (entries, inquiries): (&[Entry], &[Entry]),
        console: &Console,
    ) {
        let document = &closing.document;
        let mut beside = String::new();
        if let Some(currency) = document.currency() {
            let account = account.map(AsRef::as_ref);
            let compared = compare(
                computed,
                self.month,
                account,
                currency,
                self.budget.as_ref(),
            );
            beside.push_str("\nBeside other months\n");
            beside.push_str(&comparison(&compared));
        }
        let terminations = document
            .notices
            .iter()
            .filter(|notice| notice.kind == "chronic_failure");
        let terminations: Vec<String> = terminations
            .map(|notice| format!("{}: {}", notice.name, notice.text))
            .collect();
        beside.push_str(&list("Rights to terminate", &terminations));
        let mut questions = closing.questions.clone();
        questions.extend(open_inquiries(entries, inquiries));
        beside.push_str(&list("Look at first", &questions));
        match &closing.issued {
            Some(placed) => {
                beside.push_str(&format!(
                    "\n{} was already issued as {}.\n",
                    self.month,
                    placed
                        .document
                        .number
                        .as_deref()
                        .unwrap_or("a document without a number")
                ));
                self.out
                    .documents
                    .push((placed.document.clone(), Some(placed.register.clone())));
            }
            None => self.out.documents.push((closing.document, None)),
        }
        if closing.obstacles.is_empty() && closing.issued.is_none() {
            beside.push_str("\nNothing was written. With `--issue` it is issued.\n");
        }
        self.out.beside.push_str(&beside);
        self.obstacles(&closing.obstacles, account, console);
    }

    fn obstacles(&mut self, obstacles: &[Obstacle], account: Option<&Arc<str>>, console: &Console) {
        for obstacle in obstacles {
            let of = account.map_or_else(String::new, |account| format!("{account}: "));
            let failure = Failure::new(format!("{of}{}", obstacle.message)).help(&obstacle.help);
            let text = failure::render(&failure, console.error_colour(), false);
            self.out.failures.push(text);
        }
    }

    fn print(self, console: &mut Console) -> Outcome {
        let out = self.out;
        if out.months == 0 {
            let data = files::shown(&self.options.data.data);
            return Err(Failure::new(format!("`{data}` has no row for {}", self.month)).into());
        }
        let shown: Vec<documents::Shown<'_>> = out
            .documents
            .iter()
            .map(|(document, register)| (document, register.as_ref()))
            .collect();
        if !shown.is_empty() {
            documents::write(&self.options.written, &shown, &out.beside, console)?;
        }
        console.tell(&out.failures.concat());
        Ok(if out.failures.is_empty() {
            Ending::Fine
        } else {
            Ending::Findings
        })
    }
}

/// Questions of the other party that nobody has answered.
fn open_inquiries(entries: &[Entry], inquiries: &[Entry]) -> Vec<String> {
    let numbers = entries.iter().filter_map(Entry::document);
    let numbers: Vec<&str> = numbers
        .filter_map(|document| document.number.as_deref())
        .collect();
    let answered = |position: u64| {
        let mut records = inquiries.iter().map(|entry| &entry.record);
        records.any(|record| matches!(record, Record::Answer(answer) if answer.inquiry == position))
    };
    let open = inquiries.iter().filter_map(|entry| match &entry.record {
        Record::Inquiry(inquiry)
            if numbers.contains(&inquiry.number.as_str()) && !answered(entry.position) =>
        {
            Some(format!(
                "{} asks about {} ({}): {}",
                inquiry.by, inquiry.number, inquiry.date, inquiry.text
            ))
        }
        _ => None,
    });
    open.collect()
}
