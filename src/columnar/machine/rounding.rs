//! Rounding in columns.

use crate::columnar::form::Operand;
use crate::columnar::kernel::Instruction;
use crate::quantity::RoundingMode;

use super::Machine;

impl Machine {
    pub(super) fn round(&mut self, instruction: &Instruction) {
        let Instruction::Round {
            into,
            above,
            by,
            below,
            mode,
            reciprocal,
            wide,
        } = instruction
        else {
            return;
        };
        let divisor = below.map_or(Operand::Fixed(*by), |below| Operand::Times(below, *by));
        let (mode, by) = (*mode, *by);
        if *wide {
            let operands = [*above, divisor, Operand::Fixed(0)];
            return self.widely(*into, operands, |a, by, _| rounded(a, by.max(1), mode));
        }
        let (by, reciprocal) = (i64::try_from(by).unwrap_or(1), *reciprocal);
        match (reciprocal, below) {
            (0, _) => self.zip(*into, *above, divisor, |a, by| {
                rounded_narrow(a, by.max(1), mode)
            }),
            // Half up: twice the integer and the divisor, by twice the divisor.
            _ => self.zip(*into, *above, Operand::Fixed(0), |a, _| {
                let twice = a
                    .unsigned_abs()
                    .wrapping_mul(2)
                    .wrapping_add(by.unsigned_abs());
                let steps = (u128::from(twice).wrapping_mul(u128::from(reciprocal)) >> 64) as u64;
                let steps = steps.cast_signed();
                if a < 0 { steps.wrapping_neg() } else { steps }
            }),
        }
    }
}

/// `value / by` rounded to a whole number; `by` is above 0.
pub(in crate::columnar) fn rounded(value: i128, by: i128, mode: RoundingMode) -> i128 {
    let (down, rest) = (value.div_euclid(by), value.rem_euclid(by));
    if rest == 0 {
        return down;
    }
    let up = match mode {
        RoundingMode::Floor => false,
        RoundingMode::Ceiling => true,
        RoundingMode::Up => value > 0,
        RoundingMode::Down => value < 0,
        RoundingMode::HalfUp => match (rest.wrapping_mul(2)).cmp(&by) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => value > 0,
            std::cmp::Ordering::Greater => true,
        },
        RoundingMode::HalfEven => match (rest.wrapping_mul(2)).cmp(&by) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => down % 2 != 0,
            std::cmp::Ordering::Greater => true,
        },
    };
    down.wrapping_add(i128::from(up))
}

#[inline]
fn rounded_narrow(value: i64, by: i64, mode: RoundingMode) -> i64 {
    let (down, rest) = (value.wrapping_div_euclid(by), value.wrapping_rem_euclid(by));
    if rest == 0 {
        return down;
    }
    let twice = rest.wrapping_mul(2);
    let up = match mode {
        RoundingMode::Floor => false,
        RoundingMode::Ceiling => true,
        RoundingMode::Up => value > 0,
        RoundingMode::Down => value < 0,
        RoundingMode::HalfUp => twice > by || (twice == by && value > 0),
        RoundingMode::HalfEven => twice > by || (twice == by && down % 2 != 0),
    };
    down.wrapping_add(i64::from(up))
}
