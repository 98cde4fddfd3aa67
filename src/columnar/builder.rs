//! Forms and the instructions that compute them, with the bounds of every column. Nothing is returned where a number could be
//! beyond what columns hold.

mod forms;
mod states;

use crate::program::Comparison;

use super::form::{Bounds, Form, Marks, Operand, Reg, gcd};
use super::kernel::{Binary, Instruction};

/// Instructions as they are made.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) code: Vec<Instruction>,
    bounds: Vec<Bounds>,
    pub(super) marks: u32,
}

impl Builder {
    /// A column of integers within bounds.
    pub(super) fn reg(&mut self, bounds: Bounds) -> Option<Reg> {
        let held = bounds.held()?;
        self.bounds.push(held);
        u32::try_from(self.bounds.len() - 1).ok().map(Reg)
    }

    /// A column of marks.
    pub(super) fn new_marks(&mut self) -> Marks {
        self.marks += 1;
        Marks(self.marks - 1)
    }

    /// Which columns of integers are wide.
    pub(super) fn wide(&self) -> Vec<bool> {
        self.bounds
            .iter()
            .map(|bounds| !bounds.is_narrow())
            .collect()
    }

    pub(super) fn bounds_of(&self, reg: Reg) -> Bounds {
        let bounds = self.bounds.get(reg.0 as usize);
        bounds
            .copied()
            .unwrap_or(Bounds::of(i128::MIN / 4, i128::MAX / 4))
    }

    pub(super) fn bounds(&self, operand: Operand) -> Option<Bounds> {
        match operand {
            Operand::Fixed(value) => Bounds::of(value, value).held(),
            Operand::Times(reg, factor) => self.bounds_of(reg).times(factor),
        }
    }

    /// Whether an operation on these needs more than an `i64`.
    pub(super) fn is_wide(&self, operands: &[Operand], others: &[Bounds]) -> bool {
        let narrow = |operand: &Operand| {
            let own = match operand {
                Operand::Fixed(_) => true,
                Operand::Times(reg, _) => self.bounds_of(*reg).is_narrow(),
            };
            own && self.bounds(*operand).is_some_and(Bounds::is_narrow)
        };
        !(operands.iter().all(narrow) && others.iter().all(|bounds| bounds.is_narrow()))
    }

    /// A column that is a whole result of two.
    fn binary(
        &mut self,
        how: Binary,
        left: Operand,
        right: Operand,
        bounds: Bounds,
    ) -> Option<Operand> {
        if bounds.least == bounds.most {
            return Some(Operand::Fixed(bounds.least));
        }
        let wide = self.is_wide(&[left, right], &[bounds]);
        let into = self.reg(bounds)?;
        self.code.push(Instruction::Binary {
            into,
            how,
            left,
            right,
            wide,
        });
        Some(Operand::Times(into, 1))
    }

    pub(super) fn add(&mut self, left: Operand, right: Operand) -> Option<Operand> {
        match (left, right) {
            (Operand::Fixed(0), other) | (other, Operand::Fixed(0)) => Some(other),
            (Operand::Times(a, j), Operand::Times(b, k)) if a == b => {
                times(Operand::Times(a, 1), j + k)
            }
            _ => {
                let bounds = self.bounds(left)?.plus(self.bounds(right)?)?;
                self.binary(Binary::Add, left, right, bounds)
            }
        }
    }

    pub(super) fn multiply(&mut self, left: Operand, right: Operand) -> Option<Operand> {
        match (left, right) {
            (Operand::Fixed(factor), other) | (other, Operand::Fixed(factor)) => {
                times(other, factor)
            }
            (Operand::Times(a, j), Operand::Times(b, k)) => {
                let (a, b) = (Operand::Times(a, 1), Operand::Times(b, 1));
                let bounds = self.bounds(a)?.multiplied(self.bounds(b)?)?;
                let product = self.binary(Binary::Multiply, a, b, bounds)?;
                times(product, j.checked_mul(k)?)
            }
        }
    }

