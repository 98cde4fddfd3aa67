//! By how much one value moves when another does: one pass back from the value that is asked about.
//!
//! The slope of a value is a range that holds `(f(y) - f(x)) / (y - x)` for any two months `x` and `y` in the given
//! ranges, jumps included: a condition that becomes true has the slope "any number from 0 on". So a slope without numbers
//! below 0 proves that the value never falls, and where all slopes have one sign the extreme lies at a corner, which the
//! evaluation of that one month gives exactly.

use crate::program::{Band, Comparison, NodeId, Op};
use crate::quantity::Exact;

use super::forward::{Forward, flag, in_order, reachable};
use super::range::Range;

/// How a rounding counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Roundings {
    /// As a function that never falls: exact, but nothing is known of how steep it is.
    Steps,
    /// As the value itself, with an error of less than a step.
    Errors,
}

/// The slopes of one value.
pub(super) struct Slopes {
    /// By operation: nothing where it does not matter.
    all: Vec<Option<Range>>,
    /// By how much the roundings on the way can change the value between two months.
    pub(super) error: Option<Exact>,
}

impl Slopes {
    pub(super) fn of(pass: &Forward<'_>, root: NodeId, roundings: Roundings) -> Self {
        let mut slopes = Self {
            all: vec![None; pass.ops.len()],
            error: Some(Exact::zero()),
        };
        slopes.add(root, &Range::point(Exact::one()));
        for (at, op) in pass.ops.iter().enumerate().rev() {
            if let Some(slope) = slopes.all.get(at).cloned().flatten()
                && !slope.is_zero()
                && pass
                    .known
                    .get(at)
                    .is_none_or(|known| known.only().is_none())
            {
                slopes.through(pass, op, &slope, roundings);
            }
        }
        slopes
    }

    /// The slope with respect to an operation.
    pub(super) fn at(&self, id: NodeId) -> Option<&Range> {
        self.all.get(id.0 as usize)?.as_ref()
    }

    fn add(&mut self, id: NodeId, slope: &Range) {
        if let Some(sum) = self.all.get_mut(id.0 as usize) {
            *sum = Some(match sum.take() {
                Some(sum) => sum.add(slope),
                None => slope.clone(),
            });
        }
    }

    fn blur(&mut self, slope: &Range, step: &Exact) {
        let error = slope.reach().map(|reach| reach.multiply(step));
        self.error = match (self.error.take(), error) {
            (Some(sum), Some(error)) => Some(sum.add(&error)),
            _ => None,
        };
    }

    fn through(&mut self, pass: &Forward<'_>, op: &Op, slope: &Range, roundings: Roundings) {
        match op {
            Op::Sum(all) => all.iter().for_each(|one| self.add(*one, slope)),
            Op::Subtract(a, b) => {
                self.add(*a, slope);
                self.add(*b, &slope.negate());
            }
            Op::Negate(a) => self.add(*a, &slope.negate()),
            Op::Multiply(a, b) => {
                self.times(pass, *a, *b, slope);
                self.times(pass, *b, *a, slope);
            }
            Op::Divide(a, b) => self.divided(pass, *a, *b, slope),
            Op::Abs(a) => self.add(*a, &slope.multiply(&sign(pass.range(*a)))),
            Op::Min(all) => self.extreme(pass, all, slope, true),
            Op::Max(all) => self.extreme(pass, all, slope, false),
            Op::Round(a, rounding) => self.rounded(*a, slope, &rounding.step, roundings),
            Op::Floor(a) | Op::Ceiling(a) => self.rounded(*a, slope, &Exact::one(), roundings),
            Op::InRange(a, _) => {
                let clamped = pass.at(*a).range != pass_range(pass, op);
                if clamped {
                    self.add(*a, &slope.multiply(&Range::unit()));
                } else {
                    self.add(*a, slope);
                }
            }
            Op::Compare(comparison, a, b) => {
                let steep = slope.multiply(&of_comparison(*comparison));
                self.add(*a, &steep);
                self.add(*b, &steep.negate());
            }
            Op::And(all) | Op::Or(all) => {
                let part = slope.multiply(&Range::unit());
                all.iter().for_each(|one| self.add(*one, &part));
            }
            Op::Not(a) => self.add(*a, &slope.negate()),
            Op::If(condition, then, otherwise) => {
                self.chosen(pass, *condition, *then, *otherwise, slope);
            }
            Op::Bands(subject, bands, none) => self.banded(pass, *subject, bands, *none, slope),
            Op::Share {
                parts, step, index, ..
            } => {
                // Each share is its part but for less than a step.
                self.blur(&slope.add(slope), step);
                if let Some(own) = parts.get(*index as usize) {
                    self.add(*own, slope);
                }
            }
            Op::Recover(a, _, b) | Op::IfKnown(a, b) => {
                let first = pass.at(*a);
                if !first.absent && !first.clamped {
                    self.add(*a, slope);
                } else if first.range.is_none() {
                    self.add(*b, slope);
                    self.unknown(*a, slope);
                } else {
                    self.add(*b, &slope.multiply(&Range::unit()));
                    self.unknown(*a, slope);
                }
            }
            Op::IsKnown(a) if pass.at(*a).absent => self.unknown(*a, slope),
            _ => {}
        }
    }

