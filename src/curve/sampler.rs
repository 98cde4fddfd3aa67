//! Computes the month at as many values as it takes to find every step and kink, each by the exact evaluator.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::Row;
use crate::driver::{Invoicing, Outcome};
use crate::evaluate::Evaluator;
use crate::ledger::Statement;
use crate::program::{NodeId, Op, Program};
use crate::quantity::Exact;
use crate::text::Span;

use super::bounds::Grid;
use super::variable::{Change, Variable};

/// Up to so many values, all of them are computed.
const MOST_ALL: i64 = 400;

/// Otherwise so many are computed first, at equal distances.
const EVENLY: i64 = 48;

/// The most values that are computed, of a contract of usual size.
const MOST: usize = 2_500;

/// The most operations that all these months may have together, and how few values are computed in any case.
const MOST_OPERATIONS: usize = 50_000_000;
const FEWEST: usize = 200;

/// The most places at which a condition of the contract changes between two values, for which the values next to the
/// place are computed.
const MOST_PLACES: usize = 600;

/// A month computed at one value.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    /// What was changed.
    pub(super) set: Exact,
    /// The KPI.
    pub(super) value: Option<Exact>,
    /// The amounts, or why there is no invoice.
    pub(super) result: Result<Amounts, String>,
}

/// What a month comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amounts {
    pub(super) total: Exact,
    /// The lines of the item that is asked about; zero if none is.
    pub(super) own: Exact,
}

/// A month that is computed again and again.
pub(super) struct Sampler<'s, 'p> {
    pub(super) invoicing: &'s mut Invoicing<'p>,
    pub(super) row: &'s Row,
    pub(super) variable: &'s Variable,
    pub(super) grid: Grid,
    /// The item that is asked about.
    pub(super) item: Option<Span>,
    /// How far a middle may be from the straight line.
    pub(super) rounding: Exact,
    pub(super) trials: BTreeMap<i64, Trial>,
    /// Whether a limit was reached.
    pub(super) cut_short: bool,
}

/// How many values of a program's month are computed at most.
fn most(program: &Program) -> usize {
    let operations = program.nodes.len().max(1);
    (MOST_OPERATIONS / operations).clamp(FEWEST, MOST)
}

impl Sampler<'_, '_> {
    /// Finds the steps and kinks. `places` are values of what is changed at which something is expected.
    pub(super) fn explore(&mut self, program: &Program, places: &[Exact]) {
        if self.grid.count <= MOST_ALL {
            for position in 0..=self.grid.count {
                self.at(position);
            }
            return;
        }
        let mut first: BTreeSet<i64> = (0..=EVENLY)
            .map(|part| self.grid.count / EVENLY * part)
            .collect();
        first.insert(self.grid.count);
        let watched = watched(program);
        let mut seen: Vec<(i64, Vec<Option<Exact>>)> = Vec::new();
        for position in &first {
            seen.push((*position, self.watch(*position, &watched)));
        }
        let mut next: BTreeSet<i64> = BTreeSet::new();
        let expected = places.iter().filter_map(|set| self.grid.position(set));
        let expected: Vec<i64> = expected.collect();
        for pair in seen.windows(2) {
            if let [(from, before), (to, after)] = pair {
                next.extend(changes((*from, before), (*to, after)));
            }
        }
        let most_places = MOST_PLACES.min(most(program) / 4);
        if next.len() > most_places {
            self.cut_short = true;
        }
        let next = next.into_iter().take(most_places).chain(expected);
        let near = next.flat_map(|at| [at - 1, at, at + 1, at + 2]);
        let all = 0..=self.grid.count;
        for position in near.filter(|at| all.contains(at)) {
            self.at(position);
        }
        self.refine(most(program));
    }

    /// Halves each gap whose middle is not on the straight line between its ends, until neighbours are reached.
    fn refine(&mut self, most: usize) {
        let known: Vec<i64> = self.trials.keys().copied().collect();
        let mut open: Vec<(i64, i64)> = known
            .windows(2)
            .filter_map(|pair| match pair {
                [from, to] => Some((*from, *to)),
                _ => None,
            })
            .collect();
        while let Some((from, to)) = open.pop() {
            if to - from <= 1 {
                continue;
            }
            if self.trials.len() >= most {
                self.cut_short = true;
                return;
            }
            let middle = from + (to - from) / 2;
            if !self.is_straight(from, middle, to) {
                open.extend([(from, middle), (middle, to)]);
            }
        }
    }

    fn is_straight(&mut self, from: i64, middle: i64, to: i64) -> bool {
        let ends = (self.at(from).result, self.at(to).result);
        let middle_result = self.at(middle).result;
        let ((Ok(from_amounts), Ok(to_amounts)), Ok(found)) = (&ends, &middle_result) else {
            return ends.0.is_err() && ends.1.is_err() && middle_result.is_err();
        };
        let part = Exact::ratio(middle - from, to - from).unwrap_or_else(Exact::zero);
        let between = |a: &Exact, b: &Exact| a.add(&b.subtract(a).multiply(&part));
        let close = |a: &Exact, b: &Exact, found: &Exact| {
            between(a, b).subtract(found).abs() <= self.rounding
        };
        close(&from_amounts.total, &to_amounts.total, &found.total)
            && close(&from_amounts.own, &to_amounts.own, &found.own)
    }

    /// The month at a position.
    pub(super) fn at(&mut self, position: i64) -> Trial {
        if let Some(known) = self.trials.get(&position) {
            return known.clone();
        }
        let set = self.grid.at(position);
        let trial = self.trial(&set);
        self.trials.insert(position, trial.clone());
        trial
    }

