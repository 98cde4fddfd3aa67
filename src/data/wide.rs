//! The wide form: a row for each month, a column for each input.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::Month;

use super::batch::{Batch, Plain};
use super::cell::{self, Raw, Rule};
use super::csv::CsvFile;
use super::heading::{Heading, Role};
use super::month_cell;
use super::place::{RowPlace, Texts};
use super::problem::{Fault, Problem};
use super::records::{self, Records, Wrong};
use super::row::{Cell, Layout, Row};

/// Reads the rows of a table in the wide form.
pub(super) struct Wide {
    layout: Arc<Layout>,
    heading: Heading,
    rules: Vec<Rule>,
    month: usize,
    account: Option<usize>,
    accounts: Accounts,
    keep_text: bool,
    /// By column of the schema, where it is in the file.
    positions: Vec<Option<usize>>,
    /// The month of the row before, and how it was written.
    last_month: Option<([u8; 7], Month)>,
}

/// The accounts of a file, in the order of first appearance.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    numbers: HashMap<Arc<str>, usize>,
    names: Vec<Arc<str>>,
    last: Option<(Arc<str>, usize)>,
}

/// The kind of the table's current record.
pub(super) enum Outcome {
    /// A row of data for the account with that number.
    Row(usize),
    /// A record without data.
    Blank,
}

impl Wide {
    pub(super) fn new(layout: Arc<Layout>, heading: Heading, keep_text: bool) -> Self {
        Self {
            rules: layout.schema.columns.iter().map(Rule::new).collect(),
            month: heading.position(&Role::Month).unwrap_or(0),
            account: heading.position(&Role::Account),
            accounts: Accounts::default(),
            positions: (0..layout.schema.columns.len())
                .map(|column| heading.position(&Role::Value(column)))
                .collect(),
            last_month: None,
            heading,
            layout,
            keep_text,
        }
    }

    /// Reads the current record into `row`.
    pub(super) fn read<R: Records>(
        &mut self,
        records: &R,
        row: &mut Row,
    ) -> Result<Outcome, Box<Problem>> {
        check_width(records, &self.heading).map_err(|wrong| self.problem(records, wrong))?;
        if is_empty(records.cell(self.month)) && self.is_blank(records) {
            return Ok(Outcome::Blank);
        }
        row.month = month_cell::read(records.cell(self.month))
            .map_err(|fault| self.in_cell(records, self.month, fault))?;
        let number = self.read_account(records, row)?;
        row.place = RowPlace::new(records.number());
        self.read_values(records, row);
        if self.keep_text {
            row.place.texts = Some(self.texts(records));
        }
        Ok(Outcome::Row(number))
    }

    fn read_account<R: Records>(
        &mut self,
        records: &R,
        row: &mut Row,
    ) -> Result<usize, Box<Problem>> {
        let Some(at) = self.account else {
            row.account = None;
            return Ok(0);
        };
        let name = cell::account(records.cell(at)).map_err(|fault| {
            Box::new(self.in_cell(records, at, fault).of(None, Some(row.month)))
        })?;
        let (name, number) = self.accounts.number(name);
        row.account = Some(name);
        Ok(number)
    }

    fn read_values<R: Records>(&self, records: &R, row: &mut Row) {
        row.cells.clear();
        row.cells.resize(self.rules.len(), Cell::Missing);
        for (at, role) in self.heading.roles.iter().enumerate() {
            let Role::Value(column) = role else { continue };
            let rule = self.rules.get(*column);
            let Some(rule) = rule.and_then(|rule| rule.in_month(row.month)) else {
                continue;
            };
            let cell = match rule.read(records.cell(at)) {
                Ok(Some(value)) => Cell::Value(value),
                Ok(None) => continue,
                Err(fault) => {
                    let problem = self.in_cell(records, at, fault);
                    Cell::Refused(Box::new(problem.of(row.account.clone(), Some(row.month))))
                }
            };
            if let Some(place) = row.cells.get_mut(*column) {
                *place = cell;
            }
        }
    }

    /// The name of an account.
    pub(super) fn account_name(&self, number: usize) -> Option<&Arc<str>> {
        self.accounts.names.get(number)
    }

