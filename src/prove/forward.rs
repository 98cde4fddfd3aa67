//! What each value can be, where the figures lie in given ranges: one pass over the operations.
//!
//! A value outside its declared range counts as the nearest end of the range. A month with such a value is not invoiced,
//! so nothing that holds for this larger set of months is lost.

use std::collections::BTreeMap;

use crate::evaluate::largest_remainder;
use crate::program::{Band, Comparison, NodeId, Op};
use crate::quantity::{Exact, Rounding};

use super::range::Range;

/// What a value can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its numbers; nothing if it has none.
    pub range: Option<Range>,
    /// Whether it can have no value, or fail.
    pub absent: bool,
    /// Whether it can come from a value outside its declared range.
    pub clamped: bool,
}

impl Known {
    pub(super) fn number(range: Range) -> Self {
        Self {
            range: Some(range),
            absent: false,
            clamped: false,
        }
    }

    fn nothing() -> Self {
        Self {
            range: None,
            absent: true,
            clamped: false,
        }
    }

    /// The one number that it is, if nothing else is possible.
    pub(super) fn only(&self) -> Option<&Exact> {
        match &self.range {
            Some(range) if !self.absent && !self.clamped => range.only(),
            _ => None,
        }
    }

    /// The number that it is where it has one.
    pub(super) fn value(&self) -> Option<&Exact> {
        self.range.as_ref().and_then(Range::only)
    }

    fn or(self, other: Self) -> Self {
        let range = match (self.range, other.range) {
            (Some(one), Some(two)) => Some(one.hull(&two)),
            (one, two) => one.or(two),
        };
        Self {
            range,
            absent: self.absent || other.absent,
            clamped: self.clamped || other.clamped,
        }
    }
}

/// A pass over operations, each after those that it uses.
pub(super) struct Forward<'o> {
    pub(super) ops: &'o [Op],
    pub(super) known: Vec<Known>,
}

static ABSENT: Known = Known {
    range: None,
    absent: true,
    clamped: false,
};

impl<'o> Forward<'o> {
    /// What the operations come to where each figure lies in its range.
    pub(super) fn of(ops: &'o [Op], figures: &[Range]) -> Self {
        let mut pass = Self {
            ops,
            known: Vec::with_capacity(ops.len()),
        };
        for op in ops {
            let known = pass.compute(op, figures);
            pass.known.push(known);
        }
        pass
    }

    pub(super) fn at(&self, id: NodeId) -> &Known {
        self.known.get(id.0 as usize).unwrap_or(&ABSENT)
    }

    pub(super) fn range(&self, id: NodeId) -> Option<&Range> {
        self.at(id).range.as_ref()
    }

    fn compute(&self, op: &Op, figures: &[Range]) -> Known {
        match op {
            Op::Constant(value) => Known::number(Range::point(value.clone())),
            Op::Input(slot) => {
                let range = figures.get(slot.0 as usize).cloned();
                Known::number(range.unwrap_or(Range::ALL))
            }
            Op::Sum(all) => self.fold(all, Range::zero(), |sum, one| sum.add(one)),
            Op::Subtract(a, b) => self.two(*a, *b, |a, b| {
                Some(if a == b && a.only().is_some() {
                    Range::zero()
                } else {
                    a.subtract(b)
                })
            }),
            Op::Multiply(a, b) => self.two(*a, *b, |a, b| Some(a.multiply(b))),
            Op::Divide(a, b) => self.divide(*a, *b),
            Op::Negate(a) => self.one(*a, Range::negate),
            Op::Abs(a) => self.one(*a, distance),
            Op::Floor(a) => self.one(*a, |range| range.map(Exact::floor)),
            Op::Ceiling(a) => self.one(*a, |range| range.map(Exact::ceiling)),
            Op::Round(a, rounding) => self.one(*a, |range| range.map(|end| rounding.apply(end))),
            Op::InRange(a, ends) => self.in_range(*a, ends),
            Op::Min(all) => self.extreme(all, smaller),
            Op::Max(all) => self.extreme(all, |one, two| {
                smaller(&one.negate(), &two.negate()).negate()
            }),
            Op::Compare(comparison, a, b) => self.compare(*comparison, *a, *b),
            Op::And(all) => self.connect(all, false),
            Op::Or(all) => self.connect(all, true),
            Op::Not(a) => self.one(*a, |range| match flag(range) {
                Some(holds) => Range::point(Exact::from_integer(i64::from(!holds))),
                None => Range::unit(),
            }),
            Op::If(condition, then, otherwise) => self.choose(*condition, *then, *otherwise),
            Op::Bands(subject, bands, none) => self.bands(*subject, bands, *none),
            Op::Share {
                parts,
                total,
                step,
                index,
            } => self.share(parts, *total, step, *index as usize),
            Op::Recover(a, _, b) => self.recovered(*a, *b),
            Op::IfKnown(a, b) => self.recovered(*a, *b),
            Op::IsKnown(a) => {
                let known = self.at(*a);
                Known::number(match (&known.range, known.absent) {
                    (Some(_), false) => Range::point(Exact::one()),
                    (Some(_), true) => Range::unit(),
                    (None, _) => Range::zero(),
                })
            }
            Op::NoValue | Op::ByAgreement | Op::NoInvoice(_) => Known::nothing(),
            // What reads other months or the calendar has been replaced; whatever is left is not understood.
            _ => Known {
                range: Some(Range::ALL),
                absent: true,
                clamped: false,
            },
        }
    }

