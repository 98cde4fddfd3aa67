//! What one step of a measurement, or one more unit, does to the pay.

use crate::prove::prover::{Answer, Ask, Copy, Prover};
use crate::prove::question::Question;
use crate::prove::search::Goal;
use crate::prove::sheet::Source;
use crate::prove::verdict::{Method, Outcome, Verdict};
use crate::quantity::Exact;

use super::kpi::{Kpi, composed, paid, volumes};

/// The least change of the total when a figure is one step higher; of its opposite if `turned`.
fn change(
    prover: &Prover<'_>,
    source: Source,
    step: &Exact,
    turned: bool,
    goal: Goal,
    simplify: Option<&Exact>,
) -> Option<Answer> {
    let nodes = [prover.program.plan.total?];
    let copies = [Copy::Step(source, step.clone())];
    let ask = Ask {
        nodes: &nodes,
        copies: &copies,
        root: &|sheet, reads| {
            let at = |copy: usize| reads.get(copy).and_then(|reads| reads.first()).copied();
            match (at(0), at(1)) {
                (Some(before), Some(after)) if turned => sheet.less(before, after),
                (Some(before), Some(after)) => sheet.less(after, before),
                _ => sheet.whole(0),
            }
        },
        value: &|values| {
            let at = |copy: usize| values.get(copy)?.first();
            let moved = at(1)?.subtract(at(0)?);
            Some(if turned { moved.negate() } else { moved })
        },
        goal,
    };
    let mut answer = prover.least(&ask);
    answer.found = answer.found.map(|(value, witness)| {
        let most = simplify.cloned().unwrap_or_else(|| value.clone());
        if value > most {
            return (value, witness);
        }
        let witness = witness.simplified(prover, &ask, &|other| *other <= most);
        (witness.value(prover, &ask).unwrap_or(value), witness)
    });
    Some(answer)
}

/// The least share of a usual month's charges that a perverse gain is reported for: roundings are not.
fn threshold(prover: &Prover<'_>) -> Exact {
    prover.rounding_slack()
}

pub(super) fn never_perverse(prover: &Prover<'_>) -> Vec<Verdict> {
    let question = Question::Perverse;
    let mut verdicts = Vec::new();
    for kpi in paid(prover) {
        let Some(higher) = kpi.higher_is_better else {
            continue;
        };
        verdicts.push(perverse(prover, &kpi, higher));
    }
    for name in composed(prover) {
        verdicts.push(Verdict {
            about: Some(name.clone()),
            ..prover.verdict(
                question,
                Outcome::NotDecided,
                Method::Text,
                format!("`{name}` is made of several figures that other clauses read, and was not varied alone"),
            )
        });
    }
    if verdicts.is_empty() {
        verdicts.push(prover.without(question, "no KPI with a better side changes the pay"));
    }
    verdicts
}

fn perverse(prover: &Prover<'_>, kpi: &Kpi, higher: bool) -> Verdict {
    let question = Question::Perverse;
    let slack = threshold(prover);
    let least = slack.negate();
    let goal = Goal {
        below: Some(least.clone()),
        at_least: Some(least.clone()),
        close: Exact::zero(),
    };
    let just_below = least.clone();
    let nodes: Vec<_> = prover.program.plan.total.into_iter().collect();
    let proved = || {
        prover.proved(
            question,
            Method::Pieces,
            &nodes,
            format!("a better `{}` never pays less", kpi.name),
        )
    };
    if moves_one_way(prover, kpi.source, higher) {
        return Verdict {
            about: Some(kpi.name.clone()),
            ..proved()
        };
    }
    let Some(answer) = change(prover, kpi.source, &kpi.step, !higher, goal, None) else {
        return prover.without(question, "the contract has no invoice");
    };
    let verdict = match (&answer.found, &answer.bound) {
        (Some((value, witness)), _) if *value < just_below => Verdict {
            story: prover.story(witness, Some(1)),
            ..prover.verdict(
                question,
                Outcome::Refuted,
                Method::Replay,
                format!(
                    "one step better of `{}` can pay {} less",
                    kpi.name,
                    prover.money(&value.negate())
                ),
            )
        },
        (_, Some(bound)) if *bound >= least => proved(),
        _ => prover.verdict(
            question,
            Outcome::NotDecided,
            Method::Pieces,
            format!(
                "it is not known whether a better `{}` can pay less",
                kpi.name
            ),
        ),
    };
    Verdict {
        about: Some(kpi.name.clone()),
        steps: answer.steps,
        ..verdict
    }
}

/// Whether the invoice never falls with a figure, or never rises with it, in any month.
fn moves_one_way(prover: &Prover<'_>, source: Source, up: bool) -> bool {
    let total = prover.program.plan.total;
    let slope = total.and_then(|total| prover.direction(total, source));
    slope.is_some_and(|slope| {
        if up {
            slope.is_never_negative()
        } else {
            slope.is_never_positive()
        }
    })
}

