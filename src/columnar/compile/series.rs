//! Earlier months in columns: what is kept of a month, and what reads it.

use crate::columnar::builder::{simple, times};
use crate::columnar::form::{Bounds, Form, Operand, State, Value, gcd, mark};
use crate::columnar::kernel::{Change, Instruction, Store, Test, Window};
use crate::columnar::shape::{SeriesShape, longest_back};
use crate::program::{Comparison, Fold, NodeId, SeriesId, WindowMonths};

use super::{Compiler, KEPT};

impl Compiler<'_> {
    /// The scale and bounds that a series' values have.
    pub(super) fn found(&self, value: Value) -> SeriesShape {
        let form = value.form;
        let all = Bounds::of(-KEPT, KEPT);
        let below = form.below.map(|reg| self.builder.bounds_of(reg));
        SeriesShape {
            scale: form.scale,
            has_below: form.below.is_some(),
            above: self.builder.bounds(form.above).unwrap_or(all),
            below: below.unwrap_or(Bounds::of(1, 1)),
        }
    }

    /// The value in the scale of its series; nothing for a series that columns do not keep.
    pub(super) fn store(&mut self, series: usize, value: Value) -> Option<Store> {
        let own = self.shape.series.get(series)?.as_ref()?;
        let form = value.form;
        let common = gcd(own.scale, form.scale).max(1);
        let above = times(form.above, own.scale / common);
        let one = form
            .below
            .map_or(Operand::Fixed(1), |below| Operand::Times(below, 1));
        let below = times(one, form.scale / common);
        match (above, below) {
            (Some(above), Some(below))
                if (own.has_below || below == Operand::Fixed(1))
                    && self.builder.bounds(above).is_some()
                    && self.builder.bounds(below).is_some() =>
            {
                Some(Store {
                    series,
                    above,
                    below,
                    state: value.state,
                })
            }
            _ => Some(Store {
                series,
                above: Operand::Fixed(0),
                below: Operand::Fixed(1),
                state: State::Always(mark::ASK),
            }),
        }
    }

    pub(super) fn previous(&mut self, series: SeriesId, first: Option<Value>) -> Option<Value> {
        let at = series.0 as usize;
        let own = (*self.shape.series.get(at)?)?;
        let above = self.builder.reg(own.above)?;
        let below = if own.has_below {
            Some(self.builder.reg(own.below)?)
        } else {
            None
        };
        let marks = self.builder.new_marks();
        self.builder.code.push(Instruction::Previous {
            series: at,
            above,
            below,
            marks,
        });
        let before = Value {
            form: simple(Operand::Times(above, 1), own.scale, below),
            state: State::Of(marks),
        };
        let Some(first) = first else {
            return Some(before);
        };
        let is_first = self.builder.test(before.state, Test::Has(mark::HISTORY))?;
        let state = self.builder.changed(before.state, Change::HistoryToNumber);
        Some(
            self.builder
                .choose(is_first, first, Value { state, ..before }),
        )
    }

    pub(super) fn window(
        &mut self,
        reader: NodeId,
        series: SeriesId,
        fold: Fold,
        months: WindowMonths,
    ) -> Option<Window> {
        let at = series.0 as usize;
        let own = (*self.shape.series.get(at)?)?;
        let source = *self.program.series.get(at)?;
        let current = if source < reader {
            let value = self.value(source);
            Some(self.store(at, value)?)
        } else {
            None
        };
        let most = i128::try_from(longest_back(months, self.program)).ok()? + 1;
        let mut each = own.above;
        if let Some(current) = &current {
            each = each.with(self.builder.bounds(current.above)?);
        }
        let each = each.with(Bounds::of(0, 0));
        let (bounds, below) = if own.has_below {
            let kept = Bounds::of(-KEPT, KEPT);
            let below = self.builder.reg(Bounds::of(1, KEPT))?;
            (kept, Some(below))
        } else {
            (each.times(most)?, None)
        };
        if !bounds.is_narrow() {
            return None;
        }
        let window = Window {
            series: at,
            fold,
            months,
            current,
            above: self.builder.reg(bounds)?,
            below,
            count: self.builder.reg(Bounds::of(0, most))?,
            marks: self.builder.new_marks(),
        };
        self.builder
            .code
            .push(Instruction::Window(Box::new(window.clone())));
        Some(window)
    }

    /// The value of a window.
    pub(super) fn folded(&mut self, window: &Window, series: SeriesId) -> Option<Value> {
        let scale = self.shape.series.get(series.0 as usize)?.as_ref()?.scale;
        let form = simple(Operand::Times(window.above, 1), scale, window.below);
        let count = Operand::Times(window.count, 1);
        let state = State::Of(window.marks);
        if window.fold == Fold::Sum {
            return Some(Value { form, state });
        }
        let is_empty = self
            .builder
            .compare(Comparison::Is, count, Operand::Fixed(0))?;
        let state = self.builder.marked(state, is_empty, true, mark::HISTORY);
        let form = if window.fold == Fold::Average {
            self.builder.quotient(form, Form::whole(count))?.0
        } else {
            form
        };
        Some(Value { form, state })
    }
}
