//! Months with figures, computed by the evaluator as an invoice is: what a refutation must stand up to.

use crate::calendar::Month;
use crate::evaluate::{Cell, Evaluator, History, invoice, invoiced};
use crate::ledger::Statement;
use crate::program::{NodeId, Program, SlotId};
use crate::quantity::Exact;

use super::ratio;
use super::sheet::{Source, Variable};
use super::space::Space;

/// The figures of a month: columns, and quotients in place of some of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// By column; those that a quotient stands for are computed from it.
    pub columns: Vec<Exact>,
    /// The quotients that are not left to their columns.
    pub quotients: Vec<(NodeId, Exact)>,
}

/// Months in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The first month.
    pub first: Month,
    /// The figures of each, the last ones also for all later months.
    pub figures: Vec<Figures>,
    /// How many months.
    pub length: usize,
}

impl Figures {
    /// A usual month.
    #[must_use]
    pub fn usual(space: &Space) -> Self {
        Self {
            columns: space.usual(),
            quotients: Vec::new(),
        }
    }

    /// What a search found for a month and a copy of it.
    #[must_use]
    pub fn found(
        space: &Space,
        variables: &[Variable],
        point: &[Exact],
        month: usize,
        copy: u8,
    ) -> Self {
        let mut figures = Self::usual(space);
        for pass in 0..=copy {
            for (variable, value) in variables.iter().zip(point) {
                if variable.month == month && variable.copy == pass && (pass == 0 || pass == copy) {
                    figures.set(variable.source, value.clone());
                }
            }
        }
        figures
    }

    /// Gives a figure another value.
    pub fn set(&mut self, source: Source, value: Exact) {
        match source {
            Source::Column(slot) => {
                if let Some(own) = self.columns.get_mut(slot.0 as usize) {
                    *own = value;
                }
            }
            Source::Ratio(node) => {
                self.quotients.retain(|(own, _)| *own != node);
                self.quotients.push((node, value));
            }
            _ => {}
        }
    }

    /// A figure, if it has been set or is a column.
    #[must_use]
    pub fn get(&self, source: Source) -> Option<Exact> {
        match source {
            Source::Column(slot) => self.columns.get(slot.0 as usize).cloned(),
            Source::Ratio(node) => {
                let own = self.quotients.iter().find(|(own, _)| *own == node);
                own.map(|(_, value)| value.clone())
            }
            _ => None,
        }
    }

    /// The cells of the data. A count that a quotient stands for is rounded to what can be observed, up or down.
    #[must_use]
    pub fn cells(&self, program: &Program, space: &Space, up: bool) -> Vec<Exact> {
        let mut cells = self.columns.clone();
        for (node, quotient) in &self.quotients {
            let Some(ratio) = space.ratios.get(node) else {
                continue;
            };
            let cell = |slot: SlotId| cells.get(slot.0 as usize).cloned();
            let Some(value) = ratio::solve(program, ratio, quotient, &cell) else {
                continue;
            };
            let at = ratio.slot.0 as usize;
            let Some(column) = space.columns.get(at) else {
                continue;
            };
            let value = match &column.step {
                Some(step) => value.divide(step).map_or(value.clone(), |count| {
                    let count = if up { count.ceiling() } else { count.floor() };
                    count.multiply(step)
                }),
                None => value,
            };
            if let Some(own) = cells.get_mut(at) {
                *own = value;
            }
        }
        cells
    }

    /// Whether all cells can be observed. A range that is only assumed does not bind the counts that a quotient stands
    /// for, as nothing is assumed of them.
    fn is_possible(cells: &[Exact], space: &Space) -> bool {
        let mut both = cells.iter().zip(&space.columns);
        both.all(|(cell, column)| {
            if column.assumed.is_some() {
                column.stated.has(cell)
            } else {
                column.range.has(cell)
            }
        })
    }
}

impl Case {
    /// One month.
    #[must_use]
    pub fn month(month: Month, figures: Figures) -> Self {
        Self {
            first: month,
            figures: vec![figures],
            length: 1,
        }
    }

    /// The figures of a month.
    #[must_use]
    pub fn of(&self, at: usize) -> Option<&Figures> {
        self.figures.get(at).or_else(|| self.figures.last())
    }

    /// The last month.
    #[must_use]
    pub fn last(&self) -> Month {
        let months = i32::try_from(self.length.saturating_sub(1)).unwrap_or(0);
        self.first.plus(months)
    }

    /// The cells of all its months, if they can be observed.
    #[must_use]
    pub fn data(
        &self,
        program: &Program,
        space: &Space,
        up: bool,
    ) -> Option<Vec<(Month, Vec<Cell>)>> {
        let months = (0..self.length).map(|at| {
            let cells = self.of(at)?.cells(program, space, up);
            if !Figures::is_possible(&cells, space) {
                return None;
            }
            let month = self.first.plus(i32::try_from(at).ok()?);
            Some((month, cells.into_iter().map(Cell::Value).collect()))
        });
        months.collect()
    }

    /// What these values are in the last month, if it is invoiced and so computed.
    pub fn values(
        &self,
        evaluator: &mut Evaluator<'_>,
        space: &Space,
        nodes: &[NodeId],
        up: bool,
    ) -> Option<Vec<Exact>> {
        let data = self.data(evaluator.program(), space, up)?;
        run(evaluator, &data);
        invoiced(evaluator)?;
        let values = nodes.iter().map(|node| evaluator.number(*node).cloned());
        values.collect()
    }

    /// What these values are in each month, if each is invoiced and so computed.
    pub fn each_month(
        &self,
        evaluator: &mut Evaluator<'_>,
        space: &Space,
        nodes: &[NodeId],
    ) -> Option<Vec<Vec<Exact>>> {
        let data = self.data(evaluator.program(), space, false)?;
        let mut history = History::default();
        let months = data.iter().map(|(month, cells)| {
            evaluator.compute(&mut history, *month, cells);
            invoiced(evaluator)?;
            let values = nodes.iter().map(|node| evaluator.number(*node).cloned());
            values.collect()
        });
        months.collect()
    }

    /// The statements of its months; nothing if one of them would not be invoiced.
    pub fn statements(
        &self,
        evaluator: &mut Evaluator<'_>,
        space: &Space,
        up: bool,
    ) -> Option<Vec<Statement>> {
        let data = self.data(evaluator.program(), space, up)?;
        let mut history = History::default();
        let statements = data.iter().map(|(month, cells)| {
            evaluator.compute(&mut history, *month, cells);
            invoice(evaluator, None).ok()
        });
        statements.collect()
    }
}

/// Computes these months.
fn run(evaluator: &mut Evaluator<'_>, data: &[(Month, Vec<Cell>)]) {
    let mut history = History::default();
    for (month, cells) in data {
        evaluator.compute(&mut history, *month, cells);
    }
}
