//! What short histories allow: earn-backs that return too much, and failures that pay.

use crate::ledger::LineKind;
use crate::program::{Comparison, NodeId, Op};
use crate::prove::course::{Course, CourseAnswer};
use crate::prove::prover::Prover;
use crate::prove::question::Question;
use crate::prove::replay::{Case, Figures};
use crate::prove::search::Goal;
use crate::prove::sheet::{Sheet, Source, needed};
use crate::prove::verdict::{Method, Outcome, Verdict};
use crate::quantity::Exact;

use super::kpi::{Kpi, paid};

/// How many months are written out at least, and at most.
const SHORTEST: usize = 3;
const LONGEST: usize = 5;
/// At most so many KPIs vary at once.
const MOST_KPIS: usize = 6;

/// The figures of KPIs that these values are made of.
fn varied(prover: &Prover<'_>, nodes: &[NodeId]) -> Vec<Source> {
    let reads = needed(prover.program, nodes);
    let is_read = |source: Source| {
        let mut all = prover.program.nodes.iter().zip(&reads).zip(0u32..);
        all.any(|((node, is_read), at)| {
            *is_read
                && match source {
                    Source::Ratio(own) => own.0 == at,
                    Source::Column(slot) => node.op == Op::Input(slot),
                    _ => false,
                }
        })
    };
    let all = paid(prover).into_iter().map(|kpi| kpi.source);
    all.filter(|source| is_read(*source))
        .take(MOST_KPIS)
        .collect()
}

/// Enough months for a credit to be earned back, as far as they are not too many.
fn months(prover: &Prover<'_>) -> usize {
    let levels = prover.contract.facts.levels.iter();
    let waits = levels.filter_map(|level| {
        let months = level
            .earn_back
            .as_ref()?
            .what
            .months
            .fixed()?
            .to_integer()?;
        usize::try_from(months + 1).ok()
    });
    waits.max().unwrap_or(SHORTEST).clamp(SHORTEST, LONGEST)
}

/// That the other figures are as usual, and how long the courses are.
fn assumed(prover: &Prover<'_>, months: usize) -> Vec<String> {
    let first = prover.first_month();
    let last = first.plus(i32::try_from(months.saturating_sub(1)).unwrap_or(0));
    vec![format!(
        "in I16, I17 and I18: the months are {first} to {last}, and all figures but those of KPIs are as usual in them"
    )]
}

/// The sum of a value over months, written.
fn total(sheet: &mut Sheet<'_>, course: &[Vec<NodeId>], values: std::ops::Range<usize>) -> NodeId {
    let all = course
        .iter()
        .flat_map(|month| month.get(values.clone()).unwrap_or_default());
    let all: Vec<NodeId> = all.copied().collect();
    sheet.sum(all)
}

/// The same of what was computed.
fn counted(course: &[Vec<Exact>], values: std::ops::Range<usize>) -> Exact {
    let all = course
        .iter()
        .flat_map(|month| month.get(values.clone()).unwrap_or_default());
    all.fold(Exact::zero(), |sum, one| sum.add(one))
}

/// The lines of a name and kind.
fn named(prover: &Prover<'_>, kind: LineKind, name: &str) -> Vec<NodeId> {
    let lines = prover.lines(kind).filter(|line| line.name == name);
    lines.map(|line| line.amount).collect()
}

/// The credits that can be earned back, each once.
fn earned(prover: &Prover<'_>) -> Vec<String> {
    let mut names: Vec<String> = prover
        .lines(LineKind::EarnBack)
        .map(|line| line.name.clone())
        .collect();
    names.dedup();
    names
}

pub(super) fn earn_back_exceeds(prover: &Prover<'_>) -> Vec<Verdict> {
    let question = Question::EarnBackExceeds;
    let names = earned(prover);
    if names.is_empty() {
        return vec![prover.without(question, "no credit can be earned back")];
    }
    let slack = prover.rounding_slack().negate();
    let each = names.into_iter().map(|name| {
        let credits = named(prover, LineKind::Credit, &name);
        let returns = named(prover, LineKind::EarnBack, &name);
        let nodes: Vec<NodeId> = credits.into_iter().chain(returns).collect();
        let varied = varied(prover, &nodes);
        let course = Course {
            nodes: &nodes,
            varied: &varied,
            months: months(prover),
            other: None,
            root: &|sheet, courses, _| {
                let course = courses.first().map(Vec::as_slice).unwrap_or_default();
                let all = total(sheet, course, 0..nodes.len());
                // Credits are below 0, what is returned is above: together they must not be above.
                sheet.put(Op::Negate(all))
            },
            value: &|courses| Some(counted(courses.first()?, 0..nodes.len()).negate()),
            goal: held(prover),
        };
        let answer = prover.least_course(&course);
        decide(
            prover,
            question,
            &name,
            &answer,
            (course.months, &slack),
            |more| {
                format!(
                    "`{name}` can be earned back beyond what was deducted: {} more",
                    prover.money(more)
                )
            },
            format!("`{name}` never returns more than was deducted"),
            format!("it is not known whether `{name}` can return more than was deducted"),
        )
    });
    each.collect()
}

