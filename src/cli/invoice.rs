//! `quidpro invoice`: the statement of each month in the data.

mod by_columns;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

use crate::calendar::Month;
use crate::data::{Problem, Row, TOTAL_ROW};
use crate::driver::{Checked, Outcome as MonthOutcome, program_in_columns};
use crate::ledger::{Reason, Refusal, Statement};
use crate::program::Program;
use crate::report::failure::Failure;
use crate::report::statement::{csv, json, text};
use crate::report::{failure, refusal};
use crate::text::{Sources, shape};

use super::arguments::{Engine, InvoiceOptions, StatementFormat, StatementLines};
use super::console::{Console, Told};
use super::files::Opened;
use super::monthly::{self, Ready};
use super::{Ending, Outcome, Trouble, files, statements};

pub(super) fn run(options: &InvoiceOptions, console: &mut Console) -> Outcome {
    if let Some(output) = &options.output {
        files::refuse_contracts(output)?;
    }
    refuse_other_formats(options)?;
    if matches!(
        options.format,
        StatementFormat::Html | StatementFormat::Xlsx
    ) {
        return statements::run(options, console);
    }
    let ready = monthly::contract(&options.contract, console)?;
    let range = Range::of(options)?;
    let mut data = monthly::data_of(&options.data)?;
    let origin = if options.format == StatementFormat::Json {
        Some(origin(options, &ready, &mut data)?)
    } else {
        None
    };
    let checked = ready.checked()?;
    let contract = &checked.contract;
    let sources = &ready.loaded().sources;
    let mut reader = monthly::open(&options.data, data, checked, false)?;
    if let Some(program) = in_columns(options, checked)? {
        let ready = by_columns::Ready {
            contract: checked,
            program,
            sources,
        };
        return by_columns::run(options, &ready, &range, reader, console);
    }
    let colour = console.error_colour();
    let mut told = Told::default();
    let mut held = Vec::new();
    let out: &mut dyn Write = match options.output {
        Some(_) => &mut held,
        None => console.out(),
    };
    let mut printer = Printer::new(
        options.format,
        checked,
        origin.as_ref(),
        sources,
        (out, options.lines.of_csv()),
    )?;
    let mut invoicing = monthly::invoicing(checked)?;
    let mut seen = Seen::default();
    let mut row = Row::default();
    loop {
        match reader.read_into(&mut row) {
            Ok(false) => break,
            Ok(true) => {}
            Err(problem) if problem.code == TOTAL_ROW => {
                seen.totals += 1;
                continue;
            }
            Err(problem) => {
                seen.unread += 1;
                tell_problem(&mut told, &problem, colour);
                continue;
            }
        }
        if !monthly::is_of(row.account.as_ref(), options.account.as_deref()) {
            if let Some(account) = &row.account {
                seen.other_account(account);
            }
            continue;
        }
        if let Some(account) = &row.account {
            seen.account(account);
        }
        let gap = invoicing.gap(row.account.as_ref(), row.month);
        for month in gap.into_iter().filter(|month| range.has(*month)) {
            seen.refuse(1);
            let refusal = without_row(row.account.as_ref(), month, contract.span);
            tell(&mut told, &refusal, &[], sources, colour);
            printer.refused(&refusal);
        }
        if !range.has(row.month) {
            invoicing.step(&row);
            continue;
        }
        seen.months += 1;
        match invoicing.compute(&row) {
            MonthOutcome::Invoiced(statement) => printer.statement(&statement)?,
            MonthOutcome::Refused(refusal, problems) => {
                seen.refuse(refusal.reasons.len() + problems.len());
                tell(&mut told, &refusal, &problems, sources, colour);
                printer.refused(&with_problems(*refusal, &problems, contract.span));
            }
        }
    }
    printer.finish()?;
    if let Some(output) = &options.output {
        statements::write(options, output, &held)?;
    }
    seen.tell(told, console);
    seen.ending(options)
}

/// Refuses what only CSV has for other formats.
fn refuse_other_formats(options: &InvoiceOptions) -> Result<(), Failure> {
    if options.format == StatementFormat::Csv {
        return Ok(());
    }
    let asked = match (options.lines, options.engine) {
        (StatementLines::Total, _) => "--lines total",
        (_, Some(Engine::Columns)) => "--engine columns",
        _ => return Ok(()),
    };
    Err(
        Failure::new(format!("`{asked}` is only for `--format csv`"))
            .help(format!("add `--format csv`, or remove `{asked}`")),
    )
}

