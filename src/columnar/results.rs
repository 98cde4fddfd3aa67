//! What was computed for a batch: by value that was asked for, by row.

use std::sync::Arc;

use crate::calendar::Month;
use crate::quantity::Exact;

use super::engine::{Asked, form_of};
use super::form::{Operand, State, mark};
use super::kernel::Kernel;
use super::machine::{Machine, Rows};

/// The values of a batch. It is used again for the next one.
#[derive(Debug, Default)]
pub struct Results {
    /// The rows that come after a gap, each with the month of the account's row before.
    pub gaps: Vec<(usize, Month)>,
    /// By row.
    exact: Vec<bool>,
    kernels: Vec<u16>,
    columns: Vec<Column>,
    /// By kernel, then by value.
    forms: Vec<(Arc<Kernel>, Vec<Form>)>,
}

/// The values of one node.
#[derive(Debug, Default)]
struct Column {
    above: Vec<i64>,
    below: Vec<i64>,
    /// Not 0 where there is no number.
    absent: Vec<u8>,
}

/// How a value is made of its integers: `above / (scale × below)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// What divides in all rows.
    pub scale: i128,
    /// The integer above, if it is the same in all rows.
    pub fixed: Option<i128>,
    /// Whether another integer divides in each row.
    pub has_below: bool,
}

impl Results {
    pub(super) fn begin(&mut self, rows: usize, values: usize) {
        self.gaps.clear();
        self.forms.clear();
        self.exact.clear();
        self.exact.resize(rows, false);
        self.kernels.clear();
        self.kernels.resize(rows, 0);
        self.columns.resize_with(values, Column::default);
        for column in &mut self.columns {
            column.above.resize(rows, 0);
            column.absent.clear();
            column.absent.resize(rows, 0);
        }
    }

    /// Whether the exact evaluator computed the row.
    #[must_use]
    #[inline]
    pub fn is_exact(&self, row: usize) -> bool {
        self.exact.get(row).copied().unwrap_or(true)
    }

    pub(super) fn ask(&mut self, row: usize) {
        if let Some(exact) = self.exact.get_mut(row) {
            *exact = true;
        }
    }

    /// Which set of forms the row has: rows with the same number are written alike.
    #[must_use]
    #[inline]
    pub fn forms_of(&self, row: usize) -> usize {
        self.kernels.get(row).copied().unwrap_or(0).into()
    }

    /// How many sets of forms there are.
    #[must_use]
    pub fn sets(&self) -> usize {
        self.forms.len()
    }

    /// The form of a value in a set.
    #[must_use]
    pub fn form(&self, set: usize, value: usize) -> Option<&Form> {
        self.forms.get(set)?.1.get(value)
    }

    /// Whether a value is a number in that row.
    #[must_use]
    #[inline]
    pub fn is_number(&self, value: usize, row: usize) -> bool {
        let column = self.columns.get(value);
        column.and_then(|column| column.absent.get(row)) == Some(&0)
    }

    /// The integer above of a value that is not the same in all rows.
    #[must_use]
    #[inline]
    pub fn above(&self, value: usize, row: usize) -> i64 {
        let column = self.columns.get(value);
        column
            .and_then(|column| column.above.get(row))
            .copied()
            .unwrap_or(0)
    }

    /// The exact number of a value; nothing where there is none.
    #[must_use]
    pub fn number(&self, value: usize, row: usize) -> Option<Exact> {
        if !self.is_number(value, row) {
            return None;
        }
        let form = self.form(self.forms_of(row), value)?;
        let above = form.fixed.unwrap_or_else(|| self.above(value, row).into());
        let below = if form.has_below {
            self.columns.get(value)?.below.get(row).copied()?
        } else {
            1
        };
        Exact::of_wide_ratio(above, form.scale.checked_mul(below.into())?)
    }

    /// Takes over what a kernel has computed for rows.
    pub(super) fn take(
        &mut self,
        kernel: &Arc<Kernel>,
        machine: &Machine,
        asked: &[Asked],
        rows: Rows<'_>,
        count: usize,
    ) {
        let known = self
            .forms
            .iter()
            .position(|(known, _)| Arc::ptr_eq(known, kernel));
        let set = known.unwrap_or_else(|| {
            let forms = kernel.outputs.iter().map(form_of).collect();
            self.forms.push((Arc::clone(kernel), forms));
            self.forms.len() - 1
        });
        let row_of = |lane: usize| match rows {
            Rows::From(first) => first + lane,
            Rows::These(rows) => rows.get(lane).map_or(usize::MAX, |row| *row as usize),
        };
        let set = u16::try_from(set).unwrap_or(u16::MAX);
        for lane in 0..count {
            if let Some(own) = self.kernels.get_mut(row_of(lane)) {
                *own = set;
            }
        }
        let all = kernel.outputs.iter().zip(asked).zip(&mut self.columns);
        for ((output, asked), column) in all {
            let wrong = if asked.must_be_number {
                u8::MAX
            } else {
                mark::ASK
            };
            match output.state {
                State::Always(0) => {}
                State::Always(bits) => {
                    for lane in 0..count {
                        let row = row_of(lane);
                        mark_row(&mut column.absent, &mut self.exact, row, bits, wrong);
                    }
                }
                State::Of(marks) => {
                    for (lane, bits) in machine.column_of(marks).iter().enumerate() {
                        if *bits != 0 {
                            let row = row_of(lane);
                            mark_row(&mut column.absent, &mut self.exact, row, *bits, wrong);
                        }
                    }
                }
            }
            copy(
                machine,
                output.above,
                &mut column.above,
                &mut self.exact,
                rows,
                count,
            );
            if let Some(below) = output.below {
                column.below.resize(column.above.len(), 1);
                copy(
                    machine,
                    Operand::Times(below, 1),
                    &mut column.below,
                    &mut self.exact,
                    rows,
                    count,
                );
            }
        }
    }
}

fn mark_row(absent: &mut [u8], exact: &mut [bool], row: usize, bits: u8, wrong: u8) {
    if let Some(own) = absent.get_mut(row) {
        *own = bits;
    }
    if bits & wrong != 0
        && let Some(own) = exact.get_mut(row)
    {
        *own = true;
    }
}

/// Copies the integers of an operand to their rows; a row in which one is too large is left to the exact evaluator.
fn copy(
    machine: &Machine,
    operand: Operand,
    into: &mut [i64],
    exact: &mut [bool],
    rows: Rows<'_>,
    count: usize,
) {
    if matches!(operand, Operand::Fixed(_)) {
        return;
    }
    match (machine.narrow(operand), rows) {
        (Some(values), Rows::From(first)) => {
            if let Some(into) = into.get_mut(first..first + count)
                && values.len() == count
            {
                into.copy_from_slice(values);
            }
        }
        (Some(values), Rows::These(rows)) => {
            for (row, value) in rows.iter().zip(values) {
                if let Some(own) = into.get_mut(*row as usize) {
                    *own = *value;
                }
            }
        }
        (None, _) => {
            for lane in 0..count {
                let row = match rows {
                    Rows::From(first) => first + lane,
                    Rows::These(rows) => rows.get(lane).map_or(usize::MAX, |row| *row as usize),
                };
                let own = into.get_mut(row);
                match (machine.integer(operand, lane), own) {
                    (Some(value), Some(own)) => *own = value,
                    _ => {
                        if let Some(own) = exact.get_mut(row) {
                            *own = true;
                        }
                    }
                }
            }
        }
    }
}
