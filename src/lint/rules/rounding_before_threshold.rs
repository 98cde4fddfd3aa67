//! `rounding-before-threshold`

use crate::calendar::Month;
use crate::diagnostic::{Diagnostic, Edit};
use crate::lint::rule::rule;
use crate::lint::{Subject, mend};
use crate::program::{Band, NodeId, Op};
use crate::quantity::{Exact, Figure, Rounding, Type};
use crate::text::Span;

rule! {
    /// A value is rounded so coarsely before it is compared that a miss passes.
    ///
    /// Rounded to whole percentages, 79.6% is 80%: a target of 80% is then really one of 79.5%. In 20,000 calls that is
    /// a hundred callers who waited too long and do not count.
    ///
    /// The rule compares the rounding with the distance between the threshold and the end of the scale. Between a
    /// target of 80% and 100%, half a step of 1% is a fortieth of that distance.
    ///
    /// The rule accepts a table whose bands end where the next step begins, such as `98.0% to 98.9%` before `99.0% to
    /// 100%`: such a table is written for rounded values.
    ///
    /// ```quid bad
    /// metric service_level is timeliness, percent, higher is better { answered_in_20s / offered; rounded half up to 1% }
    /// ```
    ///
    /// ```quid good
    /// metric service_level is timeliness, percent, higher is better { answered_in_20s / offered; rounded half up to 0.1% }
    /// ```
    ///
    /// To fix it, round more finely, or round only what is shown.
    "rounding-before-threshold": Measurement, Warning, Stable since "0.2.0",
    "share" = "2%" "the most that rounding may shift a threshold, as a share of the distance between it and the end \
                    of the scale"; Unsafe fix "round ten times as finely"
}

/// A threshold with which a rounded value is compared.
struct Threshold {
    /// The rounding.
    round: NodeId,
    /// Its value.
    at: Exact,
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let most = subject.settings.threshold(&RULE, "share");
    let mut seen: Vec<Span> = Vec::new();
    let mut found = Vec::new();
    for Threshold { round, at } in thresholds(subject) {
        let Some(node) = subject.contract.graph.get(round) else {
            continue;
        };
        let Op::Round(_, rounding) = &node.op else {
            continue;
        };
        // Amounts are rounded because they are paid, and not in order to be compared.
        let is_money = node.kind.currency().is_some();
        if is_money || seen.contains(&node.span) || !subject.is_own(node.span) {
            continue;
        }
        let (ends, higher) = scale(subject, round, &node.kind);
        let Some(missed) = passing_miss(rounding, &at, higher) else {
            continue;
        };
        let Some(half) = rounding.step.divide(&Exact::from_integer(2)) else {
            continue;
        };
        if half <= most.multiply(&room(&ends, &at)) {
            continue;
        }
        seen.push(node.span);
        let shown = |value: &Exact| Figure::new(value.clone(), node.kind.clone());
        let message = format!("{} passes as {}", shown(&missed), shown(&at));
        let mut finding = Diagnostic::warning(RULE.name, node.span, message)
            .here("rounded before it is compared")
            .because(format!(
                "the value is first rounded to steps of {}, so the threshold of {} is really a softer one",
                shown(&rounding.step),
                shown(&at)
            ))
            .help("round more finely, or remove the rounding: only the comparison counts");
        if let Some((moved, month)) = at_stake(subject, round, missed, at) {
            finding = finding
                .because(format!(
                    "in the contract's example month, {month}, the difference is {}",
                    subject.money(&moved)
                ))
                .costing(subject.money(&moved));
        }
        let edits = finer(subject, &node.span);
        found.push(mend::mended(finding, &RULE, edits));
    }
    found
}

/// The fixed values with which a rounded value is compared, if money depends on that.
fn thresholds(subject: &Subject<'_>) -> Vec<Threshold> {
    let mut found = Vec::new();
    for (node, id) in subject.contract.graph.nodes().iter().zip(0..) {
        if !subject.flow.changes_pay(&[NodeId(id)]) {
            continue;
        }
        match &node.op {
            Op::Compare(_, left, right) => {
                for (value, other) in [(left, right), (right, left)] {
                    if let (Some(round), Some(at)) =
                        (rounded(subject, *value), fixed(subject, *other))
                    {
                        found.push(Threshold { round, at });
                    }
                }
            }
            Op::Bands(by, bands, _) => {
                let Some(round) = rounded(subject, *by) else {
                    continue;
                };
                if is_table_in_steps(subject, round, bands) {
                    continue;
                }
                let ends = bands.iter().filter_map(|band| band.low.as_ref());
                found.extend(ends.map(|(at, _)| Threshold {
                    round,
                    at: at.clone(),
                }));
            }
            _ => {}
        }
    }
    found
}

