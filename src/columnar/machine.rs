//! Runs kernels: each instruction over all lanes before the next one.
//!
//! Every number stays within the bounds that the kernel was made with, so nothing overflows; the arithmetic wraps only so that
//! the processor may do several lanes at once.

mod ladder;
mod rounding;
mod sharing;
mod windows;

use crate::calendar::{Month, Period};
use crate::data::Cells;
use crate::evaluate::{ends, month_of_term};

use super::compile::KEPT;
use super::form::{Marks, Operand, Reg, State, gcd, mark};
use super::kernel::{Binary, Calendar, Change, Instruction, Kernel, Store, Test};
use super::memory::Memory;

pub(super) use rounding::rounded;

/// The rows of a step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rows<'a> {
    /// One after the other, from here on.
    From(usize),
    /// These.
    These(&'a [u32]),
}

/// Rows that are computed together. Where anything depends on the month, they are all of one month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step<'a> {
    pub(super) columns: &'a [Cells],
    pub(super) rows: Rows<'a>,
    /// How many.
    pub(super) count: usize,
    pub(super) month: Month,
    pub(super) term: Option<Period>,
    /// The account of each lane.
    pub(super) accounts: &'a [u32],
    pub(super) memory: &'a Memory,
}

/// A column of integers.
#[derive(Clone, Debug)]
enum Lanes {
    Narrow(Vec<i64>),
    Wide(Vec<i128>),
}

/// The columns of a kernel.
#[derive(Debug, Default)]
pub(super) struct Machine {
    lanes: Vec<Lanes>,
    marks: Vec<Vec<u8>>,
    scratch: [Vec<i128>; 3],
    count: usize,
}

impl Default for Lanes {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

/// Operands for narrow arithmetic.
#[derive(Clone, Copy)]
enum Source<'a> {
    Fixed(i64),
    Column(&'a [i64], i64),
}

impl Machine {
    /// Runs a kernel for the rows of a step.
    pub(super) fn run(&mut self, kernel: &Kernel, step: &Step<'_>) {
        self.prepare(kernel, step.count);
        for instruction in &kernel.code {
            self.instruction(instruction, step);
        }
    }

    fn prepare(&mut self, kernel: &Kernel, count: usize) {
        self.count = count;
        self.lanes.resize_with(kernel.wide.len(), Lanes::default);
        for (lanes, wide) in self.lanes.iter_mut().zip(&kernel.wide) {
            match (lanes, wide) {
                (Lanes::Narrow(own), false) => own.resize(count, 0),
                (Lanes::Wide(own), true) => own.resize(count, 0),
                (lanes, true) => *lanes = Lanes::Wide(vec![0; count]),
                (lanes, false) => *lanes = Lanes::Narrow(vec![0; count]),
            }
        }
        self.marks.resize_with(kernel.marks, Vec::new);
        for marks in &mut self.marks {
            marks.resize(count, 0);
        }
    }

    /// The integers of an operand, if they fit.
    pub(super) fn integer(&self, operand: Operand, lane: usize) -> Option<i64> {
        match operand {
            Operand::Fixed(value) => i64::try_from(value).ok(),
            Operand::Times(reg, factor) => {
                let value = match self.lanes.get(reg.0 as usize)? {
                    Lanes::Narrow(own) => i128::from(*own.get(lane)?),
                    Lanes::Wide(own) => *own.get(lane)?,
                };
                i64::try_from(value.checked_mul(factor)?).ok()
            }
        }
    }

    /// The column, if its integers are small and taken as they are.
    pub(super) fn narrow(&self, operand: Operand) -> Option<&[i64]> {
        match operand {
            Operand::Times(reg, 1) => match self.lanes.get(reg.0 as usize)? {
                Lanes::Narrow(own) => own.get(..self.count),
                Lanes::Wide(_) => None,
            },
            _ => None,
        }
    }

    /// The marks of a lane.
    pub(super) fn state(&self, state: State, lane: usize) -> u8 {
        match state {
            State::Always(bits) => bits,
            State::Of(marks) => self
                .column_of(marks)
                .get(lane)
                .copied()
                .unwrap_or(mark::ASK),
        }
    }

