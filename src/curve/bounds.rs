//! Between which values something is varied, and by which step.

use crate::quantity::Exact;

/// The values that are tried: `low`, `low + step` and so on, `count` steps in all.
#[derive(Clone)]
pub(super) struct Grid {
    pub(super) low: Exact,
    pub(super) step: Exact,
    pub(super) count: i64,
    /// Whether the contract states the step.
    pub(super) step_is_stated: bool,
    /// Whether the contract states both ends.
    pub(super) ends_are_stated: bool,
    /// Whether the KPI falls while what is changed rises. Positions are counted so that the KPI rises.
    pub(super) reversed: bool,
}

/// What is known of the values: the ends and the step, as far as the contract states them.
pub(super) struct Known {
    pub(super) least: Option<Exact>,
    pub(super) most: Option<Exact>,
    pub(super) step: Option<Exact>,
    /// The value in the month as it is.
    pub(super) now: Option<Exact>,
}

impl Grid {
    /// The grid between the known ends. An end that is not stated is 0 below, and twice the month's value above.
    pub(super) fn of(known: &Known) -> Result<Self, String> {
        let ends_are_stated = known.least.is_some() && known.most.is_some();
        let now = known.now.clone();
        let twice = |now: &Exact| nice_above(&now.abs().multiply(&Exact::from_integer(2)));
        let least = match (&known.least, &now) {
            (Some(least), _) => least.clone(),
            (None, Some(now)) if now.is_negative() => twice(now).negate(),
            (None, _) => Exact::zero(),
        };
        let most = match (&known.most, &now) {
            (Some(most), _) => most.clone(),
            (None, Some(now)) if !now.is_zero() => twice(now).max(least.clone()),
            (None, _) => {
                return Err(
                    "the contract states no greatest value, and the month has none to start from"
                        .to_owned(),
                );
            }
        };
        if most <= least {
            return Err("only one value is possible".to_owned());
        }
        let width = most.subtract(&least);
        let stated = known.step.clone().filter(|step| !step.is_zero());
        let step = stated.clone().unwrap_or_else(|| chosen_step(&width));
        let low = above(&least, &step);
        let high = below(&most, &step);
        let count = high.subtract(&low).divide(&step);
        let count = count.and_then(|count| count.floor().to_integer());
        match count {
            Some(count @ 1..=MOST_STEPS) => Ok(Self {
                low,
                step,
                count,
                step_is_stated: stated.is_some(),
                ends_are_stated,
                reversed: false,
            }),
            Some(..=0) => Err("only one value is possible".to_owned()),
            _ => Err("its range has too many values to look for steps among them".to_owned()),
        }
    }

    /// What is changed at a position.
    pub(super) fn at(&self, position: i64) -> Exact {
        let steps = if self.reversed {
            self.count.saturating_sub(position)
        } else {
            position
        };
        self.low
            .add(&self.step.multiply(&Exact::from_integer(steps)))
    }

    /// The position at or before a value of what is changed; nothing if it is outside.
    pub(super) fn position(&self, set: &Exact) -> Option<i64> {
        let steps = set.subtract(&self.low).divide(&self.step)?;
        let steps = steps.floor().to_integer()?;
        let position = if self.reversed {
            self.count.checked_sub(steps)?
        } else {
            steps
        };
        (0..=self.count).contains(&position).then_some(position)
    }
}

/// The most positions of a grid. Numbers of this size and their halves are far within the range of the positions.
const MOST_STEPS: i64 = 1_000_000_000_000;

/// A step of a round figure, such that the range has 10 000 to 100 000 of them.
fn chosen_step(width: &Exact) -> Exact {
    let ten = Exact::from_integer(10);
    let (least, most) = (Exact::from_integer(10_000), Exact::from_integer(100_000));
    let mut step = Exact::one();
    for _ in 0..60 {
        let Some(steps) = width.divide(&step) else {
            break;
        };
        if steps >= most {
            step = step.multiply(&ten);
        } else if steps < least {
            step = step.divide(&ten).unwrap_or(step);
        } else {
            break;
        }
    }
    step
}

/// The number rounded up to two digits.
fn nice_above(value: &Exact) -> Exact {
    let ten = Exact::from_integer(10);
    let mut unit = Exact::one();
    for _ in 0..60 {
        let Some(times) = value.divide(&unit) else {
            break;
        };
        if times >= Exact::from_integer(100) {
            unit = unit.multiply(&ten);
        } else if times < ten {
            unit = unit.divide(&ten).unwrap_or(unit);
        } else {
            break;
        }
    }
    above(value, &unit)
}

/// The first multiple of a step at or above a value.
fn above(value: &Exact, step: &Exact) -> Exact {
    let times = value
        .divide(step)
        .map_or_else(Exact::zero, |one| one.ceiling());
    times.multiply(step)
}

/// The last multiple of a step at or below a value.
fn below(value: &Exact, step: &Exact) -> Exact {
    let times = value
        .divide(step)
        .map_or_else(Exact::zero, |one| one.floor());
    times.multiply(step)
}

#[cfg(test)]
mod tests {
    use super::{Grid, Known, chosen_step, nice_above};
    use crate::quantity::Exact;

    fn whole(value: i64) -> Exact {
        Exact::from_integer(value)
    }

    #[test]
    fn ends_and_steps_that_are_not_stated_are_round() {
        assert_eq!(nice_above(&whole(41_234)), whole(42_000));
        assert_eq!(nice_above(&whole(7)), whole(7));
        assert_eq!(chosen_step(&whole(1)), Exact::ratio(1, 10_000).unwrap());
        assert_eq!(chosen_step(&whole(60_000)), whole(1));
    }

    #[test]
    fn positions_and_values_belong_together() {
        let known = Known {
            least: Some(whole(-3)),
            most: Some(whole(10)),
            step: Some(whole(2)),
            now: None,
        };
        let mut grid = Grid::of(&known).unwrap();
        assert_eq!((grid.at(0), grid.count), (whole(-2), 6));
        assert_eq!(grid.position(&whole(5)), Some(3));
        assert_eq!(grid.position(&whole(11)), Some(6));
        assert_eq!(grid.position(&whole(-3)), None);
        grid.reversed = true;
        assert_eq!((grid.at(0), grid.at(6)), (whole(10), whole(-2)));
        assert_eq!(grid.position(&whole(10)), Some(0));
    }
}
