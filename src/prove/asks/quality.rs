//! What depends on quality.

use crate::ledger::LineKind;
use crate::program::Op;
use crate::prove::prover::{Answer, Ask, Copy, Prover};
use crate::prove::question::Question;
use crate::prove::search::Goal;
use crate::prove::sheet::Source;
use crate::prove::verdict::{Method, Outcome, Verdict, shown_share};
use crate::quantity::{Exact, Figure, Type};

use super::kpi::{Kpi, end, paid};

pub(super) fn satisfaction(prover: &Prover<'_>) -> Verdict {
    let question = Question::Satisfaction;
    let kpis: Vec<Kpi> = paid(prover)
        .into_iter()
        .filter(Kpi::is_satisfaction)
        .collect();
    let Some(total) = prover.program.plan.total.filter(|_| !kpis.is_empty()) else {
        return prover.without(
            question,
            "no KPI of satisfaction, effort or loyalty changes the pay",
        );
    };
    let sources: Vec<Source> = kpis.iter().map(|kpi| kpi.source).collect();
    let names: Vec<String> = kpis.iter().map(|kpi| format!("`{}`", kpi.name)).collect();
    let names = names.join(" and ");
    let nodes = [total];
    let copies = [Copy::Own(sources)];
    let ask = Ask {
        nodes: &nodes,
        copies: &copies,
        root: &|sheet, reads| {
            let at = |copy: usize| reads.get(copy).and_then(|reads| reads.first()).copied();
            match (at(0), at(1)) {
                (Some(one), Some(other)) => sheet.less(one, other),
                _ => sheet.whole(0),
            }
        },
        value: &|values| Some(values.first()?.first()?.subtract(values.get(1)?.first()?)),
        goal: Goal::default(),
    };
    let answer = prover.least(&ask);
    let verdict = match (&answer.found, &answer.bound) {
        (Some((value, witness)), bound) if value.is_negative() => {
            let witness = witness
                .clone()
                .simplified(prover, &ask, &|other| other <= value);
            let moved = prover.money(&value.negate());
            let words = format!("{names} can move the invoice by {moved}");
            let verdict = match bound {
                Some(bound) if bound >= value => prover.proved(
                    question,
                    Method::PiecesAndReplay,
                    &nodes,
                    format!("{words}, and by no more"),
                ),
                Some(bound) => prover.verdict(
                    question,
                    Outcome::Between,
                    Method::Pieces,
                    format!("{words}, and by at most {}", prover.money(&bound.negate())),
                ),
                None => prover.verdict(
                    question,
                    Outcome::NotDecided,
                    Method::Replay,
                    format!("{words}; the most is not known"),
                ),
            };
            Verdict {
                story: prover.story(&witness, Some(1)),
                ..verdict
            }
        }
        (_, Some(bound)) if !bound.is_negative() => Verdict {
            outcome: Outcome::Refuted,
            ..prover.proved(
                question,
                Method::Pieces,
                &nodes,
                format!("{names} never changes the invoice"),
            )
        },
        _ => prover.verdict(
            question,
            Outcome::NotDecided,
            Method::Pieces,
            format!("it is not known by how much {names} can move the invoice"),
        ),
    };
    Verdict {
        steps: answer.steps,
        ..verdict
    }
}

/// The KPIs of quality at their best, and at their worst.
fn ends(prover: &Prover<'_>) -> Option<[Vec<(Source, Exact)>; 2]> {
    let kpis: Vec<Kpi> = paid(prover).into_iter().filter(Kpi::is_quality).collect();
    let all = |best: bool| {
        let ends = kpis
            .iter()
            .filter_map(|kpi| Some((kpi.source, end(prover, kpi, best)?)));
        ends.collect::<Vec<_>>()
    };
    let ends = [all(true), all(false)];
    ends.iter().all(|ends| !ends.is_empty()).then_some(ends)
}

/// How often the share is corrected.
const ROUNDS: usize = 8;

pub(super) fn share(prover: &Prover<'_>) -> Verdict {
    let question = Question::QualityShare;
    let (Some(ends), Some(total)) = (ends(prover), prover.program.plan.total) else {
        return prover.without(
            question,
            "no KPI of quality that is one figure changes the pay",
        );
    };
    let (least, one) = extreme_share(prover, &ends, false);
    let (most, two) = extreme_share(prover, &ends, true);
    let percent = |share: &Exact| Figure::new(shown_share(share), Type::Percent);
    let verdict = match (least, most) {
        (Some((low, low_sure)), Some((high, high_sure))) => {
            let (low, high) = (percent(&low).to_string(), percent(&high).to_string());
            let changes = if low == high { low } else { format!("{low} to {high}") };
            let words = format!(
                "between all KPIs of quality at their worst and at their best, the invoice changes by {changes}"
            );
            if low_sure && high_sure {
                prover.proved(question, Method::PiecesAndReplay, &[total], format!("{words} of the best one"))
            } else {
                prover.verdict(
                    question,
                    Outcome::NotDecided,
                    Method::Replay,
                    format!("{words} of the best one in the months that were found; there can be others"),
                )
            }
        }
        _ => prover.verdict(
            question,
            Outcome::NotDecided,
            Method::Pieces,
            "no month was found in which all KPIs of quality can be at their best and at their worst",
        ),
    };
    Verdict {
        steps: one + two,
        ..verdict
    }
}