    /// Whatever the value depends on may make it jump.
    fn unknown(&mut self, id: NodeId, slope: &Range) {
        if !slope.is_zero() {
            self.add(id, &Range::ALL);
        }
    }

    fn times(&mut self, pass: &Forward<'_>, a: NodeId, other: NodeId, slope: &Range) {
        match pass.range(other) {
            Some(range) => self.add(a, &slope.multiply(range)),
            None => self.unknown(a, slope),
        }
    }

    fn divided(&mut self, pass: &Forward<'_>, a: NodeId, b: NodeId, slope: &Range) {
        let (Some(inverse), Some(above)) = (pass.inverse(b), pass.range(a)) else {
            return;
        };
        self.add(a, &slope.multiply(&inverse));
        let moves = above.multiply(&inverse).multiply(&inverse).negate();
        let is_flag = matches!(pass.ops.get(b.0 as usize), Some(Op::Compare(..)));
        if !is_flag && !above.is_zero() {
            self.add(b, &slope.multiply(&moves));
        }
        // With a denominator of 0 there is no value, and what counts instead may be far away.
        let may_fail = pass.range(b).is_none_or(|range| range.has(&Exact::zero()));
        if may_fail && slope.low.is_none() && slope.high.is_none() {
            self.add(b, &Range::ALL);
        }
    }

    fn rounded(&mut self, a: NodeId, slope: &Range, step: &Exact, roundings: Roundings) {
        if roundings == Roundings::Errors && slope.reach().is_some() {
            self.blur(slope, step);
            self.add(a, slope);
        } else {
            self.add(a, &slope.multiply(&Range::rising()));
        }
    }

    fn extreme(&mut self, pass: &Forward<'_>, all: &[NodeId], slope: &Range, least: bool) {
        let candidates = candidates(pass, all, least);
        let alone = candidates.len() == 1;
        let part = if alone {
            slope.clone()
        } else {
            slope.multiply(&Range::unit())
        };
        for id in candidates {
            self.add(id, &part);
        }
    }

    fn chosen(
        &mut self,
        pass: &Forward<'_>,
        condition: NodeId,
        then: NodeId,
        otherwise: NodeId,
        slope: &Range,
    ) {
        match pass.range(condition).and_then(flag) {
            Some(true) => self.add(then, slope),
            Some(false) => self.add(otherwise, slope),
            None => {
                let part = slope.multiply(&Range::unit());
                self.add(then, &part);
                self.add(otherwise, &part);
                let jump = jump(pass, then, otherwise);
                self.add(condition, &slope.multiply(&jump));
            }
        }
    }

