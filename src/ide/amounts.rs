//! The amounts for the newest month of a data file.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use crate::calendar::Month;
use crate::data::{self, Mode, Options, Row};
use crate::driver::{Checked, Invoicing, Outcome, schema_of};
use crate::ledger::Statement;
use crate::quantity::{Exact, Figure, Type};
use crate::text::Span;

/// The newest month of a contract's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthAmounts {
    /// The month.
    pub month: Month,
    /// How many accounts are added together; 1 if the data has none.
    pub accounts: usize,
    /// The lines with their amounts, in the order of the statement.
    pub lines: Vec<LineAmount>,
    /// The amount to be paid; nothing if the month was not invoiced for some account.
    pub total: Option<Figure>,
    /// Why the month was not invoiced, in plain words.
    pub refused: Vec<String>,
}

/// The amount of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineAmount {
    /// Its name.
    pub name: String,
    /// The amount. Above 0, it is paid to the supplier.
    pub amount: Figure,
    /// The item that states it.
    pub item: Span,
}

impl MonthAmounts {
    /// Returns the sum of the lines that an item states; nothing if it has no line in this month.
    #[must_use]
    pub fn of_item(&self, item: Span) -> Option<Figure> {
        let within = |line: &&LineAmount| {
            line.item.file == item.file
                && item.start <= line.item.start
                && line.item.end <= item.end
        };
        let mut lines = self.lines.iter().filter(within);
        let first = lines.next()?.amount.clone();
        Some(lines.fold(first, |sum, line| Figure {
            value: sum.value.add(&line.amount.value),
            kind: sum.kind,
        }))
    }
}

/// Computes the newest month of the data. Messages call the data file `name`.
///
/// # Errors
/// Why the data cannot be used, in plain words.
pub fn newest_month(
    contract: &Checked,
    name: &str,
    data: impl Read,
) -> Result<MonthAmounts, String> {
    let no_program = || "the contract has errors, so nothing is computed".to_owned();
    let schema = schema_of(contract).ok_or_else(no_program)?;
    let options = Options {
        mode: Mode::Whole,
        ..Options::default()
    };
    let mut reader = data::open(name, None, data, &schema, &options).map_err(|problems| {
        let all: Vec<String> = problems.iter().take(3).map(ToString::to_string).collect();
        all.join("; ")
    })?;
    let mut invoicing = Invoicing::of(contract).ok_or_else(no_program)?;
    let mut newest = Newest::default();
    let mut row = Row::default();
    loop {
        match reader.read_into(&mut row) {
            Ok(false) => break,
            Ok(true) => newest.add(row.month, row.account.as_ref(), invoicing.compute(&row)),
            Err(problem) => return Err(problem.to_string()),
        }
    }
    newest
        .finish()
        .ok_or_else(|| format!("`{name}` has no months"))
}

/// The outcomes of the newest month found so far, by account.
#[derive(Default)]
struct Newest {
    month: Option<Month>,
    outcomes: BTreeMap<Option<Arc<str>>, Outcome>,
}

impl Newest {
    fn add(&mut self, month: Month, account: Option<&Arc<str>>, outcome: Outcome) {
        if self.month.is_some_and(|newest| newest > month) {
            return;
        }
        if self.month != Some(month) {
            self.outcomes.clear();
        }
        self.month = Some(month);
        self.outcomes.insert(account.cloned(), outcome);
    }

    fn finish(self) -> Option<MonthAmounts> {
        let mut amounts = MonthAmounts {
            month: self.month?,
            accounts: self.outcomes.len(),
            lines: Vec::new(),
            total: None,
            refused: Vec::new(),
        };
        let mut total: Option<Figure> = None;
        for outcome in self.outcomes.into_values() {
            match outcome {
                Outcome::Invoiced(statement) => add_statement(&mut amounts, &mut total, &statement),
                Outcome::Refused(refusal, problems) => {
                    let reasons = refusal.reasons.iter().map(|reason| reason.message.clone());
                    let problems = problems.iter().map(ToString::to_string);
                    amounts.refused.extend(problems.chain(reasons));
                }
            }
        }
        if amounts.refused.is_empty() {
            amounts.total = total;
        } else {
            amounts.lines.clear();
        }
        Some(amounts)
    }
}

fn add_statement(amounts: &mut MonthAmounts, total: &mut Option<Figure>, statement: &Statement) {
    let money = |value: &Exact| Figure::new(value.clone(), Type::money(statement.currency));
    for line in &statement.lines {
        let same = |known: &&mut LineAmount| known.name == line.name && known.item == line.span;
        match amounts.lines.iter_mut().find(same) {
            Some(known) => known.amount.value = known.amount.value.add(&line.amount),
            None => amounts.lines.push(LineAmount {
                name: line.name.clone(),
                amount: money(&line.amount),
                item: line.span,
            }),
        }
    }
    *total = Some(match total.take() {
        Some(sum) => money(&sum.value.add(&statement.total)),
        None => money(&statement.total),
    });
}