    /// The month at the position nearest to a value of what is changed; nothing if that is outside.
    pub(super) fn nearest(&mut self, set: &Exact) -> Option<Trial> {
        let at = self.grid.position(set)?;
        let distance = |position: i64| self.grid.at(position).subtract(set).abs();
        let beside = if self.grid.reversed { at - 1 } else { at + 1 };
        let is_nearer = (0..=self.grid.count).contains(&beside) && distance(beside) < distance(at);
        Some(self.at(if is_nearer { beside } else { at }))
    }

    /// The month at any value of what is changed.
    pub(super) fn trial(&mut self, set: &Exact) -> Trial {
        let (node, item) = (self.variable.node, self.item);
        let read = |evaluator: &Evaluator<'_>, outcome: Outcome| Trial {
            set: set.clone(),
            value: match node {
                Some(node) => evaluator.number(node).cloned(),
                None => Some(set.clone()),
            },
            result: amounts(outcome, item),
        };
        self.compute(set, read).unwrap_or_else(|| Trial {
            set: set.clone(),
            value: None,
            result: Err("the contract has no program".to_owned()),
        })
    }

    fn watch(&mut self, position: i64, watched: &[Watched]) -> Vec<Option<Exact>> {
        self.at(position);
        let set = self.grid.at(position);
        let read = |evaluator: &Evaluator<'_>, _: Outcome| {
            let each = watched.iter().map(|one| one.distance(evaluator));
            each.collect()
        };
        self.compute(&set, read).unwrap_or_default()
    }

    fn compute<T>(
        &mut self,
        set: &Exact,
        read: impl FnOnce(&Evaluator<'_>, Outcome) -> T,
    ) -> Option<T> {
        if let Change::Itself(nodes) = &self.variable.change {
            let values: Vec<(NodeId, Exact)> =
                nodes.iter().map(|node| (*node, set.clone())).collect();
            return self
                .invoicing
                .suppose_aside(self.row, &values, |evaluator, outcome| {
                    read(evaluator, outcome)
                });
        }
        let mut row = self.row.clone();
        self.variable.change.apply(set, &mut row);
        let outcome = self.invoicing.compute_aside(&row);
        Some(read(self.invoicing.evaluator()?, outcome))
    }
}

/// What an outcome comes to.
pub(super) fn amounts(outcome: Outcome, item: Option<Span>) -> Result<Amounts, String> {
    match outcome {
        Outcome::Invoiced(statement) => Ok(Amounts {
            own: item.map_or_else(Exact::zero, |item| of_item(&statement, item)),
            total: statement.total,
        }),
        Outcome::Refused(refusal, problems) => {
            let reasons = refusal.reasons.into_iter().map(|reason| reason.message);
            let problems = problems.iter().map(ToString::to_string);
            let all: Vec<String> = reasons.chain(problems).collect();
            Err(all.join("; "))
        }
    }
}

/// The lines of an item together.
fn of_item(statement: &Statement, item: Span) -> Exact {
    let within =
        |inner: Span| item.file == inner.file && item.start <= inner.start && inner.end <= item.end;
    let lines = statement.lines.iter().filter(|line| within(line.span));
    lines.fold(Exact::zero(), |sum, line| sum.add(&line.amount))
}

/// Something whose sign changes where the contract distinguishes values: the distance of two values that it compares.
enum Watched {
    Between(NodeId, NodeId),
    To(NodeId, Exact),
}

impl Watched {
    fn distance(&self, evaluator: &Evaluator<'_>) -> Option<Exact> {
        match self {
            Self::Between(one, other) => {
                Some(evaluator.number(*one)?.subtract(evaluator.number(*other)?))
            }
            Self::To(node, end) => Some(evaluator.number(*node)?.subtract(end)),
        }
    }
}

/// Every comparison, every end of a band, and every choice of a least or greatest value.
fn watched(program: &Program) -> Vec<Watched> {
    let mut found = Vec::new();
    for node in &program.nodes {
        match &node.op {
            Op::Compare(_, one, other) => found.push(Watched::Between(*one, *other)),
            Op::Min(all) | Op::Max(all) => {
                let first = all.first().copied();
                let rest = all.iter().skip(1);
                found.extend(rest.filter_map(|other| Some(Watched::Between(first?, *other))));
            }
            Op::Bands(of, bands, _) => {
                let ends = bands.iter().flat_map(|band| [&band.low, &band.high]);
                let ends: BTreeSet<&Exact> = ends.flatten().map(|(end, _)| end).collect();
                found.extend(ends.into_iter().map(|end| Watched::To(*of, end.clone())));
            }
            _ => {}
        }
    }
    found
}

/// The positions at or before which a watched distance changes its sign, as far as it is a straight line in between.
fn changes(
    (from, before): (i64, &[Option<Exact>]),
    (to, after): (i64, &[Option<Exact>]),
) -> Vec<i64> {
    let mut found = Vec::new();
    for (one, other) in before.iter().zip(after) {
        let (Some(one), Some(other)) = (one, other) else {
            continue;
        };
        if one == other
            || (one.is_negative() == other.is_negative() && !one.is_zero() && !other.is_zero())
        {
            continue;
        }
        let part = one.divide(&one.subtract(other));
        let steps = part.map(|part| part.multiply(&Exact::from_integer(to - from)));
        let steps = steps.and_then(|steps| steps.floor().to_integer());
        found.extend(steps.map(|steps| from + steps.clamp(0, to - from)));
    }
    found
}
