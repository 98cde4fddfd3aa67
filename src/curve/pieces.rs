//! From months at single values to straight pieces and the steps between them.

use crate::quantity::Exact;
use crate::report::curve::{CLIFF_SHARE, Piece, Point, Step};

use super::sampler::Trial;

/// A trial with its position; it has an invoice if it has a point.
struct Placed {
    position: i64,
    value: Exact,
    point: Result<Point, String>,
}

/// The pieces and steps of trials in the order of their positions. Trials without a value of the KPI are left out.
pub(super) fn pieces<'t>(
    trials: impl IntoIterator<Item = (&'t i64, &'t Trial)>,
    rounding: &Exact,
) -> (Vec<Piece>, Vec<Step>) {
    let placed: Vec<Placed> = trials.into_iter().filter_map(placed).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    while start < placed.len() {
        let end = reach(&placed, start, rounding);
        found.push((start, end));
        start = end + 1;
    }
    join(&placed, &mut found, rounding);
    let steps = found.windows(2).filter_map(|pair| match pair {
        [(_, before), (after, _)] if before != after => {
            step(placed.get(*before)?, placed.get(*after)?)
        }
        _ => None,
    });
    let steps = steps.collect();
    let pieces = found.iter().filter_map(|(from, to)| {
        let from = placed.get(*from)?.point.as_ref().ok()?;
        let to = placed.get(*to)?.point.as_ref().ok()?;
        Some(Piece {
            slope: slope(from, to),
            from: from.clone(),
            to: to.clone(),
        })
    });
    (pieces.collect(), steps)
}

fn placed((position, trial): (&i64, &Trial)) -> Option<Placed> {
    let value = trial.value.clone()?;
    let point = match &trial.result {
        Ok(amounts) => Ok(Point {
            value: value.clone(),
            set: trial.set.clone(),
            total: amounts.total.clone(),
            own: amounts.own.clone(),
        }),
        Err(why) => Err(why.clone()),
    };
    Some(Placed {
        position: *position,
        value,
        point,
    })
}

/// The slopes, for each position, of the lines from one point that pass within the rounding of all others.
struct Slopes {
    least: Option<Exact>,
    most: Option<Exact>,
}

impl Slopes {
    /// Whether a point a number of positions away, with that difference in the amount, can also be on such a line.
    fn take(&mut self, positions: &Exact, difference: &Exact, rounding: &Exact) -> bool {
        let low = difference.subtract(rounding).divide(positions);
        let high = difference.add(rounding).divide(positions);
        let (Some(low), Some(high)) = (low, high) else {
            return false;
        };
        let least = self
            .least
            .clone()
            .map_or(low.clone(), |least| least.max(low));
        let most = self
            .most
            .clone()
            .map_or(high.clone(), |most| most.min(high));
        let fits = least <= most;
        if fits {
            (self.least, self.most) = (Some(least), Some(most));
        }
        fits
    }
}

/// The last trial that is on one straight line with those from `start` on.
fn reach(placed: &[Placed], start: usize, rounding: &Exact) -> usize {
    let Some(first) = placed.get(start) else {
        return start;
    };
    let none = || Slopes {
        least: None,
        most: None,
    };
    let (mut total, mut own) = (none(), none());
    let mut end = start;
    for (at, next) in placed.iter().enumerate().skip(start + 1) {
        match (&first.point, &next.point) {
            (Err(why), Err(other)) if why == other => {}
            (Ok(from), Ok(to)) => {
                let positions = Exact::from_integer(next.position - first.position);
                let fits = total.take(&positions, &to.total.subtract(&from.total), rounding)
                    && own.take(&positions, &to.own.subtract(&from.own), rounding);
                if !fits {
                    break;
                }
            }
            _ => break,
        }
        end = at;
    }
    end
}

