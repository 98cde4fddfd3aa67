//! What a series comes to since the term began, so that windows over the term are not added up anew each month.

use std::collections::VecDeque;

use crate::calendar::Month;
use crate::program::{Fold, Op, Program, WindowMonths};
use crate::quantity::Exact;

use super::Value;
use super::value::EMPTY_CELL;

/// The values of a series in the months of the term so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Total {
    /// The last month.
    pub(super) last: Option<Month>,
    /// How many months there are, with and without a number.
    months: usize,
    /// How many of them have a number.
    pub(super) numbers: usize,
    sum: Exact,
    least: Option<Exact>,
    greatest: Option<Exact>,
    /// The first month that failed, and whether an empty cell is the cause.
    pub(super) failed: Option<(Month, bool)>,
}

/// By series, whether a window reads all months of the term.
pub(super) fn totalled(program: &Program) -> Vec<bool> {
    let mut all = vec![false; program.series.len()];
    for node in &program.nodes {
        let (Op::Window(series, _, months) | Op::MonthsIn(series, months)) = &node.op else {
            continue;
        };
        if matches!(months, WindowMonths::Term | WindowMonths::TermBefore)
            && let Some(own) = all.get_mut(series.0 as usize)
        {
            *own = true;
        }
    }
    all
}

impl Total {
    /// The values together; nothing if there are none.
    pub(super) fn folded(&self, fold: Fold) -> Option<&Exact> {
        match fold {
            Fold::Sum | Fold::Average => (self.numbers > 0).then_some(&self.sum),
            Fold::Least => self.least.as_ref(),
            Fold::Greatest => self.greatest.as_ref(),
        }
    }

    /// Brings the total up to a month whose value is the last one of its series. `start` is the first month of the term.
    pub(super) fn follow(&mut self, values: &VecDeque<Value>, month: Month, start: Month) {
        let of_term = usize::try_from(month.since(start) + 1).unwrap_or(0);
        let months = values.len().min(of_term);
        if months == self.months + 1
            && self.last.is_none_or(|last| last.plus(1) == month)
            && let Some(value) = values.back()
        {
            return self.add(value, month);
        }
        // The series begins here, was taken over from elsewhere, or has lost its oldest month.
        *self = Self {
            last: Some(month),
            ..Self::default()
        };
        for (back, value) in (0..months)
            .rev()
            .zip(values.iter().skip(values.len() - months))
        {
            let back = i32::try_from(back).unwrap_or(i32::MAX);
            self.add(value, month.plus(-back));
        }
    }

    fn add(&mut self, value: &Value, month: Month) {
        self.last = Some(month);
        self.months += 1;
        match value {
            Value::Number(number) => {
                self.numbers += 1;
                self.sum = self.sum.add(number);
                if self.least.as_ref().is_none_or(|least| number < least) {
                    self.least = Some(number.clone());
                }
                if self
                    .greatest
                    .as_ref()
                    .is_none_or(|greatest| number > greatest)
                {
                    self.greatest = Some(number.clone());
                }
            }
            Value::None => {}
            Value::Fault(fault) => {
                self.failed.get_or_insert((month, *fault == EMPTY_CELL));
            }
        }
    }
}
