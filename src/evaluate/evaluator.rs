//! The exact evaluator: one pass over the nodes for each month.

mod given;
mod supposing;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Month;
use crate::program::{
    Band, Cause, Comparison, Fold, NodeId, Op, Program, SeriesId, SlotId, WindowMonths,
};
use crate::quantity::Exact;

use super::history::{History, lookback};
use super::months;
use super::schedule::{Schedule, Sharing, Step};
use super::total::{Total, totalled};
use super::value::{EMPTY_CELL, Fault, FaultKind, Value};

pub(super) use given::Given;
pub use supposing::Supposing;

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
    schedule: Arc<Schedule>,
    /// Values that nodes are given instead of what would be computed.
    supposed: BTreeMap<NodeId, Exact>,
    keep: usize,
    /// By series, whether its total is kept; empty if none is.
    totalled: Vec<bool>,
    month: Month,
    /// The values by place. The places of constants are filled once and for all.
    values: Vec<Value>,
    faults: Vec<Fault>,
}

const NOTHING: Value = Value::None;

impl<'p> Evaluator<'p> {
    /// An evaluator that has computed nothing yet.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        let mut evaluator = Self::idle(program, lookback(program));
        let schedule = Schedule::lean(program, |id, op| evaluator.fold(id, op));
        evaluator.schedule = Arc::new(schedule);
        evaluator.totalled = totalled(program);
        if !evaluator.totalled.contains(&true) {
            evaluator.totalled.clear();
        }
        evaluator
    }

    /// An evaluator that computes every node every month. It is slower, and serves as the reference for [`Self::new`],
    /// which must give the same values and faults.
    #[must_use]
    pub fn plain(program: &'p Program) -> Self {
        Self {
            schedule: Arc::new(Schedule::plain(program)),
            ..Self::idle(program, lookback(program))
        }
    }

    fn idle(program: &'p Program, keep: usize) -> Self {
        Self {
            program,
            schedule: Arc::default(),
            supposed: BTreeMap::new(),
            keep,
            totalled: Vec::new(),
            month: Month::of(crate::calendar::Date::constant(2000, 1, 1)),
            values: vec![NOTHING; program.nodes.len()],
            faults: Vec::new(),
        }
    }

    /// Computes an operation on constants, if it does not fail.
    fn fold(&mut self, id: NodeId, op: &Op) -> bool {
        self.run(id, op, &History::default(), &[]);
        self.faults.clear();
        !matches!(self.at(id), Value::Fault(_))
    }

    /// Computes a month from its cells, one for each slot of the program, and adds it to the account's history. The
    /// month must come after the last one in the history. Months in between count as missing entirely.
    pub fn compute(&mut self, history: &mut History, month: Month, cells: &[Cell]) {
        if let Some(last) = history.last() {
            for gap in 1..month.since(last).clamp(1, 2400) {
                self.pass(history, last.plus(gap), &[]);
            }
        }
        self.pass(history, month, cells);
    }

    /// Computes a month and adds it to the history.
    pub(super) fn pass(&mut self, history: &mut History, month: Month, cells: &[Cell]) {
        self.run_month(history, month, cells);
        let kept = if self.keep > 0 {
            self.program.series.as_slice()
        } else {
            &[]
        };
        let values = kept.iter().map(|node| self.kept_value(*node));
        history.push(month, values, self.keep);
        self.add_up(history);
    }

    /// Brings the totals of the history up to its last month.
    pub(super) fn add_up(&self, history: &mut History) {
        if let Some(term) = self.program.plan.term.filter(|_| !self.totalled.is_empty()) {
            history.add_up(&self.totalled, Month::of(term.first));
        }
    }

    /// The value of a node as later months know it: of a fault, only whether an empty cell is the cause.
    pub(super) fn kept_value(&self, node: NodeId) -> Value {
        match self.value(node) {
            Value::Fault(fault) => match self.fault(*fault).map(|fault| &fault.kind) {
                Some(FaultKind::Missing(_) | FaultKind::EarlierCell(_)) => Value::Fault(EMPTY_CELL),
                _ => Value::Fault(0),
            },
            value => value.clone(),
        }
    }

    /// Whether any value of the program depends on earlier months.
    pub(super) fn looks_back(&self) -> bool {
        self.keep > 0
    }

    /// How many months a history keeps for the program.
    #[must_use]
    pub fn kept_months(&self) -> usize {
        self.keep
    }

    /// Computes a month.
    pub(super) fn run_month(&mut self, history: &History, month: Month, cells: &[Cell]) {
        self.month = month;
        self.faults.clear();
        let schedule = self.steps();
        if self.supposed.is_empty() {
            for step in &schedule.steps {
                self.step(step, history, cells);
            }
        } else {
            for step in &schedule.steps {
                match step {
                    Step::One(id, _) if self.supposed.contains_key(id) => self.suppose(*id),
                    Step::One(..) => self.step(step, history, cells),
                    Step::Share(sharing) => {
                        self.share(sharing);
                        for (_, taker) in &sharing.takers {
                            self.suppose(*taker);
                        }
                    }
                }
            }
        }
    }

    /// The steps that each month takes.
    fn steps(&self) -> Arc<Schedule> {
        Arc::clone(&self.schedule)
    }

    #[inline]
    fn step(&mut self, step: &Step, history: &History, cells: &[Cell]) {
        match step {
            Step::One(id, op) => self.run(*id, op, history, cells),
            Step::Share(sharing) => self.share(sharing),
        }
    }

    fn suppose(&mut self, node: NodeId) {
        if let Some(value) = self.supposed.get(&node).cloned() {
            self.put(node, Value::Number(value));
        }
    }

    #[inline]
    fn put(&mut self, place: NodeId, value: Value) {
        if let Some(slot) = self.values.get_mut(place.0 as usize) {
            *slot = value;
        }
    }

    #[inline]
    fn copy(&mut self, from: NodeId, place: NodeId) {
        match self.at(from) {
            Value::Number(number) => self.put(place, Value::Number(number.clone())),
            Value::None => self.put(place, Value::None),
            Value::Fault(fault) => self.put(place, Value::Fault(*fault)),
        }
    }

    /// The value in a place, for operations whose operands are places.
    #[inline]
    fn at(&self, place: NodeId) -> &Value {
        self.values.get(place.0 as usize).unwrap_or(&NOTHING)
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
        self.at(self.schedule.place(id))
    }

    /// The number of a node in that month, if it has one.
    #[must_use]
    pub fn number(&self, id: NodeId) -> Option<&Exact> {
        match self.value(id) {
            Value::Number(number) => Some(number),
            Value::None | Value::Fault(_) => None,
        }
    }

    /// Whether a condition is met in that month.
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
    fn fail(&mut self, node: NodeId, kind: FaultKind) {
        let id = u32::try_from(self.faults.len()).unwrap_or(u32::MAX);
        self.faults.push(Fault { kind, node });
        self.put(node, Value::Fault(id));
    }

    /// Computes an operation on places and puts its value into the place of the node. No value is passed between
    /// functions on the way, because that would take longer than most of the operations.
    #[inline]
    fn run(&mut self, node: NodeId, op: &Op, history: &History, cells: &[Cell]) {
        match op {
            Op::Constant(value) => self.put(node, Value::Number(value.clone())),
            Op::Input(slot) => self.input(node, *slot, cells),
            Op::Sum(all) => self.sum(node, all),
            Op::Subtract(a, b) => self.binary(node, *a, *b, Exact::subtract),
            Op::Multiply(a, b) => self.binary(node, *a, *b, Exact::multiply),
            Op::Divide(a, b) => self.divide(node, *a, *b),
            Op::Negate(a) => self.unary(node, *a, Exact::negate),
            Op::Abs(a) => self.unary(node, *a, Exact::abs),
            Op::Floor(a) => self.unary(node, *a, Exact::floor),
            Op::Ceiling(a) => self.unary(node, *a, Exact::ceiling),
            Op::Round(a, rounding) => self.unary(node, *a, |value| rounding.apply(value)),
            Op::Min(all) => self.extreme(node, all, |new, best| new < best),
            Op::Max(all) => self.extreme(node, all, |new, best| new > best),
            Op::Compare(comparison, a, b) => self.compare(node, *comparison, *a, *b),
            Op::And(all) => self.connect(node, all, false),
            Op::Or(all) => self.connect(node, all, true),
            Op::Not(a) => self.unary(node, *a, |value| flag_value(value.is_zero())),
            Op::If(condition, then, otherwise) => self.choose(node, *condition, *then, *otherwise),
            Op::Bands(subject, bands, no_value) => self.bands(node, *subject, bands, *no_value),
            Op::Share { .. } => self.share_alone(node, op),
            Op::Previous(series, first) => self.previous(node, *series, *first, history),
            Op::Window(series, fold, months) => self.window(node, *series, *fold, *months, history),
            Op::MonthsIn(series, months) => self.months_in(node, *series, *months, history),
            Op::Recover(a, cause, b) => self.recover(node, *a, *cause, *b),
            Op::NoValue => self.put(node, Value::None),
            Op::IfKnown(a, b) => match self.at(*a) {
                Value::None => self.copy(*b, node),
                Value::Number(_) | Value::Fault(_) => self.copy(*a, node),
            },
            Op::IsKnown(a) => match self.at(*a) {
                Value::None => self.put(node, flag(false)),
                Value::Number(_) => self.put(node, flag(true)),
                Value::Fault(fault) => self.put(node, Value::Fault(*fault)),
            },
            Op::InRange(a, ends) => self.in_range(node, *a, ends),
            Op::ByAgreement => self.fail(node, FaultKind::ByAgreement),
            Op::Broken => self.fail(node, FaultKind::NotUnderstood),
            Op::NoInvoice(_) => self.fail(node, FaultKind::NoInvoice),
            Op::Month => self.put(node, integer(i64::from(self.month.index()))),
            Op::MonthOfTerm => self.put(
                node,
                integer(months::month_of_term(self.month, self.program.plan.term)),
            ),
            Op::MonthOfYear => self.put(node, integer(i64::from(self.month.number()))),
            Op::DaysInMonth => self.put(node, integer(i64::from(self.month.days()))),
            Op::Ends(every) => self.put(
                node,
                flag(months::ends(*every, self.month, self.program.plan.term)),
            ),
        }
    }

    #[inline]
    fn input(&mut self, node: NodeId, slot: SlotId, cells: &[Cell]) {
        match cells.get(slot.0 as usize) {
            Some(Cell::Value(value)) => self.put(node, Value::Number(value.clone())),
            Some(Cell::Unreadable) => self.fail(node, FaultKind::Unreadable(slot)),
            Some(Cell::Missing) | None => self.fail(node, FaultKind::Missing(slot)),
        }
    }

    #[inline]
    fn unary(&mut self, node: NodeId, a: NodeId, apply: impl Fn(&Exact) -> Exact) {
        match self.at(a) {
            Value::Number(a) => self.put(node, Value::Number(apply(a))),
            Value::None | Value::Fault(_) => self.copy(a, node),
        }
    }

    #[inline]
    fn binary(
        &mut self,
        node: NodeId,
        a: NodeId,
        b: NodeId,
        apply: impl Fn(&Exact, &Exact) -> Exact,
    ) {
        match (self.at(a), self.at(b)) {
            (Value::Number(a), Value::Number(b)) => self.bounded(node, apply(a, b)),
            _ => self.gap(node, a, b),
        }
    }

    /// Handles two values that are not both numbers. The result is the first fault, or no value.
    #[cold]
    fn gap(&mut self, node: NodeId, a: NodeId, b: NodeId) {
        match (self.at(a), self.at(b)) {
            (Value::Fault(fault), _) | (_, Value::Fault(fault)) => {
                self.put(node, Value::Fault(*fault));
            }
            _ => self.put(node, Value::None),
        }
    }

    #[inline]
    fn bounded(&mut self, node: NodeId, value: Exact) {
        if value.is_oversize() {
            self.fail(node, FaultKind::TooLarge);
        } else {
            self.put(node, Value::Number(value));
        }
    }

    #[inline]
    fn sum(&mut self, node: NodeId, all: &[NodeId]) {
        let mut sum: Option<Exact> = None;
        let mut absent = false;
        for id in all {
            match self.at(*id) {
                Value::Number(value) => {
                    sum = Some(match sum {
                        Some(sum) => sum.add(value),
                        None => value.clone(),
                    });
                }
                Value::None => absent = true,
                Value::Fault(fault) => return self.put(node, Value::Fault(*fault)),
            }
        }
        match sum {
            _ if absent => self.put(node, Value::None),
            // A sum of one part is that part, whatever its size.
            Some(only) if all.len() == 1 => self.put(node, Value::Number(only)),
            sum => self.bounded(node, sum.unwrap_or_else(Exact::zero)),
        }
    }

    #[inline]
    fn divide(&mut self, node: NodeId, a: NodeId, b: NodeId) {
        match (self.at(a), self.at(b)) {
            (Value::Number(a), Value::Number(b)) => match a.divide(b) {
                Some(value) => self.bounded(node, value),
                None => self.fail(node, FaultKind::ZeroDenominator),
            },
            _ => self.gap(node, a, b),
        }
    }

    #[inline]
    fn extreme(&mut self, node: NodeId, all: &[NodeId], better: impl Fn(&Exact, &Exact) -> bool) {
        let mut best: Option<&Exact> = None;
        let mut absent = false;
        for id in all {
            match self.at(*id) {
                Value::Number(value) => {
                    if best.is_none_or(|best| better(value, best)) {
                        best = Some(value);
                    }
                }
                Value::None => absent = true,
                Value::Fault(fault) => return self.put(node, Value::Fault(*fault)),
            }
        }
        match best {
            Some(best) if !absent => self.put(node, Value::Number(best.clone())),
            _ => self.put(node, Value::None),
        }
    }

    #[inline]
    fn compare(&mut self, node: NodeId, comparison: Comparison, a: NodeId, b: NodeId) {
        let (Value::Number(left), Value::Number(right)) = (self.at(a), self.at(b)) else {
            return self.gap(node, a, b);
        };
        let holds = comparison.holds(left, right);
        self.put(node, flag(holds));
    }

    /// The first condition that is not met decides `and`, and the first that is met decides `or`. The rest does not
    /// count.
    #[inline]
    fn connect(&mut self, node: NodeId, all: &[NodeId], decisive: bool) {
        for id in all {
            match self.at(*id) {
                Value::Number(value) if value.is_zero() != decisive => {
                    return self.put(node, flag(decisive));
                }
                Value::Number(_) => {}
                Value::None | Value::Fault(_) => return self.copy(*id, node),
            }
        }
        self.put(node, flag(!decisive));
    }

    #[inline]
    fn choose(&mut self, node: NodeId, condition: NodeId, then: NodeId, otherwise: NodeId) {
        match self.at(condition) {
            Value::Number(value) if value.is_zero() => self.copy(otherwise, node),
            Value::Number(_) => self.copy(then, node),
            Value::None => self.fail(node, FaultKind::NoValue),
            Value::Fault(fault) => self.put(node, Value::Fault(*fault)),
        }
    }

    #[inline]
    fn bands(&mut self, node: NodeId, subject: NodeId, bands: &[Band], no_value: Option<NodeId>) {
        match (self.at(subject), no_value) {
            (Value::Number(subject), _) => match reached(subject, bands) {
                Some(band) => self.copy(band.value, node),
                None => self.fail(node, FaultKind::NoBand(subject.clone())),
            },
            (Value::Fault(fault), _) => self.put(node, Value::Fault(*fault)),
            (Value::None, Some(value)) => self.copy(value, node),
            (Value::None, None) => self.fail(node, FaultKind::NoValue),
        }
    }

    /// Puts all parts of a sharing into their places.
    fn share(&mut self, sharing: &Sharing) {
        let shares = self.shares(sharing);
        for (index, place) in &sharing.takers {
            self.put(*place, part_of(&shares, *index));
        }
    }

    fn share_alone(&mut self, node: NodeId, op: &Op) {
        if let Some((index, sharing)) = Sharing::of(op) {
            let share = part_of(&self.shares(&sharing), index);
            self.put(node, share);
        }
    }

    /// The shares; or, of the parts and the total, the first that is not a number.
    fn shares(&self, sharing: &Sharing) -> Result<Vec<Exact>, Value> {
        let number = |place: &NodeId| match self.at(*place) {
            Value::Number(number) => Ok(number),
            other => Err(other.clone()),
        };
        let parts: Vec<&Exact> = sharing.parts.iter().map(number).collect::<Result<_, _>>()?;
        Ok(sharing.shares(&parts, number(&sharing.total)?))
    }

    fn previous(
        &mut self,
        node: NodeId,
        series: SeriesId,
        first: Option<NodeId>,
        history: &History,
    ) {
        match (history.before(series.0 as usize, 1), first) {
            (Some(Value::Fault(fault)), _) => {
                let is_empty = *fault == EMPTY_CELL;
                // What is carried from month to month was lost in the first of the months without it.
                let lost = (2..).take_while(|back| {
                    let before = history.before(series.0 as usize, *back);
                    matches!(before, Some(Value::Fault(_)))
                });
                let back = i32::try_from(1 + lost.count()).unwrap_or(i32::MAX);
                self.fail(node, earlier_fault(self.month.plus(-back), is_empty));
            }
            (Some(value), _) => self.put(node, value.clone()),
            (None, Some(first)) => self.copy(first, node),
            (None, None) => self.fail(node, FaultKind::NoHistory),
        }
    }

    fn window(
        &mut self,
        node: NodeId,
        series: SeriesId,
        fold: Fold,
        months: WindowMonths,
        history: &History,
    ) {
        let mut folded: Option<Exact> = None;
        let mut count: i64 = 0;
        let (from, mut to) = self.reach(months);
        if let Some(total) = self.total(series, months, history) {
            if let Some((month, is_empty)) = total.failed {
                return self.fail(node, earlier_fault(month, is_empty));
            }
            folded = total.folded(fold).cloned();
            count = i64::try_from(total.numbers).unwrap_or(i64::MAX);
            // Only this month is left, if the window has it.
            to = 0;
        }
        for back in (from..=to).rev() {
            match self.earlier(node, series, back, history) {
                Some(Value::Number(value)) => {
                    count += 1;
                    folded = Some(match folded {
                        None => value.clone(),
                        Some(before) => fold_step(fold, &before, value),
                    });
                }
                Some(Value::Fault(fault)) if back == 0 => {
                    return self.put(node, Value::Fault(*fault));
                }
                Some(Value::Fault(fault)) => {
                    let is_empty = *fault == EMPTY_CELL;
                    let back = i32::try_from(back).unwrap_or(i32::MAX);
                    let month = self.month.plus(-back);
                    return self.fail(node, earlier_fault(month, is_empty));
                }
                Some(Value::None) | None => {}
            }
        }
        match (fold, folded) {
            (Fold::Sum, None) => self.put(node, integer(0)),
            (_, None) => self.fail(node, FaultKind::NoHistory),
            (Fold::Average, Some(sum)) => match sum.divide(&Exact::from_integer(count)) {
                Some(mean) => self.bounded(node, mean),
                None => self.fail(node, FaultKind::NoHistory),
            },
            (_, Some(value)) => self.bounded(node, value),
        }
    }

    /// The total of a series, for a window over the term.
    fn total<'h>(
        &self,
        series: SeriesId,
        months: WindowMonths,
        history: &'h History,
    ) -> Option<&'h Total> {
        let over_term = matches!(months, WindowMonths::Term | WindowMonths::TermBefore);
        history
            .total(series.0 as usize)
            .filter(|_| over_term && !self.totalled.is_empty())
    }

    fn months_in(
        &mut self,
        node: NodeId,
        series: SeriesId,
        months: WindowMonths,
        history: &History,
    ) {
        let (from, mut to) = self.reach(months);
        let mut before = 0;
        if let Some(total) = self.total(series, months, history) {
            (before, to) = (total.numbers, 0);
        }
        let known = (from..=to)
            .filter(|back| {
                let value = self.earlier(node, series, *back, history);
                matches!(value, Some(Value::Number(_)))
            })
            .count();
        let known = i64::try_from(before + known).unwrap_or(i64::MAX);
        self.put(node, integer(known));
    }

    /// The value that a series had that many months ago, or has in this month if it is computed before the node that
    /// reads it.
    fn earlier<'a>(
        &'a self,
        reader: NodeId,
        series: SeriesId,
        back: usize,
        history: &'a History,
    ) -> Option<&'a Value> {
        if back > 0 {
            return history.before(series.0 as usize, back);
        }
        let node = *self.program.series.get(series.0 as usize)?;
        (node < reader).then(|| self.value(node))
    }

    /// The months of a window as steps back from this month: the newest and the oldest.
    pub(super) fn reach(&self, months: WindowMonths) -> (usize, usize) {
        months::reach(months, self.month, self.program.plan.term)
    }

    /// The first and the last month of a window. The first is never before the term.
    pub(super) fn months_of(&self, months: WindowMonths) -> (Month, Month) {
        months::months_of(months, self.month, self.program.plan.term)
    }

    #[inline]
    fn recover(&mut self, node: NodeId, a: NodeId, cause: Cause, b: NodeId) {
        let Value::Fault(fault) = self.at(a) else {
            return self.copy(a, node);
        };
        let kind = self.fault(*fault).map(|fault| &fault.kind);
        let covered = match cause {
            Cause::Any => true,
            Cause::Missing => matches!(
                kind,
                Some(FaultKind::Missing(_) | FaultKind::EarlierCell(_))
            ),
            Cause::ZeroDenominator => matches!(kind, Some(FaultKind::ZeroDenominator)),
            Cause::NoHistory => matches!(kind, Some(FaultKind::NoHistory)),
        };
        self.copy(if covered { b } else { a }, node);
    }

    #[inline]
    fn in_range(&mut self, node: NodeId, a: NodeId, ends: &(Option<Exact>, Option<Exact>)) {
        let Value::Number(value) = self.at(a) else {
            return self.copy(a, node);
        };
        let below = ends.0.as_ref().is_some_and(|least| value < least);
        let above = ends.1.as_ref().is_some_and(|most| value > most);
        if below || above {
            self.fail(node, FaultKind::OutOfRange(value.clone()));
        } else {
            self.copy(a, node);
        }
    }
}

/// Why a value that needs an earlier month cannot be computed.
fn earlier_fault(month: Month, is_empty: bool) -> FaultKind {
    if is_empty {
        FaultKind::EarlierCell(month)
    } else {
        FaultKind::EarlierMonth(month)
    }
}

/// The first band that contains the value.
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

fn part_of(shares: &Result<Vec<Exact>, Value>, index: usize) -> Value {
    match shares {
        Ok(shares) => Value::Number(shares.get(index).cloned().unwrap_or_else(Exact::zero)),
        Err(failed) => failed.clone(),
    }
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
