//! What earlier months leave behind for later ones, for many accounts: a column for each month that can still be read.

use std::collections::VecDeque;

use crate::calendar::Month;
use crate::evaluate::{EMPTY_CELL, History, Value};
use crate::quantity::Exact;

use super::compile::KEPT;
use super::form::{Bounds, mark};
use super::machine::Kept;
use super::shape::SeriesShape;

/// The values of one series.
#[derive(Clone, Debug, Default)]
pub(super) struct Ring {
    /// By month (its index modulo the number of months kept), then by account.
    months: Vec<Slot>,
    /// For how many months up to the last one each account has only faults.
    lost: Vec<u32>,
    /// The bounds of all values so far.
    pub(super) above: Option<Bounds>,
    pub(super) below: Option<Bounds>,
}

/// One month of a series, by account.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    pub(super) above: Vec<i64>,
    /// Empty where nothing divides the values.
    pub(super) below: Vec<i64>,
    /// Marks; [`mark::HISTORY`] where the account has no such month.
    pub(super) marks: Vec<u8>,
}

/// The series that columns keep, by their numbers in the program; nothing for those that nobody needs.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    pub(super) rings: Vec<Option<Ring>>,
    pub(super) shapes: Vec<Option<SeriesShape>>,
}

impl Ring {
    fn new(months: usize) -> Self {
        Self {
            months: vec![Slot::default(); months],
            ..Self::default()
        }
    }

    /// How many months it keeps.
    pub(super) fn length(&self) -> usize {
        self.months.len()
    }

    /// The month so many months before.
    pub(super) fn before(&self, month: Month, back: usize) -> Option<&Slot> {
        let back = i32::try_from(back).ok()?;
        self.months.get(self.at(month.plus(-back))?)
    }

    fn at(&self, month: Month) -> Option<usize> {
        let length = i32::try_from(self.months.len())
            .ok()
            .filter(|length| *length > 0)?;
        usize::try_from(month.index().rem_euclid(length)).ok()
    }

    fn grow(&mut self, accounts: usize, has_below: bool) {
        for slot in &mut self.months {
            slot.above.resize(accounts, 0);
            slot.marks.resize(accounts, mark::HISTORY);
            if has_below {
                slot.below.resize(accounts, 1);
            }
        }
        self.lost.resize(accounts, 0);
    }

    /// Keeps a month of accounts, each in one lane, except for lanes that are skipped.
    pub(super) fn store(
        &mut self,
        month: Month,
        accounts: &[u32],
        kept: &Kept,
        skipped: impl Fn(usize) -> bool,
    ) {
        let Some(slot) = self.at(month).and_then(|at| self.months.get_mut(at)) else {
            return;
        };
        let (mut least, mut most, mut largest) = (0, 0, 1);
        let values = kept.above.iter().zip(&kept.below).zip(&kept.marks);
        for (lane, (account, ((above, below), marks))) in accounts.iter().zip(values).enumerate() {
            if skipped(lane) {
                continue;
            }
            let account = *account as usize;
            if let Some(own) = slot.above.get_mut(account) {
                *own = *above;
            }
            if let Some(own) = slot.below.get_mut(account) {
                *own = *below;
            }
            let marks = remembered(*marks);
            if let Some(own) = slot.marks.get_mut(account) {
                *own = marks;
            }
            if let Some(lost) = self.lost.get_mut(account) {
                *lost = if marks & mark::FAULTS != 0 {
                    lost.saturating_add(1)
                } else {
                    0
                };
            }
            (least, most, largest) = (least.min(*above), most.max(*above), largest.max(*below));
        }
        self.widen(
            Bounds::of(least.into(), most.into()),
            Bounds::of(1, largest.into()),
        );
    }

    pub(super) fn widen(&mut self, above: Bounds, below: Bounds) {
        self.above = Some(self.above.map_or(above, |own| own.with(above)));
        self.below = Some(self.below.map_or(below, |own| own.with(below)));
    }
}

impl Memory {
    pub(super) fn new(lengths: &[Option<usize>]) -> Self {
        Self {
            rings: lengths.iter().map(|length| length.map(Ring::new)).collect(),
            shapes: vec![None; lengths.len()],
        }
    }

    /// Has room for so many accounts.
    pub(super) fn grow(&mut self, accounts: usize) {
        for (ring, shape) in self.rings.iter_mut().zip(&self.shapes) {
            if let Some(ring) = ring {
                ring.grow(
                    accounts,
                    shape.as_ref().is_some_and(|shape| shape.has_below),
                );
            }
        }
    }

