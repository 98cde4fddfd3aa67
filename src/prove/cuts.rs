//! Where to split a piece: at a figure where a condition changes, or in the middle.

use crate::program::{Comparison, NodeId, Op};
use crate::quantity::Exact;

use super::backward::Slopes;
use super::forward::Forward;
use super::query::Query;
use super::range::Range;
use super::search::Axis;

/// A place on an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The value.
    pub at: Exact,
    /// Whether the value itself belongs to the upper part.
    pub is_above: bool,
}

impl Cut {
    /// The two parts of a range.
    #[must_use]
    pub fn parts(&self, range: &Range, step: Option<&Exact>) -> [Range; 2] {
        let (mut lower, mut upper) = (range.clone(), range.clone());
        match step {
            Some(step) => {
                let count = self.at.divide(step).unwrap_or_default();
                let (below, above) = if self.is_above {
                    let above = count.ceiling();
                    (above.subtract(&Exact::one()), above)
                } else {
                    let below = count.floor();
                    (below.clone(), below.add(&Exact::one()))
                };
                lower.high = Some(below.multiply(step));
                upper.low = Some(above.multiply(step));
            }
            None => {
                lower.high = Some(self.at.clone());
                lower.high_open = self.is_above;
                upper.low = Some(self.at.clone());
                upper.low_open = !self.is_above;
            }
        }
        [lower, upper]
    }

    fn is_inside(&self, range: &Range, step: Option<&Exact>) -> bool {
        let [lower, upper] = self.parts(range, step);
        let within = |part: &Range| part.within(range) == *part && !part.is_empty();
        within(&lower) && within(&upper)
    }
}

/// A figure times a factor, plus a number.
#[derive(Clone)]
struct Affine {
    axis: usize,
    factor: Exact,
    rest: Exact,
}

/// Where the conditions of a query change.
pub(in crate::prove) struct Cuts {
    all: Vec<(NodeId, usize, Cut)>,
}

impl Cuts {
    pub(in crate::prove) fn of(query: &Query, axes: &[Axis]) -> Self {
        let mut affine: Vec<Option<Affine>> = Vec::with_capacity(query.ops.len());
        let mut all = Vec::new();
        let fixed: Vec<Range> = axes.iter().map(|axis| axis.range.clone()).collect();
        let pass = Forward::of(&query.ops, &fixed);
        for (op, place) in query.ops.iter().zip(0..) {
            let id = NodeId(place);
            let own = of_op(op, &affine, &pass);
            affine.push(own);
            add(&mut all, id, op, &affine, &pass);
        }
        Self { all }
    }

    /// The cut that decides most, else the middle of the figure that matters most.
    pub(super) fn choose(
        &self,
        pass: &Forward<'_>,
        slopes: &Slopes,
        face: &[Range],
        axes: &[Axis],
    ) -> Option<(usize, Cut)> {
        let mut best: Option<(Option<Exact>, usize, &Cut)> = None;
        for (node, axis, cut) in &self.all {
            let (Some(range), Some(own)) = (face.get(*axis), axes.get(*axis)) else {
                continue;
            };
            let Some(slope) = slopes.at(*node).filter(|slope| !slope.is_zero()) else {
                continue;
            };
            if !cut.is_inside(range, own.step.as_ref()) {
                continue;
            }
            let spread = pass.range(*node).and_then(Range::width);
            let weight = match (slope.reach(), spread) {
                (Some(reach), Some(spread)) => Some(reach.multiply(&spread)),
                _ => None,
            };
            let better = match &best {
                None => true,
                // What is without bound decides most.
                Some((Some(_), ..)) if weight.is_none() => true,
                Some((Some(most), ..)) => weight.as_ref().is_some_and(|weight| weight > most),
                Some((None, ..)) => false,
            };
            if better {
                best = Some((weight, *axis, cut));
            }
        }
        match best {
            Some((_, axis, cut)) => Some((axis, cut.clone())),
            None => middle_of_largest(pass, slopes, face, axes),
        }
    }

    /// Where conditions change on one axis.
    pub(in crate::prove) fn of_axis(&self, axis: usize) -> impl Iterator<Item = &Cut> {
        self.all
            .iter()
            .filter(move |(_, own, _)| *own == axis)
            .map(|(_, _, cut)| cut)
    }

    /// The middle of the longest range.
    pub(super) fn halve(face: &[Range], axes: &[Axis]) -> Option<(usize, Cut)> {
        let mut best: Option<(Exact, usize, Cut)> = None;
        for (at, (range, axis)) in face.iter().zip(axes).enumerate() {
            let Some((share, cut)) = half(range, axis) else {
                continue;
            };
            if best.as_ref().is_none_or(|(most, ..)| share > *most) {
                best = Some((share, at, cut));
            }
        }
        best.map(|(_, at, cut)| (at, cut))
    }
}

/// The middle of a range, and which share of the whole axis it is.
fn half(range: &Range, axis: &Axis) -> Option<(Exact, Cut)> {
    let width = range.width().filter(|width| !width.is_zero())?;
    let whole = axis.range.width()?;
    let share = width.divide(&whole)?;
    let two = Exact::from_integer(2);
    let middle = range.low.as_ref()?.add(&width.divide(&two)?);
    // A figure without a step is not split for ever.
    if axis.step.is_none() && share < Exact::ratio(1, 1 << 20)? {
        return None;
    }
    let cut = Cut {
        at: middle,
        is_above: false,
    };
    cut.is_inside(range, axis.step.as_ref())
        .then_some((share, cut))
}

