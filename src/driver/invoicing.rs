//! Rows of data to statements: each account with its own history, month after month.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::Month;
use crate::data::{self, Problem, Row};
use crate::evaluate::{Cell, Evaluator, History, invoice};
use crate::ledger::{Reason, Refusal, Statement};
use crate::program::Program;

/// What became of a month.
pub enum Outcome {
    /// It is invoiced.
    Invoiced(Box<Statement>),
    /// It is not, and why; with what is wrong in its data.
    Refused(Box<Refusal>, Vec<Problem>),
}

/// Computes months in the order in which they come: for each account from its first month on.
pub struct Invoicing<'p> {
    evaluator: Evaluator<'p>,
    histories: HashMap<Option<Arc<str>>, History>,
    cells: Vec<Cell>,
}

impl<'p> Invoicing<'p> {
    /// Nothing computed yet.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        Self {
            evaluator: Evaluator::new(program),
            histories: HashMap::new(),
            cells: Vec::new(),
        }
    }

    /// The evaluator, with the values of the month computed last.
    #[must_use]
    pub fn evaluator(&self) -> &Evaluator<'p> {
        &self.evaluator
    }

    /// What the months of an account have left behind, the last one included.
    #[must_use]
    pub fn history(&self, account: Option<&Arc<str>>) -> Option<&History> {
        self.histories.get(&account.cloned())
    }

    /// The months between the account's last row and `month`, for which the data has no row.
    #[must_use]
    pub fn gap(&self, account: Option<&Arc<str>>, month: Month) -> Vec<Month> {
        let Some(last) = self
            .histories
            .get(&account.cloned())
            .and_then(History::last)
        else {
            return Vec::new();
        };
        (1..month.since(last).clamp(1, 2400))
            .map(|after| last.plus(after))
            .collect()
    }

    /// Computes a row.
    pub fn compute(&mut self, row: &Row) -> Outcome {
        self.step(row);
        let account = row.account.as_deref();
        let mut problems = Vec::new();
        for cell in &row.cells {
            if let data::Cell::Refused(problem) = cell {
                problems.push((**problem).clone());
            }
        }
        if let Some(refusal) = self.outside_term(row.month, account) {
            return Outcome::Refused(Box::new(refusal), problems);
        }
        match invoice(&self.evaluator, account) {
            Ok(statement) if problems.is_empty() => Outcome::Invoiced(Box::new(statement)),
            Ok(_) => Outcome::Refused(
                Box::new(Refusal {
                    account: account.map(str::to_owned),
                    month: row.month,
                    reasons: Vec::new(),
                }),
                problems,
            ),
            Err(mut refusal) => {
                refusal
                    .reasons
                    .retain(|reason| !problems.iter().any(|problem| is_about(problem, reason)));
                Outcome::Refused(refusal, problems)
            }
        }
    }

    /// Computes a row's values and adds them to the account's history, without a statement.
    pub fn step(&mut self, row: &Row) {
        self.cells.clear();
        self.cells.extend(row.cells.iter().map(|cell| match cell {
            data::Cell::Value(value) => Cell::Value(value.clone()),
            data::Cell::Missing => Cell::Missing,
            data::Cell::Refused(_) => Cell::Unreadable,
        }));
        let history = self.histories.entry(row.account.clone()).or_default();
        self.evaluator.compute(history, row.month, &self.cells);
    }

    fn outside_term(&self, month: Month, account: Option<&str>) -> Option<Refusal> {
        let plan = &self.evaluator.program().plan;
        let term = plan.term.filter(|term| !term.has_month(month))?;
        let reason = Reason {
            message: format!(
                "{month} lies outside of the contract's term, {} to {}",
                term.first, term.last
            ),
            span: plan.term_span?,
            label: "the contract runs from here to here".to_owned(),
            column: None,
            reaches: Vec::new(),
            help: "remove the row, or prolong the term".to_owned(),
        };
        Some(Refusal {
            account: account.map(str::to_owned),
            month,
            reasons: vec![reason],
        })
    }
}

/// Whether a reason only repeats what is wrong with a cell.
fn is_about(problem: &Problem, reason: &Reason) -> bool {
    let column = problem
        .place
        .column
        .as_ref()
        .map(|column| column.heading.as_ref());
    reason.column.is_some()
        && reason.message.contains("could not be read")
        && (column.is_none() || column == reason.column.as_deref())
}