    pub(super) fn column_of(&self, marks: Marks) -> &[u8] {
        self.marks
            .get(marks.0 as usize)
            .and_then(|own| own.get(..self.count))
            .unwrap_or_default()
    }

    fn take(&mut self, reg: Reg) -> Lanes {
        self.lanes
            .get_mut(reg.0 as usize)
            .map(std::mem::take)
            .unwrap_or_default()
    }

    fn put(&mut self, reg: Reg, lanes: Lanes) {
        if let Some(slot) = self.lanes.get_mut(reg.0 as usize) {
            *slot = lanes;
        }
    }

    fn take_marks(&mut self, marks: Marks) -> Vec<u8> {
        self.marks
            .get_mut(marks.0 as usize)
            .map(std::mem::take)
            .unwrap_or_default()
    }

    fn put_marks(&mut self, marks: Marks, own: Vec<u8>) {
        if let Some(slot) = self.marks.get_mut(marks.0 as usize) {
            *slot = own;
        }
    }

    fn instruction(&mut self, instruction: &Instruction, step: &Step<'_>) {
        match instruction {
            Instruction::Input { into, slot } => self.input(*into, *slot, step),
            Instruction::Missing { into, slot } => self.missing(*into, *slot, step),
            Instruction::Calendar { into, what } => {
                let value = calendar(*what, step.month, step.term);
                self.narrowly(*into, |own, _| own.fill(value));
            }
            Instruction::Binary {
                into,
                how,
                left,
                right,
                wide: false,
            } => self.binary(*into, *how, *left, *right),
            Instruction::Binary {
                into,
                how,
                left,
                right,
                wide: true,
            } => self.widely(*into, [*left, *right, Operand::Fixed(0)], |a, b, _| {
                apply(*how, a, b)
            }),
            Instruction::Select {
                into,
                when,
                then,
                otherwise,
                wide: false,
            } => self.select(*into, *when, *then, *otherwise),
            Instruction::Select {
                into,
                when,
                then,
                otherwise,
                wide: true,
            } => {
                let operands = [*then, *otherwise, Operand::Times(*when, 1)];
                self.widely(*into, operands, |a, b, when| if when != 0 { a } else { b });
            }
            Instruction::Signed {
                into,
                value,
                like,
                wide: false,
            } => self.zip(*into, *value, *like, |a, b| {
                if b < 0 { a.wrapping_neg() } else { a }
            }),
            Instruction::Signed {
                into, value, like, ..
            } => {
                let operands = [*value, *like, Operand::Fixed(0)];
                self.widely(
                    *into,
                    operands,
                    |a, b, _| if b < 0 { a.wrapping_neg() } else { a },
                );
            }
            Instruction::Magnitude {
                into,
                of,
                least,
                wide: false,
            } => {
                let least = i64::try_from(*least).unwrap_or(0);
                self.zip(*into, *of, Operand::Fixed(0), |a, _| {
                    a.wrapping_abs().max(least)
                });
            }
            Instruction::Magnitude {
                into, of, least, ..
            } => {
                let operands = [*of, Operand::Fixed(0), Operand::Fixed(0)];
                self.widely(*into, operands, |a, _, _| a.wrapping_abs().max(*least));
            }
            Instruction::Round { .. } => self.round(instruction),
            Instruction::Ladder {
                into,
                above,
                below,
                rungs,
                last,
            } => self.ladder(*into, *above, *below, rungs, *last),
            Instruction::Share { .. } => self.share(instruction),
            Instruction::Previous {
                series,
                above,
                below,
                marks,
            } => self.previous(*series, (*above, *below, *marks), step),
            Instruction::Window(window) => self.window(window, step),
            Instruction::Join { into, left, right } => {
                let mut own = self.take_marks(*into);
                let both = self.column_of(*left).iter().zip(self.column_of(*right));
                for (own, (left, right)) in own.iter_mut().zip(both) {
                    *own = left | right;
                }
                self.put_marks(*into, own);
            }
            Instruction::First {
                into,
                first,
                second,
            } => {
                let mut own = self.take_marks(*into);
                self.fill(&mut own, *second);
                for (own, first) in own.iter_mut().zip(self.column_of(*first)) {
                    *own = if *first != 0 { *first } else { *own };
                }
                self.put_marks(*into, own);
            }
            Instruction::Mark {
                into,
                base,
                when,
                is,
                bits,
            } => {
                let mut own = self.take_marks(*into);
                self.fill(&mut own, *base);
                let (is, bits) = (i64::from(*is), *bits);
                if let Some(when) = self.narrow(Operand::Times(*when, 1)) {
                    for (own, when) in own.iter_mut().zip(when) {
                        *own = if *own == 0 && *when == is { bits } else { *own };
                    }
                }
                self.put_marks(*into, own);
            }
            Instruction::SelectMarks {
                into,
                when,
                then,
                otherwise,
            } => self.select_marks(*into, *when, *then, *otherwise),
            Instruction::Test { into, of, test } => {
                let test = *test;
                let of = *of;
                self.narrowly(*into, |own, machine| {
                    for (own, bits) in own.iter_mut().zip(machine.column_of(of)) {
                        *own = i64::from(passes(*bits, test));
                    }
                });
            }
            Instruction::Change { into, of, change } => {
                let mut own = self.take_marks(*into);
                for (own, bits) in own.iter_mut().zip(self.column_of(*of)) {
                    *own = changed(*bits, *change);
                }
                self.put_marks(*into, own);
            }
        }
    }

