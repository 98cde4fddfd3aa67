//! Batches of rows to results: most rows in columns, the others one by one.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::Month;
use crate::columnar::{Asked, Columns, Counted, Results};
use crate::data::{Batch, Layout};
use crate::program::Program;

use super::invoicing::outcome;
use super::{Checked, Outcome};

/// Computes many rows at a time, for a contract that is not amended.
pub struct Portfolio<'p> {
    columns: Columns<'p>,
    /// What the exact evaluator made of rows of the batch.
    exact: HashMap<usize, Outcome>,
}

/// The program of a contract that columns can compute: of one that is not amended.
#[must_use]
pub fn program_in_columns(contract: &Checked) -> Option<&Program> {
    match contract.versions().as_slice() {
        [only] => Some(&only.compiled?.program),
        _ => None,
    }
}

impl<'p> Portfolio<'p> {
    /// Nothing computed yet. The data is laid out like this.
    #[must_use]
    pub fn new(program: &'p Program, asked: Vec<Asked>, layout: &Layout) -> Self {
        let absent = (0..program.plan.slots.len())
            .map(|column| !layout.has(column))
            .collect();
        Self {
            columns: Columns::new(program, asked, absent),
            exact: HashMap::new(),
        }
    }

    /// Computes the rows of a batch that are given. A month that is not wanted is computed only for later ones.
    pub fn compute<'n>(
        &mut self,
        batch: &Batch,
        rows: &[u32],
        results: &mut Results,
        name: impl Fn(usize) -> Option<&'n Arc<str>>,
        wanted: impl Fn(Month) -> bool,
    ) {
        let Self { columns, exact } = self;
        exact.clear();
        columns.compute(batch, rows, results, &mut |row, evaluator| {
            let Some(head) = batch.heads.get(row).filter(|head| wanted(head.month)) else {
                return;
            };
            let problems = batch.refused(row).cloned().collect();
            let account = name(head.account).map(AsRef::as_ref);
            exact.insert(row, outcome(evaluator, account, head.month, problems));
        });
    }

    /// The result of a row that the exact evaluator computed, once.
    pub fn take(&mut self, row: usize) -> Option<Outcome> {
        self.exact.remove(&row)
    }

    /// Whether any value depends on earlier months.
    #[must_use]
    pub fn looks_back(&self) -> bool {
        self.columns.looks_back()
    }

    /// How many rows were computed so far.
    #[must_use]
    pub fn counted(&self) -> Counted {
        self.columns.counted()
    }
}
