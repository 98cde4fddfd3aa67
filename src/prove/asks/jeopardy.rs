//! One failure that costs twice, and a bonus beside a failure.

use crate::ledger::LineKind;
use crate::program::{LinePlan, NodeId, Op};
use crate::prove::prover::{Ask, Copy, Prover};
use crate::prove::question::Question;
use crate::prove::search::Goal;
use crate::prove::sheet::{Source, needed};
use crate::prove::verdict::{Method, Outcome, Verdict};
use crate::quantity::Exact;

use super::kpi::{Kpi, paid};

/// At most how many pairs of lines are looked at for one KPI.
const MOST_PAIRS: usize = 12;

pub(super) fn twice(prover: &Prover<'_>) -> Vec<Verdict> {
    let question = Question::DoubleJeopardy;
    let mut verdicts: Vec<Verdict> = Vec::new();
    for kpi in paid(prover) {
        verdicts.push(of_kpi(prover, &kpi));
    }
    if verdicts.is_empty() {
        verdicts.push(prover.without(question, "no KPI that is one figure changes the pay"));
    }
    verdicts
}

/// The lines that can take something off and that read a figure.
fn reading(prover: &Prover<'_>, source: Source) -> Vec<(String, NodeId)> {
    let is_it = |at: usize| match source {
        Source::Ratio(node) => node.0 as usize == at,
        Source::Column(slot) => {
            matches!(prover.program.nodes.get(at).map(|node| &node.op), Some(Op::Input(own)) if *own == slot)
        }
        _ => false,
    };
    let lines = prover.program.plan.lines.iter();
    lines
        .filter(|line| matches!(line.kind, LineKind::Credit | LineKind::Adjustment))
        .map(|line| (line.name.clone(), before_limits(line)))
        .filter(|(_, amount)| {
            let reads = needed(prover.program, &[*amount]);
            reads
                .iter()
                .enumerate()
                .any(|(at, is_read)| *is_read && is_it(at))
        })
        .collect()
}

/// A line's amount before what limits cut: a limit that two lines share makes each depend on the other.
fn before_limits(line: &LinePlan) -> NodeId {
    line.cuts.first().map_or(line.amount, |cut| cut.before)
}

fn of_kpi(prover: &Prover<'_>, kpi: &Kpi) -> Verdict {
    let question = Question::DoubleJeopardy;
    let lines = reading(prover, kpi.source);
    let mut pairs = Vec::new();
    for (at, one) in lines.iter().enumerate() {
        for other in lines.iter().skip(at + 1) {
            pairs.push((one, other));
        }
    }
    let (mut steps, mut open) = (0, pairs.len() > MOST_PAIRS);
    for (one, other) in pairs.into_iter().take(MOST_PAIRS) {
        let nodes = [one.1, other.1];
        let copies = [Copy::Own(vec![kpi.source])];
        let ask = Ask {
            nodes: &nodes,
            copies: &copies,
            root: &|sheet, reads| {
                let at = |copy: usize, node: usize| {
                    reads.get(copy).and_then(|reads| reads.get(node)).copied()
                };
                let mut lost = Vec::new();
                for node in 0..2 {
                    if let (Some(before), Some(after)) = (at(0, node), at(1, node)) {
                        lost.push(sheet.less(before, after));
                    }
                }
                let both = sheet.put(Op::Min(lost.into()));
                sheet.put(Op::Negate(both))
            },
            value: &|values| {
                let lost = |node: usize| {
                    Some(
                        values
                            .first()?
                            .get(node)?
                            .subtract(values.get(1)?.get(node)?),
                    )
                };
                Some(lost(0)?.min(lost(1)?).negate())
            },
            goal: Goal {
                below: Some(prover.rounding_slack().negate()),
                at_least: Some(prover.rounding_slack().negate()),
                close: Exact::zero(),
            },
        };
        let answer = prover.least(&ask);
        steps += answer.steps;
        let slack = prover.rounding_slack().negate();
        let is_twice = |value: &Exact| *value < slack;
        match (&answer.found, &answer.bound) {
            (Some((value, witness)), _) if is_twice(value) => {
                let witness = witness.clone().simplified(prover, &ask, &is_twice);
                return Verdict {
                    about: Some(kpi.name.clone()),
                    steps,
                    story: prover.story(&witness, Some(1)),
                    ..prover.verdict(
                        question,
                        Outcome::Refuted,
                        Method::Replay,
                        format!(
                            "a worse `{}` can cost twice: in `{}` and in `{}`",
                            kpi.name, one.0, other.0
                        ),
                    )
                };
            }
            (_, Some(bound)) if !is_twice(bound) => {}
            _ => open = true,
        }
    }
    let nodes: Vec<NodeId> = lines.iter().map(|(_, node)| *node).collect();
    let verdict = if open {
        prover.verdict(
            question,
            Outcome::NotDecided,
            Method::Pieces,
            format!(
                "it is not known whether a worse `{}` can cost twice",
                kpi.name
            ),
        )
    } else {
        prover.proved(
            question,
            Method::Pieces,
            &nodes,
            format!("a worse `{}` never lowers two lines of one month", kpi.name),
        )
    };
    Verdict {
        about: Some(kpi.name.clone()),
        steps,
        ..verdict
    }
}