/// Holds if nothing is below 0 but by roundings.
fn held(prover: &Prover<'_>) -> Goal {
    let least = prover.rounding_slack().negate();
    Goal {
        below: Some(least.clone()),
        at_least: Some(least),
        close: Exact::zero(),
    }
}

pub(super) fn earn_back_while_failing(prover: &Prover<'_>) -> Vec<Verdict> {
    let question = Question::EarnBackWhileFailing;
    let slack = prover.rounding_slack().negate();
    let mut verdicts = Vec::new();
    for level in &prover.contract.facts.levels {
        let name = level.head.name().to_owned();
        let returns = named(prover, LineKind::EarnBack, &name);
        let metric = prover.contract.facts.metric_of(&level.metric);
        let higher = metric.and_then(|metric| metric.higher_is_better);
        let node = metric
            .and_then(|metric| metric.nodes.first())
            .and_then(|node| prover.node(*node));
        let target = level
            .target
            .as_ref()
            .and_then(|target| target.level.fixed().cloned());
        let (false, Some(higher), Some(node), Some(target)) =
            (returns.is_empty(), higher, node, target)
        else {
            continue;
        };
        let misses = if higher {
            Comparison::Below
        } else {
            Comparison::Above
        };
        let nodes: Vec<NodeId> = std::iter::once(node).chain(returns).collect();
        let varied = varied(prover, &nodes);
        let course = Course {
            nodes: &nodes,
            varied: &varied,
            months: months(prover),
            other: None,
            root: &|sheet, courses, _| {
                let last = courses.first().and_then(|course| course.last());
                let Some((metric, returns)) = last.and_then(|last| last.split_first()) else {
                    return sheet.whole(0);
                };
                let zero = sheet.whole(0);
                let level = sheet.number(target.clone());
                let missed = sheet.put(Op::Compare(misses, *metric, level));
                let sum = sheet.sum(returns.to_vec());
                let paid = sheet.put(Op::If(missed, sum, zero));
                sheet.put(Op::Negate(paid))
            },
            value: &|courses| {
                let (metric, returns) = courses.first()?.last()?.split_first()?;
                if !misses.holds(metric, &target) {
                    return Some(Exact::zero());
                }
                let sum = returns.iter().fold(Exact::zero(), |sum, one| sum.add(one));
                Some(sum.negate())
            },
            goal: held(prover),
        };
        let answer = prover.least_course(&course);
        verdicts.push(decide(
            prover,
            question,
            &name,
            &answer,
            (course.months, &slack),
            |more| format!("{} of `{name}` can be returned in a month in which its target is missed", prover.money(more)),
            format!("nothing of `{name}` is returned in a month in which its target is missed"),
            format!("it is not known whether `{name}` can be earned back in a month in which its target is missed"),
        ));
    }
    if verdicts.is_empty() {
        verdicts.push(prover.without(question, "no credit can be earned back"));
    }
    verdicts
}

/// Gains below this share of a usual month's charges are not reported.
fn material(prover: &Prover<'_>) -> Exact {
    let nodes = prover.amounts(LineKind::Charge);
    let case = Case::month(prover.first_month(), Figures::usual(&prover.space));
    let mut evaluator = prover.evaluator.borrow_mut();
    let charged = case
        .values(&mut evaluator, &prover.space, &nodes, false)
        .map(|values| values.iter().fold(Exact::zero(), |sum, one| sum.add(one)))
        .unwrap_or_default();
    let share = charged
        .divide(&Exact::from_integer(100))
        .unwrap_or_default();
    share.max(prover.rounding_slack())
}