    /// The lesser or the greater of two.
    pub(super) fn extreme(
        &mut self,
        least: bool,
        left: Operand,
        right: Operand,
    ) -> Option<Operand> {
        let (a, b) = (self.bounds(left)?, self.bounds(right)?);
        // Which of them it is may be known beforehand.
        let (first, second) = if least { (a, b) } else { (b, a) };
        if first.most <= second.least {
            return Some(left);
        }
        if second.most <= first.least {
            return Some(right);
        }
        let (bounds, how) = if least {
            (
                Bounds::of(a.least.min(b.least), a.most.min(b.most)),
                Binary::Min,
            )
        } else {
            (
                Bounds::of(a.least.max(b.least), a.most.max(b.most)),
                Binary::Max,
            )
        };
        self.binary(how, left, right, bounds)
    }

    /// 1 where the comparison of two integers holds, else 0.
    pub(super) fn compare(
        &mut self,
        how: Comparison,
        left: Operand,
        right: Operand,
    ) -> Option<Operand> {
        let (how, left, right) = match how {
            Comparison::Above => (Comparison::Below, right, left),
            Comparison::AtLeast => (Comparison::AtMost, right, left),
            how => (how, left, right),
        };
        let (left, right) = reduced(left, right);
        let (a, b) = (self.bounds(left)?, self.bounds(right)?);
        let apart = a.most < b.least || b.most < a.least;
        let known = match how {
            Comparison::Below if a.most < b.least => Some(1),
            Comparison::Below if b.most <= a.least => Some(0),
            Comparison::AtMost if a.most <= b.least => Some(1),
            Comparison::AtMost if b.most < a.least => Some(0),
            Comparison::Is if apart => Some(0),
            Comparison::IsNot if apart => Some(1),
            _ => None,
        };
        if let Some(known) = known {
            return Some(Operand::Fixed(known));
        }
        let how = match how {
            Comparison::Below | Comparison::Above => Binary::Below,
            Comparison::AtMost | Comparison::AtLeast => Binary::AtMost,
            Comparison::Is => Binary::Is,
            Comparison::IsNot => Binary::IsNot,
        };
        let (how, left, right) = threshold(how, left, right);
        self.binary(how, left, right, Bounds::FLAG)
    }

    /// Both or either of two conditions, which are 0 or 1.
    pub(super) fn connect(&mut self, all: bool, left: Operand, right: Operand) -> Option<Operand> {
        match (left, right) {
            (Operand::Fixed(known), other) | (other, Operand::Fixed(known)) => {
                Some(match (all, known != 0) {
                    (true, true) | (false, false) => other,
                    (true, false) => Operand::Fixed(0),
                    (false, true) => Operand::Fixed(1),
                })
            }
            _ => {
                let how = if all { Binary::And } else { Binary::Or };
                self.binary(how, left, right, Bounds::FLAG)
            }
        }
    }

    /// 0 for 1 and 1 for 0.
    pub(super) fn negated(&mut self, condition: Operand) -> Option<Operand> {
        match condition {
            Operand::Fixed(known) => Some(Operand::Fixed(i128::from(known == 0))),
            other => self.binary(Binary::Is, other, Operand::Fixed(0), Bounds::FLAG),
        }
    }

    /// 1 where the number is not 0.
    pub(super) fn condition(&mut self, form: Form) -> Option<Operand> {
        match form.above {
            Operand::Fixed(known) => Some(Operand::Fixed(i128::from(known != 0))),
            Operand::Times(reg, _) => {
                let own = Operand::Times(reg, 1);
                if Bounds::FLAG.contains(self.bounds_of(reg)) {
                    return Some(own);
                }
                self.compare(Comparison::IsNot, own, Operand::Fixed(0))
            }
        }
    }