    fn one(&self, a: NodeId, apply: impl Fn(&Range) -> Range) -> Known {
        let known = self.at(a);
        Known {
            range: known.range.as_ref().map(apply),
            ..*known
        }
    }

    fn two(&self, a: NodeId, b: NodeId, apply: impl Fn(&Range, &Range) -> Option<Range>) -> Known {
        let (one, two) = (self.at(a), self.at(b));
        let range = match (&one.range, &two.range) {
            (Some(one), Some(two)) => apply(one, two),
            _ => None,
        };
        Known {
            absent: one.absent || two.absent || range.is_none(),
            clamped: one.clamped || two.clamped,
            range,
        }
    }

    fn fold(&self, all: &[NodeId], first: Range, join: impl Fn(&Range, &Range) -> Range) -> Known {
        let mut sum = Known::number(first);
        for id in all {
            let one = self.at(*id);
            sum.absent |= one.absent;
            sum.clamped |= one.clamped;
            sum.range = match (&sum.range, &one.range) {
                (Some(sum), Some(one)) => Some(join(sum, one)),
                _ => None,
            };
        }
        sum
    }

    fn extreme(&self, all: &[NodeId], join: impl Fn(&Range, &Range) -> Range) -> Known {
        let Some((first, rest)) = all.split_first() else {
            return Known::nothing();
        };
        let Some(start) = self.range(*first).cloned() else {
            return Known::nothing();
        };
        let known = self.fold(rest, start, join);
        let first = self.at(*first);
        Known {
            absent: known.absent || first.absent,
            clamped: known.clamped || first.clamped,
            ..known
        }
    }

    fn divide(&self, a: NodeId, b: NodeId) -> Known {
        let zero = self.range(b).is_none_or(|range| range.has(&Exact::zero()));
        let known = self.two(a, b, |a, _| Some(a.multiply(&self.inverse(b)?)));
        Known {
            absent: known.absent || zero,
            ..known
        }
    }

    /// One divided by a value. A condition that divides is 1: with 0 there is no quotient.
    pub(super) fn inverse(&self, id: NodeId) -> Option<Range> {
        let range = self.range(id)?;
        let is_flag = matches!(
            self.ops.get(id.0 as usize),
            Some(Op::Compare(..) | Op::And(_) | Op::Or(_) | Op::Not(_))
        );
        match flag(range) {
            Some(false) if is_flag => None,
            _ if is_flag => Some(Range::point(Exact::one())),
            _ => range.inverse(),
        }
    }

    fn in_range(&self, a: NodeId, ends: &(Option<Exact>, Option<Exact>)) -> Known {
        let known = self.at(a);
        let Some(range) = &known.range else {
            return known.clone();
        };
        let least = ends.0.as_ref();
        let most = ends.1.as_ref();
        let below = least.is_some_and(|least| range.low.as_ref().is_none_or(|low| low < least));
        let above = most.is_some_and(|most| range.high.as_ref().is_none_or(|high| high > most));
        if !below && !above {
            return known.clone();
        }
        let allowed = Range::between(ends.0.clone(), ends.1.clone());
        let inside = range.within(&allowed);
        Known {
            // Nothing of it can be observed.
            range: (!inside.is_empty()).then_some(inside),
            absent: known.absent,
            clamped: true,
        }
    }

