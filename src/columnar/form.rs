//! How the values of a node are held in columns: integers, what divides them, and marks where there is no number.

/// Names a column of integers while a kernel runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Reg(pub(super) u32);

/// Names a column of marks while a kernel runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Marks(pub(super) u32);

/// An integer for each lane: the same one for all, or a column times a fixed number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    /// The same for all lanes.
    Fixed(i128),
    /// A column, each integer times a fixed number that is not 0.
    Times(Reg, i128),
}

/// A rational number for each lane: `above / (scale × below)`. What divides is above 0 in every lane, whatever its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) above: Operand,
    pub(super) scale: i128,
    pub(super) below: Option<Reg>,
}

impl Form {
    /// The same number in all lanes.
    pub(super) const fn fixed(above: i128, scale: i128) -> Self {
        Self {
            above: Operand::Fixed(above),
            scale,
            below: None,
        }
    }

    /// A column of integers.
    pub(super) const fn whole(above: Operand) -> Self {
        Self {
            above,
            scale: 1,
            below: None,
        }
    }
}

/// What is so of a lane that has no number; several marks if several causes met. No mark is a number.
///
/// A fault passes through every operation, and is stronger than [`NONE`]. Which of two faults the exact evaluator would
/// name depends on their order, which marks do not have: what depends on it asks the exact evaluator.
pub(super) mod mark {
    /// There is no value, as the contract allows it.
    pub(in crate::columnar) const NONE: u8 = 1;
    /// A denominator is zero.
    pub(in crate::columnar) const ZERO: u8 = 2;
    /// A cell is missing.
    pub(in crate::columnar) const MISSING: u8 = 4;
    /// There is no earlier month.
    pub(in crate::columnar) const HISTORY: u8 = 8;
    /// Another fault.
    pub(in crate::columnar) const FAULT: u8 = 16;
    /// The columns cannot say it: only the exact evaluator can.
    pub(in crate::columnar) const ASK: u8 = 32;
    /// All that keep a lane from having a number, other than [`NONE`].
    pub(in crate::columnar) const FAULTS: u8 = ZERO | MISSING | HISTORY | FAULT | ASK;
}

/// The marks of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The same in all lanes.
    Always(u8),
    /// A column of marks.
    Of(Marks),
}

impl State {
    /// A number in every lane.
    pub(super) const KNOWN: Self = Self::Always(0);
}

/// A node in columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) form: Form,
    pub(super) state: State,
}

impl Value {
    pub(super) const fn known(form: Form) -> Self {
        Self {
            form,
            state: State::KNOWN,
        }
    }

    /// No number in any lane.
    pub(super) const fn never(marks: u8) -> Self {
        Self {
            form: Form::fixed(0, 1),
            state: State::Always(marks),
        }
    }
}

/// The least and the greatest integer that a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) least: i128,
    pub(super) most: i128,
}

/// Integers from here on are beyond what columns hold; sums of two of the largest still fit an `i128`.
const WIDEST: i128 = 1 << 125;

/// Integers below this are kept and computed in an `i64`; sums of two still fit.
const NARROWEST: i128 = 1 << 62;

impl Bounds {
    /// 0 and 1.
    pub(super) const FLAG: Self = Self { least: 0, most: 1 };

    pub(super) const fn of(least: i128, most: i128) -> Self {
        Self { least, most }
    }

    /// The bounds, if columns can hold what is within them.
    pub(super) fn held(self) -> Option<Self> {
        (self.least > -WIDEST && self.most < WIDEST).then_some(self)
    }

    /// Whether all of it fits an `i64`, with room for the sum of two.
    pub(super) fn is_narrow(self) -> bool {
        self.least > -NARROWEST && self.most < NARROWEST
    }

    /// The largest distance from 0.
    pub(super) fn largest(self) -> i128 {
        self.most.max(-self.least)
    }

    pub(super) fn times(self, factor: i128) -> Option<Self> {
        let (a, b) = (
            self.least.checked_mul(factor)?,
            self.most.checked_mul(factor)?,
        );
        Self::of(a.min(b), a.max(b)).held()
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let least = self.least.checked_add(other.least)?;
        Self::of(least, self.most.checked_add(other.most)?).held()
    }

    pub(super) fn multiplied(self, other: Self) -> Option<Self> {
        let (one, two) = (self.times(other.least)?, self.times(other.most)?);
        Some(one.with(two))
    }

    /// All that is within either.
    pub(super) fn with(self, other: Self) -> Self {
        Self::of(self.least.min(other.least), self.most.max(other.most))
    }

    pub(super) fn contains(self, other: Self) -> bool {
        self.least <= other.least && other.most <= self.most
    }
}

/// The greatest common divisor; 0 only of two zeros.
pub(super) fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        if let (Ok(mut small), Ok(mut other)) = (u64::try_from(a), u64::try_from(b)) {
            while other != 0 {
                (small, other) = (other, small % other);
            }
            return small.into();
        }
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(i128::MAX)
}

/// The least common multiple of two numbers above 0, if columns can hold it.
pub(super) fn lcm(a: i128, b: i128) -> Option<i128> {
    let multiple = (a / gcd(a, b).max(1)).checked_mul(b)?;
    (multiple < WIDEST).then_some(multiple)
}
