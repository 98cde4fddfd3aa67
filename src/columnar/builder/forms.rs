//! Numbers in columns, and the instructions that compute them.

use crate::columnar::form::{Bounds, Form, Operand, Reg, gcd, lcm};
use crate::columnar::kernel::Instruction;
use crate::columnar::machine::rounded;
use crate::program::Comparison;
use crate::quantity::RoundingMode;

use super::{Builder, factor, reduced_by, simple, times};

impl Builder {
    /// Both numbers with the same divisor, except for the product of what divides them: the integers above, the scale,
    /// and the columns below.
    fn crossed(&mut self, a: Form, b: Form) -> Option<(Operand, Operand, i128, [Option<Reg>; 2])> {
        let scale = lcm(a.scale, b.scale)?;
        let (mut left, mut right) = (
            times(a.above, scale / a.scale)?,
            times(b.above, scale / b.scale)?,
        );
        if a.below == b.below {
            return Some((left, right, scale, [a.below, None]));
        }
        if let Some(below) = b.below {
            left = self.multiply(left, Operand::Times(below, 1))?;
        }
        if let Some(below) = a.below {
            right = self.multiply(right, Operand::Times(below, 1))?;
        }
        Some((left, right, scale, [a.below, b.below]))
    }

    fn product(&mut self, below: [Option<Reg>; 2]) -> Option<Option<Reg>> {
        match below {
            [None, other] | [other, None] => Some(other),
            [Some(a), Some(b)] => {
                let product = self.multiply(Operand::Times(a, 1), Operand::Times(b, 1))?;
                self.column(product).map(Some)
            }
        }
    }

    pub(in crate::columnar) fn sum(&mut self, a: Form, b: Form) -> Option<Form> {
        if a.above == Operand::Fixed(0) {
            return Some(b);
        }
        if b.above == Operand::Fixed(0) {
            return Some(a);
        }
        let (left, right, scale, below) = self.crossed(a, b)?;
        let above = self.add(left, right)?;
        let below = self.product(below)?;
        Some(simple(above, scale, below))
    }

    pub(in crate::columnar) fn product_of(&mut self, a: Form, b: Form) -> Option<Form> {
        let above = self.multiply(a.above, b.above)?;
        let below = self.product([a.below, b.below])?;
        let (a, b) = (simple(above, a.scale, below), b.scale);
        Some(simple(a.above, a.scale.checked_mul(b)?, a.below))
    }

    pub(in crate::columnar) fn compared(
        &mut self,
        how: Comparison,
        a: Form,
        b: Form,
    ) -> Option<Operand> {
        let (left, right, _, _) = self.crossed(a, b)?;
        self.compare(how, left, right)
    }

    /// The lesser or the greater of two numbers.
    pub(in crate::columnar) fn extreme_of(
        &mut self,
        least: bool,
        a: Form,
        b: Form,
    ) -> Option<Form> {
        if a.below.is_none() && b.below.is_none() {
            let (left, right, scale, _) = self.crossed(a, b)?;
            let above = self.extreme(least, left, right)?;
            return Some(simple(above, scale, None));
        }
        let how = if least {
            Comparison::AtMost
        } else {
            Comparison::AtLeast
        };
        let first = self.compared(how, a, b)?;
        self.selected(first, a, b)
    }

    /// One of two numbers, by a condition.
    pub(in crate::columnar) fn selected(
        &mut self,
        when: Operand,
        a: Form,
        b: Form,
    ) -> Option<Form> {
        let scale = lcm(a.scale, b.scale)?;
        let then = times(a.above, scale / a.scale)?;
        let otherwise = times(b.above, scale / b.scale)?;
        let above = self.select(when, then, otherwise)?;
        if a.below == b.below {
            return Some(simple(above, scale, a.below));
        }
        let one =
            |below: Option<Reg>| below.map_or(Operand::Fixed(1), |reg| Operand::Times(reg, 1));
        let below = self.select(when, one(a.below), one(b.below))?;
        let below = self.column(below)?;
        Some(simple(above, scale, Some(below)))
    }

