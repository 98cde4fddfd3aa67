//! Earlier months in columns.

use crate::columnar::compile::KEPT;
use crate::columnar::form::{Marks, Reg, mark};
use crate::columnar::kernel::Window;
use crate::evaluate::reach;
use crate::program::Fold;

use super::{Lanes, Machine, Step, lowest};

impl Machine {
    pub(super) fn previous(
        &mut self,
        series: usize,
        (above, below, marks): (Reg, Option<Reg>, Marks),
        step: &Step<'_>,
    ) {
        let ring = step.memory.rings.get(series).and_then(Option::as_ref);
        let Some(slot) = ring.and_then(|ring| ring.before(step.month, 1)) else {
            let mut own = self.take_marks(marks);
            own.fill(mark::ASK);
            self.put_marks(marks, own);
            return;
        };
        self.narrowly(above, |own, _| gather(own, &slot.above, step.accounts, 0));
        if let Some(below) = below {
            self.narrowly(below, |own, _| gather(own, &slot.below, step.accounts, 1));
        }
        let mut own = self.take_marks(marks);
        for (own, account) in own.iter_mut().zip(step.accounts) {
            *own = slot
                .marks
                .get(*account as usize)
                .copied()
                .unwrap_or(mark::HISTORY);
        }
        self.put_marks(marks, own);
    }

    pub(super) fn window(&mut self, window: &Window, step: &Step<'_>) {
        let mut marks = self.take_marks(window.marks);
        let (mut above, mut count) = (self.take(window.above), self.take(window.count));
        let mut below = window.below.map(|below| self.take(below));
        if let (Lanes::Narrow(sums), Lanes::Narrow(counts)) = (&mut above, &mut count) {
            match &mut below {
                Some(Lanes::Narrow(below)) => {
                    self.fold_ratios(window, step, (sums, below, counts, &mut marks))
                }
                _ => self.fold(window, step, (sums, counts, &mut marks)),
            }
        }
        if let (Some(reg), Some(lanes)) = (window.below, below) {
            self.put(reg, lanes);
        }
        self.put(window.above, above);
        self.put(window.count, count);
        self.put_marks(window.marks, marks);
    }

    fn fold(
        &self,
        window: &Window,
        step: &Step<'_>,
        (sums, counts, marks): (&mut [i64], &mut [i64], &mut [u8]),
    ) {
        sums.fill(0);
        counts.fill(0);
        marks.fill(0);
        let Some(ring) = step
            .memory
            .rings
            .get(window.series)
            .and_then(Option::as_ref)
        else {
            marks.fill(mark::ASK);
            return;
        };
        let (from, to) = reach(window.months, step.month, step.term);
        for back in (from.max(1)..=to.min(ring.length())).rev() {
            let Some(slot) = ring.before(step.month, back) else {
                continue;
            };
            let lanes = sums.iter_mut().zip(counts.iter_mut()).zip(marks.iter_mut());
            for (((sum, count), marks), account) in lanes.zip(step.accounts) {
                let at = *account as usize;
                let own = slot.marks.get(at).copied().unwrap_or(mark::HISTORY);
                let value = slot.above.get(at).copied().unwrap_or(0);
                if own == 0 {
                    fold_in(window.fold, sum, *count, value);
                    *count += 1;
                } else {
                    *marks |= own & (mark::FAULT | mark::MISSING);
                }
            }
        }
        let Some(current) = window.current.filter(|_| from == 0) else {
            return;
        };
        let lanes = sums.iter_mut().zip(counts.iter_mut()).zip(marks.iter_mut());
        for (lane, ((sum, count), marks)) in lanes.enumerate() {
            let own = self.state(current.state, lane);
            if own == 0 {
                match self
                    .integer(current.above, lane)
                    .filter(|value| i128::from(value.unsigned_abs()) < KEPT)
                {
                    Some(value) => {
                        fold_in(window.fold, sum, *count, value);
                        *count += 1;
                    }
                    None => *marks |= mark::ASK,
                }
            } else {
                *marks |= own & mark::FAULTS;
            }
        }
    }

