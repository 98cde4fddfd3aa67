//! A program to a kernel, for data within known bounds.
//!
//! **A kernel never changes a number.** A value that columns cannot hold, or an operation that they do not know, is marked
//! [`mark::ASK`] in the lanes concerned: these rows are computed by the exact evaluator.

mod bands;
mod series;
mod sharing;

use std::collections::HashMap;

use crate::program::{Cause, Comparison, EveryMonth, Fold, NodeId, Op, Program};
use crate::quantity::{Exact, RoundingMode};

use super::allocate::allocate;
use super::builder::{Builder, simple, times};
use super::form::{Bounds, Form, Operand, State, Value, mark};
use super::kernel::{Calendar, Change, Instruction, Kernel, Output, Test};
use super::shape::{SeriesShape, Shape};

/// Values of a series are kept if they are smaller than this.
pub(super) const KEPT: i128 = 1 << 61;

/// The largest scale of a series.
const FINEST: i128 = 1_000_000_000_000_000;

/// The parts, the total and the smallest amount of a sharing.
type Shared = (Box<[NodeId]>, NodeId, Exact);

pub(super) struct Compiler<'p> {
    program: &'p Program,
    shape: &'p Shape,
    builder: Builder,
    /// By node; nothing for a node that nobody needs.
    values: Vec<Option<Value>>,
    shares: HashMap<Shared, Vec<Value>>,
}

/// A kernel for the values that are asked for, and for each series the scale and divisor that its values really have.
pub(super) fn compile(
    program: &Program,
    shape: &Shape,
    needed: &[bool],
    roots: &[NodeId],
) -> (Kernel, Vec<Option<SeriesShape>>) {
    let mut compiler = Compiler {
        program,
        shape,
        builder: Builder::default(),
        values: vec![None; program.nodes.len()],
        shares: HashMap::new(),
    };
    for ((at, node), needed) in (0u32..).zip(&program.nodes).zip(needed) {
        if *needed {
            let value = compiler.node(NodeId(at), &node.op);
            if let Some(slot) = compiler.values.get_mut(at as usize) {
                *slot = Some(value.unwrap_or(Value::never(mark::ASK)));
            }
        }
    }
    let outputs = roots.iter().map(|root| compiler.output(*root)).collect();
    let (mut stores, mut found) = (Vec::new(), Vec::new());
    for (at, node) in program.series.iter().enumerate() {
        let value = compiler.values.get(node.0 as usize).copied().flatten();
        found.push(value.map(|value| compiler.found(value)));
        if let Some(value) = value {
            stores.extend(compiler.store(at, value));
        }
    }
    let kernel = Kernel {
        wide: compiler.builder.wide(),
        marks: compiler.builder.marks as usize,
        code: compiler.builder.code,
        outputs,
        stores,
    };
    (allocate(kernel), found)
}