    /// One of two integers, by a condition.
    pub(super) fn select(
        &mut self,
        when: Operand,
        then: Operand,
        otherwise: Operand,
    ) -> Option<Operand> {
        let when = match when {
            Operand::Fixed(known) => return Some(if known != 0 { then } else { otherwise }),
            Operand::Times(reg, _) => reg,
        };
        if then == otherwise {
            return Some(then);
        }
        let bounds = self.bounds(then)?.with(self.bounds(otherwise)?);
        let wide = self.is_wide(&[then, otherwise], &[bounds]);
        let into = self.reg(bounds)?;
        self.code.push(Instruction::Select {
            into,
            when,
            then,
            otherwise,
            wide,
        });
        Some(Operand::Times(into, 1))
    }

    /// The form of a column, or of one number, as a column.
    pub(super) fn column(&mut self, operand: Operand) -> Option<Reg> {
        match operand {
            Operand::Times(reg, 1) => Some(reg),
            other => {
                let bounds = self.bounds(other)?;
                let wide = self.is_wide(&[other], &[bounds]);
                let into = self.reg(bounds)?;
                self.code.push(Instruction::Binary {
                    into,
                    how: Binary::Add,
                    left: other,
                    right: Operand::Fixed(0),
                    wide,
                });
                Some(into)
            }
        }
    }
}

/// The operand times a factor.
pub(super) fn times(operand: Operand, factor: i128) -> Option<Operand> {
    match operand {
        _ if factor == 0 => Some(Operand::Fixed(0)),
        Operand::Fixed(value) => value.checked_mul(factor).map(Operand::Fixed),
        Operand::Times(reg, own) => own.checked_mul(factor).map(|own| Operand::Times(reg, own)),
    }
}

fn factor(operand: Operand) -> i128 {
    match operand {
        Operand::Fixed(value) => value,
        Operand::Times(_, factor) => factor,
    }
}

fn divided(operand: Operand, by: i128) -> Operand {
    match operand {
        Operand::Fixed(value) => Operand::Fixed(value / by),
        Operand::Times(reg, factor) => Operand::Times(reg, factor / by),
    }
}

fn reduced_by(above: Operand, by: i128) -> (Operand, i128) {
    let common = gcd(factor(above), by).max(1);
    (divided(above, common), by / common)
}

/// Both without the factor that they share.
fn reduced(left: Operand, right: Operand) -> (Operand, Operand) {
    let common = gcd(factor(left), factor(right)).max(1);
    (divided(left, common), divided(right, common))
}

/// A form in lower terms.
pub(super) fn simple(above: Operand, scale: i128, below: Option<Reg>) -> Form {
    if above == Operand::Fixed(0) {
        return Form::fixed(0, 1);
    }
    let (above, scale) = reduced_by(above, scale);
    Form {
        above,
        scale,
        below,
    }
}

/// A comparison of a column times a factor with one number becomes one of the column with a whole number: nothing is
/// multiplied in each lane.
fn threshold(how: Binary, left: Operand, right: Operand) -> (Binary, Operand, Operand) {
    match (how, left, right) {
        (Binary::Below | Binary::AtMost, Operand::Times(reg, factor), Operand::Fixed(level)) => {
            let own = Operand::Times(reg, 1);
            let (level, size) = (level * factor.signum(), factor.abs());
            let down = level.div_euclid(size);
            let up = down + i128::from(level.rem_euclid(size) != 0);
            match (how, factor > 0) {
                (Binary::Below, true) => (how, own, Operand::Fixed(up)),
                (_, true) => (how, own, Operand::Fixed(down)),
                (Binary::Below, false) => (how, Operand::Fixed(down), own),
                (_, false) => (how, Operand::Fixed(up), own),
            }
        }
        (Binary::Below | Binary::AtMost, Operand::Fixed(level), Operand::Times(reg, factor)) => {
            let own = Operand::Times(reg, 1);
            let (level, size) = (level * factor.signum(), factor.abs());
            let down = level.div_euclid(size);
            let up = down + i128::from(level.rem_euclid(size) != 0);
            match (how, factor > 0) {
                (Binary::Below, true) => (how, Operand::Fixed(down), own),
                (_, true) => (how, Operand::Fixed(up), own),
                (Binary::Below, false) => (how, own, Operand::Fixed(up)),
                (_, false) => (how, own, Operand::Fixed(down)),
            }
        }
        other => other,
    }
}
