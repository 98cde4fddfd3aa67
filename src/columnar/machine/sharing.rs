//! Largest remainder in columns: whole numbers that sum to a total.

use crate::columnar::form::Operand;
use crate::columnar::kernel::Instruction;

use super::{Lanes, Machine, Source, set};

impl Machine {
    pub(super) fn share(&mut self, instruction: &Instruction) {
        let Instruction::Share {
            into,
            parts,
            by,
            below,
            total,
            total_by,
            total_below,
            wide,
        } = instruction
        else {
            return;
        };
        let divisor = below.map_or(Operand::Fixed(*by), |below| Operand::Times(below, *by));
        let total_divisor = total_below.map_or(Operand::Fixed(*total_by), |below| {
            Operand::Times(below, *total_by)
        });
        let mut results: Vec<Lanes> = into.iter().map(|reg| self.take(*reg)).collect();
        if *wide {
            let mut loaded = vec![Vec::new(); parts.len()];
            for (part, loaded) in parts.iter().zip(&mut loaded) {
                self.load(*part, loaded);
            }
            let mut scratch = std::mem::take(&mut self.scratch);
            let [dividing, sum, sum_dividing] = &mut scratch;
            self.load(divisor, dividing);
            self.load(*total, sum);
            self.load(total_divisor, sum_dividing);
            let mut sharing = Sharing::<i128>::default();
            for (lane, (dividing, (sum, sum_dividing))) in dividing
                .iter()
                .zip(sum.iter().zip(&*sum_dividing))
                .enumerate()
            {
                let own = loaded
                    .iter()
                    .map(|part| part.get(lane).copied().unwrap_or(0));
                sharing.share(own, (*dividing).max(1), (*sum, (*sum_dividing).max(1)));
                for (result, share) in results.iter_mut().zip(&sharing.shares) {
                    set(result, lane, share.0);
                }
            }
            self.scratch = scratch;
        } else {
            let sources: Vec<Source<'_>> = parts.iter().map(|part| self.source(*part)).collect();
            let (dividing, sum) = (self.source(divisor), self.source(*total));
            let sum_dividing = self.source(total_divisor);
            let mut sharing = Sharing::<i64>::default();
            for lane in 0..self.count {
                let own = sources.iter().map(|part| part.at(lane));
                let total = (sum.at(lane), sum_dividing.at(lane).max(1));
                sharing.share(own, dividing.at(lane).max(1), total);
                for (result, share) in results.iter_mut().zip(&sharing.shares) {
                    set(result, lane, i128::from(share.0));
                }
            }
        }
        for (reg, lanes) in into.iter().zip(results) {
            self.put(*reg, lanes);
        }
    }
}

/// What largest remainder needs of a number.
trait Integer: Copy + Ord + Default {
    fn div_floor(self, by: Self) -> (Self, Self);
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    const ONE: Self;
}

impl Integer for i64 {
    #[inline]
    fn div_floor(self, by: Self) -> (Self, Self) {
        let steps = self.wrapping_div_euclid(by);
        (steps, self.wrapping_sub(steps.wrapping_mul(by)))
    }
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
    fn minus(self, other: Self) -> Self {
        self.wrapping_sub(other)
    }
    const ONE: Self = 1;
}

impl Integer for i128 {
    fn div_floor(self, by: Self) -> (Self, Self) {
        let steps = self.wrapping_div_euclid(by);
        (steps, self.wrapping_sub(steps.wrapping_mul(by)))
    }
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
    fn minus(self, other: Self) -> Self {
        self.wrapping_sub(other)
    }
    const ONE: Self = 1;
}

/// One lane of a sharing: each share with what it lost, until it has got a step back.
#[derive(Default)]
struct Sharing<T> {
    shares: Vec<(T, Option<T>)>,
}

impl<T: Integer> Sharing<T> {
    /// The method of Hamilton, as the exact evaluator has it: parts cut down, and one step more for those that lost most,
    /// earlier ones first.
    fn share(&mut self, parts: impl Iterator<Item = T>, by: T, (total, total_by): (T, T)) {
        self.shares.clear();
        let mut given = T::default();
        for part in parts {
            let (steps, lost) = part.div_floor(by);
            given = given.plus(steps);
            self.shares.push((steps, Some(lost)));
        }
        let (whole, rest) = total.div_floor(total_by);
        let mut left = if rest == T::default() {
            whole.minus(given)
        } else {
            T::default()
        };
        while left > T::default() {
            let mut best: Option<&mut (T, Option<T>)> = None;
            for share in &mut self.shares {
                if share.1.is_some() && best.as_ref().is_none_or(|best| share.1 > best.1) {
                    best = Some(share);
                }
            }
            let Some(best) = best else {
                return;
            };
            *best = (best.0.plus(T::ONE), None);
            left = left.minus(T::ONE);
        }
    }
}
