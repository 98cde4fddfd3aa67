//! What a kernel does: instructions on columns, in their order.

use crate::program::{EveryMonth, Fold, WindowMonths};
use crate::quantity::RoundingMode;

use super::form::{Marks, Operand, Reg, State};

/// A program for columns whose integers are within known bounds.
#[derive(Clone, Debug, Default)]
pub(super) struct Kernel {
    pub(super) code: Vec<Instruction>,
    /// Whether each column of integers is wide.
    pub(super) wide: Vec<bool>,
    /// How many columns of marks there are.
    pub(super) marks: usize,
    /// The values that were asked for.
    pub(super) outputs: Vec<Output>,
    /// What is kept for later months.
    pub(super) stores: Vec<Store>,
}

/// A value that was asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    pub(super) above: Operand,
    pub(super) scale: i128,
    pub(super) below: Option<Reg>,
    pub(super) state: State,
}

/// A series' value of the month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Store {
    pub(super) series: usize,
    /// In the scale of the series.
    pub(super) above: Operand,
    /// What divides it.
    pub(super) below: Operand,
    pub(super) state: State,
}

/// A result for each lane of two integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Add,
    Multiply,
    Min,
    Max,
    And,
    Or,
    Below,
    AtMost,
    Is,
    IsNot,
}

/// What a lane's marks are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Test {
    /// Whether there is a number.
    Number,
    /// Whether there is no value, and no fault.
    None,
    /// Whether the only faults are of this mark.
    Only(u8),
    /// Whether there is a fault that is known to be one.
    Fault,
    /// Whether it has this mark.
    Has(u8),
}

/// What becomes of a lane's marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Where there is no value, there is a fault.
    NoneToFault,
    /// Where there is no value, there is a number.
    NoneToNumber,
    /// Where one of several faults is this one, only the exact evaluator knows which counts.
    AskIfMixed(u8),
    /// Where there is no earlier month, there is a number.
    HistoryToNumber,
}

/// What the calendar says of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    Month,
    MonthOfTerm,
    MonthOfYear,
    Days,
    Ends(EveryMonth),
}

/// A rung of a ladder: `column × above` compared with `below × level`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rung {
    pub(super) how: Binary,
    /// Whether the comparison is turned round: `level` on the left.
    pub(super) turned: bool,
    pub(super) above: i64,
    pub(super) level: i64,
    pub(super) value: i64,
}

/// One step on columns.
#[derive(Clone, Debug)]
pub(super) enum Instruction {
    /// The cells of an input.
    Input {
        into: Reg,
        slot: usize,
    },
    /// Which cells of an input are missing.
    Missing {
        into: Marks,
        slot: usize,
    },
    Calendar {
        into: Reg,
        what: Calendar,
    },
    Binary {
        into: Reg,
        how: Binary,
        left: Operand,
        right: Operand,
        wide: bool,
    },
    /// One of two integers, by a column of 0 and 1.
    Select {
        into: Reg,
        when: Reg,
        then: Operand,
        otherwise: Operand,
        wide: bool,
    },
    /// The integer, with its sign turned where the other is below 0.
    Signed {
        into: Reg,
        value: Operand,
        like: Operand,
        wide: bool,
    },
    /// The distance from 0, and at least `least`.
    Magnitude {
        into: Reg,
        of: Operand,
        least: i128,
        wide: bool,
    },
    /// `above / (by × below)`, rounded to a whole number.
    Round {
        into: Reg,
        above: Operand,
        by: i128,
        below: Option<Reg>,
        mode: RoundingMode,
        /// What multiplies instead of dividing by `2 × by`; 0 if nothing does.
        reciprocal: u64,
        wide: bool,
    },
    /// The value of the first rung that holds.
    Ladder {
        into: Reg,
        above: Reg,
        below: Option<Reg>,
        rungs: Vec<Rung>,
        last: i64,
    },
    /// Whole numbers that sum to the total: each part `part / (by × below)` cut down, the rest one by one to those that
    /// lost most.
    Share {
        into: Vec<Reg>,
        parts: Vec<Operand>,
        by: i128,
        below: Option<Reg>,
        /// The total is `total / total_by`.
        total: Operand,
        total_by: i128,
        total_below: Option<Reg>,
        wide: bool,
    },
    /// The value of the month before.
    Previous {
        series: usize,
        above: Reg,
        below: Option<Reg>,
        marks: Marks,
    },
    /// The values of a window together.
    Window(Box<Window>),
    /// All marks of both.
    Join {
        into: Marks,
        left: Marks,
        right: Marks,
    },
    /// The marks of the first where it has any, else those of the second.
    First {
        into: Marks,
        first: Marks,
        second: State,
    },
    /// Adds a mark to lanes without any, where a column of 0 and 1 is that.
    Mark {
        into: Marks,
        base: State,
        when: Reg,
        is: bool,
        bits: u8,
    },
    SelectMarks {
        into: Marks,
        when: Reg,
        then: State,
        otherwise: State,
    },
    Test {
        into: Reg,
        of: Marks,
        test: Test,
    },
    Change {
        into: Marks,
        of: Marks,
        change: Change,
    },
}