    fn compare(&self, comparison: Comparison, a: NodeId, b: NodeId) -> Known {
        let known = self.two(a, b, |one, two| {
            let decided = decided(comparison, &one.subtract(two)).or_else(|| {
                let difference = self.difference(a, b)?;
                decided(comparison, &difference)
            });
            Some(match decided {
                Some(holds) => Range::point(Exact::from_integer(i64::from(holds))),
                None => Range::unit(),
            })
        });
        if a == b && !known.absent {
            let holds = comparison.holds(&Exact::zero(), &Exact::zero());
            return Known::number(Range::point(Exact::from_integer(i64::from(holds))));
        }
        known
    }

    /// A condition that decides the rest makes it count for nothing, as long as none before it can fail.
    fn connect(&self, all: &[NodeId], decisive: bool) -> Known {
        let (mut absent, mut clamped, mut open) = (false, false, false);
        for id in all {
            let one = self.at(*id);
            absent |= one.absent;
            clamped |= one.clamped;
            match one.range.as_ref().and_then(flag) {
                Some(holds) if holds == decisive => {
                    return Known {
                        range: Some(Range::point(Exact::from_integer(i64::from(decisive)))),
                        absent,
                        clamped,
                    };
                }
                Some(_) => {}
                None if one.range.is_none() => {
                    return Known {
                        range: open.then(|| Range::point(Exact::from_integer(i64::from(decisive)))),
                        absent: true,
                        clamped,
                    };
                }
                None => open = true,
            }
        }
        let range = if open {
            Range::unit()
        } else {
            Range::point(Exact::from_integer(i64::from(!decisive)))
        };
        Known {
            range: Some(range),
            absent,
            clamped,
        }
    }

    fn choose(&self, condition: NodeId, then: NodeId, otherwise: NodeId) -> Known {
        let decides = self.at(condition);
        let Some(range) = &decides.range else {
            return Known::nothing();
        };
        let chosen = match flag(range) {
            Some(true) => self.at(then).clone(),
            Some(false) => self.at(otherwise).clone(),
            None => self.at(then).clone().or(self.at(otherwise).clone()),
        };
        Known {
            absent: chosen.absent || decides.absent,
            clamped: chosen.clamped || decides.clamped,
            ..chosen
        }
    }

    fn bands(&self, subject: NodeId, bands: &[Band], none: Option<NodeId>) -> Known {
        let measured = self.at(subject);
        let mut all: Option<Known> = None;
        let mut add = |one: Known| {
            all = Some(match all.take() {
                Some(known) => known.or(one),
                None => one,
            });
        };
        if let Some(range) = &measured.range {
            let mut covered = false;
            for band in reachable(range, bands) {
                add(self.at(band.value).clone());
                covered |= covers(band, range);
            }
            if !covered && !without_gap(range, bands) {
                add(Known::nothing());
            }
        }
        if let Some(none) = none.filter(|_| measured.absent) {
            add(self.at(none).clone());
        }
        let found = all.unwrap_or_else(Known::nothing);
        Known {
            absent: found.absent || measured.absent,
            clamped: found.clamped || measured.clamped,
            ..found
        }
    }

    /// A share is the part, cut down or filled up to a whole step.
    fn share(&self, parts: &[NodeId], total: NodeId, step: &Exact, index: usize) -> Known {
        let known = self.fold(parts, Range::zero(), |sum, one| sum.add(one));
        let (Some(own), Some(all)) = (parts.get(index), self.range(total)) else {
            return Known::nothing();
        };
        let Some(own) = self.range(*own) else {
            return Known::nothing();
        };
        let points: Option<Vec<&Exact>> = parts
            .iter()
            .map(|part| self.range(*part).and_then(Range::only))
            .collect();
        let range = match (points, all.only()) {
            (Some(points), Some(total)) => {
                let shares = largest_remainder(&points, total, step);
                Range::point(shares.get(index).cloned().unwrap_or_else(Exact::zero))
            }
            _ => {
                let down = own.map(|end| whole_steps(end, step));
                Range::between(down.low, down.high.map(|high| high.add(step)))
            }
        };
        Known {
            range: Some(range),
            ..known
        }
    }

    fn recovered(&self, a: NodeId, b: NodeId) -> Known {
        let first = self.at(a);
        if !first.absent && !first.clamped {
            return first.clone();
        }
        let other = self.at(b).clone();
        if first.range.is_none() {
            return other;
        }
        let both = first.clone().or(other.clone());
        Known {
            absent: other.absent,
            ..both
        }
    }

    /// The range of `a - b` where both are made of the same values.
    pub(super) fn difference(&self, a: NodeId, b: NodeId) -> Option<Range> {
        let mut sum = Linear::default();
        sum.add(self, a, &Exact::one(), 0)?;
        sum.add(self, b, &Exact::from_integer(-1), 0)?;
        let mut range = sum.rest;
        for (atom, factor) in &sum.terms {
            if !factor.is_zero() {
                range = range.add(&self.range(*atom)?.scale(factor));
            }
        }
        Some(range)
    }
}