    fn banded(
        &mut self,
        pass: &Forward<'_>,
        subject: NodeId,
        bands: &[Band],
        none: Option<NodeId>,
        slope: &Range,
    ) {
        let Some(range) = pass.range(subject) else {
            if let Some(none) = none {
                self.add(none, slope);
            }
            return;
        };
        let reached: Vec<&Band> = reachable(range, bands).collect();
        let may_be_absent = none.is_some() && pass.at(subject).absent;
        if let ([only], false) = (reached.as_slice(), may_be_absent) {
            self.add(only.value, slope);
            return;
        }
        let part = slope.multiply(&Range::unit());
        for band in &reached {
            self.add(band.value, &part);
        }
        if may_be_absent {
            if let Some(none) = none {
                self.add(none, &part);
            }
            self.unknown(subject, slope);
            return;
        }
        let steep = direction(pass, &in_order(range, bands));
        self.add(subject, &slope.multiply(&steep));
    }
}

fn pass_range(pass: &Forward<'_>, op: &Op) -> Option<Range> {
    let Op::InRange(a, ends) = op else {
        return None;
    };
    let range = pass.range(*a)?;
    Some(range.within(&Range::between(ends.0.clone(), ends.1.clone())))
}

/// By how much a value changes where a condition becomes true.
fn jump(pass: &Forward<'_>, then: NodeId, otherwise: NodeId) -> Range {
    let (one, two) = (pass.at(then), pass.at(otherwise));
    let (Some(after), Some(before)) = (&one.range, &two.range) else {
        return Range::ALL;
    };
    let apart = after.subtract(before);
    if one.absent || two.absent {
        return apart;
    }
    match pass.difference(then, otherwise) {
        Some(together) => {
            let both = together.within(&apart);
            if both.is_empty() { apart } else { both }
        }
        None => apart,
    }
}

/// Whether the values of bands rise or fall from one to the next.
fn direction(pass: &Forward<'_>, bands: &[&Band]) -> Range {
    let (mut rises, mut falls) = (true, true);
    for (at, one) in bands.iter().enumerate() {
        for other in bands.iter().skip(at + 1) {
            if one.value == other.value {
                continue;
            }
            let jump = jump(pass, other.value, one.value);
            rises &= jump.is_never_negative();
            falls &= jump.is_never_positive();
            if !rises && !falls {
                return Range::ALL;
            }
        }
    }
    match (rises, falls) {
        (true, true) => Range::zero(),
        (true, false) => Range::rising(),
        (false, true) => Range::falling(),
        (false, false) => Range::ALL,
    }
}

/// Those that can be the least, or the greatest.
pub(super) fn candidates(pass: &Forward<'_>, all: &[NodeId], least: bool) -> Vec<NodeId> {
    let ranges: Vec<Option<Range>> = all
        .iter()
        .map(|id| {
            let range = pass.range(*id)?;
            Some(if least { range.clone() } else { range.negate() })
        })
        .collect();
    let bound = ranges
        .iter()
        .flatten()
        .filter_map(|range| range.high.clone())
        .min();
    let mut found: Vec<NodeId> = Vec::new();
    for (at, (id, range)) in all.iter().zip(&ranges).enumerate() {
        let beaten = match (range.as_ref().and_then(|range| range.low.as_ref()), &bound) {
            (Some(low), Some(bound)) => low > bound,
            _ => false,
        };
        // One that is never less than another one need not be looked at, unless the other one is left out for its sake.
        let beaten = beaten
            || all.iter().enumerate().any(|(place, other)| {
                let earlier = place < at;
                other != id
                    && pass.difference(*id, *other).is_some_and(|apart| {
                        let apart = if least { apart } else { apart.negate() };
                        apart.is_never_negative()
                            && (earlier || apart.low.is_some_and(|low| !low.is_zero()))
                    })
            });
        if !beaten {
            found.push(*id);
        }
    }
    if found.is_empty() {
        all.to_vec()
    } else {
        found
    }
}

fn sign(range: Option<&Range>) -> Range {
    let one = Exact::one();
    match range {
        Some(range) if range.is_never_negative() => Range::point(one),
        Some(range) if range.is_never_positive() => Range::point(one.negate()),
        _ => Range::new(one.negate(), one),
    }
}

/// How a condition moves with the difference of what it compares.
fn of_comparison(comparison: Comparison) -> Range {
    match comparison {
        Comparison::Above | Comparison::AtLeast => Range::rising(),
        Comparison::Below | Comparison::AtMost => Range::falling(),
        Comparison::Is | Comparison::IsNot => Range::ALL,
    }
}