/// Lets neighbours share a point where the line only bends: where the change between them lies between what the two
/// slopes make of the distance.
fn join(placed: &[Placed], found: &mut [(usize, usize)], rounding: &Exact) {
    let rate = |(from, to): (usize, usize)| -> Option<Exact> {
        let (from, to) = (placed.get(from)?, placed.get(to)?);
        let change = to
            .point
            .as_ref()
            .ok()?
            .total
            .subtract(&from.point.as_ref().ok()?.total);
        change.divide(&Exact::from_integer(to.position - from.position))
    };
    let mut at = 0;
    while let (Some(before), Some(after)) = (found.get(at).copied(), found.get(at + 1).copied()) {
        at += 1;
        if before.0 == before.1 || after.0 == after.1 {
            continue;
        }
        let (Some(one), Some(other)) = (rate(before), rate(after)) else {
            continue;
        };
        let Some(between) = rate((before.1, after.0)) else {
            continue;
        };
        let (least, most) = if one <= other {
            (one, other)
        } else {
            (other, one)
        };
        if least.subtract(rounding) <= between
            && between <= most.add(rounding)
            && let Some(next) = found.get_mut(at)
        {
            next.0 = before.1;
        }
    }
}

fn step(before: &Placed, after: &Placed) -> Option<Step> {
    let (change, is_cliff, no_invoice) = match (&before.point, &after.point) {
        (Ok(from), Ok(to)) => {
            let change = to.total.subtract(&from.total);
            if change.is_zero() {
                return None;
            }
            let greater = from.total.abs().max(to.total.abs());
            let share = change.abs().multiply(&Exact::from_integer(CLIFF_SHARE));
            let is_cliff = share >= greater;
            (Some(change), is_cliff, None)
        }
        (Err(why), _) | (_, Err(why)) => (None, false, Some(why.clone())),
    };
    Some(Step {
        below: before.value.clone(),
        above: after.value.clone(),
        change,
        is_cliff,
        no_invoice,
    })
}

fn slope(from: &Point, to: &Point) -> Option<Exact> {
    let change = to.total.subtract(&from.total);
    change.divide(&to.value.subtract(&from.value))
}

#[cfg(test)]
mod tests {
    use super::{Trial, pieces};
    use crate::curve::sampler::Amounts;
    use crate::quantity::Exact;

    fn trials(amounts: &[i64]) -> Vec<(i64, Trial)> {
        let each = (0..).zip(amounts).map(|(position, amount)| {
            let value = Exact::from_integer(position);
            let trial = Trial {
                set: value.clone(),
                value: Some(value),
                result: Ok(Amounts {
                    total: Exact::from_integer(*amount),
                    own: Exact::zero(),
                }),
            };
            (position, trial)
        });
        each.collect()
    }

    fn found(amounts: &[i64]) -> (Vec<(i64, i64)>, Vec<i64>) {
        let trials = trials(amounts);
        let all = trials.iter().map(|(at, trial)| (at, trial));
        let (pieces, steps) = pieces(all, &Exact::zero());
        let whole = |value: &Exact| value.to_integer().unwrap();
        (
            pieces
                .iter()
                .map(|piece| (whole(&piece.from.value), whole(&piece.to.value)))
                .collect(),
            steps
                .iter()
                .map(|step| whole(step.change.as_ref().unwrap()))
                .collect(),
        )
    }

    #[test]
    fn a_step_parts_two_pieces() {
        assert_eq!(found(&[5, 5, 5, 9, 9, 9]), (vec![(0, 2), (3, 5)], vec![4]));
    }

    #[test]
    fn a_kink_is_shared() {
        assert_eq!(
            found(&[0, 0, 0, 2, 4, 6]),
            (vec![(0, 2), (2, 5)], Vec::new())
        );
    }

    #[test]
    fn a_step_between_slopes_is_a_step() {
        assert_eq!(
            found(&[0, 1, 2, 13, 14, 15]),
            (vec![(0, 2), (3, 5)], vec![11])
        );
    }
}