    /// The same for fractions, lane by lane.
    fn fold_ratios(
        &self,
        window: &Window,
        step: &Step<'_>,
        (sums, belows, counts, marks): (&mut [i64], &mut [i64], &mut [i64], &mut [u8]),
    ) {
        let Some(ring) = step
            .memory
            .rings
            .get(window.series)
            .and_then(Option::as_ref)
        else {
            marks.fill(mark::ASK);
            return;
        };
        let (from, to) = reach(window.months, step.month, step.term);
        let lanes = sums
            .iter_mut()
            .zip(belows)
            .zip(counts.iter_mut().zip(marks.iter_mut()));
        for (lane, (((sum, below), (count, marks)), account)) in
            lanes.zip(step.accounts).enumerate()
        {
            let mut folded = Ratio::NONE;
            *marks = 0;
            for back in (from.max(1)..=to.min(ring.length())).rev() {
                let Some(slot) = ring.before(step.month, back) else {
                    continue;
                };
                let at = *account as usize;
                match slot.marks.get(at).copied().unwrap_or(mark::HISTORY) {
                    0 => {
                        let above = slot.above.get(at).copied().unwrap_or(0);
                        let below = slot.below.get(at).copied().unwrap_or(1);
                        folded.add(window.fold, above.into(), below.into());
                    }
                    own => *marks |= own & (mark::FAULT | mark::MISSING),
                }
            }
            if let Some(current) = window.current.filter(|_| from == 0) {
                match self.state(current.state, lane) {
                    0 => match (self.any(current.above, lane), self.any(current.below, lane)) {
                        (Some(above), Some(below)) => folded.add(window.fold, above, below),
                        _ => folded.lost = true,
                    },
                    own => *marks |= own & mark::FAULTS,
                }
            }
            *count = folded.count;
            match folded.kept() {
                Some(both) => (*sum, *below) = both,
                None => {
                    (*sum, *below) = (0, 1);
                    *marks |= mark::ASK;
                }
            }
        }
    }
}

/// A sum of fractions, or the least or greatest of them.
struct Ratio {
    above: i128,
    below: i128,
    count: i64,
    lost: bool,
}

impl Ratio {
    const NONE: Self = Self {
        above: 0,
        below: 1,
        count: 0,
        lost: false,
    };

    fn add(&mut self, fold: Fold, above: i128, below: i128) {
        self.count += 1;
        let joined = match fold {
            _ if self.count == 1 => Some((above, below)),
            Fold::Sum | Fold::Average => (|| {
                let left = self.above.checked_mul(below)?;
                let right = above.checked_mul(self.below)?;
                Some(lowest(
                    left.checked_add(right)?,
                    self.below.checked_mul(below)?,
                ))
            })(),
            Fold::Least | Fold::Greatest => (|| {
                let left = self.above.checked_mul(below)?;
                let right = above.checked_mul(self.below)?;
                let other = if fold == Fold::Least {
                    right < left
                } else {
                    right > left
                };
                Some(if other {
                    (above, below)
                } else {
                    (self.above, self.below)
                })
            })(),
        };
        match joined {
            Some((above, below)) => (self.above, self.below) = (above, below),
            None => self.lost = true,
        }
    }

    fn kept(&self) -> Option<(i64, i64)> {
        let (above, below) = lowest(self.above, self.below);
        let fits = !self.lost && above.abs() < KEPT && below < KEPT;
        fits.then_some((i64::try_from(above).ok()?, i64::try_from(below).ok()?))
    }
}

#[inline]
fn fold_in(fold: Fold, sum: &mut i64, count: i64, value: i64) {
    *sum = match fold {
        Fold::Sum | Fold::Average => sum.wrapping_add(value),
        _ if count == 0 => value,
        Fold::Least => (*sum).min(value),
        Fold::Greatest => (*sum).max(value),
    };
}

fn gather(own: &mut [i64], values: &[i64], accounts: &[u32], without: i64) {
    for (own, account) in own.iter_mut().zip(accounts) {
        *own = values.get(*account as usize).copied().unwrap_or(without);
    }
}
