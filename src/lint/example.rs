//! A month of the contract that can be computed, so that rules can show amounts instead of words.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::calendar::Month;
use crate::compile::Compiled;
use crate::evaluate::{Cell, Evaluator, History, Supposing, invoice, invoiced};
use crate::ledger::Statement;
use crate::model::{Contract, ScenarioFacts};
use crate::program::{NodeId, SlotId};
use crate::quantity::Exact;

/// A month and everything before it, from the contract's first scenario that can be invoiced.
pub struct Example<'c> {
    compiled: &'c Compiled,
    supposing: Supposing<'c>,
    months: Vec<(Month, Vec<Cell>)>,
    /// The results that have been computed already, because rules ask for the same best and worst months.
    known: RefCell<Kept>,
    /// The month's statement, with the values as they are.
    pub statement: Statement,
}

impl<'c> Example<'c> {
    /// The example of a contract; nothing if none of its scenarios can be invoiced.
    #[must_use]
    pub fn of(contract: &Contract, compiled: &'c Compiled) -> Option<Self> {
        contract
            .scenarios
            .iter()
            .find_map(|scenario| Self::of_scenario(scenario, compiled))
    }

    fn of_scenario(scenario: &ScenarioFacts, compiled: &'c Compiled) -> Option<Self> {
        let slots = &compiled.program.plan.slots;
        let cells = |at: usize| {
            slots
                .iter()
                .enumerate()
                .map(|(slot, plan)| match scenario.value(slot, plan, at) {
                    Some(value) => Cell::Value(value.clone()),
                    None => Cell::Missing,
                })
                .collect()
        };
        let months: Vec<(Month, Vec<Cell>)> = scenario
            .months()
            .enumerate()
            .map(|(at, month)| (month, cells(at)))
            .collect();
        let supposing = Supposing::new(&compiled.program);
        let statement = invoice(&evaluated(supposing.evaluator([]), &months), None).ok()?;
        Some(Self {
            compiled,
            supposing,
            months,
            known: RefCell::default(),
            statement,
        })
    }

    /// The last month's statement if these nodes of the contract had these values in every month; nothing if it would
    /// not be invoiced. Nodes that no statement needs have no effect.
    #[must_use]
    pub fn with_values(&self, values: &[(NodeId, Exact)]) -> Option<Rc<Statement>> {
        self.with(values, &[])
    }

    /// The last month's statement if these columns had these values in the last month.
    #[must_use]
    pub fn with_cells(&self, cells: &[(SlotId, Exact)]) -> Option<Rc<Statement>> {
        self.with(&[], cells)
    }

    /// The last month's statement with these values in every month, and these columns in the last month.
    #[must_use]
    pub fn with(
        &self,
        values: &[(NodeId, Exact)],
        cells: &[(SlotId, Exact)],
    ) -> Option<Rc<Statement>> {
        if cells.is_empty() {
            return self.known(values).last;
        }
        let mut months = self.months.clone();
        replace_cells(&mut months, cells);
        invoice(&evaluated(self.evaluator_with(values), &months), None)
            .ok()
            .map(Rc::new)
    }

    /// The value of a node of the contract in the last month, if others had these values in every month.
    #[must_use]
    pub fn value_with(&self, node: NodeId, values: &[(NodeId, Exact)]) -> Option<Exact> {
        let place = self.compiled.node(node)?;
        let evaluator = evaluated(self.evaluator_with(values), &self.months);
        evaluator.number(place).cloned()
    }

    /// The values of nodes of the contract in the last month, if these columns had these values in it.
    #[must_use]
    pub fn values_with_cells(
        &self,
        nodes: &[NodeId],
        cells: &[(SlotId, Exact)],
    ) -> Vec<Option<Exact>> {
        let mut months = self.months.clone();
        replace_cells(&mut months, cells);
        let evaluator = evaluated(self.evaluator_with(&[]), &months);
        let value = |node: &NodeId| evaluator.number(self.compiled.node(*node)?).cloned();
        nodes.iter().map(value).collect()
    }

