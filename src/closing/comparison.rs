//! A month beside the last one, the year so far and the budget.

use std::collections::BTreeMap;

use crate::calendar::Month;
use crate::quantity::{Currency, Exact, looks_grouped};
use crate::report::close::{Comparison, ComparisonLine};
use crate::report::document::{Amount, LinePart};

use super::subject::Computed;

/// What was planned: for each account, month and line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    amounts: BTreeMap<(Option<String>, Month, String), Exact>,
}

/// Why a budget cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetError {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

const HEADINGS: [&str; 4] = ["month", "line", "amount", "account"];

impl Budget {
    /// Reads a budget: CSV with the columns `month`, `line` and `amount`, and `account` if the data has accounts. A line
    /// is the name of a line of the contract, or `total`.
    ///
    /// # Errors
    /// The first thing that cannot be read.
    pub fn parse(text: &str) -> Result<Self, BudgetError> {
        let error = |line, message: String, help: &str| BudgetError {
            line,
            message,
            help: help.to_owned(),
        };
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let headings = reader
            .headers()
            .cloned()
            .map_err(|cause| error(1, cause.to_string(), "write a table in CSV with a heading"))?;
        let at = HEADINGS.map(|name| headings.iter().position(|heading| heading == name));
        let [Some(month_at), Some(line_at), Some(amount_at), account_at] = at else {
            let message = "a column of `month`, `line`, `amount` is missing".to_owned();
            return Err(error(1, message, "begin the file with `month,line,amount`"));
        };
        let mut budget = Self::default();
        for (row, record) in reader.records().enumerate() {
            let line = row + 2;
            let record = record.map_err(|cause| {
                error(
                    line,
                    cause.to_string(),
                    "give each row as many cells as the heading has",
                )
            })?;
            let cell = |at: usize| record.get(at).unwrap_or_default();
            let month = Month::parse(cell(month_at)).ok_or_else(|| {
                let message = format!("`{}` is not a month", cell(month_at));
                error(line, message, "write it as `2026-02`")
            })?;
            let text = cell(amount_at);
            if looks_grouped(text.trim_start_matches('-')) {
                let message = format!("`{text}` can be read in two ways");
                return Err(error(
                    line,
                    message,
                    "write thousands without a point, and decimals with two digits",
                ));
            }
            let amount = Exact::parse_decimal(text).map_err(|_| {
                let message = format!("`{text}` is not an amount");
                error(
                    line,
                    message,
                    "write digits with a decimal point, such as `-1250.00`",
                )
            })?;
            let account = account_at.map(cell).filter(|account| !account.is_empty());
            let key = (account.map(str::to_owned), month, cell(line_at).to_owned());
            if budget.amounts.insert(key, amount).is_some() {
                let message = format!("`{}` of {month} is planned twice", cell(line_at));
                return Err(error(line, message, "leave one of the two rows"));
            }
        }
        Ok(budget)
    }

    fn amount(&self, account: Option<&str>, month: Month, line: &str) -> Option<&Exact> {
        let key = (account.map(str::to_owned), month, line.to_owned());
        self.amounts.get(&key)
    }

    /// The lines that are planned for a month of an account.
    fn lines(&self, account: Option<&str>, month: Month) -> Vec<&str> {
        let planned = self.amounts.keys();
        let of_month = planned.filter(|(of, when, _)| of.as_deref() == account && *when == month);
        of_month.map(|(_, _, line)| line.as_str()).collect()
    }
}

/// Compares a computed month with those before it.
#[must_use]
pub fn compare(
    computed: &[Computed],
    month: Month,
    account: Option<&str>,
    currency: Currency,
    budget: Option<&Budget>,
) -> Comparison {
    let lines_of = |month: Month| {
        let one = computed.iter().find(|one| one.month == month)?;
        one.document().map(|document| document.lines.as_slice())
    };
    let before = month.plus(-1);
    let since = month.year_start();
    let count = month.since(since);
    let year: Vec<Month> = (0..=count).map(|later| since.plus(later)).collect();
    let mut names: Vec<(&str, String)> = Vec::new();
    for of in [before, month] {
        for line in lines_of(of).unwrap_or_default() {
            if !names.iter().any(|(name, _)| *name == line.name) {
                names.push((&line.name, line.called()));
            }
        }
    }
    let planned = budget.map(|budget| budget.lines(account, month));
    for name in planned.unwrap_or_default() {
        if name != "total" && !names.iter().any(|(known, _)| *known == name) {
            names.push((name, name.to_owned()));
        }
    }
    let amount = |value: Exact| Amount::new(value, currency);
    let of_line = |month: Month, name: &str| {
        let lines = lines_of(month)?.iter();
        Some(sum(lines.filter(|line| line.name == name)))
    };
    let total_of = |month: Month| Some(sum(lines_of(month)?.iter()));
    let row = |title: String, name: &str, value: &dyn Fn(Month) -> Option<Exact>| ComparisonLine {
        title,
        now: amount(value(month).unwrap_or_else(Exact::zero)),
        before: value(before).map(amount),
        year: amount(
            year.iter()
                .filter_map(|month| value(*month))
                .fold(Exact::zero(), |sum, value| sum.add(&value)),
        ),
        budget: budget
            .and_then(|budget| budget.amount(account, month, name))
            .map(|planned| amount(planned.clone())),
    };
    let mut lines: Vec<ComparisonLine> = names
        .into_iter()
        .map(|(name, title)| row(title, name, &|month| of_line(month, name)))
        .collect();
    lines.push(row("Total".to_owned(), "total", &total_of));
    let left_out = year
        .iter()
        .copied()
        .filter(|month| lines_of(*month).is_none());
    Comparison {
        before: lines_of(before).map(|_| before),
        since,
        left_out: left_out.collect(),
        has_budget: budget.is_some(),
        lines,
    }
}

fn sum<'l>(lines: impl Iterator<Item = &'l LinePart>) -> Exact {
    lines.fold(Exact::zero(), |sum, line| sum.add(line.amount.exact()))
}