/// The program, if its months are computed in columns.
fn in_columns<'p>(
    options: &InvoiceOptions,
    contract: &'p Checked,
) -> Result<Option<&'p Program>, Failure> {
    if options.format != StatementFormat::Csv || options.engine == Some(Engine::Exact) {
        return Ok(None);
    }
    let program = program_in_columns(contract);
    if options.engine == Some(Engine::Columns) && program.is_none() {
        return Err(
            Failure::new("`--engine columns` does not compute a contract that is amended")
                .help("remove `--engine columns`: the statements are the same"),
        );
    }
    Ok(program)
}

/// The months that are requested.
pub(super) struct Range {
    pub(super) from: Option<Month>,
    pub(super) to: Option<Month>,
}

impl Range {
    pub(super) fn of(options: &InvoiceOptions) -> Result<Self, Failure> {
        let named = |text: &Option<String>| text.as_deref().map(monthly::month).transpose();
        let month = named(&options.month)?;
        let from = named(&options.from)?.or(month);
        let to = named(&options.to)?.or(month);
        if let (Some(first), Some(last)) = (from, to)
            && last < first
        {
            return Err(Failure::new(format!(
                "`--to {last}` is before `--from {first}`"
            )));
        }
        Ok(Self { from, to })
    }

    pub(super) fn has(&self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month) && self.to.is_none_or(|to| month <= to)
    }
}

/// The most accounts that are compared with each other. If there are more, only the first ones are compared.
const MOST_ACCOUNTS: usize = 10_000;

/// A line for every two accounts whose names look alike.
fn lookalike_accounts(accounts: &BTreeSet<String>) -> String {
    if accounts.iter().all(|account| account.is_ascii()) {
        return String::new();
    }
    let mut shapes: BTreeMap<String, &str> = BTreeMap::new();
    let mut told = String::new();
    for account in accounts {
        let known = *shapes.entry(shape(account)).or_insert(account);
        // Readers tell apart different letters of one alphabet, such as `O1` and `01`.
        if known != account && !(known.is_ascii() && account.is_ascii()) {
            told += &failure::render(
                &Failure::new(format!(
                    "the accounts `{known}` and `{account}` look alike and are different"
                ))
                .help("if they are one account, type the name again in each row; they are invoiced separately"),
                false,
                false,
            );
        }
    }
    told
}

/// The months and rows found in the data.
#[derive(Default)]
struct Seen {
    months: usize,
    refused: usize,
    reasons: usize,
    /// Rows that could not be read at all, not even their month.
    unread: usize,
    /// Rows that are sums of others.
    totals: usize,
    accounts: BTreeSet<String>,
    other_accounts: BTreeSet<String>,
    /// Which accounts were seen, where they are numbered.
    numbered: Vec<bool>,
}

impl Seen {
    fn refuse(&mut self, reasons: usize) {
        self.refused += 1;
        self.reasons += reasons;
    }

    fn other_account(&mut self, account: &str) {
        if self.other_accounts.len() < 20 {
            self.other_accounts.insert(account.to_owned());
        }
    }

    fn account(&mut self, account: &str) {
        if self.accounts.len() < MOST_ACCOUNTS && !self.accounts.contains(account) {
            self.accounts.insert(account.to_owned());
        }
    }

    /// Notes an account that has a number.
    fn account_of(&mut self, number: usize, account: &str) {
        if self.numbered.len() <= number {
            self.numbered.resize(number + 1, false);
        }
        if let Some(seen) = self.numbered.get_mut(number)
            && !std::mem::replace(seen, true)
        {
            self.account(account);
        }
    }

    /// Says what is still held back, and sums up.
    fn tell(&self, mut told: Told, console: &mut Console) {
        match told.left_out() {
            0 => {}
            1 => told.add("1 more message is not shown\n"),
            many => told.add(&format!("{many} more messages are not shown\n")),
        }
        if self.refused > 0 {
            told.add(&refusal::summary(self.refused, self.reasons));
        }
        told.add(&self.rows_left_out());
        told.add(&lookalike_accounts(&self.accounts));
        console.tell(&told.rest());
    }

    /// The number of rows that were not read. These are not months without an invoice.
    fn rows_left_out(&self) -> String {
        let mut text = match self.unread {
            0 => String::new(),
            1 => "1 row could not be read, not even its month\n".to_owned(),
            many => format!("{many} rows could not be read, not even their months\n"),
        };
        text += &match self.totals {
            0 => String::new(),
            1 => "1 row was left out, because it is a total and not a month\n".to_owned(),
            many => format!("{many} rows were left out, because they are totals and not months\n"),
        };
        text
    }

    fn ending(self, options: &InvoiceOptions) -> Outcome {
        if self.months + self.refused + self.unread == 0 {
            return Err(self.nothing(options).into());
        }
        Ok(if self.refused + self.unread > 0 {
            Ending::Findings
        } else {
            Ending::Fine
        })
    }