    /// An evaluator in which these nodes of the contract have these values. Nodes that no statement needs are left out.
    fn evaluator_with(&self, values: &[(NodeId, Exact)]) -> Evaluator<'c> {
        let placed = values.iter().filter_map(|(node, value)| {
            let place = self.compiled.node(*node)?;
            Some((place, value.clone()))
        });
        self.supposing.evaluator(placed)
    }

    /// The statements of all its months if these nodes of the contract had these values in every one of them; nothing if
    /// one of them would not be invoiced.
    #[must_use]
    pub fn months_with_values(&self, values: &[(NodeId, Exact)]) -> Option<Rc<[Rc<Statement>]>> {
        self.known(values).all
    }

    /// The results of its months with these values. They are computed once.
    fn known(&self, values: &[(NodeId, Exact)]) -> Known {
        if let Some(known) = self.known.borrow().months.get(values) {
            return known.clone();
        }
        let mut evaluator = self.evaluator_with(values);
        let mut history = History::default();
        let mut statements = Vec::with_capacity(self.months.len());
        for (month, cells) in &self.months {
            evaluator.compute(&mut history, *month, cells);
            statements.push(invoice(&evaluator, None).ok().map(Rc::new));
        }
        let known = Known {
            last: statements.last().cloned().flatten(),
            all: statements.into_iter().collect::<Option<Rc<[_]>>>(),
        };
        self.known.borrow_mut().keep(values, &known);
        known
    }

    /// The statements of that many months, all like the last one, with these values and without any earlier months.
    #[must_use]
    pub fn again(&self, values: &[(NodeId, Exact)], months: i32) -> Option<Vec<Rc<Statement>>> {
        let mut evaluator = self.evaluator_with(values);
        let mut history = History::default();
        let (first, cells) = self.months.last()?;
        let mut statements = Vec::new();
        for at in 0..months {
            evaluator.compute(&mut history, first.plus(at), cells);
            statements.push(Rc::new(invoice(&evaluator, None).ok()?));
        }
        Some(statements)
    }

    /// The cost of a year that begins with the last month and continues like it, with the values of `quarter` in its
    /// first three months and those of `rest` in the others. This shows the effect of clauses that settle by the
    /// quarter or with the next invoice. Also returns the number of months, because the end of the term may cut the
    /// year short.
    #[must_use]
    pub fn year(
        &self,
        quarter: &[(NodeId, Exact)],
        rest: &[(NodeId, Exact)],
    ) -> Option<(Exact, usize)> {
        let (mut first, mut then) = (self.evaluator_with(quarter), self.evaluator_with(rest));
        let mut history = History::default();
        let (last, cells) = self.months.last()?;
        let before = self.months.iter().take(self.months.len().checked_sub(1)?);
        for (month, cells) in before {
            then.compute(&mut history, *month, cells);
        }
        let (mut sum, mut count) = (Exact::zero(), 0);
        let mut month = *last;
        while count < 12 {
            let evaluator = if count < 3 { &mut first } else { &mut then };
            evaluator.compute(&mut history, month, cells);
            let Ok(statement) = invoice(evaluator, None) else {
                break;
            };
            sum = sum.add(&statement.total);
            count += 1;
            month = month.plus(1);
        }
        (count > 0).then_some((sum, count))
    }

    /// The cost of all its months together if these nodes of the contract had these values in every one of them. A
    /// yearly limit that is used up early makes a single month cheap, but not all of them.
    #[must_use]
    pub fn total_with_values(&self, values: &[(NodeId, Exact)]) -> Option<Exact> {
        let mut evaluator = self.evaluator_with(values);
        let mut history = History::default();
        let mut sum = Exact::zero();
        for (month, cells) in &self.months {
            evaluator.compute(&mut history, *month, cells);
            sum = sum.add(invoiced(&evaluator)?);
        }
        Some(sum)
    }

    /// The cost of the last month if these nodes of the contract had these values in every month; nothing if it would
    /// not be invoiced.
    #[must_use]
    pub fn last_total_with_values(&self, values: &[(NodeId, Exact)]) -> Option<Exact> {
        let evaluator = evaluated(self.evaluator_with(values), &self.months);
        invoiced(&evaluator).cloned()
    }

    /// The value of a node of the contract in the last month; nothing if no statement needs it.
    #[must_use]
    pub fn value(&self, node: NodeId) -> Option<Exact> {
        let place = self.compiled.node(node)?;
        let evaluator = evaluated(self.evaluator_with(&[]), &self.months);
        evaluator.number(place).cloned()
    }

    /// The value of a column in the last month.
    #[must_use]
    pub fn cell(&self, slot: SlotId) -> Option<&Exact> {
        match self.months.last()?.1.get(slot.0 as usize)? {
            Cell::Value(value) => Some(value),
            Cell::Missing | Cell::Unreadable => None,
        }
    }

    /// The month itself.
    #[must_use]
    pub fn month(&self) -> Month {
        self.statement.month
    }
}

/// The results of the months under an assumption.
#[derive(Clone)]
struct Known {
    /// Their statements; nothing if one of them is not invoiced.
    all: Option<Rc<[Rc<Statement>]>>,
    /// The last month's statement, if that month is invoiced.
    last: Option<Rc<Statement>>,
}

/// The most lines and notices of statements that are kept.
const MOST_KEPT: usize = 20_000;

/// Months that have been computed, as many as fit.
#[derive(Default)]
struct Kept {
    months: BTreeMap<Vec<(NodeId, Exact)>, Known>,
    /// The number of lines and notices of their statements.
    size: usize,
}

impl Kept {
    fn keep(&mut self, values: &[(NodeId, Exact)], known: &Known) {
        let months = known.all.as_deref().unwrap_or_default().iter();
        let lines = months.map(|month| month.lines.len() + month.notices.len() + 1);
        let size = lines.sum::<usize>() + values.len() + 1;
        if self.size + size > MOST_KEPT {
            *self = Self::default();
        }
        self.size += size;
        self.months.insert(values.to_vec(), known.clone());
    }
}

/// Replaces these cells of the last month.
fn replace_cells(months: &mut [(Month, Vec<Cell>)], cells: &[(SlotId, Exact)]) {
    let Some((_, last)) = months.last_mut() else {
        return;
    };
    for (slot, value) in cells {
        if let Some(cell) = last.get_mut(slot.0 as usize) {
            *cell = Cell::Value(value.clone());
        }
    }
}

/// Computes all the months, and returns the evaluator.
fn evaluated<'p>(mut evaluator: Evaluator<'p>, months: &[(Month, Vec<Cell>)]) -> Evaluator<'p> {
    let mut history = History::default();
    for (month, cells) in months {
        evaluator.compute(&mut history, *month, cells);
    }
    evaluator
}