pub(super) fn bonus(prover: &Prover<'_>) -> Vec<Verdict> {
    let question = Question::BonusWhileFailing;
    let bonuses = prover.amounts(LineKind::Bonus);
    let adjustments = prover.amounts(LineKind::Adjustment);
    let mut verdicts = Vec::new();
    for level in prover
        .contract
        .facts
        .levels
        .iter()
        .filter(|level| level.head.own)
    {
        let Some(critical) = &level.critical else {
            continue;
        };
        let metric = prover.contract.facts.metric_of(&level.metric);
        let metric = metric.and_then(|metric| metric.nodes.first());
        let Some(metric) = metric.and_then(|node| prover.node(*node)) else {
            continue;
        };
        let Some(limit) = critical.level.fixed().cloned() else {
            continue;
        };
        if bonuses.is_empty() && adjustments.is_empty() {
            continue;
        }
        let mut nodes = vec![metric];
        nodes.extend(&bonuses);
        nodes.extend(&adjustments);
        let comparison = compared(critical.comparison);
        let ask = Ask {
            nodes: &nodes,
            copies: &[],
            root: &|sheet, reads| {
                let reads = reads.first().map(Vec::as_slice).unwrap_or_default();
                let zero = sheet.whole(0);
                let paid: Vec<NodeId> = reads
                    .iter()
                    .skip(1)
                    .map(|line| sheet.put(Op::Max(Box::new([*line, zero]))))
                    .collect();
                let sum = sheet.sum(paid);
                let level = sheet.number(limit.clone());
                let metric = reads.first().copied().unwrap_or(zero);
                let fails = sheet.put(Op::Compare(comparison, metric, level));
                let paid = sheet.put(Op::If(fails, sum, zero));
                sheet.put(Op::Negate(paid))
            },
            value: &|values| {
                let values = values.first()?;
                if !comparison.holds(values.first()?, &limit) {
                    return Some(Exact::zero());
                }
                let above = values.iter().skip(1).filter(|value| !value.is_negative());
                Some(above.fold(Exact::zero(), |sum, one| sum.add(one)).negate())
            },
            goal: Goal {
                below: Some(Exact::zero()),
                at_least: Some(Exact::zero()),
                close: Exact::zero(),
            },
        };
        let answer = prover.least(&ask);
        let name = level.head.name();
        let verdict = match (&answer.found, &answer.bound) {
            (Some((value, witness)), _) if value.is_negative() => {
                let witness = witness
                    .clone()
                    .simplified(prover, &ask, &Exact::is_negative);
                let paid = witness.value(prover, &ask).unwrap_or_else(|| value.clone());
                Verdict {
                    story: prover.story(&witness, None),
                    ..prover.verdict(
                        question,
                        Outcome::Refuted,
                        Method::Replay,
                        format!(
                            "{} can be paid on top in a month in which `{name}` fails critically",
                            prover.money(&paid.negate())
                        ),
                    )
                }
            }
            (_, Some(bound)) if !bound.is_negative() => prover.proved(
                question,
                Method::Pieces,
                &nodes,
                format!("nothing is paid on top in a month in which `{name}` fails critically"),
            ),
            _ => prover.verdict(
                question,
                Outcome::NotDecided,
                Method::Pieces,
                format!(
                    "it is not known whether a bonus can be paid while `{name}` fails critically"
                ),
            ),
        };
        verdicts.push(Verdict {
            about: Some(name.to_owned()),
            steps: answer.steps,
            ..verdict
        });
    }
    if verdicts.is_empty() {
        verdicts.push(prover.without(
            question,
            "no service level has a critical level beside a bonus",
        ));
    }
    verdicts
}

fn compared(comparison: crate::model::facts::Comparison) -> crate::program::Comparison {
    use crate::model::facts::Comparison as Written;
    use crate::program::Comparison;
    match comparison {
        Written::Below => Comparison::Below,
        Written::AtMost => Comparison::AtMost,
        Written::Above => Comparison::Above,
        Written::AtLeast => Comparison::AtLeast,
        Written::Is => Comparison::Is,
        Written::IsNot => Comparison::IsNot,
    }
}