fn middle_of_largest(
    pass: &Forward<'_>,
    slopes: &Slopes,
    face: &[Range],
    axes: &[Axis],
) -> Option<(usize, Cut)> {
    let mut best: Option<(bool, Exact, usize, Cut)> = None;
    for (op, place) in pass.ops.iter().zip(0..) {
        let Op::Input(slot) = op else { continue };
        let axis = slot.0 as usize;
        let (Some(range), Some(own)) = (face.get(axis), axes.get(axis)) else {
            continue;
        };
        let Some(slope) = slopes.at(NodeId(place)).filter(|slope| !slope.is_zero()) else {
            continue;
        };
        let Some((share, cut)) = half(range, own) else {
            continue;
        };
        let weight = match (slope.reach(), range.width()) {
            (Some(reach), Some(width)) => (false, reach.multiply(&width)),
            _ => (true, share),
        };
        let better = best
            .as_ref()
            .is_none_or(|(steep, most, ..)| (weight.0, &weight.1) > (*steep, most));
        if better {
            best = Some((weight.0, weight.1, axis, cut));
        }
    }
    best.map(|(_, _, axis, cut)| (axis, cut))
}

fn of_op(op: &Op, affine: &[Option<Affine>], pass: &Forward<'_>) -> Option<Affine> {
    let at = |id: &NodeId| affine.get(id.0 as usize).cloned().flatten();
    let number = |id: &NodeId| pass.range(*id).and_then(Range::only).cloned();
    match op {
        Op::Input(slot) => Some(Affine {
            axis: slot.0 as usize,
            factor: Exact::one(),
            rest: Exact::zero(),
        }),
        Op::Sum(all) => {
            let mut sum: Option<Affine> = None;
            let mut rest = Exact::zero();
            for one in all {
                if let Some(number) = number(one) {
                    rest = rest.add(&number);
                    continue;
                }
                let own = at(one)?;
                sum = Some(match sum {
                    None => own,
                    Some(sum) if sum.axis == own.axis => Affine {
                        factor: sum.factor.add(&own.factor),
                        rest: sum.rest.add(&own.rest),
                        ..sum
                    },
                    Some(_) => return None,
                });
            }
            let sum = sum?;
            Some(Affine {
                rest: sum.rest.add(&rest),
                ..sum
            })
        }
        Op::Negate(a) => Some(scaled(at(a)?, &Exact::from_integer(-1))),
        Op::Multiply(a, b) => match (number(a), number(b)) {
            (Some(by), _) => Some(scaled(at(b)?, &by)),
            (_, Some(by)) => Some(scaled(at(a)?, &by)),
            _ => None,
        },
        Op::Divide(a, b) => match (pass.ops.get(b.0 as usize), number(b)) {
            (Some(Op::Compare(..)), _) => at(a),
            (_, Some(by)) => Some(scaled(at(a)?, &Exact::one().divide(&by)?)),
            _ => None,
        },
        Op::InRange(a, _) | Op::Round(a, _) | Op::Recover(a, ..) | Op::IfKnown(a, _) => at(a),
        _ => None,
    }
    .filter(|affine| !affine.factor.is_zero())
}

fn scaled(affine: Affine, by: &Exact) -> Affine {
    Affine {
        factor: affine.factor.multiply(by),
        rest: affine.rest.multiply(by),
        ..affine
    }
}

fn add(
    all: &mut Vec<(NodeId, usize, Cut)>,
    id: NodeId,
    op: &Op,
    affine: &[Option<Affine>],
    pass: &Forward<'_>,
) {
    let at = |id: &NodeId| affine.get(id.0 as usize).cloned().flatten();
    let number = |id: &NodeId| pass.range(*id).and_then(Range::only).cloned();
    let mut place = |affine: &Affine, level: &Exact, is_above: bool| {
        let shifted = level.subtract(&affine.rest).divide(&affine.factor);
        let turned = affine.factor.is_negative();
        all.extend(shifted.map(|at| {
            let cut = Cut {
                at,
                is_above: is_above != turned,
            };
            (id, affine.axis, cut)
        }));
    };
    match op {
        Op::Compare(comparison, a, b) => {
            let (affine, level, mirrored) = match (at(a), number(b), at(b), number(a)) {
                (Some(affine), Some(level), ..) => (affine, level, false),
                (_, _, Some(affine), Some(level)) => (affine, level, true),
                (Some(one), None, Some(two), None) if one.axis == two.axis => {
                    let factor = one.factor.subtract(&two.factor);
                    if factor.is_zero() {
                        return;
                    }
                    let apart = Affine {
                        axis: one.axis,
                        factor,
                        rest: one.rest.subtract(&two.rest),
                    };
                    (apart, Exact::zero(), false)
                }
                _ => return,
            };
            let comparison = if mirrored {
                comparison.mirrored()
            } else {
                *comparison
            };
            match comparison {
                Comparison::Below | Comparison::AtLeast => place(&affine, &level, true),
                Comparison::Above | Comparison::AtMost => place(&affine, &level, false),
                Comparison::Is | Comparison::IsNot => {
                    place(&affine, &level, true);
                    place(&affine, &level, false);
                }
            }
        }
        Op::Bands(subject, bands, _) => {
            let Some(affine) = at(subject) else { return };
            for band in bands {
                if let Some((low, included)) = &band.low {
                    place(&affine, low, *included);
                }
                if let Some((high, included)) = &band.high {
                    place(&affine, high, !*included);
                }
            }
        }
        // Where one of two values becomes the smaller one.
        Op::Min(pair) | Op::Max(pair) => {
            for (one, other) in pair.iter().zip(pair.iter().skip(1)) {
                for (one, other) in [(one, other), (other, one)] {
                    if let (Some(affine), Some(level)) = (at(one), number(other)) {
                        place(&affine, &level, false);
                    }
                }
            }
        }
        _ => {}
    }
}
