//! Turns single values into a row for each account and month.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::Month;

use super::cell::{Raw, Rule};
use super::collect::{Collector, Found};
use super::place::{RowNumber, RowPlace, Texts, several};
use super::problem::{Fault, Problem};
use super::row::{Cell, Layout, Row};
use super::schema::Column;
use super::wide::Accounts;

/// Rows that are put together from single values.
pub(super) struct LongRows {
    rules: Vec<Rule>,
    accounts: Accounts,
    rows: Vec<Growing>,
    by_month: HashMap<(usize, Month), usize>,
    given: Vec<bool>,
    keep_text: bool,
    collector: Collector,
}

/// The account and month of a value.
pub(super) struct Value {
    pub(super) account: Option<String>,
    pub(super) month: Month,
    pub(super) column: usize,
    pub(super) number: RowNumber,
    pub(super) text: String,
}

struct Growing {
    account: usize,
    row: Row,
    places: Vec<Option<RowNumber>>,
    texts: Vec<String>,
}

impl LongRows {
    pub(super) fn new(layout: Arc<Layout>, keep_text: bool) -> Self {
        Self {
            rules: layout.schema.columns.iter().map(Rule::new).collect(),
            accounts: Accounts::default(),
            rows: Vec::new(),
            by_month: HashMap::new(),
            given: vec![false; layout.schema.columns.len()],
            keep_text,
            collector: Collector::new(layout),
        }
    }

    pub(super) fn problem(&mut self, problem: Problem) {
        self.collector.problem(problem);
    }

    /// Takes the problems found so far.
    pub(super) fn take_problems(&mut self) -> Vec<Problem> {
        self.collector.take_problems()
    }

    pub(super) fn is_full(&mut self) -> bool {
        self.collector.is_full()
    }

    /// Adds one value. `in_cell` turns a fault in it into a problem.
    pub(super) fn add(
        &mut self,
        value: Value,
        raw: Raw<'_>,
        in_cell: impl FnOnce(Fault) -> Problem,
    ) {
        let Some(rule) = self.rules.get(value.column) else {
            return;
        };
        let read = match rule.in_month(value.month) {
            Some(rule) => rule.read(raw),
            None => Ok(None),
        };
        let keep_text = self.keep_text;
        if let Some(given) = self.given.get_mut(value.column) {
            *given = true;
        }
        let name = rule.column.name.clone();
        let at = self.row_of(value.account.as_deref(), value.month, value.number);
        let Some(growing) = self.rows.get_mut(at) else {
            return;
        };
        let before = growing.places.get(value.column).copied().flatten();
        let fault = match (before, read) {
            (Some(before), _) => Err(given_twice(&name, before, &value)),
            (None, read) => read,
        };
        let cell = match fault {
            Ok(Some(exact)) => Cell::Value(exact),
            Ok(None) => Cell::Missing,
            Err(fault) => {
                self.collector.count_refused();
                let problem = in_cell(fault);
                Cell::Refused(Box::new(
                    problem.of(growing.row.account.clone(), Some(value.month)),
                ))
            }
        };
        growing.set(value, cell, keep_text);
    }

    /// Begins a new row for the account and month. The values that follow belong to it. If such a row already exists,
    /// the two are duplicates.
    pub(super) fn begin(&mut self, account: Option<&str>, month: Month, place: RowNumber) {
        let (account, number) = self.account(account);
        self.by_month.insert((number, month), self.rows.len());
        self.push(number, account, month, place);
    }

    fn row_of(&mut self, account: Option<&str>, month: Month, place: RowNumber) -> usize {
        let (account, number) = self.account(account);
        let next = self.rows.len();
        let at = *self.by_month.entry((number, month)).or_insert(next);
        if at == next {
            self.push(number, account, month, place);
        }
        at
    }

    fn account(&mut self, name: Option<&str>) -> (Option<Arc<str>>, usize) {
        match name {
            None => (None, 0),
            Some(name) => {
                let (shared, number) = self.accounts.number(name);
                (Some(shared), number + 1)
            }
        }
    }

    fn push(&mut self, number: usize, account: Option<Arc<str>>, month: Month, place: RowNumber) {
        let columns = self.rules.len();
        self.collector.count_cells(columns);
        self.rows.push(Growing {
            account: number,
            row: Row {
                account,
                month,
                cells: vec![Cell::Missing; columns],
                place: RowPlace::new(place),
            },
            places: vec![None; columns],
            texts: vec![String::new(); if self.keep_text { columns } else { 0 }],
        });
    }

    /// The required columns for which no value was given.
    pub(super) fn missing(&self) -> Vec<Column> {
        self.rules
            .iter()
            .zip(&self.given)
            .filter(|(rule, given)| !**given && !rule.column.may_be_left_out())
            .map(|(rule, _)| rule.column.clone())
            .collect()
    }

    pub(super) fn finish(mut self) -> Vec<Found> {
        for growing in self.rows {
            let mut row = growing.row;
            row.place.cells = Some(growing.places.into_boxed_slice());
            row.place.texts = self
                .keep_text
                .then(|| growing.texts.into_iter().collect::<Texts>());
            self.collector.read_row(growing.account, row);
        }
        self.collector.finish()
    }
}

impl Growing {
    fn set(&mut self, value: Value, cell: Cell, keep_text: bool) {
        if let Some(place) = self.row.cells.get_mut(value.column) {
            *place = cell;
        }
        if let Some(place) = self.places.get_mut(value.column) {
            *place = Some(value.number);
        }
        if keep_text && let Some(place) = self.texts.get_mut(value.column) {
            *place = value.text;
        }
    }
}

fn given_twice(name: &str, before: RowNumber, value: &Value) -> Fault {
    let places = if before == value.number {
        before.to_string()
    } else {
        several(&[before, value.number])
    };
    Fault::new(
        "duplicate-value",
        format!("`{name}` of {} is given twice, in {places}", value.month),
    )
    .because("nothing says which of them counts")
    .help("remove one of them")
}