    /// Writes a narrow column.
    #[inline]
    fn narrowly(&mut self, into: Reg, write: impl FnOnce(&mut [i64], &Self)) {
        let mut lanes = self.take(into);
        if let Lanes::Narrow(own) = &mut lanes
            && let Some(own) = own.get_mut(..self.count)
        {
            write(own, self);
        }
        self.put(into, lanes);
    }

    fn input(&mut self, into: Reg, slot: usize, step: &Step<'_>) {
        let Some(cells) = step.columns.get(slot) else {
            return;
        };
        self.narrowly(into, |own, _| match step.rows {
            Rows::From(first) => {
                if let Some(values) = cells.values.get(first..first + own.len()) {
                    own.copy_from_slice(values);
                }
            }
            Rows::These(rows) => {
                for (own, row) in own.iter_mut().zip(rows) {
                    *own = cells.values.get(*row as usize).copied().unwrap_or(0);
                }
            }
        });
    }

    fn missing(&mut self, into: Marks, slot: usize, step: &Step<'_>) {
        let mut own = self.take_marks(into);
        own.fill(0);
        let missing = step
            .columns
            .get(slot)
            .map_or([].as_slice(), |cells| &cells.missing);
        if !missing.is_empty() {
            match step.rows {
                Rows::From(first) => {
                    let missing = missing.get(first..).unwrap_or_default();
                    for (own, missing) in own.iter_mut().zip(missing) {
                        *own = missing * mark::MISSING;
                    }
                }
                Rows::These(rows) => {
                    for (own, row) in own.iter_mut().zip(rows) {
                        let missing = missing.get(*row as usize).copied().unwrap_or(0);
                        *own = missing * mark::MISSING;
                    }
                }
            }
        }
        self.put_marks(into, own);
    }

    fn source(&self, operand: Operand) -> Source<'_> {
        match operand {
            Operand::Fixed(value) => Source::Fixed(i64::try_from(value).unwrap_or(0)),
            Operand::Times(reg, factor) => {
                let own = self.narrow(Operand::Times(reg, 1)).unwrap_or_default();
                Source::Column(own, i64::try_from(factor).unwrap_or(0))
            }
        }
    }

    /// A narrow result of two narrow operands.
    #[inline]
    fn zip(&mut self, into: Reg, left: Operand, right: Operand, apply: impl Fn(i64, i64) -> i64) {
        self.narrowly(into, |own, machine| {
            zip(own, machine.source(left), machine.source(right), apply)
        });
    }

