//! How the value of a KPI and what is changed belong together.

use crate::data::Cell;
use crate::driver::Outcome;
use crate::evaluate::Evaluator;
use crate::model::Contract;
use crate::program::{NodeId, Program};
use crate::quantity::{Exact, Type};

use super::Occasion;
use super::bounds::{Grid, Known};
use super::variable::{self, Change, Share, Variable};

/// The KPI is `at_zero + slope * set`.
pub(super) struct Scale {
    at_zero: Exact,
    slope: Exact,
}

impl Scale {
    fn itself() -> Self {
        Self {
            at_zero: Exact::zero(),
            slope: Exact::one(),
        }
    }

    /// What is to be changed to, for the KPI to have that value.
    pub(super) fn set_at(&self, value: &Exact) -> Option<Exact> {
        value.subtract(&self.at_zero).divide(&self.slope)
    }
}

/// The scale, and the values that are tried.
pub(super) fn of(
    occasion: &mut Occasion<'_>,
    contract: &Contract,
    program: &Program,
    (name, variable): (&str, &Variable),
) -> Result<(Scale, Grid), String> {
    match &variable.change {
        Change::Column(column) => {
            let known = of_column(program, name, occasion.row.cells.get(*column));
            Ok((Scale::itself(), Grid::of(&known)?))
        }
        Change::Itself(_) => {
            let known = of_itself(contract, (name, variable), occasion);
            Ok((Scale::itself(), Grid::of(&known)?))
        }
        Change::Quotient { above, against, .. } => {
            let scale = linear(occasion, program, variable)?;
            let range = range(contract, (name, variable));
            let known = of_quotient(&scale, range, (above, against));
            let mut grid = Grid::of(&known)?;
            grid.reversed = scale.slope.is_negative();
            Ok((scale, grid))
        }
    }
}

fn of_column(program: &Program, name: &str, cell: Option<&Cell>) -> Known {
    let slot = program.plan.slots.iter().find(|slot| slot.name == name);
    let is_share = slot.is_some_and(|slot| slot.kind == Type::Percent);
    let stated = slot.and_then(|slot| slot.step.clone());
    let whole = slot.filter(|slot| slot.whole || slot.kind == Type::Flag);
    Known {
        least: slot.and_then(|slot| slot.least.clone()),
        most: match slot.and_then(|slot| slot.most.clone()) {
            None if is_share || slot.is_some_and(|slot| slot.kind == Type::Flag) => {
                Some(Exact::one())
            }
            most => most,
        },
        step: stated.or_else(|| whole.map(|_| Exact::one())),
        now: match cell {
            Some(Cell::Value(value)) => Some(value.clone()),
            _ => None,
        },
    }
}

/// The range of a KPI, as far as the contract states it.
fn range(
    contract: &Contract,
    (name, variable): (&str, &Variable),
) -> (Option<Exact>, Option<Exact>) {
    let named = contract
        .names
        .iter()
        .find(|one| one.name == name || variable::is_member(name, &one.name));
    let (least, most) = named.map_or((None, None), |one| (one.least.clone(), one.most.clone()));
    if variable.kind == Type::Percent {
        return (
            least.or_else(|| Some(Exact::zero())),
            most.or_else(|| Some(Exact::one())),
        );
    }
    (least, most)
}

fn of_itself(
    contract: &Contract,
    (name, variable): (&str, &Variable),
    occasion: &Occasion<'_>,
) -> Known {
    let (least, most) = range(contract, (name, variable));
    let metric = contract.metrics.iter().find(|one| one.name == name);
    let facts = metric.and_then(|one| contract.facts.metric(one.item?));
    let step = facts.and_then(|facts| {
        let rounded = facts.rounded.as_ref().map(|rounded| &rounded.step);
        rounded.or(facts.step.as_ref())?.fixed().cloned()
    });
    let last = occasion
        .past
        .last()
        .filter(|past| past.month == occasion.row.month);
    Known {
        least,
        most,
        step,
        now: last.and_then(|past| past.value_of(name)).cloned(),
    }
}