/// How deep sums are followed, and how many values one may have.
const DEEPEST: u8 = 24;
const MOST_TERMS: usize = 40;

/// A sum of multiples of values, as the values are known in this pass.
struct Linear {
    terms: BTreeMap<NodeId, Exact>,
    rest: Range,
}

impl Default for Linear {
    fn default() -> Self {
        Self {
            terms: BTreeMap::new(),
            rest: Range::zero(),
        }
    }
}

impl Linear {
    fn add(&mut self, pass: &Forward<'_>, id: NodeId, factor: &Exact, depth: u8) -> Option<()> {
        let known = pass.at(id);
        if let Some(value) = known.value() {
            self.rest = self.rest.add(&Range::point(value.multiply(factor)));
            return Some(());
        }
        let op = pass.ops.get(id.0 as usize)?;
        if depth < DEEPEST {
            let next = depth + 1;
            match op {
                Op::Sum(all) => {
                    return all
                        .iter()
                        .try_for_each(|one| self.add(pass, *one, factor, next));
                }
                Op::Subtract(a, b) => {
                    self.add(pass, *a, factor, next)?;
                    return self.add(pass, *b, &factor.negate(), next);
                }
                Op::Negate(a) => return self.add(pass, *a, &factor.negate(), next),
                Op::Multiply(a, b) => {
                    for (one, other) in [(a, b), (b, a)] {
                        if let Some(by) = pass.at(*one).value() {
                            return self.add(pass, *other, &factor.multiply(by), next);
                        }
                    }
                }
                Op::Round(a, rounding) => {
                    let slack = rounding_error(rounding).scale(factor);
                    self.rest = self.rest.add(&slack);
                    return self.add(pass, *a, factor, next);
                }
                Op::If(condition, then, otherwise) => match pass.range(*condition).and_then(flag) {
                    Some(true) => return self.add(pass, *then, factor, next),
                    Some(false) => return self.add(pass, *otherwise, factor, next),
                    None => {}
                },
                Op::Bands(subject, bands, _) => {
                    let range = pass.range(*subject)?;
                    let mut reached = reachable(range, bands);
                    if let (Some(only), None) = (reached.next(), reached.next()) {
                        return self.add(pass, only.value, factor, next);
                    }
                }
                Op::InRange(a, _) if !known.clamped => return self.add(pass, *a, factor, next),
                _ => {}
            }
        }
        let term = self.terms.entry(id).or_default();
        *term = term.add(factor);
        (self.terms.len() <= MOST_TERMS).then_some(())
    }
}

/// As many whole steps as fit.
fn whole_steps(value: &Exact, step: &Exact) -> Exact {
    value
        .divide(step)
        .map_or_else(|| value.clone(), |count| count.floor().multiply(step))
}

/// By how much a rounded value can differ from the value.
pub(super) fn rounding_error(rounding: &Rounding) -> Range {
    use crate::quantity::RoundingMode;
    let step = &rounding.step;
    let half = step.divide(&Exact::from_integer(2)).unwrap_or_default();
    match rounding.mode {
        RoundingMode::HalfUp | RoundingMode::HalfEven => Range::new(half.negate(), half),
        RoundingMode::Up | RoundingMode::Down => Range::new(step.negate(), step.clone()),
        RoundingMode::Floor => Range::new(step.negate(), Exact::zero()),
        RoundingMode::Ceiling => Range::new(Exact::zero(), step.clone()),
    }
}

/// What a condition is, if it is decided.
pub(super) fn flag(range: &Range) -> Option<bool> {
    match range.only() {
        Some(value) => Some(!value.is_zero()),
        None if !range.has(&Exact::zero()) => Some(true),
        None => None,
    }
}