    fn binary(&mut self, into: Reg, how: Binary, left: Operand, right: Operand) {
        match how {
            Binary::Add => self.zip(into, left, right, i64::wrapping_add),
            Binary::Multiply => self.zip(into, left, right, i64::wrapping_mul),
            Binary::Min => self.zip(into, left, right, i64::min),
            Binary::Max => self.zip(into, left, right, i64::max),
            Binary::And => self.zip(into, left, right, |a, b| a & b),
            Binary::Or => self.zip(into, left, right, |a, b| a | b),
            Binary::Below => self.zip(into, left, right, |a, b| i64::from(a < b)),
            Binary::AtMost => self.zip(into, left, right, |a, b| i64::from(a <= b)),
            Binary::Is => self.zip(into, left, right, |a, b| i64::from(a == b)),
            Binary::IsNot => self.zip(into, left, right, |a, b| i64::from(a != b)),
        }
    }

    fn select(&mut self, into: Reg, when: Reg, then: Operand, otherwise: Operand) {
        self.narrowly(into, |own, machine| {
            let when = machine.narrow(Operand::Times(when, 1)).unwrap_or_default();
            // First the one for all lanes, then the other where it counts.
            zip(own, machine.source(otherwise), Source::Fixed(0), |a, _| a);
            match machine.source(then) {
                Source::Fixed(then) => {
                    for (own, when) in own.iter_mut().zip(when) {
                        *own = if *when != 0 { then } else { *own };
                    }
                }
                Source::Column(then, 1) => {
                    for ((own, when), then) in own.iter_mut().zip(when).zip(then) {
                        *own = if *when != 0 { *then } else { *own };
                    }
                }
                Source::Column(then, factor) => {
                    for ((own, when), then) in own.iter_mut().zip(when).zip(then) {
                        *own = if *when != 0 {
                            then.wrapping_mul(factor)
                        } else {
                            *own
                        };
                    }
                }
            }
        });
    }

    /// The integers of an operand, at any size.
    fn load(&self, operand: Operand, into: &mut Vec<i128>) {
        into.clear();
        match operand {
            Operand::Fixed(value) => into.resize(self.count, value),
            Operand::Times(reg, factor) => match self.lanes.get(reg.0 as usize) {
                Some(Lanes::Narrow(own)) => {
                    into.extend(
                        own.iter()
                            .take(self.count)
                            .map(|value| i128::from(*value).wrapping_mul(factor)),
                    );
                }
                Some(Lanes::Wide(own)) => {
                    into.extend(
                        own.iter()
                            .take(self.count)
                            .map(|value| value.wrapping_mul(factor)),
                    );
                }
                None => into.resize(self.count, 0),
            },
        }
    }

    /// A result of up to three operands of any size.
    fn widely(
        &mut self,
        into: Reg,
        operands: [Operand; 3],
        apply: impl Fn(i128, i128, i128) -> i128,
    ) {
        let mut scratch = std::mem::take(&mut self.scratch);
        for (operand, scratch) in operands.into_iter().zip(&mut scratch) {
            self.load(operand, scratch);
        }
        let [a, b, c] = &scratch;
        let all = a.iter().zip(b).zip(c);
        let mut lanes = self.take(into);
        match &mut lanes {
            Lanes::Narrow(own) => {
                for (own, ((a, b), c)) in own.iter_mut().zip(all) {
                    *own = i64::try_from(apply(*a, *b, *c)).unwrap_or(0);
                }
            }
            Lanes::Wide(own) => {
                for (own, ((a, b), c)) in own.iter_mut().zip(all) {
                    *own = apply(*a, *b, *c);
                }
            }
        }
        self.put(into, lanes);
        self.scratch = scratch;
    }

    /// Marks for all lanes.
    fn fill(&self, own: &mut [u8], state: State) {
        match state {
            State::Always(bits) => own.fill(bits),
            State::Of(marks) => {
                let marks = self.column_of(marks);
                if own.len() == marks.len() {
                    own.copy_from_slice(marks);
                }
            }
        }
    }

