//! The least value of a query: the ranges of its figures are split, best first, until the least is known.
//!
//! A piece is the ranges in which the figures lie. Where a value moves in one direction with a figure, its least is at that
//! end; what is left is split where a condition changes, or in the middle. A piece whose bound is not below the best month
//! found so far is done. All numbers are exact, and the order of the work depends on nothing but the query.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::program::NodeId;
use crate::quantity::Exact;

use super::backward::{Roundings, Slopes};
use super::cuts::{Cut, Cuts};
use super::forward::Forward;
use super::query::Query;
use super::range::Range;

/// How many operations may be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// What is left.
    pub left: u64,
    /// What was used.
    pub used: u64,
}

/// Where a piece is split next: along which figure, and how; nothing if it cannot be.
type Split = Option<(usize, Cut)>;

impl Budget {
    /// A budget of so many operations.
    #[must_use]
    pub const fn of(operations: u64) -> Self {
        Self {
            left: operations,
            used: 0,
        }
    }

    fn take(&mut self, operations: usize) {
        let operations = u64::try_from(operations).unwrap_or(u64::MAX);
        self.left = self.left.saturating_sub(operations);
        self.used = self.used.saturating_add(operations);
    }
}

/// When the search may stop.
#[derive(Clone, Debug, Default)]
pub struct Goal {
    /// As soon as a month is below this.
    pub below: Option<Exact>,
    /// As soon as no month can be below this.
    pub at_least: Option<Exact>,
    /// As soon as the least is known to within this.
    pub close: Exact,
}

/// A figure as the search sees it.
#[derive(Clone, Debug)]
pub struct Axis {
    /// What it can be.
    pub range: Range,
    /// The distance between two values; nothing where there is none.
    pub step: Option<Exact>,
    /// Its usual value.
    pub usual: Exact,
}

/// What the search knows.
#[derive(Clone, Debug)]
pub struct Least {
    /// No value is below this; nothing if that is not known.
    pub bound: Option<Exact>,
    /// The least value found, with its figures. Nothing if no month can be computed.
    pub best: Option<(Exact, Vec<Exact>)>,
    /// Whether everything was looked at.
    pub finished: bool,
}

impl Least {
    /// Whether the least found is the least there is.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        match (&self.bound, &self.best) {
            (Some(bound), Some((best, _))) => bound >= best,
            (_, None) => self.finished,
            _ => false,
        }
    }
}

#[derive(PartialEq, Eq)]
struct Piece {
    bound: Option<Exact>,
    order: Reverse<u64>,
    figures: Vec<Range>,
    cut: Option<(usize, Cut)>,
}

impl Ord for Piece {
    fn cmp(&self, other: &Self) -> Ordering {
        // The heap gives the greatest first: the lowest bound, and among equals the oldest.
        other
            .bound
            .cmp(&self.bound)
            .then(self.order.cmp(&other.order))
    }
}

impl PartialOrd for Piece {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

struct Search<'q> {
    query: &'q Query,
    axes: &'q [Axis],
    cuts: Cuts,
    open: BinaryHeap<Piece>,
    best: Option<(Exact, Vec<Exact>)>,
    /// The lowest bound of the pieces that cannot be split further.
    stuck: Option<Option<Exact>>,
    count: u64,
}

/// The least value of a query where the figures lie in the ranges of the axes.
pub fn least(query: &Query, axes: &[Axis], goal: &Goal, budget: &mut Budget) -> Least {
    let mut search = Search {
        query,
        axes,
        cuts: Cuts::of(query, axes),
        open: BinaryHeap::new(),
        best: None,
        stuck: None,
        count: 0,
    };
    // A usual month is a good start: much is cut off early.
    let usual: Vec<Exact> = axes.iter().map(|axis| axis.usual.clone()).collect();
    search.try_month(usual, budget);
    search.add(axes.iter().map(|axis| axis.range.clone()).collect(), budget);
    search.run(goal, budget)
}