pub(super) fn volume(prover: &Prover<'_>) -> Vec<Verdict> {
    let question = Question::VolumeLowersPay;
    let slack = threshold(prover);
    let least = slack.negate();
    let nodes: Vec<_> = prover.program.plan.total.into_iter().collect();
    let mut verdicts = Vec::new();
    for (name, source, step) in volumes(prover) {
        let goal = Goal {
            below: Some(least.clone()),
            at_least: Some(least.clone()),
            close: Exact::zero(),
        };
        if moves_one_way(prover, source, true) {
            verdicts.push(Verdict {
                about: Some(name.clone()),
                ..prover.proved(
                    question,
                    Method::Pieces,
                    &nodes,
                    format!("more `{name}` never lowers the invoice"),
                )
            });
            continue;
        }
        let Some(answer) = change(prover, source, &step, false, goal, None) else {
            continue;
        };
        let verdict = match (&answer.found, &answer.bound) {
            (Some((value, witness)), _) if *value < least => Verdict {
                story: prover.story(witness, Some(1)),
                ..prover.verdict(
                    question,
                    Outcome::Refuted,
                    Method::Replay,
                    format!(
                        "one more of `{name}` can lower the invoice by {}",
                        prover.money(&value.negate())
                    ),
                )
            },
            (_, Some(bound)) if *bound >= least => prover.proved(
                question,
                Method::Pieces,
                &nodes,
                format!("more `{name}` never lowers the invoice"),
            ),
            _ => prover.verdict(
                question,
                Outcome::NotDecided,
                Method::Pieces,
                format!("it is not known whether more `{name}` can lower the invoice"),
            ),
        };
        verdicts.push(Verdict {
            about: Some(name),
            steps: answer.steps,
            ..verdict
        });
    }
    if verdicts.is_empty() {
        verdicts.push(prover.without(question, "no charge depends on a count"));
    }
    verdicts
}

pub(super) fn cliff(prover: &Prover<'_>) -> Verdict {
    let question = Question::Cliff;
    let mut best: Option<(Exact, Kpi, Answer)> = None;
    let mut bound: Option<Exact> = Some(Exact::zero());
    let mut steps = 0;
    for kpi in paid(prover) {
        for turned in [false, true] {
            let Some(answer) = change(prover, kpi.source, &kpi.step, turned, Goal::default(), None)
            else {
                continue;
            };
            steps += answer.steps;
            let own = answer.bound.as_ref().map(Exact::negate);
            bound = bound.zip(own).map(|(one, two)| one.max(two));
            if let Some((value, _)) = &answer.found {
                let moved = value.negate();
                if best.as_ref().is_none_or(|(most, ..)| moved > *most) {
                    best = Some((moved, kpi.clone(), answer));
                }
            }
        }
    }
    let nodes: Vec<_> = prover.program.plan.total.into_iter().collect();
    let verdict = match (best, bound) {
        (None, _) => prover.without(question, "no KPI that is one figure changes the pay"),
        (Some((moved, ..)), Some(bound)) if bound.is_zero() && moved.is_zero() => prover.proved(
            question,
            Method::Pieces,
            &nodes,
            "no step of a KPI moves the invoice",
        ),
        (Some((moved, kpi, answer)), bound) => {
            let step = crate::quantity::Figure::new(kpi.step.clone(), step_kind(&kpi));
            let story = answer
                .found
                .as_ref()
                .and_then(|(_, witness)| prover.story(witness, Some(1)));
            let words = format!(
                "one step of `{}`, {step}, moves the invoice by {}",
                kpi.name,
                prover.money(&moved)
            );
            let verdict = match bound {
                Some(bound) if bound <= moved => prover.proved(
                    question,
                    Method::PiecesAndReplay,
                    &nodes,
                    format!("{words}, and no step of a KPI moves it more"),
                ),
                Some(bound) => prover.verdict(
                    question,
                    Outcome::Between,
                    Method::Pieces,
                    format!(
                        "{words}; no step of a KPI moves it by more than {}",
                        prover.money(&bound)
                    ),
                ),
                None => prover.verdict(
                    question,
                    Outcome::NotDecided,
                    Method::Replay,
                    format!("{words}; whether another step moves it more is not known"),
                ),
            };
            Verdict { story, ..verdict }
        }
    };
    Verdict { steps, ..verdict }
}

fn step_kind(kpi: &Kpi) -> crate::quantity::Type {
    use crate::quantity::Type;
    match &kpi.value_type {
        Type::Percent => Type::PercentagePoints,
        kind => kind.clone(),
    }
}