    fn select_marks(&mut self, into: Marks, when: Reg, then: State, otherwise: State) {
        let mut own = self.take_marks(into);
        self.fill(&mut own, otherwise);
        let when = self.narrow(Operand::Times(when, 1)).unwrap_or_default();
        match then {
            State::Always(bits) => {
                for (own, when) in own.iter_mut().zip(when) {
                    *own = if *when != 0 { bits } else { *own };
                }
            }
            State::Of(then) => {
                for ((own, when), then) in own.iter_mut().zip(when).zip(self.column_of(then)) {
                    *own = if *when != 0 { *then } else { *own };
                }
            }
        }
        self.put_marks(into, own);
    }

    /// An integer of any size.
    fn any(&self, operand: Operand, lane: usize) -> Option<i128> {
        match operand {
            Operand::Fixed(value) => Some(value),
            Operand::Times(reg, factor) => {
                let value = match self.lanes.get(reg.0 as usize)? {
                    Lanes::Narrow(own) => i128::from(*own.get(lane)?),
                    Lanes::Wide(own) => *own.get(lane)?,
                };
                value.checked_mul(factor)
            }
        }
    }

    /// The values of a series, to be kept.
    pub(super) fn keep(&self, store: &Store, into: &mut Kept) {
        into.above.clear();
        into.below.clear();
        into.marks.clear();
        match store.state {
            State::Always(bits) => into.marks.resize(self.count, bits),
            State::Of(marks) => into.marks.extend_from_slice(self.column_of(marks)),
        }
        if let (Operand::Fixed(1), Some(values)) = (store.below, self.narrow_times(store.above)) {
            // Nothing divides: the integers as they are.
            into.below.resize(self.count, 1);
            for (above, marks) in values.zip(&mut into.marks) {
                let fits = above.filter(|above| i128::from(above.unsigned_abs()) < KEPT);
                if *marks == 0 && fits.is_none() {
                    *marks = mark::ASK;
                }
                into.above
                    .push(if *marks == 0 { fits.unwrap_or(0) } else { 0 });
            }
            return;
        }
        for lane in 0..self.count {
            let (above, below) = match (self.any(store.above, lane), self.any(store.below, lane)) {
                (Some(above), Some(below)) => kept(above, below),
                _ => None,
            }
            .unwrap_or_else(|| {
                if let Some(marks) = into.marks.get_mut(lane)
                    && *marks == 0
                {
                    *marks = mark::ASK;
                }
                (0, 1)
            });
            into.above.push(above);
            into.below.push(below);
        }
    }

    /// The integers of an operand whose column is narrow; nothing for one that is too large.
    fn narrow_times(&self, operand: Operand) -> Option<impl Iterator<Item = Option<i64>> + '_> {
        let (reg, factor) = match operand {
            Operand::Times(reg, factor) => (reg, i64::try_from(factor).ok()?),
            Operand::Fixed(_) => return None,
        };
        let values = self.narrow(Operand::Times(reg, 1))?;
        Some(values.iter().map(move |value| value.checked_mul(factor)))
    }
}

/// The values of a series in a month, by lane.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub(super) above: Vec<i64>,
    pub(super) below: Vec<i64>,
    pub(super) marks: Vec<u8>,
}

/// The integers of a fraction as they are kept, if they fit.
fn kept(above: i128, below: i128) -> Option<(i64, i64)> {
    // Small integers are kept as they are: reducing them takes longer than it saves.
    let (above, below) = if below == 1 || (above.abs() < SMALL && below < SMALL) {
        (above, below)
    } else {
        lowest(above, below)
    };
    let fits = above.abs() < KEPT && below < KEPT;
    fits.then_some((i64::try_from(above).ok()?, i64::try_from(below).ok()?))
}

/// Fractions of smaller integers are kept as they are.
const SMALL: i128 = 1 << 24;

fn lowest(above: i128, below: i128) -> (i128, i128) {
    let common = gcd(above, below).max(1);
    (above / common, below / common)
}

