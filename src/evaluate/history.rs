//! What earlier months of one account leave for later ones.

use std::collections::VecDeque;

use crate::calendar::Month;
use crate::program::{Node, Op, Program, WindowMonths};

use super::Value;
use super::total::Total;

/// The values of a program's series in the months computed so far, for one account. It keeps only as many months as the
/// program looks back.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The last month computed.
    last: Option<Month>,
    /// The values of each series, the newest last. A newer series has fewer values.
    values: Vec<VecDeque<Value>>,
    /// By series, its total since the term began, where a window reads that.
    totals: Vec<Option<Total>>,
}

/// The number of months that a history keeps: as many as a program reads back, and the month itself, so that its story
/// can still show them separately.
pub(super) fn lookback(program: &Program) -> usize {
    let furthest = program.nodes.iter().filter_map(node_lookback).max();
    let told = if program.facts.all.is_empty() {
        0
    } else {
        MONTHS_TOLD
    };
    furthest.map_or(0, |months| months.max(told) + 1)
}

/// The number of months for which an amended contract can name the month that spoilt a sum. Its sums are carried from
/// month to month.
const MONTHS_TOLD: usize = 12;

fn node_lookback(node: &Node) -> Option<usize> {
    let months = match &node.op {
        Op::Previous(..) => return Some(1),
        Op::Window(_, _, months) | Op::MonthsIn(_, months) => *months,
        _ => return None,
    };
    Some(match months {
        WindowMonths::Last(count) | WindowMonths::Previous(count) => count as usize,
        WindowMonths::ContractYear
        | WindowMonths::ContractYearBefore
        | WindowMonths::CalendarYear
        | WindowMonths::CalendarYearBefore => 12,
        WindowMonths::CalendarQuarter | WindowMonths::CalendarQuarterBefore => 3,
        WindowMonths::Term | WindowMonths::TermBefore => 12_000,
    })
}

impl History {
    /// The last month computed, if there is one.
    #[must_use]
    pub fn last(&self) -> Option<Month> {
        self.last
    }

    /// What months up to `last` have left behind: the values of each series, the newest last.
    #[must_use]
    pub fn of(last: Month, values: Vec<VecDeque<Value>>) -> Self {
        Self {
            last: Some(last),
            values,
            totals: Vec::new(),
        }
    }

    /// The value of a series that many months before the one after the last computed, where that is kept: 1 is the last.
    #[must_use]
    pub fn months_before(&self, series: usize, months: usize) -> Option<&Value> {
        self.before(series, months)
    }

    /// The total of a series since the term began, if it is kept and has all months.
    pub(super) fn total(&self, series: usize) -> Option<&Total> {
        let total = self.totals.get(series)?.as_ref();
        total.filter(|total| total.last == self.last)
    }

    /// Brings totals up to the month that was added last, for the series that are totalled.
    pub(super) fn add_up(&mut self, totalled: &[bool], start: Month) {
        let Some(month) = self.last else { return };
        self.totals.resize(totalled.len(), None);
        let all = self.totals.iter_mut().zip(totalled).zip(&self.values);
        for ((total, _), values) in all.filter(|((_, totalled), _)| **totalled) {
            total.get_or_insert_default().follow(values, month, start);
        }
    }

    /// How many months each series has.
    pub(super) fn depths(&self) -> Vec<usize> {
        self.values.iter().map(VecDeque::len).collect()
    }

    /// The value of a series a number of months before the next one to compute: 1 is the month computed last.
    pub(super) fn before(&self, series: usize, months: usize) -> Option<&Value> {
        let values = self.values.get(series)?;
        values.get(values.len().checked_sub(months)?)
    }

    /// The value of a series a number of months before the month computed last: 0 is that month itself.
    pub(super) fn back(&self, series: usize, months: usize) -> Option<&Value> {
        self.before(series, months.checked_add(1)?)
    }

    /// Adds a month's values of all series.
    pub(super) fn push(
        &mut self,
        month: Month,
        values: impl ExactSizeIterator<Item = Value>,
        keep: usize,
    ) {
        self.last = Some(month);
        if self.values.len() < values.len() {
            self.values.resize(values.len(), VecDeque::new());
        }
        for (column, value) in self.values.iter_mut().zip(values) {
            if column.len() >= keep {
                column.pop_front();
            }
            column.push_back(value);
        }
    }

    /// Adds a month's values of all series. A series without a value loses its past.
    pub(super) fn push_known(&mut self, month: Month, values: Vec<Option<Value>>, keep: usize) {
        self.last = Some(month);
        if self.values.len() < values.len() {
            self.values.resize(values.len(), VecDeque::new());
        }
        for (column, value) in self.values.iter_mut().zip(values) {
            let Some(value) = value else {
                column.clear();
                continue;
            };
            if column.len() >= keep {
                column.pop_front();
            }
            column.push_back(value);
        }
    }
}
