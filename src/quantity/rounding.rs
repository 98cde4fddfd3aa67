//! The roundings that a contract can write.

use super::Exact;

/// Which way a value between two steps goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoundingMode {
    /// To the nearest step; a tie away from zero (IEEE 754 roundTiesToAway).
    HalfUp,
    /// To the nearest step; a tie to the even multiple (IEEE 754 roundTiesToEven).
    HalfEven,
    /// Away from zero.
    Up,
    /// Toward zero (IEEE 754 roundTowardZero).
    Down,
    /// Toward minus infinity (IEEE 754 roundTowardNegative).
    Floor,
    /// Toward plus infinity (IEEE 754 roundTowardPositive).
    Ceiling,
}

/// A rounding to whole multiples of a step, such as half up to 0.01.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rounding {
    /// Which way a value between two steps goes.
    pub mode: RoundingMode,
    /// The step, in the unit of the rounded value; above 0.
    pub step: Exact,
}

impl RoundingMode {
    /// The words that contracts use for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::HalfUp => "half up",
            Self::HalfEven => "half even",
            Self::Up => "up",
            Self::Down => "down",
            Self::Floor => "floor",
            Self::Ceiling => "ceiling",
        }
    }
}

impl Rounding {
    /// The multiple of the step that `value` rounds to; `value` itself if the step is 0.
    #[must_use]
    pub fn apply(&self, value: &Exact) -> Exact {
        let Some(steps) = value.divide(&self.step) else {
            return value.clone();
        };
        round_to_integer(&steps, self.mode).multiply(&self.step)
    }
}

fn round_to_integer(value: &Exact, mode: RoundingMode) -> Exact {
    let floor = value.floor();
    let rest = value.subtract(&floor);
    if rest.is_zero() {
        return floor;
    }
    let twice = rest.add(&rest);
    let above_half = twice > Exact::one();
    let tie = twice == Exact::one();
    let go_up = match mode {
        RoundingMode::Floor => false,
        RoundingMode::Ceiling => true,
        RoundingMode::Up => !value.is_negative(),
        RoundingMode::Down => value.is_negative(),
        RoundingMode::HalfUp => above_half || (tie && !value.is_negative()),
        RoundingMode::HalfEven => {
            above_half || (tie && !floor.is_multiple_of(&Exact::from_integer(2)))
        }
    };
    if go_up {
        floor.add(&Exact::one())
    } else {
        floor
    }
}
