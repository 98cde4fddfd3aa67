//! Batches of rows through kernels, and rows that columns cannot compute through the exact evaluator.

use std::sync::Arc;

use crate::calendar::Month;
use crate::data::{self, Batch, Cells, Kind};
use crate::evaluate::{Cell, Evaluator, History};
use crate::program::{NodeId, Op, Program};
use crate::quantity::Exact;

use super::compile::{KEPT, compile, is_kept};
use super::form::{Bounds, Operand, lcm, mark};
use super::kernel::Kernel;
use super::machine::{Kept, Machine, Rows, Step};
use super::memory::Memory;
use super::results::{Form, Results};
use super::shape::{InputShape, SeriesShape, Shape, longest_back, roomy};

/// So many rows are computed together.
const LANES: usize = 1024;

/// So many kernels are kept.
const MOST_KERNELS: usize = 8;

/// A value that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Its node.
    pub node: NodeId,
    /// Whether a row in which it has no number is left to the exact evaluator.
    pub must_be_number: bool,
}

/// Computes rows in columns.
pub struct Columns<'p> {
    program: &'p Program,
    asked: Vec<Asked>,
    /// By slot, whether the data has no such column.
    absent: Vec<bool>,
    needed: Vec<bool>,
    /// Whether anything depends on the month, and whether on earlier ones.
    by_month: bool,
    looks_back: bool,
    kernels: Vec<(Shape, Arc<Kernel>)>,
    machine: Machine,
    kept: Vec<Kept>,
    memory: Memory,
    /// For which decimals of the inputs the series are laid out.
    laid_out: Option<Vec<u32>>,
    evaluator: Evaluator<'p>,
    accounts: Vec<Account>,
    counted: Counted,
}

/// What is known of an account.
#[derive(Clone, Debug, Default)]
struct Account {
    /// Its last row.
    last: Option<Month>,
    /// Its last row that is computed; rows of one batch are computed month by month.
    computed: Option<Month>,
    /// What its months have left behind, where columns cannot hold it.
    exact: Option<Box<History>>,
}

/// How many rows were computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// All.
    pub rows: u64,
    /// Those that the exact evaluator computed.
    pub exact: u64,
}

impl<'p> Columns<'p> {
    /// Ready for the first rows. The data has the program's columns, except for those that are absent.
    #[must_use]
    pub fn new(program: &'p Program, asked: Vec<Asked>, absent: Vec<bool>) -> Self {
        let (needed, series) = needed(program, &asked);
        let of_needed = || {
            program
                .nodes
                .iter()
                .zip(&needed)
                .filter(|(_, needed)| **needed)
        };
        let by_month = of_needed().any(|(node, _)| {
            node.op.series().is_some()
                || matches!(
                    node.op,
                    Op::Month | Op::MonthOfTerm | Op::MonthOfYear | Op::DaysInMonth | Op::Ends(_)
                )
        });
        let mut lengths: Vec<Option<usize>> = vec![None; series.len()];
        for (node, _) in of_needed() {
            let back = match &node.op {
                Op::Previous(..) => 1,
                Op::Window(_, _, months) | Op::MonthsIn(_, months) => {
                    longest_back(*months, program).max(1)
                }
                _ => continue,
            };
            let length = node
                .op
                .series()
                .and_then(|series| lengths.get_mut(series.0 as usize));
            if let Some(length) = length {
                *length = Some(length.unwrap_or(0).max(back));
            }
        }
        Self {
            program,
            absent,
            by_month,
            looks_back: lengths.iter().any(Option::is_some),
            kernels: Vec::new(),
            machine: Machine::default(),
            kept: Vec::new(),
            memory: Memory::new(&lengths),
            laid_out: None,
            evaluator: Evaluator::new(program),
            accounts: Vec::new(),
            counted: Counted::default(),
            asked,
            needed,
        }
    }

    /// Whether any value that is asked for depends on earlier months.
    #[must_use]
    pub fn looks_back(&self) -> bool {
        self.looks_back
    }