impl Search<'_> {
    fn run(mut self, goal: &Goal, budget: &mut Budget) -> Least {
        loop {
            let Some(piece) = self.open.pop() else {
                let best = self.best.as_ref().map(|(best, _)| best.clone());
                let stuck = self.stuck.is_some();
                let bound = match (best, self.stuck) {
                    (best, None) => best,
                    (Some(best), Some(bound)) => bound.map(|bound| bound.min(best)),
                    (None, Some(bound)) => bound,
                };
                return Least {
                    bound,
                    best: self.best,
                    finished: !stuck,
                };
            };
            let best = self.best.as_ref().map(|(best, _)| best);
            let lowest = match &self.stuck {
                Some(stuck) => stuck.clone().min(piece.bound.clone()),
                None => piece.bound.clone(),
            };
            let low = match (lowest, best) {
                (Some(bound), Some(best)) => Some(bound.min(best.clone())),
                (bound, _) => bound,
            };
            let found =
                best.is_some_and(|best| goal.below.as_ref().is_some_and(|below| best < below));
            let proved = low.as_ref().is_some_and(|low| {
                goal.at_least.as_ref().is_some_and(|least| low >= least)
                    || best.is_some_and(|best| best.subtract(low) <= goal.close)
            });
            if found || proved || budget.left == 0 {
                return Least {
                    bound: low,
                    best: self.best,
                    finished: proved,
                };
            }
            self.split(piece, budget);
        }
    }

    fn is_beaten(&self, bound: Option<&Exact>) -> bool {
        match (bound, &self.best) {
            (Some(bound), Some((best, _))) => bound >= best,
            _ => false,
        }
    }

    fn add(&mut self, figures: Vec<Range>, budget: &mut Budget) {
        let Some((bound, cut)) = self.bound(&figures, budget) else {
            return;
        };
        if self.is_beaten(bound.as_ref()) {
            return;
        }
        self.count += 1;
        self.open.push(Piece {
            bound,
            order: Reverse(self.count),
            figures,
            cut,
        });
    }

    fn split(&mut self, piece: Piece, budget: &mut Budget) {
        let Some((axis, cut)) = piece.cut else {
            self.stuck = Some(match self.stuck.take() {
                Some(stuck) => stuck.min(piece.bound),
                None => piece.bound,
            });
            return;
        };
        let (Some(range), Some(step)) = (piece.figures.get(axis), self.axes.get(axis)) else {
            return;
        };
        for part in cut.parts(range, step.step.as_ref()) {
            if part.is_empty() || part == *range {
                continue;
            }
            let mut figures = piece.figures.clone();
            if let Some(own) = figures.get_mut(axis) {
                *own = part;
            }
            self.add(figures, budget);
        }
    }

    /// A lower bound of the piece and where to split it next; nothing if no month of it can be computed, or it is done.
    fn bound(&mut self, figures: &[Range], budget: &mut Budget) -> Option<(Option<Exact>, Split)> {
        let root = self.query.root;
        let mut face = figures.to_vec();
        let mut error = Exact::zero();
        let mut low: Option<Exact> = None;
        let mut roundings = Roundings::Steps;
        let mut last_cut = None;
        for round in 0..8 {
            budget.take(self.query.ops.len() * 2);
            let pass = Forward::of(&self.query.ops, &face);
            let known = pass.at(root);
            let range = known.range.as_ref();
            if round == 0 && range.is_none() {
                return None;
            }
            if let Some(own) = range.and_then(|range| range.low.as_ref()) {
                let own = own.subtract(&error);
                if low.as_ref().is_none_or(|low| own > *low) {
                    low = Some(own);
                }
            }
            if range.is_some_and(|range| range.only().is_some()) || self.is_beaten(low.as_ref()) {
                break;
            }
            let slopes = Slopes::of(&pass, root, roundings);
            let (moved, noisy) = self.collapse(&pass, &slopes, &mut face);
            if moved && noisy {
                match &slopes.error {
                    Some(own) => error = error.add(own),
                    None => break,
                }
            }
            if !moved {
                if roundings == Roundings::Steps {
                    roundings = Roundings::Errors;
                    continue;
                }
                last_cut = self.cuts.choose(&pass, &slopes, &face, self.axes);
                break;
            }
        }
        let month = self.corner(&face);
        let value = self.try_month(month, budget);
        if value.is_none() && figures.iter().all(|range| range.only().is_some()) {
            return None;
        }
        if self.is_beaten(low.as_ref()) {
            return Some((low, None));
        }
        // The corner may be a month that cannot be computed; then the piece itself is split.
        let cut = last_cut.or_else(|| {
            let reached = matches!((&value, &low), (Some(value), Some(low)) if value <= low);
            (!reached)
                .then(|| Cuts::halve(figures, self.axes))
                .flatten()
        });
        Some((low, cut))
    }

    /// Moves each figure to the end where the value is least, if that is the same end everywhere. Says whether any moved, and
    /// whether the errors of roundings count for that.
    fn collapse(&self, pass: &Forward<'_>, slopes: &Slopes, face: &mut [Range]) -> (bool, bool) {
        let mut moved = false;
        for (at, op) in pass.ops.iter().enumerate() {
            let crate::program::Op::Input(slot) = op else {
                continue;
            };
            let axis = slot.0 as usize;
            let (Some(range), Some(own)) = (face.get_mut(axis), self.axes.get(axis)) else {
                continue;
            };
            if range.only().is_some() {
                continue;
            }
            let none = Range::zero();
            let place = u32::try_from(at).map_or(NodeId(u32::MAX), NodeId);
            let slope = slopes.at(place).unwrap_or(&none);
            let end = if slope.is_zero() {
                Some(inside(range, own))
            } else if slope.is_never_negative() {
                if range.low_open {
                    moved |= narrow(range, own, true);
                }
                range.low.clone().filter(|_| !range.low_open)
            } else if slope.is_never_positive() {
                if range.high_open {
                    moved |= narrow(range, own, false);
                }
                range.high.clone().filter(|_| !range.high_open)
            } else {
                None
            };
            if let Some(end) = end {
                *range = Range::point(end);
                moved = true;
            }
        }
        (
            moved,
            slopes.error.as_ref().is_none_or(|error| !error.is_zero()),
        )
    }

    /// A month of the piece: its one value where a figure has one, else the usual one or the one nearest to it.
    fn corner(&self, face: &[Range]) -> Vec<Exact> {
        let both = face.iter().zip(self.axes);
        both.map(|(range, axis)| inside(range, axis)).collect()
    }

    /// Computes a month and keeps it if it is the best. The value, if the month can be computed.
    fn try_month(&mut self, month: Vec<Exact>, budget: &mut Budget) -> Option<Exact> {
        budget.take(self.query.ops.len());
        let figures: Vec<Range> = month.iter().cloned().map(Range::point).collect();
        let pass = Forward::of(&self.query.ops, &figures);
        let known = pass.at(self.query.root);
        let value = known.only()?.clone();
        if self.best.as_ref().is_none_or(|(best, _)| value < *best) {
            self.best = Some((value.clone(), month));
        }
        Some(value)
    }
}