/// Whether a comparison of two values with that difference holds, if that is the same for all of them.
fn decided(comparison: Comparison, difference: &Range) -> Option<bool> {
    let zero = Exact::zero();
    let above = |low: &Exact| *low > zero || (*low == zero && difference.low_open);
    let below = |high: &Exact| *high < zero || (*high == zero && difference.high_open);
    let is_above = difference.low.as_ref().is_some_and(above);
    let is_below = difference.high.as_ref().is_some_and(below);
    let at_least = difference.is_never_negative();
    let at_most = difference.is_never_positive();
    match comparison {
        Comparison::Below if is_below => Some(true),
        Comparison::Below if at_least => Some(false),
        Comparison::AtMost if at_most => Some(true),
        Comparison::AtMost if is_above => Some(false),
        Comparison::Above if is_above => Some(true),
        Comparison::Above if at_most => Some(false),
        Comparison::AtLeast if at_least => Some(true),
        Comparison::AtLeast if is_below => Some(false),
        Comparison::Is if difference.is_zero() => Some(true),
        Comparison::Is if is_above || is_below => Some(false),
        Comparison::IsNot if difference.is_zero() => Some(false),
        Comparison::IsNot if is_above || is_below => Some(true),
        _ => None,
    }
}

/// The values of a band.
pub(super) fn band_range(band: &Band) -> Range {
    let (low, low_open) = match &band.low {
        Some((low, included)) => (Some(low.clone()), !included),
        None => (None, false),
    };
    let (high, high_open) = match &band.high {
        Some((high, included)) => (Some(high.clone()), !included),
        None => (None, false),
    };
    Range {
        low,
        high,
        low_open,
        high_open,
    }
}

/// The bands that values of the range reach, in the order of the values; a band that is reached in several places comes
/// several times. The first band that holds a value counts, so `otherwise` is wherever no other one is.
pub(super) fn in_order<'b>(range: &Range, bands: &'b [Band]) -> Vec<&'b Band> {
    if let Some(first) = bands.first().filter(|band| covers(band, range)) {
        return vec![first];
    }
    let mut ends: Vec<&Exact> = Vec::new();
    for band in bands {
        let own = [&band.low, &band.high].into_iter().flatten();
        ends.extend(own.map(|(end, _)| end).filter(|end| {
            let above = range.low.as_ref().is_none_or(|low| *end >= low);
            above && range.high.as_ref().is_none_or(|high| *end <= high)
        }));
    }
    ends.sort_unstable();
    ends.dedup();
    let mut found: Vec<&Band> = Vec::new();
    let mut reach = |piece: Range| {
        if piece.is_empty() {
            return;
        }
        if let Some(band) = bands.iter().find(|band| covers(band, &piece))
            && found.last().is_none_or(|last| !std::ptr::eq(*last, band))
        {
            found.push(band);
        }
    };
    let mut rest = range.clone();
    for end in ends {
        let before = Range {
            high: Some(end.clone()),
            high_open: true,
            ..rest.clone()
        };
        reach(before);
        reach(Range::point(end.clone()).within(range));
        rest.low = Some(end.clone());
        rest.low_open = true;
    }
    reach(rest);
    found
}

/// The same, each band once.
pub(super) fn reachable<'b>(range: &Range, bands: &'b [Band]) -> std::vec::IntoIter<&'b Band> {
    let mut found: Vec<&Band> = Vec::new();
    for band in in_order(range, bands) {
        if !found.iter().any(|known| std::ptr::eq(*known, band)) {
            found.push(band);
        }
    }
    found.into_iter()
}

fn covers(band: &Band, range: &Range) -> bool {
    band_range(band).within(range) == *range
}

/// Whether the bands in the order of their values leave nothing of the range out.
fn without_gap(range: &Range, bands: &[Band]) -> bool {
    let mut sorted: Vec<Range> = bands.iter().map(band_range).collect();
    sorted.sort_by(|a, b| a.low.cmp(&b.low));
    let mut rest = range.clone();
    for band in sorted {
        let meets = match (&band.low, &rest.low) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(from), Some(low)) => {
                from < low || (from == low && (!band.low_open || rest.low_open))
            }
        };
        if !meets {
            return false;
        }
        match (&band.high, &rest.low) {
            (None, _) => return true,
            (Some(to), Some(low)) if to < low => continue,
            (Some(to), _) => {
                rest.low = Some(to.clone());
                rest.low_open = !band.high_open;
            }
        }
        if rest.is_empty() {
            return true;
        }
    }
    false
}

fn distance(range: &Range) -> Range {
    if range.is_never_negative() {
        range.clone()
    } else if range.is_never_positive() {
        range.negate()
    } else {
        Range::between(Some(Exact::zero()), range.reach())
    }
}

fn smaller(one: &Range, two: &Range) -> Range {
    let low = match (&one.low, &two.low) {
        (Some(a), Some(b)) => Some(a.min(b).clone()),
        _ => None,
    };
    let high = match (&one.high, &two.high) {
        (Some(a), Some(b)) => Some(a.min(b).clone()),
        (a, b) => a.clone().or_else(|| b.clone()),
    };
    Range::between(low, high)
}