/// The step of a metric's rounding in that place, divided by ten.
fn finer(subject: &Subject<'_>, place: &Span) -> Option<Vec<Edit>> {
    let metrics = subject.own(&subject.facts().metrics);
    let mut rounded =
        metrics.filter_map(|metric| Some((metric.head.span, metric.rounded.as_ref()?)));
    let (_, rounded) =
        rounded.find(|(item, _)| item.start <= place.start && place.end <= item.end)?;
    let ten = Exact::from_integer(10);
    let step = rounded.step.percent()?;
    let step = Figure::new(step.divide(&ten)?, Type::Percent).to_string();
    mend::with_words(subject, rounded.step.span, step)
}

/// Whether the bands are a table whose ends leave out the values between two steps, as in `98.0% to 98.9%` and `99.0%
/// to 100%`. Such a table is meant for rounded values.
fn is_table_in_steps(subject: &Subject<'_>, round: NodeId, bands: &[Band]) -> bool {
    let Some(Op::Round(_, rounding)) = subject.contract.graph.get(round).map(|node| &node.op)
    else {
        return false;
    };
    let mut highs = bands.iter().filter_map(|band| band.high.as_ref());
    highs.any(|(high, _)| {
        let next = high.add(&rounding.step);
        let mut lows = bands.iter().filter_map(|band| band.low.as_ref());
        lows.any(|(low, _)| *low == next)
    })
}

/// The rounding of a value, if only names and replacements of missing values come in between.
fn rounded(subject: &Subject<'_>, from: NodeId) -> Option<NodeId> {
    let mut at = from;
    loop {
        at = match &subject.contract.graph.get(at)?.op {
            Op::Round(..) => return Some(at),
            Op::Sum(all) => match all.as_ref() {
                [one] => *one,
                _ => return None,
            },
            Op::InRange(value, _)
            | Op::Recover(value, ..)
            | Op::IfKnown(value, _)
            | Op::If(_, value, _) => *value,
            _ => return None,
        };
    }
}

fn fixed(subject: &Subject<'_>, node: NodeId) -> Option<Exact> {
    match &subject.contract.graph.get(node)?.op {
        Op::Constant(value) => Some(value.clone()),
        Op::Sum(all) => match all.as_ref() {
            [one] => fixed(subject, *one),
            _ => None,
        },
        _ => None,
    }
}

/// The ends of the scale of a rounded value, and whether higher is better.
fn scale(subject: &Subject<'_>, round: NodeId, kind: &Type) -> ([Option<Exact>; 2], bool) {
    let metrics = subject.contract.metrics.iter();
    let metric = metrics
        .filter(|metric| {
            let mut nodes = metric.nodes.iter();
            nodes.any(|node| rounded(subject, *node) == Some(round))
        })
        .find_map(|metric| Some((metric, subject.named(&metric.name)?)));
    let percent = *kind == Type::Percent;
    let usual = [percent.then(Exact::zero), percent.then(Exact::one)];
    match metric {
        Some((metric, named)) => {
            let [least, most] = usual;
            let ends = [named.least.clone().or(least), named.most.clone().or(most)];
            (ends, metric.higher_is_better.unwrap_or(true))
        }
        None => (usual, true),
    }
}

/// The distance from a threshold to the nearer end of the scale, or to 0 if the scale has no ends.
fn room(ends: &[Option<Exact>; 2], at: &Exact) -> Exact {
    let far = ends.iter().flatten().map(|end| at.subtract(end).abs());
    let far = far.filter(|room| !room.is_zero()).min();
    far.unwrap_or_else(|| at.abs())
}

/// A value on the wrong side of the threshold that rounding moves to the right side.
fn passing_miss(rounding: &Rounding, at: &Exact, higher: bool) -> Option<Exact> {
    let off = rounding.step.multiply(&Exact::ratio(2, 5)?);
    let missed = if higher {
        at.subtract(&off)
    } else {
        at.add(&off)
    };
    let value = rounding.apply(&missed);
    let passes = if higher { value >= *at } else { value <= *at };
    passes.then_some(missed)
}

/// What a miss that is rounded away would cost in the example month.
fn at_stake(
    subject: &Subject<'_>,
    round: NodeId,
    missed: Exact,
    at: Exact,
) -> Option<(Exact, Month)> {
    let example = subject.example.as_ref()?;
    let exact = example.with_values(&[(round, missed)])?;
    let rounded = example.with_values(&[(round, at)])?;
    let moved = rounded.total.subtract(&exact.total).abs();
    (!moved.is_zero()).then(|| (moved, example.month()))
}
