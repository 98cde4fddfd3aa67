//! The invoice of a month over the whole range of a KPI, with everything else as in the month.
//!
//! Each amount is computed by the exact evaluator. Where the contract distinguishes values, the values next to the place
//! are computed. Gaps are halved until the middle of each is on the straight line between its ends.

mod bounds;
mod map;
mod month;
mod pieces;
mod request;
mod sampler;
mod scale;
mod variable;

use std::collections::BTreeMap;

use crate::model::Contract;
use crate::program::Program;
use crate::quantity::{Exact, Figure};
use crate::report::curve::{Curve, Marker, MarkerKind, PastMonth, Point, Varied};
use crate::text::Span;

pub use map::map;
pub use month::{Occasion, PastValues, newest_invoiced};
pub use request::names;

use sampler::{Sampler, Trial};
use variable::Variable;

/// The curve of a KPI or input. Its points also have the amounts of `item`, if one is given.
///
/// # Errors
/// Why there is none, in words that can follow the name and a colon.
pub fn curve(occasion: &mut Occasion<'_>, name: &str, item: Option<Span>) -> Result<Curve, String> {
    let contract = occasion.checked.contract_in(occasion.row.month);
    let program = occasion.program().ok_or("the contract has no program")?;
    let variable = Variable::of(occasion, contract, program, name)?;
    let (scale, grid) = scale::of(occasion, contract, program, (name, &variable))?;
    let markers = markers(contract, name);
    let rounding = rounding(program);
    let row = occasion.row.clone();
    let now_set = variable.now(occasion, name);
    let occasion_is_example = occasion.is_example;
    let past = std::mem::take(&mut occasion.past);
    let mut sampler = Sampler {
        invoicing: &mut occasion.invoicing,
        row: &row,
        variable: &variable,
        grid,
        item,
        rounding: rounding.clone(),
        trials: BTreeMap::new(),
        cut_short: false,
    };
    let places = markers
        .iter()
        .filter_map(|marker| scale.set_at(&marker.value));
    let places: Vec<Exact> = places.chain(now_set.clone()).collect();
    sampler.explore(program, &places);
    let now = now_set.and_then(|set| point(&sampler.trial(&set)));
    let shown = if occasion_is_example {
        &[]
    } else {
        past.as_slice()
    };
    let past_months = shown
        .iter()
        .map(|month| {
            let value = month.value_of(name).cloned();
            let set = value.as_ref().and_then(|value| scale.set_at(value));
            let here = set.and_then(|set| sampler.nearest(&set));
            PastMonth {
                month: month.month,
                total: month.total.clone(),
                here: here.and_then(|trial| point(&trial)),
                value,
            }
        })
        .collect();
    let varied = varied(&sampler, name);
    let (pieces, steps) = pieces::pieces(&sampler.trials, &rounding);
    occasion.past = past;
    if pieces.is_empty() {
        return Err("the month has no invoice at any of its values".to_owned());
    }
    Ok(Curve {
        name: name.to_owned(),
        title: variable.title.clone(),
        clause: variable.clause.clone(),
        kind: variable.kind.clone(),
        higher_is_better: variable.higher_is_better,
        varied,
        now,
        pieces,
        steps,
        markers,
        past: past_months,
        rounding,
    })
}

fn varied(sampler: &Sampler<'_, '_>, name: &str) -> Varied {
    let (grid, variable) = (&sampler.grid, sampler.variable);
    let figure = |value: Exact| Figure::new(value, variable.set_kind.clone());
    let high = Exact::from_integer(grid.count).multiply(&grid.step);
    Varied {
        way: variable.change.way(name),
        from: figure(grid.low.clone()),
        to: figure(grid.low.add(&high)),
        step: figure(grid.step.clone()),
        step_is_stated: grid.step_is_stated,
        ends_are_stated: grid.ends_are_stated,
        computed: sampler.trials.len(),
        all: i64::try_from(sampler.trials.len()).ok() == grid.count.checked_add(1),
        cut_short: sampler.cut_short,
    }
}

fn point(trial: &Trial) -> Option<Point> {
    let amounts = trial.result.as_ref().ok()?;
    Some(Point {
        value: trial.value.clone()?,
        set: trial.set.clone(),
        total: amounts.total.clone(),
        own: amounts.own.clone(),
    })
}

/// What the rounding of lines can add to the difference between a month and the straight line: one rounding step for
/// each line that is rounded.
fn rounding(program: &Program) -> Exact {
    let step = program.plan.currency.map(|currency| currency.minor_unit());
    let lines = program.plan.lines.iter();
    lines.fold(Exact::zero(), |sum, line| {
        let stated = variable::rounding_step(program, line.amount);
        let own = stated.or_else(|| step.clone());
        own.map_or(sum.clone(), |own| sum.add(&own))
    })
}

/// The targets, critical levels and goals that the contract states for a KPI.
fn markers(contract: &Contract, name: &str) -> Vec<Marker> {
    let metric = contract
        .metrics
        .iter()
        .find(|one| one.name == name || variable::is_member(name, &one.name));
    let Some(metric) = metric else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for level in contract
        .facts
        .levels
        .iter()
        .filter(|one| metric.is(&one.metric))
    {
        let called = level.head.name().to_owned();
        let mut mark = |kind, value: Option<&Exact>| {
            found.extend(value.map(|value| Marker {
                kind,
                level: called.clone(),
                value: value.clone(),
                moves: level.raised.is_some() && kind == MarkerKind::Target,
            }));
        };
        mark(
            MarkerKind::Target,
            level.target.as_ref().and_then(|one| one.level.fixed()),
        );
        mark(
            MarkerKind::Critical,
            level.critical.as_ref().and_then(|one| one.level.fixed()),
        );
    }
    for objective in &contract.facts.objectives {
        let goals = objective
            .measured_by
            .iter()
            .filter(|goal| metric.is(&goal.metric));
        found.extend(goals.filter_map(|goal| {
            Some(Marker {
                kind: MarkerKind::Goal,
                level: objective.head.name().to_owned(),
                value: goal.level.as_ref()?.1.fixed()?.clone(),
                moves: false,
            })
        }));
    }
    found
}