    /// What an account's months up to `last` leave behind, as the exact evaluator keeps it, which keeps so many months. Series
    /// that nobody needs have no past.
    pub(super) fn history(&self, account: usize, last: Month, most: usize) -> History {
        let series = self.rings.iter().zip(&self.shapes);
        let values = series.map(|(ring, shape)| match (ring, shape) {
            (Some(ring), Some(shape)) => past(ring, shape, (account, last, most)),
            _ => VecDeque::new(),
        });
        History::of(last, values.collect())
    }

    /// Takes over what an account's months up to `last` have left behind, if columns can hold all of it.
    pub(super) fn take(&mut self, account: usize, last: Month, history: &History) -> bool {
        for (at, (ring, shape)) in self.rings.iter_mut().zip(&self.shapes).enumerate() {
            let (Some(ring), Some(shape)) = (ring, shape) else {
                continue;
            };
            let mut lost = 0;
            while matches!(history.months_before(at, lost + 1), Some(Value::Fault(_))) {
                lost += 1;
            }
            for back in (0..ring.length()).rev() {
                let entry = match history.months_before(at, back + 1) {
                    None => (0, 1, mark::HISTORY),
                    Some(Value::None) => (0, 1, mark::NONE),
                    Some(Value::Fault(EMPTY_CELL)) => (0, 1, mark::MISSING),
                    Some(Value::Fault(_)) => (0, 1, mark::FAULT),
                    Some(Value::Number(value)) => match scaled(value, shape) {
                        Some((above, below)) => {
                            let bounds = Bounds::of(above.into(), above.into());
                            ring.widen(bounds, Bounds::of(below.into(), below.into()));
                            (above, below, 0)
                        }
                        None => return false,
                    },
                };
                let steps = i32::try_from(back).unwrap_or(0);
                ring.put(last.plus(-steps), account, entry);
            }
            if let Some(own) = ring.lost.get_mut(account) {
                *own = u32::try_from(lost).unwrap_or(u32::MAX);
            }
        }
        true
    }
}

impl Ring {
    fn put(&mut self, month: Month, account: usize, (above, below, marks): (i64, i64, u8)) {
        let Some(slot) = self.at(month).and_then(|at| self.months.get_mut(at)) else {
            return;
        };
        if let Some(own) = slot.above.get_mut(account) {
            *own = above;
        }
        if let Some(own) = slot.below.get_mut(account) {
            *own = below;
        }
        if let Some(own) = slot.marks.get_mut(account) {
            *own = marks;
        }
    }
}

/// The marks of a month as later months know them: of a fault, only whether an empty cell is the cause.
fn remembered(marks: u8) -> u8 {
    match marks & mark::FAULTS {
        0 => marks,
        mark::MISSING => mark::MISSING,
        _ => mark::FAULT,
    }
}

/// A value in the scale of its series.
fn scaled(value: &Exact, shape: &SeriesShape) -> Option<(i64, i64)> {
    let (numerator, denominator) = value.to_ratio()?;
    let (numerator, denominator) = (i128::from(numerator), i128::from(denominator));
    let above = numerator.checked_mul(shape.scale)?;
    let (above, below) = if above % denominator == 0 {
        (above / denominator, 1)
    } else if shape.has_below {
        (above, denominator)
    } else {
        return None;
    };
    let fits = above.abs() < KEPT && below < KEPT;
    fits.then_some((i64::try_from(above).ok()?, i64::try_from(below).ok()?))
}

/// The values of a series, the newest last.
fn past(
    ring: &Ring,
    shape: &SeriesShape,
    (account, last, most): (usize, Month, usize),
) -> VecDeque<Value> {
    let mut values = VecDeque::new();
    for back in 0..ring.length() {
        let Some(slot) = ring.before(last, back) else {
            break;
        };
        let marks = slot.marks.get(account).copied().unwrap_or(mark::HISTORY);
        let value = match marks {
            mark::HISTORY => break,
            mark::NONE => Value::None,
            mark::MISSING => Value::Fault(EMPTY_CELL),
            0 => {
                let above = slot.above.get(account).copied().unwrap_or(0);
                let below = slot.below.get(account).copied().unwrap_or(1);
                let scale = shape.scale.checked_mul(below.into()).unwrap_or(1);
                Exact::of_wide_ratio(above.into(), scale).map_or(Value::Fault(0), Value::Number)
            }
            _ => Value::Fault(0),
        };
        values.push_front(value);
    }
    let lost = ring.lost.get(account).copied().unwrap_or(0) as usize;
    if values.len() == ring.length() {
        // A message can name the first of the months without a value.
        for _ in values.len()..lost.min(most) {
            values.push_front(Value::Fault(0));
        }
    }
    values
}
