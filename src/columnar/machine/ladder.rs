//! Bands with fixed values in columns: one pass for each band, from the last to the first.

use crate::columnar::form::{Operand, Reg};
use crate::columnar::kernel::{Binary, Rung};

use super::Machine;

impl Machine {
    pub(super) fn ladder(
        &mut self,
        into: Reg,
        above: Reg,
        below: Option<Reg>,
        rungs: &[Rung],
        last: i64,
    ) {
        self.narrowly(into, |own, machine| {
            own.fill(last);
            let above = machine.narrow(Operand::Times(above, 1)).unwrap_or_default();
            match below.map(|below| machine.narrow(Operand::Times(below, 1)).unwrap_or_default()) {
                None => {
                    for rung in rungs.iter().rev() {
                        climb(own, above, rung);
                    }
                }
                Some(below) => {
                    for rung in rungs.iter().rev() {
                        climb_ratio(own, above, below, rung);
                    }
                }
            }
        });
    }
}

#[inline]
fn climb(own: &mut [i64], above: &[i64], rung: &Rung) {
    let (level, value) = (rung.level, rung.value);
    let lanes = own.iter_mut().zip(above);
    match (rung.how, rung.turned, rung.above) {
        (Binary::Below, false, 1) => {
            lanes.for_each(|(own, a)| *own = if *a < level { value } else { *own })
        }
        (Binary::Below, true, 1) => {
            lanes.for_each(|(own, a)| *own = if level < *a { value } else { *own })
        }
        (_, false, 1) => lanes.for_each(|(own, a)| *own = if *a <= level { value } else { *own }),
        (_, true, 1) => lanes.for_each(|(own, a)| *own = if level <= *a { value } else { *own }),
        (how, turned, factor) => lanes.for_each(|(own, a)| {
            if rung_holds(how, turned, a.wrapping_mul(factor), level) {
                *own = value;
            }
        }),
    }
}

#[inline]
fn climb_ratio(own: &mut [i64], above: &[i64], below: &[i64], rung: &Rung) {
    let (factor, level, value) = (rung.above, rung.level, rung.value);
    let lanes = own.iter_mut().zip(above.iter().zip(below));
    let sides = |(a, b): (&i64, &i64)| (a.wrapping_mul(factor), b.wrapping_mul(level));
    match (rung.how, rung.turned) {
        (Binary::Below, false) => lanes.for_each(|(own, both)| {
            let (a, b) = sides(both);
            *own = if a < b { value } else { *own };
        }),
        (Binary::Below, true) => lanes.for_each(|(own, both)| {
            let (a, b) = sides(both);
            *own = if b < a { value } else { *own };
        }),
        (_, false) => lanes.for_each(|(own, both)| {
            let (a, b) = sides(both);
            *own = if a <= b { value } else { *own };
        }),
        (_, true) => lanes.for_each(|(own, both)| {
            let (a, b) = sides(both);
            *own = if b <= a { value } else { *own };
        }),
    }
}

fn rung_holds(how: Binary, turned: bool, a: i64, b: i64) -> bool {
    let (a, b) = if turned { (b, a) } else { (a, b) };
    if how == Binary::Below { a < b } else { a <= b }
}
