//! The parts of a total in columns.

use crate::columnar::builder::{simple, times};
use crate::columnar::form::{Bounds, Operand, Value, lcm};
use crate::columnar::kernel::Instruction;
use crate::program::NodeId;
use crate::quantity::Exact;

use super::Compiler;

impl Compiler<'_> {
    pub(super) fn share(
        &mut self,
        parts: &[NodeId],
        total: NodeId,
        step: &Exact,
    ) -> Option<Vec<Value>> {
        let (step, step_scale) = step.to_ratio()?;
        let (step, step_scale) = (i128::from(step), i128::from(step_scale));
        if step <= 0 {
            return None;
        }
        let total = self.value(total);
        let mut state = total.state;
        let mut scale = 1;
        let mut below = None;
        let values: Vec<Value> = parts.iter().map(|part| self.value(*part)).collect();
        for value in &values {
            state = self.builder.joined(state, value.state);
            scale = lcm(scale, value.form.scale)?;
            match (below, value.form.below) {
                (_, None) => {}
                (None, own) => below = own,
                (Some(one), Some(other)) if one == other => {}
                _ => return None,
            }
        }
        // A part in steps: above × step_scale / (scale × step × below).
        let by = scale.checked_mul(step)?;
        let mut wide = Vec::new();
        let mut operands = Vec::new();
        for value in &values {
            let factor = (scale / value.form.scale).checked_mul(step_scale)?;
            let mut above = times(value.form.above, factor)?;
            if let (Some(below), None) = (below, value.form.below) {
                above = self.builder.multiply(above, Operand::Times(below, 1))?;
            }
            wide.push(self.builder.bounds(above)?);
            operands.push(above);
        }
        let total_above = times(total.form.above, step_scale)?;
        let total_by = total.form.scale.checked_mul(step)?;
        let one = Bounds::of(1, 1);
        let dividing = below.map_or(Some(Bounds::of(by, by)), |below| {
            self.builder.bounds(Operand::Times(below, by))
        })?;
        let total_dividing = total
            .form
            .below
            .map_or(Some(Bounds::of(total_by, total_by)), |below| {
                self.builder.bounds(Operand::Times(below, total_by))
            })?;
        let sum = wide
            .iter()
            .try_fold(one, |sum, own| sum.plus(Bounds::of(0, own.largest())))?;
        wide.extend([
            dividing,
            total_dividing,
            sum,
            self.builder.bounds(total_above)?,
        ]);
        let mut all = operands.clone();
        all.push(total_above);
        all.extend(
            below
                .iter()
                .chain(&total.form.below)
                .map(|reg| Operand::Times(*reg, 1)),
        );
        let is_wide = self.builder.is_wide(&all, &wide);
        let mut into = Vec::new();
        for own in &operands {
            let bounds = self.builder.bounds(*own)?;
            let size = |value: i128| value / dividing.least.max(1) + 2;
            into.push(self.builder.reg(Bounds::of(
                -size(-bounds.least.min(0)),
                size(bounds.most.max(0)),
            ))?);
        }
        self.builder.code.push(Instruction::Share {
            into: into.clone(),
            parts: operands,
            by,
            below,
            total: total_above,
            total_by,
            total_below: total.form.below,
            wide: is_wide,
        });
        let form = |reg| simple(Operand::Times(reg, step), step_scale, None);
        Some(
            into.into_iter()
                .map(|reg| Value {
                    form: form(reg),
                    state,
                })
                .collect(),
        )
    }
}
