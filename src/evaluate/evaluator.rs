//! The exact evaluator: one pass over the nodes for each month.

use crate::calendar::Month;
use crate::program::{
    Band, Cause, Comparison, EveryMonth, Fold, NodeId, Op, Program, SeriesId, SlotId, WindowMonths,
};
use crate::quantity::Exact;

use super::history::{History, lookback};
use super::value::{Fault, FaultKind, Value};

/// A cell of a month's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A value that can be observed.
    Value(Exact),
    /// Nothing was reported.
    Missing,
    /// Something was reported that could not be read.
    Unreadable,
}

/// Computes months of a program. It holds the values of the month computed last.
pub struct Evaluator<'p> {
    program: &'p Program,
    keep: usize,
    month: Month,
    values: Vec<Value>,
    faults: Vec<Fault>,
}

const NOTHING: Value = Value::None;

impl<'p> Evaluator<'p> {
    /// An evaluator that has computed nothing yet.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        Self {
            program,
            keep: lookback(program),
            month: Month::of(crate::calendar::Date::constant(2000, 1, 1)),
            values: Vec::with_capacity(program.nodes.len()),
            faults: Vec::new(),
        }
    }

    /// Computes a month from its cells, one for each slot of the program, and adds it to the account's history.
    /// The month must come after the history's last; months between are taken as missing entirely.
    pub fn compute(&mut self, history: &mut History, month: Month, cells: &[Cell]) {
        if let Some(last) = history.last() {
            for gap in 1..month.since(last).clamp(1, 2400) {
                self.pass(history, last.plus(gap), &[]);
            }
        }
        self.pass(history, month, cells);
    }

    fn pass(&mut self, history: &mut History, month: Month, cells: &[Cell]) {
        self.month = month;
        self.values.clear();
        self.faults.clear();
        let program = self.program;
        for (at, node) in program.nodes.iter().enumerate() {
            let value = self.evaluate(at, &node.op, history, cells);
            self.values.push(value);
        }
        if self.keep > 0 {
            let values = program.series.iter().map(|node| self.value(*node).clone());
            history.push(month, values, self.keep);
        } else {
            history.push(month, std::iter::empty(), 0);
        }
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &'p Program {
        self.program
    }

    /// The month computed last.
    #[must_use]
    pub fn month(&self) -> Month {
        self.month
    }

    /// The value of a node in that month.
    #[inline]
    #[must_use]
    pub fn value(&self, id: NodeId) -> &Value {
        self.values.get(id.0 as usize).unwrap_or(&NOTHING)
    }

    /// The number of a node in that month, if it has one.
    #[must_use]
    pub fn number(&self, id: NodeId) -> Option<&Exact> {
        match self.value(id) {
            Value::Number(number) => Some(number),
            Value::None | Value::Fault(_) => None,
        }
    }

    /// Whether a condition holds in that month.
    #[must_use]
    pub fn holds(&self, id: NodeId) -> bool {
        self.number(id).is_some_and(|number| !number.is_zero())
    }

    /// What went wrong, for a [`Value::Fault`] of that month.
    #[must_use]
    pub fn fault(&self, fault: u32) -> Option<&Fault> {
        self.faults.get(fault as usize)
    }

    #[cold]
    fn fail(&mut self, at: usize, kind: FaultKind) -> Value {
        let id = u32::try_from(self.faults.len()).unwrap_or(u32::MAX);
        let node = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
        self.faults.push(Fault { kind, node });
        Value::Fault(id)
    }

    #[inline]
    fn evaluate(&mut self, at: usize, op: &Op, history: &History, cells: &[Cell]) -> Value {
        match op {
            Op::Constant(value) => Value::Number(value.clone()),
            Op::Input(slot) => self.input(at, *slot, cells),
            Op::Sum(all) => self.sum(at, all),
            Op::Subtract(a, b) => self.binary(at, *a, *b, Exact::subtract),
            Op::Multiply(a, b) => self.binary(at, *a, *b, Exact::multiply),
            Op::Divide(a, b) => self.divide(at, *a, *b),
            Op::Negate(a) => self.unary(*a, Exact::negate),
            Op::Abs(a) => self.unary(*a, Exact::abs),
            Op::Floor(a) => self.unary(*a, Exact::floor),
            Op::Ceiling(a) => self.unary(*a, Exact::ceiling),
            Op::Round(a, rounding) => self.unary(*a, |value| rounding.apply(value)),
            Op::Min(all) => self.extreme(all, |new, best| new < best),
            Op::Max(all) => self.extreme(all, |new, best| new > best),
            Op::Compare(comparison, a, b) => self.compare(*comparison, *a, *b),
            Op::And(all) => self.connect(all, false),
            Op::Or(all) => self.connect(all, true),
            Op::Not(a) => self.unary(*a, |value| flag_value(value.is_zero())),
            Op::If(condition, then, otherwise) => self.choose(at, *condition, *then, *otherwise),
            Op::Bands(subject, bands, no_value) => self.bands(at, *subject, bands, *no_value),
            Op::Share {
                parts,
                total,
                step,
                index,
            } => self.share(parts, *total, step, *index as usize),
            Op::Previous(series, first) => self.previous(at, *series, *first, history),
            Op::Window(series, fold, months) => self.window(at, *series, *fold, *months, history),
            Op::MonthsIn(series, months) => self.months_in(*series, *months, history),
            Op::Recover(a, cause, b) => self.recover(*a, *cause, *b),
            Op::NoValue => Value::None,
            Op::IfKnown(a, b) => match self.value(*a) {
                Value::None => self.value(*b).clone(),
                known => known.clone(),
            },
            Op::IsKnown(a) => match self.value(*a) {
                Value::None => flag(false),
                Value::Number(_) => flag(true),
                Value::Fault(fault) => Value::Fault(*fault),
            },
            Op::InRange(a, ends) => self.in_range(at, *a, ends),
            Op::ByAgreement => self.fail(at, FaultKind::ByAgreement),
            Op::NoInvoice(_) => self.fail(at, FaultKind::NoInvoice),
            Op::Month => integer(i64::from(self.month.index())),
            Op::MonthOfTerm => integer(self.month_of_term()),
            Op::MonthOfYear => integer(i64::from(self.month.number())),
            Op::DaysInMonth => integer(i64::from(self.month.days())),
            Op::Ends(every) => flag(self.ends(*every)),
        }
    }

    #[inline]
    fn input(&mut self, at: usize, slot: SlotId, cells: &[Cell]) -> Value {
        match cells.get(slot.0 as usize) {
            Some(Cell::Value(value)) => Value::Number(value.clone()),
            Some(Cell::Unreadable) => self.fail(at, FaultKind::Unreadable(slot)),
            Some(Cell::Missing) | None => self.fail(at, FaultKind::Missing(slot)),
        }
    }

    #[inline]
    fn unary(&self, a: NodeId, apply: impl Fn(&Exact) -> Exact) -> Value {
        match self.value(a) {
            Value::Number(a) => Value::Number(apply(a)),
            other => other.clone(),
        }
    }

    #[inline]
    fn binary(
        &mut self,
        at: usize,
        a: NodeId,
        b: NodeId,
        apply: impl Fn(&Exact, &Exact) -> Exact,
    ) -> Value {
        match (self.value(a), self.value(b)) {
            (Value::Number(a), Value::Number(b)) => {
                let value = apply(a, b);
                self.bounded(at, value)
            }
            (Value::Fault(fault), _) | (_, Value::Fault(fault)) => Value::Fault(*fault),
            (Value::None, _) | (_, Value::None) => Value::None,
        }
    }

    #[inline]
    fn bounded(&mut self, at: usize, value: Exact) -> Value {
        if value.is_oversize() {
            self.fail(at, FaultKind::TooLarge)
        } else {
            Value::Number(value)
        }
    }

    #[inline]
    fn sum(&mut self, at: usize, all: &[NodeId]) -> Value {
        let mut sum: Option<Exact> = None;
        let mut absent = false;
        for id in all {
            match self.value(*id) {
                Value::Number(value) => {
                    sum = Some(match sum {
                        Some(sum) => sum.add(value),
                        None => value.clone(),
                    });
                }
                Value::None => absent = true,
                Value::Fault(fault) => return Value::Fault(*fault),
            }
        }
        if absent {
            return Value::None;
        }
        self.bounded(at, sum.unwrap_or_else(Exact::zero))
    }

    fn divide(&mut self, at: usize, a: NodeId, b: NodeId) -> Value {
        match (self.value(a), self.value(b)) {
            (Value::Number(a), Value::Number(b)) => match a.divide(b) {
                Some(value) => self.bounded(at, value),
                None => self.fail(at, FaultKind::ZeroDenominator),
            },
            (Value::Fault(fault), _) | (_, Value::Fault(fault)) => Value::Fault(*fault),
            (Value::None, _) | (_, Value::None) => Value::None,
        }
    }

    fn extreme(&self, all: &[NodeId], better: impl Fn(&Exact, &Exact) -> bool) -> Value {
        let mut best: Option<&Exact> = None;
        let mut absent = false;
        for id in all {
            match self.value(*id) {
                Value::Number(value) => {
                    if best.is_none_or(|best| better(value, best)) {
                        best = Some(value);
                    }
                }
                Value::None => absent = true,
                Value::Fault(fault) => return Value::Fault(*fault),
            }
        }
        match best {
            Some(best) if !absent => Value::Number(best.clone()),
            _ => Value::None,
        }
    }

    #[inline]
    fn compare(&self, comparison: Comparison, a: NodeId, b: NodeId) -> Value {
        match (self.value(a), self.value(b)) {
            (Value::Number(a), Value::Number(b)) => flag(match comparison {
                Comparison::Below => a < b,
                Comparison::AtMost => a <= b,
                Comparison::Above => a > b,
                Comparison::AtLeast => a >= b,
                Comparison::Is => a == b,
                Comparison::IsNot => a != b,
            }),
            (Value::Fault(fault), _) | (_, Value::Fault(fault)) => Value::Fault(*fault),
            (Value::None, _) | (_, Value::None) => Value::None,
        }
    }

    /// `and` is decided by the first that does not hold, `or` by the first that does; what follows does not count.
    fn connect(&self, all: &[NodeId], decisive: bool) -> Value {
        for id in all {
            match self.value(*id) {
                Value::Number(value) if value.is_zero() != decisive => return flag(decisive),
                Value::Number(_) => {}
                other => return other.clone(),
            }
        }
        flag(!decisive)
    }

    #[inline]
    fn choose(&mut self, at: usize, condition: NodeId, then: NodeId, otherwise: NodeId) -> Value {
        match self.value(condition) {
            Value::Number(value) if value.is_zero() => self.value(otherwise).clone(),
            Value::Number(_) => self.value(then).clone(),
            Value::None => self.fail(at, FaultKind::NoValue),
            Value::Fault(fault) => Value::Fault(*fault),
        }
    }

    #[inline]
    fn bands(
        &mut self,
        at: usize,
        subject: NodeId,
        bands: &[Band],
        no_value: Option<NodeId>,
    ) -> Value {
        let subject = match self.value(subject) {
            Value::Number(subject) => subject,
            Value::Fault(fault) => return Value::Fault(*fault),
            Value::None => {
                return match no_value {
                    Some(node) => self.value(node).clone(),
                    None => self.fail(at, FaultKind::NoValue),
                };
            }
        };
        match reached(subject, bands) {
            Some(band) => self.value(band.value).clone(),
            None => {
                let subject = subject.clone();
                self.fail(at, FaultKind::NoBand(subject))
            }
        }
    }

    fn share(&self, parts: &[NodeId], total: NodeId, step: &Exact, index: usize) -> Value {
        let mut exact = Vec::with_capacity(parts.len());
        for part in parts {
            match self.value(*part) {
                Value::Number(value) => exact.push(value),
                other => return other.clone(),
            }
        }
        match self.value(total) {
            Value::Number(total) => Value::Number(largest_remainder(&exact, total, step, index)),
            other => other.clone(),
        }
    }

    fn previous(
        &mut self,
        at: usize,
        series: SeriesId,
        first: Option<NodeId>,
        history: &History,
    ) -> Value {
        match history.before(series.0 as usize, 1) {
            Some(Value::Fault(_)) => self.fail(at, FaultKind::EarlierMonth(self.month.plus(-1))),
            Some(value) => value.clone(),
            None => match first {
                Some(first) => self.value(first).clone(),
                None => self.fail(at, FaultKind::NoHistory),
            },
        }
    }

    fn window(
        &mut self,
        at: usize,
        series: SeriesId,
        fold: Fold,
        months: WindowMonths,
        history: &History,
    ) -> Value {
        let mut folded: Option<Exact> = None;
        let mut count: i64 = 0;
        let (from, to) = self.reach(months);
        for back in (from..=to).rev() {
            let value = if back == 0 {
                self.current(series)
            } else {
                history.before(series.0 as usize, back).cloned()
            };
            match value {
                Some(Value::Number(value)) => {
                    count += 1;
                    folded = Some(match folded {
                        None => value,
                        Some(before) => fold_step(fold, &before, &value),
                    });
                }
                Some(Value::Fault(fault)) if back == 0 => return Value::Fault(fault),
                Some(Value::Fault(_)) => {
                    let back = i32::try_from(back).unwrap_or(i32::MAX);
                    return self.fail(at, FaultKind::EarlierMonth(self.month.plus(-back)));
                }
                Some(Value::None) | None => {}
            }
        }
        match (fold, folded) {
            (Fold::Sum, None) => integer(0),
            (_, None) => self.fail(at, FaultKind::NoHistory),
            (Fold::Average, Some(sum)) => match sum.divide(&Exact::from_integer(count)) {
                Some(mean) => self.bounded(at, mean),
                None => self.fail(at, FaultKind::NoHistory),
            },
            (_, Some(value)) => self.bounded(at, value),
        }
    }

    fn months_in(&self, series: SeriesId, months: WindowMonths, history: &History) -> Value {
        let (from, to) = self.reach(months);
        let known = (from..=to).filter(|back| {
            let value = if *back == 0 {
                self.current(series)
            } else {
                history.before(series.0 as usize, *back).cloned()
            };
            matches!(value, Some(Value::Number(_)))
        });
        integer(i64::try_from(known.count()).unwrap_or(i64::MAX))
    }

    /// The value that a series has in this month; it must be computed already.
    fn current(&self, series: SeriesId) -> Option<Value> {
        let node = self.program.series.get(series.0 as usize)?;
        self.values.get(node.0 as usize).cloned()
    }

    /// The months of a window as steps back from this month: from the newest to the oldest.
    pub(super) fn reach(&self, months: WindowMonths) -> (usize, usize) {
        let since = |start: Month| usize::try_from(self.month.since(start)).unwrap_or(0);
        match months {
            WindowMonths::Last(count) => (0, (count as usize).saturating_sub(1)),
            WindowMonths::Previous(count) => (1, count as usize),
            WindowMonths::ContractYear => (0, since(self.contract_year_start())),
            WindowMonths::ContractYearBefore => (1, since(self.contract_year_start())),
            WindowMonths::CalendarYear => (0, since(self.month.year_start())),
            WindowMonths::CalendarYearBefore => (1, since(self.month.year_start())),
            WindowMonths::CalendarQuarter => (0, since(self.month.quarter_start())),
            WindowMonths::CalendarQuarterBefore => (1, since(self.month.quarter_start())),
            WindowMonths::Term => (0, usize::try_from(self.month_of_term() - 1).unwrap_or(0)),
        }
    }

    fn contract_year_start(&self) -> Month {
        self.program
            .plan
            .term
            .map_or(self.month.year_start(), |term| {
                term.contract_year_start(self.month)
            })
    }

    fn month_of_term(&self) -> i64 {
        let first = self
            .program
            .plan
            .term
            .map_or(self.month, |term| Month::of(term.first));
        i64::from(self.month.since(first)) + 1
    }

    /// Whether a period ends with this month: its last month, or the last month of the term.
    fn ends(&self, every: EveryMonth) -> bool {
        let term = self.program.plan.term;
        let next = self.month.plus(1);
        let start_of_next = match every {
            EveryMonth::QuarterEnd => next.quarter_start(),
            EveryMonth::CalendarYearEnd => next.year_start(),
            EveryMonth::ContractYearEnd => {
                term.map_or(next.year_start(), |term| term.contract_year_start(next))
            }
        };
        start_of_next == next || term.is_some_and(|term| Month::of(term.last) == self.month)
    }

    fn recover(&self, a: NodeId, cause: Cause, b: NodeId) -> Value {
        let value = self.value(a);
        let Value::Fault(fault) = value else {
            return value.clone();
        };
        let kind = self.faults.get(*fault as usize).map(|fault| &fault.kind);
        let covered = match cause {
            Cause::Any => true,
            Cause::Missing => matches!(kind, Some(FaultKind::Missing(_))),
            Cause::ZeroDenominator => matches!(kind, Some(FaultKind::ZeroDenominator)),
            Cause::NoHistory => matches!(kind, Some(FaultKind::NoHistory)),
        };
        if covered {
            self.value(b).clone()
        } else {
            value.clone()
        }
    }

    #[inline]
    fn in_range(&mut self, at: usize, a: NodeId, ends: &(Option<Exact>, Option<Exact>)) -> Value {
        let Value::Number(value) = self.value(a) else {
            return self.value(a).clone();
        };
        let below = ends.0.as_ref().is_some_and(|least| value < least);
        let above = ends.1.as_ref().is_some_and(|most| value > most);
        let value = value.clone();
        if below || above {
            self.fail(at, FaultKind::OutOfRange(value))
        } else {
            Value::Number(value)
        }
    }
}

