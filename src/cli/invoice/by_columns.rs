//! Months in columns: the rows of the data in batches, the invoices as CSV.
//!
//! What is written, and each message, is the same as row by row, in the same order.

use std::io::Write;

use crate::columnar::Results;
use crate::data::{Batch, Batches, Head, Kind, Reader, TOTAL_ROW};
use crate::driver::{Checked, Outcome as MonthOutcome, Portfolio};
use crate::program::Program;
use crate::report::statement::columns::ColumnRows;
use crate::report::statement::csv;
use crate::text::Sources;

use super::super::arguments::InvoiceOptions;
use super::super::console::{Console, Told};
use super::super::{Outcome, Trouble, statements};
use super::{Range, Seen, tell, tell_problem, without_row};

/// So many rows are read together.
const ROWS: usize = 4096;

/// The same for a contract that looks back: its rows are computed month by month, and there should be many of each.
const ROWS_LOOKING_BACK: usize = 16_384;

/// Rows are written together once they are as long as this.
const BLOCK: usize = 256 << 10;

/// What is needed of the contract.
pub(super) struct Ready<'p> {
    pub(super) contract: &'p Checked,
    pub(super) program: &'p Program,
    pub(super) sources: &'p Sources,
}

/// Writes the invoices of all rows.
pub(super) fn run(
    options: &InvoiceOptions,
    ready: &Ready<'_>,
    range: &Range,
    reader: Reader<'_>,
    console: &mut Console,
) -> Outcome {
    let colour = console.error_colour();
    let mut told = Told::default();
    let mut seen = Seen::default();
    let lines = options.lines.of_csv();
    let mut batches = Batches::new(reader);
    let name = &ready.contract.contract.heading.contract;
    let mut rows = ColumnRows::new(ready.program, name, lines);
    let mut portfolio = Portfolio::new(ready.program, rows.asked(), &batches.layout());
    let most = if portfolio.looks_back() {
        ROWS_LOOKING_BACK
    } else {
        ROWS
    };
    let mut out: Vec<u8> = Vec::with_capacity(2 * BLOCK);
    csv::Writer::with_lines(&mut out, lines)?.finish()?;
    let mut batch = Batch::default();
    let mut results = Results::default();
    let mut wanted = Wanted::default();
    while batches.read(&mut batch, most) {
        wanted.find(&batch, &batches, options.account.as_deref());
        portfolio.compute(
            &batch,
            &wanted.rows,
            &mut results,
            |account| batches.account(account),
            |month| range.has(month),
        );
        rows.begin(&results);
        let mut printing = Printing {
            ready,
            range,
            batches: &batches,
            portfolio: &mut portfolio,
            results: &results,
            rows: &mut rows,
            lines,
            told: &mut told,
            seen: &mut seen,
            colour,
        };
        let mut gaps = results.gaps.iter().peekable();
        for row in 0..batch.len() {
            let Some(head) = batch.heads.get(row).copied() else {
                continue;
            };
            if let Kind::Problem(problem) = head.kind {
                if let Some(problem) = batch.take_problem(problem) {
                    if problem.code == TOTAL_ROW {
                        printing.seen.totals += 1;
                    } else {
                        printing.seen.unread += 1;
                        tell_problem(printing.told, &problem, colour);
                    }
                }
                continue;
            }
            if !wanted.has(head.account) {
                if let Some(account) = batches.account(head.account) {
                    printing.seen.other_account(account);
                }
                continue;
            }
            let gap = gaps.next_if(|(at, _)| *at == row).map(|(_, last)| *last);
            printing.row(&mut out, row, &head, gap)?;
            // A file is written in one step, once all of it is known.
            if out.len() >= BLOCK && options.output.is_none() {
                console.out().write_all(&out)?;
                out.clear();
            }
        }
    }
    match &options.output {
        Some(output) => statements::write(options, output, &out)?,
        None => console.out().write_all(&out)?,
    }
    seen.tell(told, console);
    seen.ending(options)
}

/// Which rows of a batch are computed: those of the account that is asked for.
#[derive(Default)]
struct Wanted {
    rows: Vec<u32>,
    /// The account, by number, once it is known.
    only: Option<usize>,
    all: bool,
}

impl Wanted {
    fn find(&mut self, batch: &Batch, batches: &Batches<'_>, account: Option<&str>) {
        self.all = account.is_none();
        self.rows.clear();
        for (row, head) in (0u32..).zip(&batch.heads) {
            if matches!(head.kind, Kind::Problem(_)) {
                continue;
            }
            if !self.all && self.only.is_none() {
                let name = batches.account(head.account).map(AsRef::as_ref);
                self.only = (name == account).then_some(head.account);
            }
            if self.has(head.account) {
                self.rows.push(row);
            }
        }
    }

    fn has(&self, account: usize) -> bool {
        self.all || self.only == Some(account)
    }
}

/// A batch as it is printed.
struct Printing<'a, 'p, 'r> {
    ready: &'a Ready<'p>,
    range: &'a Range,
    batches: &'a Batches<'r>,
    portfolio: &'a mut Portfolio<'p>,
    results: &'a Results,
    rows: &'a mut ColumnRows<'p>,
    lines: csv::Lines,
    told: &'a mut Told,
    seen: &'a mut Seen,
    colour: bool,
}

impl Printing<'_, '_, '_> {
    /// The rows of one month, and its messages.
    fn row(
        &mut self,
        out: &mut Vec<u8>,
        row: usize,
        head: &Head,
        gap: Option<crate::calendar::Month>,
    ) -> Result<(), Trouble> {
        let account = self.batches.account(head.account);
        if let Some(account) = account {
            self.seen.account_of(head.account, account);
        }
        if let Some(last) = gap {
            let span = self.ready.contract.contract.span;
            for month in (1..head.month.since(last).clamp(1, 2400)).map(|after| last.plus(after)) {
                if self.range.has(month) {
                    self.seen.refuse(1);
                    let refusal = without_row(account, month, span);
                    tell(self.told, &refusal, &[], self.ready.sources, self.colour);
                }
            }
        }
        if !self.range.has(head.month) {
            return Ok(());
        }
        self.seen.months += 1;
        if !self.results.is_exact(row) {
            let name = account.map(AsRef::as_ref);
            self.rows
                .write(out, self.results, row, (head.account, name), head.month);
            return Ok(());
        }
        match self.portfolio.take(row) {
            Some(MonthOutcome::Invoiced(statement)) => {
                let contract = self.ready.contract.contract_in(statement.month);
                let mut writer = csv::Writer::without_headings(out, self.lines);
                writer.statement(&contract.heading, &statement)?;
                writer.finish()?;
            }
            Some(MonthOutcome::Refused(refusal, problems)) => {
                self.seen.refuse(refusal.reasons.len() + problems.len());
                tell(
                    self.told,
                    &refusal,
                    &problems,
                    self.ready.sources,
                    self.colour,
                );
            }
            None => {}
        }
        Ok(())
    }
}