/// Keeps the part of a range next to an end that it does not have. Says whether that made it shorter.
fn narrow(range: &mut Range, axis: &Axis, to_low: bool) -> bool {
    let part = |by: i64| axis.range.width()?.divide(&Exact::from_integer(by));
    let (Some(width), Some(short)) = (range.width(), part(1 << 12)) else {
        return false;
    };
    if width <= short {
        return false;
    }
    if to_low {
        range.high = range.low.as_ref().map(|low| low.add(&short));
        range.high_open = false;
    } else {
        range.low = range.high.as_ref().map(|high| high.subtract(&short));
        range.low_open = false;
    }
    true
}

/// The usual value, or the one of the range that is nearest to it.
fn inside(range: &Range, axis: &Axis) -> Exact {
    if range.has(&axis.usual) {
        return axis.usual.clone();
    }
    let near = |end: &Exact, open: bool, other: Option<&Exact>, up: bool| {
        if !open {
            return end.clone();
        }
        // An open end belongs to a figure without a step: a little inside is near enough.
        let width = other.map_or_else(Exact::one, |other| other.subtract(end).abs());
        let little = width
            .divide(&Exact::from_integer(1_000))
            .unwrap_or_default();
        if up {
            end.add(&little)
        } else {
            end.subtract(&little)
        }
    };
    match (&range.low, &range.high) {
        (Some(low), high) if axis.usual <= *low => near(low, range.low_open, high.as_ref(), true),
        (low, Some(high)) => near(high, range.high_open, low.as_ref(), false),
        (Some(low), None) => low.clone(),
        (None, None) => Exact::zero(),
    }
}