/// The first band that holds the value.
pub(super) fn reached<'b>(value: &Exact, bands: &'b [Band]) -> Option<&'b Band> {
    bands.iter().find(|band| {
        let above = band
            .low
            .as_ref()
            .is_none_or(|(low, included)| value > low || (*included && value == low));
        let below = band
            .high
            .as_ref()
            .is_none_or(|(high, included)| value < high || (*included && value == high));
        above && below
    })
}

/// Part `index` of the parts made multiples of `step` that sum to `total` (the method of Hamilton).
fn largest_remainder(parts: &[&Exact], total: &Exact, step: &Exact, index: usize) -> Exact {
    let steps = |value: &Exact| value.divide(step).unwrap_or_else(Exact::zero);
    let floors: Vec<Exact> = parts.iter().map(|part| steps(part).floor()).collect();
    let rests: Vec<Exact> = parts
        .iter()
        .zip(&floors)
        .map(|(part, floor)| steps(part).subtract(floor))
        .collect();
    let given = floors
        .iter()
        .fold(Exact::zero(), |sum, floor| sum.add(floor));
    let left = steps(total).subtract(&given).to_integer().unwrap_or(0);
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| rests.get(*b).cmp(&rests.get(*a)));
    let place = order
        .iter()
        .position(|at| *at == index)
        .and_then(|place| i64::try_from(place).ok())
        .unwrap_or(0);
    let more = i64::from(place < left);
    let floor = floors.get(index).cloned().unwrap_or_else(Exact::zero);
    floor.add(&Exact::from_integer(more)).multiply(step)
}

fn fold_step(fold: Fold, before: &Exact, value: &Exact) -> Exact {
    match fold {
        Fold::Sum | Fold::Average => before.add(value),
        Fold::Least => before.min(value).clone(),
        Fold::Greatest => before.max(value).clone(),
    }
}

fn flag_value(holds: bool) -> Exact {
    Exact::from_integer(i64::from(holds))
}

fn flag(holds: bool) -> Value {
    Value::Number(flag_value(holds))
}

fn integer(value: i64) -> Value {
    Value::Number(Exact::from_integer(value))
}
