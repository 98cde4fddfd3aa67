//! All rows of a file, put in order: by account as it first appears, then by month.

use std::sync::Arc;

use crate::calendar::Month;

use super::place::{RowNumber, several};
use super::problem::{Fault, Problem};
use super::row::{Cell, Layout, Row};

/// Rows and problems, as they are found.
pub(super) struct Collector {
    layout: Arc<Layout>,
    rows: Vec<(usize, Row)>,
    problems: Vec<Problem>,
    refused: usize,
    cells: usize,
}

/// The result of reading a whole file.
pub(super) type Found = Result<Row, Box<Problem>>;

/// A file with more problems than this is not read to its end.
const MOST_PROBLEMS: usize = 1_000;

/// The most cells that a whole file may have. Each row counts as some extra cells, because it takes memory itself.
const MOST_CELLS: usize = 4_000_000;
const CELLS_OF_A_ROW: usize = 8;

impl Collector {
    pub(super) fn new(layout: Arc<Layout>) -> Self {
        Self {
            layout,
            rows: Vec::new(),
            problems: Vec::new(),
            refused: 0,
            cells: 0,
        }
    }

    pub(super) fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Adds a row of the account with that number.
    pub(super) fn row(&mut self, account: usize, row: Row) {
        self.count_cells(row.cells.len());
        let refused = |cell: &&Cell| matches!(cell, Cell::Refused(_));
        self.refused += row.cells.iter().filter(refused).count();
        self.rows.push((account, row));
    }

    /// Takes the problems found so far.
    pub(super) fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }

    /// Adds a row whose cells were counted before.
    pub(super) fn read_row(&mut self, account: usize, row: Row) {
        self.rows.push((account, row));
    }

    /// Counts a cell that was refused in a row that is added later.
    pub(super) fn count_refused(&mut self) {
        self.refused += 1;
    }

    /// Counts the cells of a row, which may be added later.
    pub(super) fn count_cells(&mut self, cells: usize) {
        self.cells += cells + CELLS_OF_A_ROW;
    }

    /// Whether a limit is reached. If so, this is added to the problems.
    pub(super) fn is_full(&mut self) -> bool {
        let fault = if self.problems.len() + self.refused > MOST_PROBLEMS {
            Fault::new(
                "too-many-problems",
                format!("there are more than {MOST_PROBLEMS} problems"),
            )
            .because("the rest of the file was not read")
        } else if self.cells > MOST_CELLS {
            too_much_data()
        } else {
            return false;
        };
        self.problem(fault.at(self.layout.whole()));
        true
    }

    /// The problems, then the rows in order. Rows of the same account and month are refused.
    pub(super) fn finish(mut self) -> Vec<Found> {
        self.rows
            .sort_by_key(|(account, row)| (*account, row.month));
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut waiting = self.rows.into_iter().peekable();
        while let Some((account, row)) = waiting.next() {
            let mut places = vec![row.place.row];
            while let Some((_, other)) =
                waiting.next_if(|(a, other)| *a == account && other.month == row.month)
            {
                places.push(other.place.row);
            }
            if places.len() == 1 {
                rows.push(Ok(row));
            } else {
                let problem = duplicate(&self.layout, row.account, row.month, places);
                self.problems.push(problem);
            }
        }
        let problems = self
            .problems
            .into_iter()
            .map(|problem| Err(Box::new(problem)));
        problems.chain(rows).collect()
    }
}

/// The problem of a file that is too large to be read as a whole.
pub(super) fn too_much_data() -> Fault {
    Fault::new(
        "too-much-data",
        "the file is too large to be read as a whole",
    )
    .because("its rows are sorted in memory, and there are too many of them")
    .help("write a CSV file with a row for each month, sorted by month, and read it row by row")
}

/// The problem of two or more rows for the same month.
pub(super) fn duplicate(
    layout: &Layout,
    account: Option<Arc<str>>,
    month: Month,
    mut places: Vec<RowNumber>,
) -> Problem {
    places.sort_unstable();
    let of = match &account {
        Some(account) => format!(" of account `{account}`"),
        None => String::new(),
    };
    let fault = Fault::new(
        "duplicate-month",
        format!(
            "`{month}`{of} is given more than once, in {}",
            several(&places)
        ),
    )
    .because("nothing says which of them counts")
    .help(if account.is_some() {
        "remove all but one"
    } else {
        "remove all but one; if they are of several accounts, add a column `account`"
    });
    let mut place = layout.whole();
    place.row = places.last().copied();
    fault.at(place).of(account, Some(month))
}
