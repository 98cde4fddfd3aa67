//! Where a KPI can move without any effect.

use crate::calendar::Month;
use crate::program::{NodeId, Op};
use crate::prove::backward::{Roundings, Slopes};
use crate::prove::cuts::Cuts;
use crate::prove::forward::Forward;
use crate::prove::past::Past;
use crate::prove::prover::Prover;
use crate::prove::query::Query;
use crate::prove::question::Question;
use crate::prove::range::Range;
use crate::prove::search::Axis;
use crate::prove::sheet::{MonthOf, Sheet, needed};
use crate::prove::verdict::{Method, Outcome, Verdict};
use crate::quantity::{Exact, Figure};

use super::kpi::{Kpi, paid};

/// The parts of a KPI's range in which it changes nothing, whatever all other figures are.
fn zones(prover: &Prover<'_>, kpi: &Kpi) -> Option<(Range, Vec<Range>, u64)> {
    let total = prover.program.plan.total?;
    let mut all: Option<Vec<Range>> = None;
    let mut whole = None;
    let mut steps = 0;
    for month in &prover.kinds {
        let (range, own, used) = zones_in(prover, kpi, total, *month)?;
        steps += used;
        whole = Some(range);
        all = Some(match all {
            None => own,
            Some(known) => {
                let both = known
                    .iter()
                    .flat_map(|one| own.iter().map(move |two| one.within(two)));
                both.filter(|range| !range.is_empty()).collect()
            }
        });
    }
    Some((whole?, all.unwrap_or_default(), steps))
}

fn zones_in(
    prover: &Prover<'_>,
    kpi: &Kpi,
    total: NodeId,
    month: Month,
) -> Option<(Range, Vec<Range>, u64)> {
    let mut sheet = Sheet::new(prover.program, &prover.space);
    let past = match &prover.left {
        Some(left) => Past::Any(left),
        None => Past::Written(&[]),
    };
    let placed = sheet.month(
        &needed(prover.program, &[total]),
        &MonthOf {
            month,
            at: 0,
            copy: 0,
            own: &[],
            replaced: &[],
            past,
        },
    );
    let root = placed.get(total.0 as usize).copied().flatten()?;
    let axes: Vec<Axis> = sheet
        .variables
        .iter()
        .map(|variable| Axis {
            range: variable.range.clone(),
            step: variable.step.clone(),
            usual: prover.usual(variable.source),
        })
        .collect();
    let axis = sheet.position(kpi.source, 0, 0)?;
    let whole = axes.get(axis)?.range.clone();
    let figures: Vec<Range> = axes.iter().map(|axis| axis.range.clone()).collect();
    let query = Query::of(&sheet.ops, root, &figures);
    let step = axes.get(axis)?.step.clone();
    let mut pieces = vec![whole.clone()];
    for cut in Cuts::of(&query, &axes).of_axis(axis) {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| {
                let [lower, upper] = cut.parts(&piece, step.as_ref());
                let fits = |part: &Range| !part.is_empty() && part.within(&piece) == *part;
                if fits(&lower) && fits(&upper) {
                    vec![lower, upper]
                } else {
                    vec![piece]
                }
            })
            .collect();
    }
    pieces.sort_by(|a, b| a.low.cmp(&b.low));
    let mut used = 0;
    let mut is_dead = |piece: &Range| {
        let mut figures = figures.clone();
        if let Some(own) = figures.get_mut(axis) {
            *own = piece.clone();
        }
        used += u64::try_from(query.ops.len() * 2).unwrap_or(0);
        let pass = Forward::of(&query.ops, &figures);
        let slopes = Slopes::of(&pass, query.root, Roundings::Errors);
        let mut inputs = query.ops.iter().zip(0u32..);
        let own = inputs.find(|(op, _)| matches!(op, Op::Input(slot) if slot.0 as usize == axis));
        own.is_none_or(|(_, place)| slopes.at(NodeId(place)).is_none_or(Range::is_zero))
    };
    let mut dead: Vec<Range> = Vec::new();
    for piece in pieces {
        if !is_dead(&piece) {
            continue;
        }
        if let Some(last) = dead.last_mut() {
            let both = last.hull(&piece);
            if is_dead(&both) {
                *last = both;
                continue;
            }
        }
        dead.push(piece);
    }
    dead.retain(|piece| piece.only().is_none());
    Some((whole, dead, used))
}

fn words(kpi: &Kpi, whole: &Range, zone: &Range) -> String {
    let figure = |value: &Option<Exact>| {
        value
            .as_ref()
            .map(|value| Figure::new(value.clone(), kpi.value_type.clone()).to_string())
            .unwrap_or_default()
    };
    match (zone.low == whole.low, zone.high == whole.high) {
        (true, true) => "anywhere".to_owned(),
        (true, false) if zone.high_open => format!("below {}", figure(&zone.high)),
        (true, false) => format!("up to {}", figure(&zone.high)),
        (false, true) if zone.low_open => format!("above {}", figure(&zone.low)),
        (false, true) => format!("from {} on", figure(&zone.low)),
        (false, false) => format!("from {} to {}", figure(&zone.low), figure(&zone.high)),
    }
}

pub(super) fn dead(prover: &Prover<'_>) -> Vec<Verdict> {
    let question = Question::DeadZone;
    let mut verdicts = Vec::new();
    for kpi in paid(prover) {
        let Some((whole, zones, steps)) = zones(prover, &kpi) else {
            continue;
        };
        let nodes: Vec<NodeId> = prover.program.plan.total.into_iter().collect();
        let found = if zones.is_empty() {
            let answer = format!(
                "it is not known whether `{}` moves nothing anywhere",
                kpi.name
            );
            prover.verdict(question, Outcome::NotDecided, Method::Pieces, answer)
        } else {
            let all: Vec<String> = zones.iter().map(|zone| words(&kpi, &whole, zone)).collect();
            let answer = format!("`{}` moves nothing {}", kpi.name, all.join(", nor "));
            prover.proved(question, Method::Pieces, &nodes, answer)
        };
        verdicts.push(Verdict {
            about: Some(kpi.name.clone()),
            steps,
            ..found
        });
    }
    if verdicts.is_empty() {
        verdicts.push(prover.without(question, "no KPI that is one figure changes the pay"));
    }
    verdicts
}

pub(super) fn saturated(prover: &Prover<'_>) -> Vec<Verdict> {
    let question = Question::Saturation;
    let mut verdicts = Vec::new();
    for kpi in paid(prover) {
        let (Some(higher), Some((whole, zones, steps))) =
            (kpi.higher_is_better, zones(prover, &kpi))
        else {
            continue;
        };
        let at_worst = zones.into_iter().find(|zone| {
            if higher {
                zone.low == whole.low
            } else {
                zone.high == whole.high
            }
        });
        let nodes: Vec<NodeId> = prover.program.plan.total.into_iter().collect();
        let found = match at_worst {
            Some(zone) => {
                let zone = words(&kpi, &whole, &zone);
                let answer = format!("`{}` has nothing left to lose {zone}", kpi.name);
                prover.proved(question, Method::Pieces, &nodes, answer)
            }
            None => {
                let answer = format!(
                    "it is not known whether `{}` runs out of effect at its worst",
                    kpi.name
                );
                prover.verdict(question, Outcome::NotDecided, Method::Pieces, answer)
            }
        };
        verdicts.push(Verdict {
            about: Some(kpi.name.clone()),
            steps,
            ..found
        });
    }
    if verdicts.is_empty() {
        verdicts.push(prover.without(question, "no KPI with a better side changes the pay"));
    }
    verdicts
}
