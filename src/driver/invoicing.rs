//! Turns rows of data into statements: each account has its own history, month by month.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::Month;
use crate::data::{self, Problem, Row};
use crate::evaluate::{Cell, Evaluator, History, Memory, Supposing, Versions, invoice};
use crate::ledger::{Reason, Refusal, Statement};
use crate::program::{NodeId, Plan, Program};
use crate::quantity::Exact;

use super::{Checked, schema_of};

/// The result of a month.
pub enum Outcome {
    /// The month is invoiced.
    Invoiced(Box<Statement>),
    /// The month is not invoiced: the reason, and what is wrong in its data.
    Refused(Box<Refusal>, Vec<Problem>),
}

/// Computes months in the order in which they come: for each account from its first month onwards.
pub struct Invoicing<'p> {
    versions: Versions<'p>,
    /// For each version, the position of each of its columns in the data; nothing if the data has exactly these
    /// columns.
    columns: Vec<Option<Vec<usize>>>,
    memories: HashMap<Option<Arc<str>>, Memory>,
    /// The month's cells for each version.
    cells: Vec<Vec<Cell>>,
    /// Months of a version under assumptions, with the position of the version.
    supposing: Option<(usize, Supposing<'p>)>,
}

impl<'p> Invoicing<'p> {
    /// Starts with nothing computed. The data has the columns of [`super::schema`].
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        Self {
            versions: Versions::new(&[(None, program)]),
            columns: vec![None],
            memories: HashMap::new(),
            cells: vec![Vec::new()],
            supposing: None,
        }
    }

    /// Starts the same way for a contract with all its versions. Returns nothing if the contract has errors. The data
    /// has the columns of [`schema_of`].
    #[must_use]
    pub fn of(contract: &'p Checked) -> Option<Self> {
        let schema = schema_of(contract)?;
        let programs = contract
            .versions()
            .iter()
            .map(|version| Some((version.from, &version.compiled?.program)))
            .collect::<Option<Vec<_>>>()?;
        if let [(_, only)] = programs.as_slice() {
            return Some(Self::new(only));
        }
        let positions = |program: &Program| {
            let slots = program.plan.slots.iter();
            slots
                .map(|slot| schema.position(&slot.name).unwrap_or(usize::MAX))
                .collect()
        };
        Some(Self {
            columns: programs
                .iter()
                .map(|(_, program)| Some(positions(program)))
                .collect(),
            cells: vec![Vec::new(); programs.len()],
            versions: Versions::new(&programs),
            memories: HashMap::new(),
            supposing: None,
        })
    }

    /// The evaluator of the month computed last, with its values.
    #[must_use]
    pub fn evaluator(&self) -> Option<&Evaluator<'p>> {
        self.versions.current()
    }

    /// The history that an account's months have left for later ones, up to the last month.
    #[must_use]
    pub fn history(&self, account: Option<&Arc<str>>) -> Option<&History> {
        let memory = self.memories.get(&account.cloned())?;
        self.versions.history(memory)
    }

    /// The months between the account's last row and `month`, for which the data has no row.
    #[must_use]
    pub fn gap(&self, account: Option<&Arc<str>>, month: Month) -> Vec<Month> {
        let Some(last) = self.memories.get(&account.cloned()).and_then(Memory::last) else {
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
        let problems = self.problems(row);
        let Some(evaluator) = self.versions.current() else {
            return Outcome::Refused(Box::new(refused(account, row.month)), problems);
        };
        outcome(evaluator, account, row.month, problems)
    }

    /// Computes a row as it would be next, and leaves the account's history as it is. Until the next month is computed,
    /// [`Self::evaluator`] has the values of this one.
    pub fn compute_aside(&mut self, row: &Row) -> Outcome {
        self.fill(row);
        let memory = self.memories.get(&row.account);
        let mut memory = memory.cloned().unwrap_or_default();
        self.versions.compute(&mut memory, row.month, &self.cells);
        let account = row.account.as_deref();
        let problems = self.problems(row);
        match self.versions.current() {
            Some(evaluator) => outcome(evaluator, account, row.month, problems),
            None => Outcome::Refused(Box::new(refused(account, row.month)), problems),
        }
    }

    /// Computes a row as [`Self::compute_aside`] does, with nodes of the program in force that have these values instead
    /// of what would be computed. `read` looks at the values of the month.
    pub fn suppose_aside<T>(
        &mut self,
        row: &Row,
        values: &[(NodeId, Exact)],
        read: impl FnOnce(&Evaluator<'p>, Outcome) -> T,
    ) -> Option<T> {
        self.fill(row);
        let current = self.versions.in_force(row.month);
        let program = self.versions.evaluator(current)?.program();
        if self.supposing.as_ref().is_none_or(|(of, _)| *of != current) {
            self.supposing = Some((current, Supposing::new(program)));
        }
        let (_, supposing) = self.supposing.as_ref()?;
        let mut evaluator = supposing.evaluator(values.iter().cloned());
        let memory = self.memories.get(&row.account);
        let history = memory.and_then(|memory| memory.history(current));
        let mut history = history.cloned().unwrap_or_default();
        evaluator.compute(&mut history, row.month, self.cells.get(current)?);
        let problems = self.problems(row);
        let result = outcome(&evaluator, row.account.as_deref(), row.month, problems);
        Some(read(&evaluator, result))
    }

    /// Computes a row's values and adds them to the account's history, without a statement.
    pub fn step(&mut self, row: &Row) {
        self.fill(row);
        let memory = self.memories.entry(row.account.clone()).or_default();
        self.versions.compute(memory, row.month, &self.cells);
    }

    /// Takes the row's cells for each version that reads them.
    fn fill(&mut self, row: &Row) {
        let current = self.versions.in_force(row.month);
        let versions = self.cells.iter_mut().zip(&self.columns).enumerate();
        for (_, (cells, columns)) in versions.filter(|(at, _)| *at >= current) {
            cells.clear();
            match columns {
                None => cells.extend(row.cells.iter().map(cell)),
                Some(columns) => cells.extend(
                    columns
                        .iter()
                        .map(|at| row.cells.get(*at).map_or(Cell::Missing, cell)),
                ),
            }
        }
    }

    /// The problems in the row's cells that the contract needs in that month.
    fn problems(&self, row: &Row) -> Vec<Problem> {
        let current = self.versions.in_force(row.month);
        let columns = self.columns.get(current).and_then(Option::as_ref);
        let asked = |at: usize| columns.is_none_or(|columns| columns.contains(&at));
        let cells = row.cells.iter().enumerate();
        cells
            .filter_map(|(at, cell)| match cell {
                data::Cell::Refused(problem) if asked(at) => Some((**problem).clone()),
                data::Cell::Refused(_) | data::Cell::Value(_) | data::Cell::Missing => None,
            })
            .collect()
    }
}

fn cell(cell: &data::Cell) -> Cell {
    match cell {
        data::Cell::Value(value) => Cell::Value(value.clone()),
        data::Cell::Missing => Cell::Missing,
        data::Cell::Refused(_) => Cell::Unreadable,
    }
}

fn refused(account: Option<&str>, month: Month) -> Refusal {
    Refusal {
        account: account.map(str::to_owned),
        month,
        reasons: Vec::new(),
    }
}

/// The result of the month that the evaluator computed last, with what is wrong in its data.
pub(super) fn outcome(
    evaluator: &Evaluator<'_>,
    account: Option<&str>,
    month: Month,
    problems: Vec<Problem>,
) -> Outcome {
    if let Some(refusal) = outside_term(&evaluator.program().plan, month, account) {
        return Outcome::Refused(Box::new(refusal), problems);
    }
    match invoice(evaluator, account) {
        Ok(statement) if problems.is_empty() => Outcome::Invoiced(Box::new(statement)),
        Ok(_) => Outcome::Refused(Box::new(refused(account, month)), problems),
        Err(mut refusal) => {
            refusal
                .reasons
                .retain(|reason| !problems.iter().any(|problem| is_about(problem, reason)));
            Outcome::Refused(refusal, problems)
        }
    }
}

fn outside_term(plan: &Plan, month: Month, account: Option<&str>) -> Option<Refusal> {
    let term = plan.term.filter(|term| !term.has_month(month))?;
    let reason = Reason {
        message: format!(
            "{month} is outside the contract's term, {} to {}",
            term.first, term.last
        ),
        span: plan.term_span?,
        label: "the contract runs from here to here".to_owned(),
        column: None,
        reaches: Vec::new(),
        help: "remove the row, or extend the term".to_owned(),
    };
    Some(Refusal {
        account: account.map(str::to_owned),
        month,
        reasons: vec![reason],
    })
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