/// The least or greatest share, and whether no month has another.
fn extreme_share(
    prover: &Prover<'_>,
    ends: &[Vec<(Source, Exact)>; 2],
    most: bool,
) -> (Option<(Exact, bool)>, u64) {
    let sign = if most {
        Exact::from_integer(-1)
    } else {
        Exact::one()
    };
    let mut steps = 0;
    let mut share: Option<Exact> = None;
    for _ in 0..ROUNDS {
        let tried = share.clone().unwrap_or_default();
        let (answer, figures) = beyond(prover, ends, &tried, &sign);
        steps += answer.steps;
        let Some((moved, best)) = figures else {
            return (share.map(|share| (share, false)), steps);
        };
        let slack = prover.rounding_slack();
        let done = answer
            .bound
            .as_ref()
            .is_some_and(|bound| *bound >= slack.negate());
        if done && share.is_some() {
            return (share.map(|share| (share, true)), steps);
        }
        let next = moved.divide(&best);
        match (next, &share) {
            (Some(next), Some(known)) if next == *known => {
                return (Some((next, done)), steps);
            }
            (Some(next), _) => share = Some(next),
            (None, _) => return (share.map(|share| (share, false)), steps),
        }
    }
    (share.map(|share| (share, false)), steps)
}

/// The least of `sign x (best - worst - share x best)`, with the change and the best invoice of that month.
fn beyond(
    prover: &Prover<'_>,
    [best, worst]: &[Vec<(Source, Exact)>; 2],
    share: &Exact,
    sign: &Exact,
) -> (Answer, Option<(Exact, Exact)>) {
    let nodes: Vec<_> = prover.program.plan.total.into_iter().collect();
    let copies = [Copy::Fixed(best.clone()), Copy::Fixed(worst.clone())];
    let figures = |values: &[Vec<Exact>]| {
        let (best, worst) = (values.get(1)?.first()?, values.get(2)?.first()?);
        // A month without an invoice has no share.
        (!best.is_zero() && !best.is_negative()).then(|| (best.subtract(worst), best.clone()))
    };
    let ask = Ask {
        nodes: &nodes,
        copies: &copies,
        root: &|sheet, reads| {
            let at = |copy: usize| reads.get(copy).and_then(|reads| reads.first()).copied();
            let (Some(best), Some(worst)) = (at(1), at(2)) else {
                return sheet.whole(0);
            };
            let rest = sheet.number(Exact::one().subtract(share));
            let rest = sheet.put(Op::Multiply(rest, best));
            let apart = sheet.less(rest, worst);
            let by = sheet.number(sign.clone());
            sheet.put(Op::Multiply(by, apart))
        },
        value: &|values| {
            let (moved, best) = figures(values)?;
            Some(moved.subtract(&best.multiply(share)).multiply(sign))
        },
        goal: Goal::default(),
    };
    let answer = prover.least(&ask);
    let found = answer.found.as_ref().and_then(|(_, witness)| {
        let mut evaluator = prover.evaluator.borrow_mut();
        let cases = witness.cases(prover);
        let values: Option<Vec<Vec<Exact>>> = cases
            .iter()
            .map(|case| case.values(&mut evaluator, &prover.space, &nodes, witness.up))
            .collect();
        figures(&values?)
    });
    (answer, found)
}

/// Larger than any change of an invoice.
const BEYOND: i64 = 1_000_000_000_000_000;

pub(super) fn minimum(prover: &Prover<'_>) -> Verdict {
    let question = Question::MinimumHidesQuality;
    let floor = prover
        .lines(LineKind::Minimum)
        .next()
        .map(|line| line.amount);
    let (Some(ends), Some(total), Some(floor)) = (ends(prover), prover.program.plan.total, floor)
    else {
        return prover.without(
            question,
            "there is no minimum, or no KPI of quality that changes the pay",
        );
    };
    let nodes = [total, floor];
    let [best, worst] = ends;
    let copies = [Copy::Fixed(best), Copy::Fixed(worst)];
    let ask = Ask {
        nodes: &nodes,
        copies: &copies,
        root: &|sheet, reads| {
            let at = |copy: usize, node: usize| {
                reads.get(copy).and_then(|reads| reads.get(node)).copied()
            };
            let (Some(best), Some(worst), Some(floor)) = (at(1, 0), at(2, 0), at(1, 1)) else {
                return sheet.whole(0);
            };
            let apart = sheet.less(best, worst);
            let zero = sheet.whole(0);
            let beyond = sheet.whole(BEYOND);
            let holds = sheet.put(Op::Compare(crate::program::Comparison::Above, floor, zero));
            sheet.put(Op::If(holds, apart, beyond))
        },
        value: &|values| {
            let floor = values.get(1)?.get(1)?;
            if floor.is_zero() {
                return Some(Exact::from_integer(BEYOND));
            }
            Some(values.get(1)?.first()?.subtract(values.get(2)?.first()?))
        },
        goal: Goal {
            below: Some(Exact::ratio(1, 1_000).unwrap_or_default()),
            at_least: Some(Exact::ratio(1, 1_000).unwrap_or_default()),
            close: Exact::zero(),
        },
    };
    let answer = prover.least(&ask);
    let is_nothing = |moved: &Exact| moved.is_zero() || moved.is_negative();
    let verdict = match (&answer.found, &answer.bound) {
        (Some((moved, witness)), _) if is_nothing(moved) => {
            let witness = witness.clone().simplified(prover, &ask, &is_nothing);
            Verdict {
                story: prover.story(&witness, Some(2)),
                ..prover.verdict(
                    question,
                    Outcome::Refuted,
                    Method::Replay,
                    "in a month at the minimum the invoice is the same with all KPIs of quality at their best and at their worst",
                )
            }
        }
        (_, Some(bound)) if !is_nothing(bound) => prover.proved(
            question,
            Method::Pieces,
            &nodes,
            "in every month at the minimum the invoice depends on quality",
        ),
        _ => prover.verdict(
            question,
            Outcome::NotDecided,
            Method::Pieces,
            "it is not known whether the minimum makes quality worthless in small months",
        ),
    };
    Verdict {
        steps: answer.steps,
        ..verdict
    }
}