/// The ends of what is changed, from the range of the KPI and what the columns allow.
fn of_quotient(
    scale: &Scale,
    (least, most): (Option<Exact>, Option<Exact>),
    (above, against): (&[Share], &[Share]),
) -> Known {
    let at = |value: &Option<Exact>| scale.set_at(value.as_ref()?);
    let (mut least, mut most) = (at(&least), at(&most));
    if scale.slope.is_negative() {
        (least, most) = (most, least);
    }
    let now = variable::sum(above);
    let sum_of = |all: &[Share], end: fn(&Share) -> Option<Exact>| {
        let ends: Option<Vec<Exact>> = all.iter().map(end).collect();
        ends.map(|ends| ends.iter().fold(Exact::zero(), |sum, one| sum.add(one)))
    };
    let mut floor = sum_of(above, |one| one.least.clone());
    let mut ceiling = sum_of(above, |one| one.most.clone());
    if !against.is_empty() {
        // What the others lose cannot be more than they have.
        let room = variable::sum(against);
        let room =
            room.subtract(&sum_of(against, |one| one.least.clone()).unwrap_or_else(Exact::zero));
        let full = now.add(&room);
        ceiling = Some(ceiling.map_or(full.clone(), |ceiling| ceiling.min(full)));
        floor = floor.or_else(|| Some(Exact::zero()));
    }
    let narrower =
        |one: Option<Exact>, other: Option<Exact>, pick: fn(Exact, Exact) -> Exact| match (
            one, other,
        ) {
            (Some(one), Some(other)) => Some(pick(one, other)),
            (one, other) => one.or(other),
        };
    let all = || above.iter().chain(against);
    let single = match above {
        [one] if against.is_empty() => one.step.clone(),
        _ => None,
    };
    Known {
        least: narrower(least, floor, Ord::max),
        most: narrower(most, ceiling, Ord::min),
        step: single.or_else(|| all().all(|one| one.whole).then(Exact::one)),
        now: Some(now),
    }
}

/// How the KPI depends on what is changed, if that is a straight line. A KPI that is rounded is taken as it is before.
fn linear(
    occasion: &mut Occasion<'_>,
    program: &Program,
    variable: &Variable,
) -> Result<Scale, String> {
    let node = variable.node.map(|node| variable::unrounded(program, node));
    let node = node.ok_or("it has no value")?;
    let now = variable.change.now().unwrap_or_else(Exact::zero);
    let mut value = |set: &Exact| value_at(occasion, variable, node, set);
    let here = value(&now).ok_or("it has no value in the month")?;
    let ends = [Exact::one(), Exact::from_integer(-1)];
    let mut ends = ends.iter().filter_map(|step| {
        let found = value(&now.add(step))?;
        let slope = found.subtract(&here).divide(step)?;
        Some((step.clone(), slope))
    });
    let (step, slope) = ends
        .next()
        .ok_or("it has no value next to that of the month")?;
    drop(ends);
    if slope.is_zero() {
        return Err("its value in this month does not depend on the month's data; a value of other months may replace it".to_owned());
    }
    let scale = Scale {
        at_zero: here.subtract(&slope.multiply(&now)),
        slope,
    };
    // Two more places, one of them far away, so that a bend is noticed.
    let twice = now.add(&step).add(&step);
    let half = now.divide(&Exact::from_integer(2)).map(|half| half.floor());
    let others = [Some(twice), half];
    let straight = others.iter().flatten().all(|set| {
        value_at(occasion, variable, node, set)
            .is_none_or(|found| scale.at_zero.add(&scale.slope.multiply(set)) == found)
    });
    if straight {
        Ok(scale)
    } else {
        Err(NOT_LINEAR.to_owned())
    }
}

/// Whether the KPI is a straight line in what is changed.
pub(super) fn is_linear(
    occasion: &mut Occasion<'_>,
    program: &Program,
    variable: &Variable,
) -> Result<(), String> {
    linear(occasion, program, variable).map(|_| ())
}

/// The reason if a KPI is no straight line in its columns.
pub(super) const NOT_LINEAR: &str = "it does not change evenly with any column of the data";

fn value_at(
    occasion: &mut Occasion<'_>,
    variable: &Variable,
    node: NodeId,
    set: &Exact,
) -> Option<Exact> {
    let mut row = occasion.row.clone();
    variable.change.apply(set, &mut row);
    let _: Outcome = occasion.invoicing.compute_aside(&row);
    let evaluator: &Evaluator<'_> = occasion.invoicing.evaluator()?;
    evaluator.number(node).cloned()
}