impl Compiler<'_> {
    fn value(&self, id: NodeId) -> Value {
        let value = self.values.get(id.0 as usize).copied().flatten();
        value.unwrap_or(Value::never(mark::ASK))
    }

    fn output(&self, root: NodeId) -> Output {
        let Value { form, state } = self.value(root);
        Output {
            above: form.above,
            scale: form.scale,
            below: form.below,
            state,
        }
    }

    /// The value of a node; nothing if it is beyond what columns hold.
    fn node(&mut self, id: NodeId, op: &Op) -> Option<Value> {
        match op {
            Op::Constant(value) => constant(value).map(Value::known),
            Op::Input(slot) => self.input(slot.0 as usize),
            Op::Sum(all) => self.sum(all),
            Op::Subtract(a, b) => self.subtract(self.value(*a), self.value(*b)),
            Op::Multiply(a, b) => {
                let (a, b) = (self.value(*a), self.value(*b));
                let form = self.builder.product_of(a.form, b.form);
                self.of_two(a, b, form)
            }
            Op::Divide(a, b) => self.divide(self.value(*a), self.value(*b)),
            Op::Negate(a) => {
                let a = self.value(*a);
                self.of_one(a, negative(a.form))
            }
            Op::Abs(a) => {
                let a = self.value(*a);
                let above = self.builder.magnitude(a.form.above, 0);
                self.of_one(
                    a,
                    above.map(|above| simple(above, a.form.scale, a.form.below)),
                )
            }
            Op::Min(all) => self.extreme(true, all),
            Op::Max(all) => self.extreme(false, all),
            Op::Compare(how, a, b) => {
                let (a, b) = (self.value(*a), self.value(*b));
                let holds = self.builder.compared(*how, a.form, b.form);
                self.of_two(a, b, holds.map(Form::whole))
            }
            Op::And(all) => self.connect(true, all),
            Op::Or(all) => self.connect(false, all),
            Op::Not(a) => {
                let a = self.value(*a);
                let holds = self.builder.condition(a.form)?;
                let negated = self.builder.negated(holds);
                self.of_one(a, negated.map(Form::whole))
            }
            Op::If(condition, then, otherwise) => self.choose(
                self.value(*condition),
                self.value(*then),
                self.value(*otherwise),
            ),
            Op::Bands(subject, bands, no_value) => {
                let no_value = no_value.map(|node| self.value(node));
                self.bands(self.value(*subject), bands, no_value)
            }
            Op::Round(a, rounding) => self.round(self.value(*a), rounding.mode, &rounding.step),
            Op::Floor(a) => self.round(self.value(*a), RoundingMode::Floor, &Exact::one()),
            Op::Ceiling(a) => self.round(self.value(*a), RoundingMode::Ceiling, &Exact::one()),
            Op::Share {
                parts,
                total,
                step,
                index,
            } => {
                let key = (parts.clone(), *total, (**step).clone());
                if !self.shares.contains_key(&key) {
                    let shares = self.share(parts, *total, step)?;
                    self.shares.insert(key.clone(), shares);
                }
                self.shares.get(&key)?.get(*index as usize).copied()
            }
            Op::Previous(series, first) => {
                self.previous(*series, first.map(|node| self.value(node)))
            }
            Op::Window(series, fold, months) => {
                let window = self.window(id, *series, *fold, *months)?;
                self.folded(&window, *series)
            }
            Op::MonthsIn(series, months) => {
                let window = self.window(id, *series, Fold::Sum, *months)?;
                Some(Value::known(Form::whole(Operand::Times(window.count, 1))))
            }
            Op::Recover(a, cause, b) => self.recover(self.value(*a), *cause, self.value(*b)),
            Op::NoValue => Some(Value::never(mark::NONE)),
            Op::IfKnown(a, b) => {
                let (a, b) = (self.value(*a), self.value(*b));
                let absent = self.builder.test(a.state, Test::None)?;
                Some(self.builder.choose(absent, b, a))
            }
            Op::IsKnown(a) => {
                let a = self.value(*a);
                let known = self.builder.test(a.state, Test::Number)?;
                let state = self.builder.changed(a.state, Change::NoneToNumber);
                Some(Value {
                    form: Form::whole(known),
                    state,
                })
            }
            Op::InRange(a, ends) => self.in_range(self.value(*a), &ends.0, &ends.1),
            Op::ByAgreement | Op::Broken | Op::NoInvoice(_) => Some(Value::never(mark::FAULT)),
            Op::Month => self.calendar(Calendar::Month, Bounds::of(0, 200_000)),
            Op::MonthOfTerm => self.calendar(Calendar::MonthOfTerm, Bounds::of(-200_000, 200_000)),
            Op::MonthOfYear => self.calendar(Calendar::MonthOfYear, Bounds::of(1, 12)),
            Op::DaysInMonth => self.calendar(Calendar::Days, Bounds::of(28, 31)),
            Op::Ends(every) => self.ends(*every),
        }
    }

    fn of_one(&self, a: Value, form: Option<Form>) -> Option<Value> {
        match (a.state, form) {
            // Where there is never a number, it does not matter which.
            (State::Always(never), _) if never != 0 => Some(Value::never(never)),
            (state, Some(form)) => Some(Value { form, state }),
            (_, None) => None,
        }
    }

    fn of_two(&mut self, a: Value, b: Value, form: Option<Form>) -> Option<Value> {
        let state = self.builder.joined(a.state, b.state);
        match (state, form) {
            (State::Always(never), _) if never != 0 => Some(Value::never(never)),
            (state, Some(form)) => Some(Value { form, state }),
            (_, None) => None,
        }
    }

    fn input(&mut self, slot: usize) -> Option<Value> {
        let shape = self.shape.inputs.get(slot)?;
        if shape.never {
            return Some(Value::never(mark::MISSING));
        }
        let into = self.builder.reg(shape.bounds)?;
        self.builder.code.push(Instruction::Input { into, slot });
        let state = if shape.may_be_missing {
            let marks = self.builder.new_marks();
            self.builder
                .code
                .push(Instruction::Missing { into: marks, slot });
            State::Of(marks)
        } else {
            State::KNOWN
        };
        let scale = 10_i128.checked_pow(shape.places)?;
        Some(Value {
            form: Form {
                above: Operand::Times(into, 1),
                scale,
                below: None,
            },
            state,
        })
    }

    fn calendar(&mut self, what: Calendar, bounds: Bounds) -> Option<Value> {
        let into = self.builder.reg(bounds)?;
        self.builder.code.push(Instruction::Calendar { into, what });
        Some(Value::known(Form::whole(Operand::Times(into, 1))))
    }

    fn ends(&mut self, every: EveryMonth) -> Option<Value> {
        self.calendar(Calendar::Ends(every), Bounds::FLAG)
    }

    fn sum(&mut self, all: &[NodeId]) -> Option<Value> {
        let Some((first, rest)) = all.split_first() else {
            return Some(Value::known(Form::fixed(0, 1)));
        };
        let mut sum = self.value(*first);
        for id in rest {
            let value = self.value(*id);
            let form = self.builder.sum(sum.form, value.form);
            sum = self.of_two(sum, value, form)?;
        }
        Some(sum)
    }

    fn subtract(&mut self, a: Value, b: Value) -> Option<Value> {
        let form = negative(b.form).and_then(|negative| self.builder.sum(a.form, negative));
        self.of_two(a, b, form)
    }

    fn extreme(&mut self, least: bool, all: &[NodeId]) -> Option<Value> {
        let Some((first, rest)) = all.split_first() else {
            return Some(Value::never(mark::NONE));
        };
        let mut best = self.value(*first);
        for id in rest {
            let value = self.value(*id);
            let form = self.builder.extreme_of(least, best.form, value.form);
            best = self.of_two(best, value, form)?;
        }
        Some(best)
    }

    fn divide(&mut self, a: Value, b: Value) -> Option<Value> {
        let quotient = self.builder.quotient(a.form, b.form);
        let both = self.of_two(a, b, quotient.map(|(form, _)| form))?;
        let state = match quotient {
            Some((_, is_zero)) => self.builder.marked(both.state, is_zero, true, mark::ZERO),
            None => both.state,
        };
        Some(Value { state, ..both })
    }

    /// `and` is decided by the first condition that is not met, `or` by the first that is; the rest does not count.
    fn connect(&mut self, conjunction: bool, all: &[NodeId]) -> Option<Value> {
        let mut holds = Operand::Fixed(i128::from(conjunction));
        let mut state = State::KNOWN;
        for id in all.iter().rev() {
            let own = self.value(*id);
            if matches!(own.state, State::Always(never) if never != 0) {
                (holds, state) = (Operand::Fixed(0), own.state);
                continue;
            }
            let condition = self.builder.condition(own.form)?;
            // What comes after counts only where this one does not decide.
            let rest = if conjunction {
                self.builder.selected_state(condition, state, State::KNOWN)
            } else {
                self.builder.selected_state(condition, State::KNOWN, state)
            };
            state = self.builder.first(own.state, rest);
            holds = self.builder.connect(conjunction, condition, holds)?;
        }
        Some(Value {
            form: Form::whole(holds),
            state,
        })
    }

    /// What does not count may be anything, even beyond what columns hold.
    fn choose(&mut self, condition: Value, then: Value, otherwise: Value) -> Option<Value> {
        let marks = self.builder.changed(condition.state, Change::NoneToFault);
        if let State::Always(never) = marks
            && never != 0
        {
            return Some(Value::never(never));
        }
        let when = self.builder.condition(condition.form)?;
        let chosen = self.builder.choose(when, then, otherwise);
        let state = self.builder.first(marks, chosen.state);
        Some(Value { state, ..chosen })
    }

    fn round(&mut self, a: Value, mode: RoundingMode, step: &Exact) -> Option<Value> {
        let step = step.to_ratio().map(|(n, d)| (i128::from(n), i128::from(d)));
        let form = step
            .filter(|step| step.0 > 0)
            .and_then(|step| self.builder.rounded(a.form, mode, step));
        self.of_one(a, form)
    }

    fn in_range(&mut self, a: Value, least: &Option<Exact>, most: &Option<Exact>) -> Option<Value> {
        if matches!(a.state, State::Always(never) if never != 0) {
            return Some(a);
        }
        let mut state = a.state;
        for (how, end) in [(Comparison::AtLeast, least), (Comparison::AtMost, most)] {
            if let Some(end) = end {
                let within = self.builder.compared(how, a.form, constant(end)?)?;
                state = self.builder.marked(state, within, false, mark::FAULT);
            }
        }
        Some(Value { state, ..a })
    }

    fn recover(&mut self, a: Value, cause: Cause, b: Value) -> Option<Value> {
        let (test, mixed) = match cause {
            Cause::Any => (Test::Fault, None),
            Cause::Missing => (Test::Only(mark::MISSING), Some(mark::MISSING)),
            Cause::ZeroDenominator => (Test::Only(mark::ZERO), Some(mark::ZERO)),
            Cause::NoHistory => (Test::Only(mark::HISTORY), Some(mark::HISTORY)),
        };
        let covered = self.builder.test(a.state, test)?;
        let state = match mixed {
            Some(bit) => self.builder.changed(a.state, Change::AskIfMixed(bit)),
            None => a.state,
        };
        Some(self.builder.choose(covered, b, Value { state, ..a }))
    }
}

fn constant(value: &Exact) -> Option<Form> {
    let (above, scale) = value.to_ratio()?;
    Some(Form::fixed(above.into(), scale.into()))
}

fn negative(form: Form) -> Option<Form> {
    Some(Form {
        above: times(form.above, -1)?,
        ..form
    })
}

/// Whether a series with this scale is kept in columns.
pub(super) fn is_kept(scale: i128) -> bool {
    scale <= FINEST
}
