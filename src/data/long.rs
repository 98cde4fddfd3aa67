//! The long form: a row for each value.

use std::collections::HashMap;
use std::sync::Arc;

use super::cell::{self, Raw};
use super::collect::Found;
use super::heading::{Heading, Role};
use super::heading_faults::missing_values;
use super::long_rows::{LongRows, Value};
use super::month_cell;
use super::names::{Given, Names, column_of};
use super::problem::{Fault, Problem};
use super::records::{self, Records, Wrong};
use super::row::Layout;
use super::wide::{check_width, is_empty};

/// Reads a table in the long form to its end.
///
/// # Errors
/// Everything about whole inputs: those that the contract does not know, and those that are missing.
pub(super) fn read<R: Records>(
    records: &mut R,
    layout: &Arc<Layout>,
    heading: Heading,
    keep_text: bool,
) -> Result<Vec<Found>, Vec<Problem>> {
    let mut long = Long::new(layout, heading, keep_text);
    while let Some(record) = records.advance() {
        match record {
            Ok(()) => long.record(records),
            Err(wrong) => long.refuse(records, wrong),
        }
        if long.rows.is_full() || long.unknown.len() > MOST_UNKNOWN {
            break;
        }
    }
    long.finish()
}

const MOST_UNKNOWN: usize = 100;

struct Long<'l> {
    layout: &'l Arc<Layout>,
    heading: Heading,
    names: Names,
    month: usize,
    account: Option<usize>,
    input: usize,
    amount: usize,
    members: Vec<(usize, String)>,
    rows: LongRows,
    /// What each name means; nothing for a name that was reported as unknown.
    known: HashMap<String, Option<usize>>,
    unknown: Vec<Problem>,
}

impl<'l> Long<'l> {
    fn new(layout: &'l Arc<Layout>, heading: Heading, keep_text: bool) -> Self {
        let at = |role: &Role| heading.position(role).unwrap_or(0);
        let member = |(at, role): (usize, &Role)| match role {
            Role::Member(dimension) => Some((at, dimension.clone())),
            _ => None,
        };
        Self {
            names: Names::of(&layout.schema),
            month: at(&Role::Month),
            account: heading.position(&Role::Account),
            input: at(&Role::Input),
            amount: at(&Role::Amount),
            members: heading
                .roles
                .iter()
                .enumerate()
                .filter_map(member)
                .collect(),
            rows: LongRows::new(Arc::clone(layout), keep_text),
            known: HashMap::new(),
            unknown: Vec::new(),
            heading,
            layout,
        }
    }

    fn record<R: Records>(&mut self, records: &R) {
        match self.value(records) {
            Ok(Some(value)) => {
                let (layout, heading, at) = (self.layout, &self.heading, self.amount);
                let in_cell =
                    |fault| records::problem(records, layout, Some(heading), (Some(at), fault));
                self.rows.add(value, records.cell(at), in_cell);
            }
            Ok(None) => {}
            Err(wrong) => self.refuse(records, wrong),
        }
    }

    fn refuse<R: Records>(&mut self, records: &R, wrong: Wrong) {
        let problem = records::problem(records, self.layout, Some(&self.heading), wrong);
        self.rows.problem(problem);
    }

    /// The account and month of the record's value; nothing for a record without data or with an unknown input.
    fn value<R: Records>(&mut self, records: &R) -> Result<Option<Value>, Wrong> {
        check_width(records, &self.heading)?;
        if self.is_blank(records) {
            return Ok(None);
        }
        let month =
            month_cell::read(records.cell(self.month)).map_err(|f| (Some(self.month), f))?;
        let account = match self.account {
            None => None,
            Some(at) => Some(
                cell::account(records.cell(at))
                    .map_err(|f| (Some(at), f))?
                    .to_owned(),
            ),
        };
        let Some(column) = self.column(records)? else {
            return Ok(None);
        };
        Ok(Some(Value {
            account,
            month,
            column,
            number: records.number(),
            text: records.text(self.amount),
        }))
    }

    fn column<R: Records>(&mut self, records: &R) -> Result<Option<usize>, Wrong> {
        let input = name(records.cell(self.input)).map_err(|fault| (Some(self.input), fault))?;
        if input.is_empty() {
            return Err((Some(self.input), missing_input()));
        }
        let mut given: Vec<Given<'_>> = Vec::new();
        for (at, dimension) in &self.members {
            let member = name(records.cell(*at)).map_err(|fault| (Some(*at), fault))?;
            if !member.is_empty() {
                given.push((dimension, member));
            }
        }
        let key = format!("{input}\n{given:?}");
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let found = match column_of(&self.layout.schema, &self.names, input, &given) {
            Ok(column) => Some(column),
            Err(fault) => {
                let wrong = (Some(self.input), fault);
                let problem = records::problem(records, self.layout, Some(&self.heading), wrong);
                self.unknown.push(problem);
                None
            }
        };
        self.known.insert(key, found);
        Ok(found)
    }

    fn is_blank<R: Records>(&self, records: &R) -> bool {
        let roles = self.heading.roles.iter().enumerate();
        roles
            .into_iter()
            .all(|(at, role)| *role == Role::Note || is_empty(records.cell(at)))
    }

    fn finish(mut self) -> Result<Vec<Found>, Vec<Problem>> {
        let missing = self.rows.missing();
        let missing = missing_values(&missing.iter().collect::<Vec<_>>());
        if let Some(fault) = missing.filter(|_| self.unknown.is_empty()) {
            self.unknown = self.rows.take_problems();
            self.unknown.push(fault.at(self.layout.whole()));
        }
        if self.unknown.is_empty() {
            Ok(self.rows.finish())
        } else {
            Err(self.unknown)
        }
    }
}

/// The name in a cell.
fn name(raw: Raw<'_>) -> Result<&str, Fault> {
    match raw {
        Raw::Empty => Ok(""),
        Raw::Text(text) if text.len() <= 200 => {
            let text = cell::trimmed(text);
            std::str::from_utf8(text).map_err(|_| super::unreadable::bytes(text))
        }
        _ => Err(missing_input()),
    }
}

fn missing_input() -> Fault {
    Fault::new("missing-input", "the name of an input is missing")
        .because("each row must say which input it gives")
        .help("write the input's name as in the contract")
}