    /// How many rows were computed so far.
    #[must_use]
    pub fn counted(&self) -> Counted {
        self.counted
    }

    /// Computes the rows of a batch that are given, in the order of the file. `exact` gets each row that the exact
    /// evaluator computed, with its values; rows of one account in order.
    pub fn compute(
        &mut self,
        batch: &Batch,
        rows: &[u32],
        results: &mut Results,
        exact: &mut dyn FnMut(usize, &Evaluator<'p>),
    ) {
        results.begin(batch.len(), self.asked.len());
        self.note_gaps(batch, rows, results);
        if self.by_month {
            self.month_by_month(batch, rows, results, exact);
        } else {
            self.all_together(batch, rows, results, exact);
        }
        self.counted.rows += rows.len() as u64;
    }

    /// The months between two rows of an account.
    fn note_gaps(&mut self, batch: &Batch, rows: &[u32], results: &mut Results) {
        for row in rows {
            let Some(head) = batch.heads.get(*row as usize) else {
                continue;
            };
            if self.accounts.len() <= head.account {
                self.accounts.resize(head.account + 1, Account::default());
            }
            if let Some(account) = self.accounts.get_mut(head.account) {
                if let Some(last) = account.last
                    && head.month.since(last) > 1
                {
                    results.gaps.push((*row as usize, last));
                }
                account.last = Some(head.month);
            }
        }
        if self.looks_back {
            self.memory.grow(self.accounts.len());
        }
    }

    /// Rows that do not depend on the month.
    fn all_together(
        &mut self,
        batch: &Batch,
        rows: &[u32],
        results: &mut Results,
        exact: &mut dyn FnMut(usize, &Evaluator<'p>),
    ) {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            return;
        };
        let kernel = self.kernel(batch);
        let mut from = *first as usize;
        // Rows that were not given are computed as well, and nobody looks at them.
        while from <= *last as usize {
            let count = LANES.min(*last as usize + 1 - from);
            let step = Step {
                columns: &batch.columns,
                rows: Rows::From(from),
                count,
                month: Month::of(crate::calendar::Date::constant(2000, 1, 1)),
                term: self.program.plan.term,
                accounts: &[],
                memory: &self.memory,
            };
            self.machine.run(&kernel, &step);
            results.take(&kernel, &self.machine, &self.asked, Rows::From(from), count);
            from += count;
        }
        for row in rows {
            let at = *row as usize;
            if self.is_odd(batch, at) || results.is_exact(at) {
                self.exactly(batch, at, results, exact);
            }
        }
    }

    fn month_by_month(
        &mut self,
        batch: &Batch,
        rows: &[u32],
        results: &mut Results,
        exact: &mut dyn FnMut(usize, &Evaluator<'p>),
    ) {
        self.lay_out_for(&self.inputs(&batch.columns));
        let mut order: Vec<(Month, u32)> = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(head) = batch.heads.get(*row as usize) {
                order.push((head.month, *row));
            }
        }
        order.sort_unstable();
        for group in order.chunk_by(|a, b| a.0 == b.0) {
            let Some((month, _)) = group.first() else {
                continue;
            };
            let (mut lanes, mut accounts, mut others) = (Vec::new(), Vec::new(), Vec::new());
            for (_, row) in group {
                let at = *row as usize;
                if self.is_odd(batch, at) || self.is_exact_account(batch, at) {
                    others.push(at);
                } else if let Some(head) = batch.heads.get(at) {
                    lanes.push(*row);
                    accounts.push(u32::try_from(head.account).unwrap_or(u32::MAX));
                }
            }
            for (lanes, accounts) in lanes.chunks(LANES).zip(accounts.chunks(LANES)) {
                self.one_month(batch, *month, lanes, accounts, results);
                others.extend(
                    lanes
                        .iter()
                        .map(|row| *row as usize)
                        .filter(|row| results.is_exact(*row)),
                );
            }
            for row in others {
                self.exactly(batch, row, results, exact);
            }
        }
    }

    /// Computes one month of accounts whose past is in columns.
    fn one_month(
        &mut self,
        batch: &Batch,
        month: Month,
        lanes: &[u32],
        accounts: &[u32],
        results: &mut Results,
    ) {
        let kernel = self.kernel(batch);
        let rows = Rows::These(lanes);
        let step = Step {
            columns: &batch.columns,
            rows,
            count: lanes.len(),
            month,
            term: self.program.plan.term,
            accounts,
            memory: &self.memory,
        };
        self.machine.run(&kernel, &step);
        results.take(&kernel, &self.machine, &self.asked, rows, lanes.len());
        // What is kept must be known, or be a fault that is known to be one.
        self.kept.resize_with(kernel.stores.len(), Kept::default);
        for (store, kept) in kernel.stores.iter().zip(&mut self.kept) {
            self.machine.keep(store, kept);
            for (row, marks) in lanes.iter().zip(&kept.marks) {
                // Later months know whether an empty cell is the cause of a fault.
                let mixed = marks & mark::MISSING != 0 && marks & mark::FAULTS != mark::MISSING;
                if marks & mark::ASK != 0 || mixed {
                    results.ask(*row as usize);
                }
            }
        }
        let skipped = |lane: usize| {
            lanes
                .get(lane)
                .is_none_or(|row| results.is_exact(*row as usize))
        };
        for (store, kept) in kernel.stores.iter().zip(&self.kept) {
            if let Some(Some(ring)) = self.memory.rings.get_mut(store.series) {
                ring.store(month, accounts, kept, skipped);
            }
        }
        for (row, account) in lanes.iter().zip(accounts) {
            if !results.is_exact(*row as usize)
                && let Some(account) = self.accounts.get_mut(*account as usize)
            {
                account.computed = Some(month);
            }
        }
    }

    /// Whether a row is not in the columns, or not of the term: such a month has no invoice, and the refusal says why.
    fn is_odd(&self, batch: &Batch, row: usize) -> bool {
        batch.heads.get(row).is_none_or(|head| {
            head.kind != Kind::Columns
                || self
                    .program
                    .plan
                    .term
                    .is_some_and(|term| !term.has_month(head.month))
        })
    }

    /// Whether the past of the row's account is not in columns, or does not end with the month before.
    fn is_exact_account(&self, batch: &Batch, row: usize) -> bool {
        if !self.looks_back {
            return false;
        }
        let Some(head) = batch.heads.get(row) else {
            return true;
        };
        self.accounts.get(head.account).is_none_or(|account| {
            account.exact.is_some()
                || account
                    .computed
                    .is_some_and(|computed| head.month.since(computed) != 1)
        })
    }

    /// Computes a row exactly.
    fn exactly(
        &mut self,
        batch: &Batch,
        row: usize,
        results: &mut Results,
        exact: &mut dyn FnMut(usize, &Evaluator<'p>),
    ) {
        let (Some(head), Some(given)) = (batch.heads.get(row).copied(), batch.row(row, None))
        else {
            return;
        };
        results.ask(row);
        self.counted.exact += 1;
        let cells: Vec<Cell> = given.cells.iter().map(cell).collect();
        if !self.looks_back {
            self.evaluator
                .compute(&mut History::default(), head.month, &cells);
            exact(row, &self.evaluator);
            return;
        }
        let Some(account) = self.accounts.get_mut(head.account) else {
            return;
        };
        let mut history = match (account.exact.take(), account.computed) {
            (Some(history), _) => history,
            (None, Some(last)) => Box::new(self.memory.history(
                head.account,
                last,
                self.evaluator.kept_months(),
            )),
            (None, None) => Box::default(),
        };
        self.evaluator.compute(&mut history, head.month, &cells);
        account.computed = Some(head.month);
        if self.laid_out.is_none() || !self.memory.take(head.account, head.month, &history) {
            account.exact = Some(history);
        }
        exact(row, &self.evaluator);
    }

    /// A kernel for the batch, and for what is kept of earlier months.
    fn kernel(&mut self, batch: &Batch) -> Arc<Kernel> {
        let inputs = self.inputs(&batch.columns);
        self.lay_out_for(&inputs);
        let shape = Shape {
            inputs,
            series: self.series(),
        };
        let mut known = self.kernels.iter();
        if let Some((_, kernel)) = known.find(|(known, _)| known.covers(&shape)) {
            return Arc::clone(kernel);
        }
        let roots: Vec<NodeId> = self.asked.iter().map(|asked| asked.node).collect();
        let (kernel, _) = compile(self.program, &shape, &self.needed, &roots);
        let kernel = Arc::new(kernel);
        self.kernels.truncate(MOST_KERNELS - 1);
        self.kernels.insert(0, (shape, Arc::clone(&kernel)));
        kernel
    }

    /// What the batch's cells are like.
    fn inputs(&self, columns: &[Cells]) -> Vec<InputShape> {
        let slots = self.program.plan.slots.iter().enumerate();
        slots
            .map(|(at, slot)| {
                let cells = columns.get(at);
                let places = cells.map_or(0, |cells| cells.places);
                let own = cells.map_or((0, 0), |cells| cells.bounds);
                let own = Bounds::of(own.0.min(0).into(), own.1.max(0).into());
                let scaled = |end: &Option<Exact>| {
                    let (above, below) = end.as_ref()?.to_ratio()?;
                    let scale = 10_i128.checked_pow(places)?;
                    Some(
                        i128::from(above)
                            .checked_mul(scale)?
                            .div_euclid(below.into()),
                    )
                };
                let mut bounds = roomy(own);
                // A row without a cell has 0 there.
                if let Some(least) = scaled(&slot.least) {
                    bounds.least = bounds.least.max(least.min(0));
                }
                if let Some(most) = scaled(&slot.most) {
                    bounds.most = bounds.most.min(most.max(0) + 1);
                }
                InputShape {
                    places,
                    bounds: bounds.with(own),
                    may_be_missing: cells.is_some_and(|cells| !cells.missing.is_empty()),
                    never: self.absent.get(at).copied().unwrap_or(false),
                }
            })
            .collect()
    }

    /// What the values kept so far are like.
    fn series(&self) -> Vec<Option<SeriesShape>> {
        let rings = self.memory.rings.iter().zip(&self.memory.shapes);
        rings
            .map(|(ring, shape)| {
                let (ring, shape) = (ring.as_ref()?, (*shape)?);
                Some(SeriesShape {
                    above: roomy(ring.above.unwrap_or(shape.above)),
                    below: roomy(ring.below.unwrap_or(shape.below)).with(Bounds::of(1, 1)),
                    ..shape
                })
                .map(|shape| SeriesShape {
                    below: Bounds::of(1, shape.below.most.max(1)),
                    ..shape
                })
            })
            .collect()
    }

    /// Lays the series out for cells of so many decimals, if they are laid out for others. An account whose past does not fit is
    /// computed exactly from then on, so this comes before accounts are told apart.
    fn lay_out_for(&mut self, inputs: &[InputShape]) {
        let places: Vec<u32> = inputs.iter().map(|input| input.places).collect();
        if self.looks_back && self.laid_out.as_ref() != Some(&places) {
            self.lay_out(inputs);
            self.laid_out = Some(places);
        }
    }

    /// Finds the scale of each series: that of the values which are kept, which may depend on the series themselves.
    fn lay_out(&mut self, inputs: &[InputShape]) {
        const ROUNDS: usize = 16;
        const LAST_FIXED: usize = 8;
        let roots: Vec<NodeId> = self.asked.iter().map(|asked| asked.node).collect();
        let start = |(ring, known): (&Option<_>, &Option<SeriesShape>)| {
            ring.as_ref()?;
            Some(SeriesShape {
                scale: known.map_or(1, |known| known.scale),
                has_below: known.is_some_and(|known| known.has_below),
                above: Bounds::of(-FIRST, FIRST),
                below: Bounds::of(1, FIRST),
            })
        };
        let rings = self.memory.rings.iter().zip(&self.memory.shapes);
        let mut shape = Shape {
            inputs: inputs.to_vec(),
            series: rings.map(start).collect(),
        };
        let mut firsts = Vec::new();
        // A scale that does not settle: each value brings its own divisor.
        let mut loose = vec![false; shape.series.len()];
        for round in 0..ROUNDS {
            let (_, found) = compile(self.program, &shape, &self.needed, &roots);
            let mut same = true;
            for ((own, found), loose) in shape.series.iter_mut().zip(&found).zip(&mut loose) {
                let (Some(series), Some(found)) = (own.as_mut(), found) else {
                    continue;
                };
                if *loose {
                    continue;
                }
                let scale = lcm(series.scale, found.scale).filter(|scale| is_kept(*scale));
                let has_below = series.has_below || found.has_below;
                if scale == Some(series.scale) && has_below == series.has_below {
                    continue;
                }
                same = false;
                match scale.filter(|_| round + 1 < LAST_FIXED) {
                    Some(scale) => (series.scale, series.has_below) = (scale, has_below),
                    None => {
                        (series.scale, series.has_below) = (1, true);
                        *loose = true;
                    }
                }
            }
            firsts = found;
            if same {
                break;
            }
        }
        for (own, found) in shape.series.iter_mut().zip(firsts) {
            if let (Some(own), Some(found)) = (own, found) {
                // The kernel for the first month has room for what that month can leave behind.
                let size = |value: i128| value.min(FIRST);
                own.above = Bounds::of(-size(-found.above.least), size(found.above.most));
                own.below = Bounds::of(1, size(found.below.most).max(1));
            }
        }
        self.move_to(shape.series);
        self.kernels.clear();
    }

    /// Keeps the series in another layout.
    fn move_to(&mut self, shapes: Vec<Option<SeriesShape>>) {
        let mut moved = Memory::new(
            &self
                .memory
                .rings
                .iter()
                .map(|ring| ring.as_ref().map(super::memory::Ring::length))
                .collect::<Vec<_>>(),
        );
        moved.shapes = shapes;
        moved.grow(self.accounts.len());
        for (number, account) in self.accounts.iter_mut().enumerate() {
            let (None, Some(last)) = (&account.exact, account.computed) else {
                continue;
            };
            let history = self
                .memory
                .history(number, last, self.evaluator.kept_months());
            if !moved.take(number, last, &history) {
                account.exact = Some(Box::new(history));
            }
        }
        self.memory = moved;
    }
}

/// How large a series' values are taken to be while nothing is known.
const FIRST: i128 = 1 << 32;
const _: () = assert!(FIRST < KEPT);

/// The nodes that values are made of, in any month, and which series are among them.
fn needed(program: &Program, asked: &[Asked]) -> (Vec<bool>, Vec<bool>) {
    let mut needed = vec![false; program.nodes.len()];
    let mut series = vec![false; program.series.len()];
    let mut open: Vec<NodeId> = asked.iter().map(|asked| asked.node).collect();
    while let Some(id) = open.pop() {
        let (Some(node), Some(known)) = (program.node(id), needed.get_mut(id.0 as usize)) else {
            continue;
        };
        if std::mem::replace(known, true) {
            continue;
        }
        node.op.each_use(|used| open.push(used));
        if let Some(of) = node.op.series() {
            if let Some(known) = series.get_mut(of.0 as usize) {
                *known = true;
            }
            open.extend(program.series.get(of.0 as usize));
        }
    }
    (needed, series)
}

fn cell(cell: &data::Cell) -> Cell {
    match cell {
        data::Cell::Value(value) => Cell::Value(value.clone()),
        data::Cell::Missing => Cell::Missing,
        data::Cell::Refused(_) => Cell::Unreadable,
    }
}

/// The form of an output.
pub(super) fn form_of(output: &super::kernel::Output) -> Form {
    Form {
        scale: output.scale,
        fixed: match output.above {
            Operand::Fixed(value) => Some(value),
            Operand::Times(..) => None,
        },
        has_below: output.below.is_some(),
    }
}