fn set(lanes: &mut Lanes, lane: usize, value: i128) {
    match lanes {
        Lanes::Narrow(own) => {
            if let Some(own) = own.get_mut(lane) {
                *own = i64::try_from(value).unwrap_or(0);
            }
        }
        Lanes::Wide(own) => {
            if let Some(own) = own.get_mut(lane) {
                *own = value;
            }
        }
    }
}

impl Source<'_> {
    #[inline]
    fn at(&self, lane: usize) -> i64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Column(own, factor) => own.get(lane).copied().unwrap_or(0).wrapping_mul(*factor),
        }
    }
}

#[inline]
fn zip(own: &mut [i64], left: Source<'_>, right: Source<'_>, apply: impl Fn(i64, i64) -> i64) {
    match (left, right) {
        (Source::Column(a, 1), Source::Column(b, 1)) => {
            for ((own, a), b) in own.iter_mut().zip(a).zip(b) {
                *own = apply(*a, *b);
            }
        }
        (Source::Column(a, j), Source::Column(b, k)) => {
            for ((own, a), b) in own.iter_mut().zip(a).zip(b) {
                *own = apply(a.wrapping_mul(j), b.wrapping_mul(k));
            }
        }
        (Source::Column(a, 1), Source::Fixed(b)) => {
            for (own, a) in own.iter_mut().zip(a) {
                *own = apply(*a, b);
            }
        }
        (Source::Column(a, j), Source::Fixed(b)) => {
            for (own, a) in own.iter_mut().zip(a) {
                *own = apply(a.wrapping_mul(j), b);
            }
        }
        (Source::Fixed(a), Source::Column(b, 1)) => {
            for (own, b) in own.iter_mut().zip(b) {
                *own = apply(a, *b);
            }
        }
        (Source::Fixed(a), Source::Column(b, k)) => {
            for (own, b) in own.iter_mut().zip(b) {
                *own = apply(a, b.wrapping_mul(k));
            }
        }
        (Source::Fixed(a), Source::Fixed(b)) => own.fill(apply(a, b)),
    }
}

fn apply(how: Binary, a: i128, b: i128) -> i128 {
    match how {
        Binary::Add => a.wrapping_add(b),
        Binary::Multiply => a.wrapping_mul(b),
        Binary::Min => a.min(b),
        Binary::Max => a.max(b),
        Binary::And => a & b,
        Binary::Or => a | b,
        Binary::Below => i128::from(a < b),
        Binary::AtMost => i128::from(a <= b),
        Binary::Is => i128::from(a == b),
        Binary::IsNot => i128::from(a != b),
    }
}

/// Whether marks pass a test.
#[inline]
pub(super) fn passes(bits: u8, test: Test) -> bool {
    match test {
        Test::Number => bits == 0,
        Test::None => bits == mark::NONE,
        Test::Only(bit) => bits & mark::FAULTS == bit,
        Test::Fault => bits & mark::FAULTS != 0 && bits & mark::ASK == 0,
        Test::Has(bit) => bits & bit != 0,
    }
}

/// Marks after a change.
#[inline]
pub(super) fn changed(bits: u8, change: Change) -> u8 {
    match change {
        Change::NoneToFault if bits == mark::NONE => mark::FAULT,
        Change::NoneToNumber if bits == mark::NONE => 0,
        Change::HistoryToNumber if bits == mark::HISTORY => 0,
        Change::AskIfMixed(bit) if bits & bit != 0 && bits & mark::FAULTS != bit => {
            bits | mark::ASK
        }
        _ => bits,
    }
}

fn calendar(what: Calendar, month: Month, term: Option<Period>) -> i64 {
    match what {
        Calendar::Month => i64::from(month.index()),
        Calendar::MonthOfTerm => month_of_term(month, term),
        Calendar::MonthOfYear => i64::from(month.number()),
        Calendar::Days => i64::from(month.days()),
        Calendar::Ends(every) => i64::from(ends(every, month, term)),
    }
}