    /// Adds the current record to the columns of a batch, if it is so plain that there is nothing to say about it: its
    /// account and its month. Otherwise nothing is added.
    pub(super) fn read_columns(
        &mut self,
        file: &CsvFile<'_>,
        batch: &mut Batch,
        columns: &[Plain],
    ) -> Option<(usize, Month)> {
        if self.keep_text || check_width(file, &self.heading).is_err() {
            return None;
        }
        let month = self.plain_month(file.bytes(self.month))?;
        let account = match self.account {
            None => 0,
            Some(at) => {
                let name = file.bytes(at);
                match self.accounts.same(name) {
                    Some(number) => number,
                    None => self.accounts.number(cell::account(Raw::Text(name)).ok()?).1,
                }
            }
        };
        let row = batch.heads.len();
        for ((cells, column), at) in batch.columns.iter_mut().zip(columns).zip(&self.positions) {
            let text = at.map_or([].as_slice(), |at| file.bytes(at));
            if text.is_empty() {
                cells.miss(row);
            } else if !column.read(text, cells, row) {
                batch.take_back();
                return None;
            }
        }
        Some((account, month))
    }

    /// The month of a cell such as `2026-02`, remembered from the row before.
    fn plain_month(&mut self, text: &[u8]) -> Option<Month> {
        match &self.last_month {
            Some((last, month)) if last.as_slice() == text => Some(*month),
            _ => {
                let month = Month::parse(std::str::from_utf8(text).ok()?)?;
                self.last_month = Some((text.try_into().ok()?, month));
                Some(month)
            }
        }
    }

    fn texts<R: Records>(&self, records: &R) -> Texts {
        (0..self.rules.len())
            .map(|column| self.heading.position(&Role::Value(column)))
            .map(|at| at.map_or_else(String::new, |at| records.text(at)))
            .collect()
    }

    /// Whether the record has only notes.
    fn is_blank<R: Records>(&self, records: &R) -> bool {
        self.heading
            .roles
            .iter()
            .enumerate()
            .all(|(at, role)| *role == Role::Note || is_empty(records.cell(at)))
    }

    fn in_cell<R: Records>(&self, records: &R, at: usize, fault: Fault) -> Problem {
        self.problem(records, (Some(at), fault))
    }

    /// A problem in the current record.
    pub(super) fn problem<R: Records>(&self, records: &R, wrong: Wrong) -> Problem {
        records::problem(records, &self.layout, Some(&self.heading), wrong)
    }

    pub(super) fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }
}

impl Accounts {
    /// The number of the account, if it is that of the row before.
    #[inline]
    fn same(&self, name: &[u8]) -> Option<usize> {
        let (last, number) = self.last.as_ref()?;
        (last.as_bytes() == name).then_some(*number)
    }

    /// The account's name, shared, and its number in the order of first appearance.
    pub(super) fn number(&mut self, name: &str) -> (Arc<str>, usize) {
        if let Some((last, number)) = &self.last
            && **last == *name
        {
            return (Arc::clone(last), *number);
        }
        let next = self.numbers.len();
        let found = match self.numbers.get_key_value(name) {
            Some((known, number)) => (Arc::clone(known), *number),
            None => {
                let shared: Arc<str> = Arc::from(name);
                self.numbers.insert(Arc::clone(&shared), next);
                self.names.push(Arc::clone(&shared));
                (shared, next)
            }
        };
        self.last = Some((Arc::clone(&found.0), found.1));
        found
    }
}

/// Whether a cell is empty or has only spaces.
pub(super) fn is_empty(raw: Raw<'_>) -> bool {
    match raw {
        Raw::Empty => true,
        Raw::Text(text) => cell::trimmed(text).is_empty(),
        _ => false,
    }
}

/// Refuses a record with more or fewer cells than the heading, and text in a column without a heading.
pub(super) fn check_width<R: Records>(records: &R, heading: &Heading) -> Result<(), Wrong> {
    let (own, expected) = (records.width(), heading.roles.len());
    if R::EVEN && own == expected && heading.roles.last() != Some(&Role::Blank) {
        return Ok(());
    }
    let beyond = |at: &usize| {
        heading
            .roles
            .get(*at)
            .is_none_or(|role| *role == Role::Blank)
    };
    let stray = records.filled().find(beyond);
    if R::EVEN && (own < expected || (own > expected && stray.is_some())) {
        return Err((None, ragged(own, expected)));
    }
    match stray {
        Some(at) => Err((Some(at), unheaded())),
        None => Ok(()),
    }
}

fn unheaded() -> Fault {
    Fault::new("missing-heading", "there is a value without a heading")
        .because("nothing says what it is")
        .help("give its column a heading, or remove the value; a heading that starts with `#` makes the column a note")
}

fn ragged(own: usize, expected: usize) -> Fault {
    let cells = if own == 1 { "cell" } else { "cells" };
    let fault = Fault::new(
        "uneven-row",
        format!("the row has {own} {cells}, but the heading has {expected}"),
    )
    .because("nothing says which column each of its values belongs to");
    if own > expected {
        fault
            .help("remove signs between thousands from numbers: `1234.5`, not `1,234.5`")
            .help("put a text that contains the separator in quotes")
    } else {
        fault.help("write an empty cell for a month without a value")
    }
}