    /// The quotient; where the second is 0, any number. Also a condition that is 1 there.
    pub(in crate::columnar) fn quotient(&mut self, a: Form, b: Form) -> Option<(Form, Operand)> {
        let is_zero = self.compare(Comparison::Is, b.above, Operand::Fixed(0))?;
        if let Operand::Fixed(divisor) = b.above {
            if divisor == 0 {
                return Some((Form::fixed(0, 1), Operand::Fixed(1)));
            }
            let turned = Form::fixed(b.scale * divisor.signum(), divisor.abs());
            let by = self.product_of(a, turned)?;
            let above = match b.below {
                Some(below) => self.multiply(by.above, Operand::Times(below, 1))?,
                None => by.above,
            };
            return Some((simple(above, by.scale, by.below), is_zero));
        }
        // What divides is a column above 0, without a factor below 0.
        let divisor = if factor(b.above) < 0 {
            Operand::Times(self.column(b.above)?, 1)
        } else {
            b.above
        };
        let (sign, size) = self.sign_and_size(divisor)?;
        let mut above = match sign {
            Some(sign) => self.signed(a.above, sign)?,
            None => a.above,
        };
        above = times(above, b.scale)?;
        if let Some(below) = b.below {
            above = self.multiply(above, Operand::Times(below, 1))?;
        }
        let (size, factor) = match size {
            Operand::Times(reg, factor) => (reg, factor),
            Operand::Fixed(_) => return None,
        };
        let below = self.product([a.below, Some(size)])?;
        Some((simple(above, a.scale.checked_mul(factor)?, below), is_zero))
    }

    /// What has the sign of the integer, if it can be below 0, and its distance from 0, at least 1.
    fn sign_and_size(&mut self, of: Operand) -> Option<(Option<Operand>, Operand)> {
        let bounds = self.bounds(of)?;
        if bounds.least > 0 {
            return Some((None, of));
        }
        let size = self.magnitude(of, 1)?;
        Some(((bounds.least < 0).then_some(of), size))
    }

    /// The distance from 0, and at least `least`.
    pub(in crate::columnar) fn magnitude(&mut self, of: Operand, least: i128) -> Option<Operand> {
        let bounds = self.bounds(of)?;
        if bounds.least >= least {
            return Some(of);
        }
        let own = Bounds::of(least, bounds.largest().max(least + 1));
        let wide = self.is_wide(&[of], &[own]);
        let into = self.reg(own)?;
        self.code.push(Instruction::Magnitude {
            into,
            of,
            least,
            wide,
        });
        Some(Operand::Times(into, 1))
    }

    /// The integer with its sign turned where the other is below 0.
    fn signed(&mut self, value: Operand, like: Operand) -> Option<Operand> {
        let largest = self.bounds(value)?.largest();
        let own = Bounds::of(-largest, largest);
        let wide = self.is_wide(&[value, like], &[own]);
        let into = self.reg(own)?;
        self.code.push(Instruction::Signed {
            into,
            value,
            like,
            wide,
        });
        Some(Operand::Times(into, 1))
    }

    /// A number rounded to multiples of `step / step_scale`.
    pub(in crate::columnar) fn rounded(
        &mut self,
        a: Form,
        mode: RoundingMode,
        (step, step_scale): (i128, i128),
    ) -> Option<Form> {
        // How many steps: above × step_scale / (scale × step × below).
        let (factor, by) = (step_scale, a.scale.checked_mul(step)?);
        let common = gcd(factor, by).max(1);
        let (above, by) = (times(a.above, factor / common)?, by / common);
        let (above, by) = reduced_by(above, by);
        if by == 1 && a.below.is_none() {
            return Some(a);
        }
        let bounds = self.bounds(above)?;
        if let (Operand::Fixed(value), None) = (above, a.below) {
            let steps = rounded(value, by, mode);
            return Some(simple(
                Operand::Fixed(steps.checked_mul(step)?),
                step_scale,
                None,
            ));
        }
        let dividing = match a.below {
            Some(below) => self.bounds(Operand::Times(below, by))?,
            None => Bounds::of(by, by),
        };
        // Twice the integer and the divisor together are the largest that comes up.
        let reach = Bounds::of(0, bounds.largest()).times(2)?.plus(dividing)?;
        let most = |value: i128| value / dividing.least.max(1) + 1;
        let own = Bounds::of(-most(-bounds.least.min(0)), most(bounds.most.max(0)));
        let own = if bounds.least >= 0 {
            Bounds::of(0, own.most)
        } else {
            own
        };
        let wide = self.is_wide(&[above], &[reach, dividing.times(2)?, own]);
        let twice = by.checked_mul(2)?;
        let reciprocal = match (mode, a.below, wide) {
            (RoundingMode::HalfUp, None, false) if reach.most.checked_mul(twice)? < 1 << 64 => {
                u64::try_from((1_i128 << 64) / twice + 1).unwrap_or(0)
            }
            _ => 0,
        };
        let into = self.reg(own)?;
        self.code.push(Instruction::Round {
            into,
            above,
            by,
            below: a.below,
            mode,
            reciprocal,
            wide,
        });
        Some(simple(Operand::Times(into, step), step_scale, None))
    }
}