/// The values of a series over some months.
#[derive(Clone, Debug)]
pub(super) struct Window {
    pub(super) series: usize,
    pub(super) fold: Fold,
    pub(super) months: WindowMonths,
    /// This month's value, if it is computed before.
    pub(super) current: Option<Store>,
    /// Their sum, least or greatest, and what divides it where the series holds fractions.
    pub(super) above: Reg,
    pub(super) below: Option<Reg>,
    /// How many numbers there are.
    pub(super) count: Reg,
    pub(super) marks: Marks,
}

impl Instruction {
    /// Calls `of` with each column of integers that it writes, and `marks` with each column of marks.
    pub(super) fn writes(
        &mut self,
        mut of: impl FnMut(&mut Reg),
        mut marks: impl FnMut(&mut Marks),
    ) {
        match self {
            Self::Input { into, .. }
            | Self::Calendar { into, .. }
            | Self::Binary { into, .. }
            | Self::Select { into, .. }
            | Self::Signed { into, .. }
            | Self::Magnitude { into, .. }
            | Self::Round { into, .. }
            | Self::Ladder { into, .. }
            | Self::Test { into, .. } => of(into),
            Self::Share { into, .. } => into.iter_mut().for_each(of),
            Self::Missing { into, .. }
            | Self::Join { into, .. }
            | Self::First { into, .. }
            | Self::Mark { into, .. }
            | Self::SelectMarks { into, .. }
            | Self::Change { into, .. } => marks(into),
            Self::Previous {
                above,
                below,
                marks: own,
                ..
            } => {
                of(above);
                below.iter_mut().for_each(of);
                marks(own);
            }
            Self::Window(window) => {
                of(&mut window.above);
                window.below.iter_mut().for_each(&mut of);
                of(&mut window.count);
                marks(&mut window.marks);
            }
        }
    }

    /// Calls `of` with each column of integers that it reads, and `marks` with each column of marks.
    pub(super) fn reads(
        &mut self,
        mut of: impl FnMut(&mut Reg),
        mut marks: impl FnMut(&mut Marks),
    ) {
        match self {
            Self::Input { .. }
            | Self::Missing { .. }
            | Self::Calendar { .. }
            | Self::Previous { .. } => {}
            Self::Binary { left, right, .. } => {
                operand(left, &mut of);
                operand(right, &mut of);
            }
            Self::Select {
                when,
                then,
                otherwise,
                ..
            } => {
                of(when);
                operand(then, &mut of);
                operand(otherwise, &mut of);
            }
            Self::Signed { value, like, .. } => {
                operand(value, &mut of);
                operand(like, &mut of);
            }
            Self::Magnitude { of: value, .. } => operand(value, &mut of),
            Self::Round { above, below, .. } => {
                operand(above, &mut of);
                below.iter_mut().for_each(of);
            }
            Self::Ladder { above, below, .. } => {
                of(above);
                below.iter_mut().for_each(of);
            }
            Self::Share {
                parts,
                below,
                total,
                total_below,
                ..
            } => {
                parts.iter_mut().for_each(|part| operand(part, &mut of));
                operand(total, &mut of);
                below.iter_mut().chain(total_below).for_each(of);
            }
            Self::Window(window) => {
                if let Some(current) = &mut window.current {
                    current.reads(of, marks);
                }
            }
            Self::Join { left, right, .. } => {
                marks(left);
                marks(right);
            }
            Self::First { first, second, .. } => {
                marks(first);
                state(second, marks);
            }
            Self::Mark { base, when, .. } => {
                of(when);
                state(base, marks);
            }
            Self::SelectMarks {
                when,
                then,
                otherwise,
                ..
            } => {
                of(when);
                state(then, &mut marks);
                state(otherwise, &mut marks);
            }
            Self::Test { of: own, .. } | Self::Change { of: own, .. } => marks(own),
        }
    }
}

impl Store {
    pub(super) fn reads(&mut self, mut of: impl FnMut(&mut Reg), marks: impl FnMut(&mut Marks)) {
        operand(&mut self.above, &mut of);
        operand(&mut self.below, of);
        state(&mut self.state, marks);
    }
}

impl Output {
    pub(super) fn reads(&mut self, mut of: impl FnMut(&mut Reg), marks: impl FnMut(&mut Marks)) {
        operand(&mut self.above, &mut of);
        self.below.iter_mut().for_each(of);
        state(&mut self.state, marks);
    }
}

fn operand(operand: &mut Operand, mut of: impl FnMut(&mut Reg)) {
    if let Operand::Times(reg, _) = operand {
        of(reg);
    }
}

fn state(state: &mut State, mut marks: impl FnMut(&mut Marks)) {
    if let State::Of(own) = state {
        marks(own);
    }
}