pub(super) fn failing_pays(prover: &Prover<'_>) -> Vec<Verdict> {
    let question = Question::FailingPays;
    if !prover.looks_back() {
        return vec![prover.without(question, "no month depends on an earlier one")];
    }
    let mut verdicts = Vec::new();
    for kpi in paid(prover) {
        if let Some(higher) = kpi.higher_is_better {
            verdicts.push(failing(prover, &kpi, higher));
        }
    }
    if verdicts.is_empty() {
        verdicts.push(prover.without(question, "no KPI with a better side changes the pay"));
    }
    verdicts
}

fn failing(prover: &Prover<'_>, kpi: &Kpi, higher: bool) -> Verdict {
    let question = Question::FailingPays;
    let nodes: Vec<NodeId> = prover.program.plan.total.into_iter().collect();
    let varied = varied(prover, &nodes);
    let length = months(prover);
    let threshold = material(prover).negate();
    let mut bound = Some(Exact::zero());
    let mut best: Option<CourseAnswer> = None;
    let mut steps = 0;
    for month in 0..length {
        let course = Course {
            nodes: &nodes,
            varied: &varied,
            months: length,
            other: Some((kpi.source, month)),
            root: &|sheet, courses, differing| {
                let (Some(one), Some(two), Some((first, second))) =
                    (courses.first(), courses.get(1), differing)
                else {
                    return sheet.whole(0);
                };
                let before = total(sheet, one, 0..1);
                let after = total(sheet, two, 0..1);
                let apart = sheet.less(before, after);
                let worse = if higher {
                    Comparison::AtMost
                } else {
                    Comparison::AtLeast
                };
                let is_worse = sheet.put(Op::Compare(worse, second, first));
                let zero = sheet.whole(0);
                sheet.put(Op::If(is_worse, apart, zero))
            },
            value: &|courses| {
                Some(counted(courses.first()?, 0..1).subtract(&counted(courses.get(1)?, 0..1)))
            },
            goal: Goal {
                below: Some(threshold.clone()),
                at_least: Some(threshold.clone()),
                close: Exact::zero(),
            },
        };
        let answer = prover.least_course(&course);
        steps += answer.steps;
        bound = bound
            .zip(answer.bound.clone())
            .map(|(one, two)| one.min(two));
        let is_hole = answer.found.as_ref().is_some_and(|(value, cases)| {
            *value < threshold && is_worse(cases, kpi, month, higher)
        });
        if is_hole {
            best = Some(answer);
            break;
        }
    }
    let name = &kpi.name;
    let answer = CourseAnswer {
        bound,
        found: best.and_then(|answer| answer.found),
        steps,
    };
    decide(
        prover,
        question,
        name,
        &answer,
        (length, &threshold),
        |more| {
            format!(
                "failing `{name}` harder in one month can pay {} more over these months",
                prover.money(more)
            )
        },
        format!(
            "failing `{name}` harder in one month never pays more than 1% of a month's charges over these months"
        ),
        format!("it is not known whether failing `{name}` harder can pay more over these months"),
    )
}

/// Whether the figure of the second course is on the worse side: the replayed months say so, too.
fn is_worse(cases: &[Case], kpi: &Kpi, month: usize, higher: bool) -> bool {
    let at = |course: usize| cases.get(course)?.figures.get(month)?.get(kpi.source);
    match (at(0), at(1)) {
        (Some(one), Some(two)) if higher => two <= one,
        (Some(one), Some(two)) => two >= one,
        _ => false,
    }
}

#[allow(
    clippy::too_many_arguments,
    reason = "the three sentences of a verdict"
)]
fn decide(
    prover: &Prover<'_>,
    question: Question,
    about: &str,
    answer: &CourseAnswer,
    (months, least): (usize, &Exact),
    refuted: impl Fn(&Exact) -> String,
    proved: String,
    open: String,
) -> Verdict {
    let verdict = match (&answer.found, &answer.bound) {
        (Some((value, cases)), _) if value < least => Verdict {
            course: prover.course(cases),
            ..prover.verdict(
                question,
                Outcome::Refuted,
                Method::Replay,
                refuted(&value.negate()),
            )
        },
        (_, Some(bound)) if bound >= least => Verdict {
            outcome: Outcome::ProvedIf,
            assumptions: assumed(prover, months),
            ..prover.verdict(question, Outcome::ProvedIf, Method::Courses, proved)
        },
        _ => prover.verdict(question, Outcome::NotDecided, Method::Courses, open),
    };
    Verdict {
        about: Some(about.to_owned()),
        steps: answer.steps,
        ..verdict
    }
}