    fn nothing(&self, options: &InvoiceOptions) -> Failure {
        let data = files::shown(&options.data.data);
        match (&options.account, self.other_accounts.is_empty()) {
            (Some(account), false) => {
                let known: Vec<&str> = self.other_accounts.iter().map(String::as_str).collect();
                Failure::new(format!("`{data}` has no month for the account `{account}`"))
                    .help(format!("it has {}", known.join(", ")))
            }
            _ => Failure::new(format!("`{data}` has no month that was asked for")),
        }
    }
}

fn origin(
    options: &InvoiceOptions,
    ready: &Ready,
    data: &mut Opened,
) -> Result<json::Origin, Failure> {
    let loaded = ready.loaded();
    let digested = loaded
        .sources
        .iter()
        .map(|(_, source)| json::DigestedFile {
            name: source.name.clone(),
            sha256: monthly::digest_of(&source.text),
        })
        .collect();
    Ok(json::Origin {
        contract: digested,
        data: vec![json::DigestedFile {
            name: files::shown(&options.data.data),
            sha256: monthly::digest(&options.data.data, data)?,
        }],
    })
}

/// Prints statements one by one, in the chosen format.
enum Printer<'p, W: Write> {
    Text {
        out: W,
        contract: &'p Checked,
        first: bool,
    },
    Csv {
        writer: Box<csv::Writer<W>>,
        contract: &'p Checked,
    },
    Json(Box<json::Writer<'p, W>>),
}

impl<'p, W: Write> Printer<'p, W> {
    fn new(
        format: StatementFormat,
        contract: &'p Checked,
        origin: Option<&'p json::Origin>,
        sources: &'p Sources,
        (out, lines): (W, csv::Lines),
    ) -> Result<Self, Trouble> {
        Ok(match (format, origin) {
            (StatementFormat::Json, Some(origin)) => {
                let heading = &contract.contract.heading;
                Self::Json(Box::new(json::Writer::new(out, heading, origin, sources)?))
            }
            (StatementFormat::Csv, _) => Self::Csv {
                writer: Box::new(csv::Writer::with_lines(out, lines)?),
                contract,
            },
            (_, _) => Self::Text {
                out,
                contract,
                first: true,
            },
        })
    }

    fn statement(&mut self, statement: &Statement) -> Result<(), Trouble> {
        let heading = |contract: &'p Checked| &contract.contract_in(statement.month).heading;
        match self {
            Self::Text {
                out,
                contract,
                first,
            } => {
                if !std::mem::replace(first, false) {
                    out.write_all(b"\n\n")?;
                }
                out.write_all(text::render(heading(contract), statement).as_bytes())?;
            }
            Self::Csv { writer, contract } => writer.statement(heading(contract), statement)?,
            Self::Json(writer) => writer.statement(statement)?,
        }
        Ok(())
    }

    fn refused(&mut self, refusal: &Refusal) {
        if let Self::Json(writer) = self {
            writer.refusal(refusal);
        }
    }

    fn finish(self) -> Result<(), Trouble> {
        match self {
            Self::Text { .. } => {}
            Self::Csv { writer, .. } => {
                writer.finish()?;
            }
            Self::Json(writer) => {
                writer.finish()?;
            }
        }
        Ok(())
    }
}

fn tell(told: &mut Told, refused: &Refusal, problems: &[Problem], sources: &Sources, colour: bool) {
    told.message(|| refusal::render_reasons(refused, sources, colour));
    for problem in problems {
        tell_problem(told, problem, colour);
    }
}

fn tell_problem(told: &mut Told, problem: &Problem, colour: bool) {
    told.message(|| failure::render(&monthly::failure(problem), colour, false));
}

/// Adds problems in the data to the contract's own reasons.
fn with_problems(mut refusal: Refusal, problems: &[Problem], span: crate::text::Span) -> Refusal {
    refusal.reasons.extend(problems.iter().map(|problem| {
        Reason {
            message: problem.to_string(),
            span,
            label: String::new(),
            column: problem
                .place
                .column
                .as_ref()
                .map(|column| column.heading.to_string()),
            reaches: Vec::new(),
            help: problem.help.join("; "),
        }
    }));
    refusal
}

fn without_row(account: Option<&Arc<str>>, month: Month, span: crate::text::Span) -> Refusal {
    Refusal {
        account: account.map(|account| account.as_ref().to_owned()),
        month,
        reasons: vec![Reason {
            message: format!(
                "the data has no row for {month}, which is between months that it has"
            ),
            span,
            label: "the contract is invoiced every month".to_owned(),
            column: None,
            reaches: Vec::new(),
            help: format!("add the row of {month}"),
        }],
    }
}
