//! What a month can lose.

use crate::ledger::LineKind;
use crate::model::facts::{Clause, Every, LimitPeriod, LimitSubject, Value};
use crate::program::{NodeId, Op};
use crate::prove::prover::{Answer, Ask, Prover};
use crate::prove::question::Question;
use crate::prove::search::Goal;
use crate::prove::sheet::Sheet;
use crate::prove::verdict::{Method, Outcome, Verdict, shown_share};
use crate::prove::witness::Witness;
use crate::quantity::{Exact, Figure, Type};

/// The lines of a month that can take something off: credits, then adjustments.
struct Taken {
    credits: Vec<NodeId>,
    adjustments: Vec<NodeId>,
}

impl Taken {
    fn of(prover: &Prover<'_>) -> Self {
        Self {
            credits: prover.amounts(LineKind::Credit),
            adjustments: prover.amounts(LineKind::Adjustment),
        }
    }

    fn is_empty(&self) -> bool {
        self.credits.is_empty() && self.adjustments.is_empty()
    }

    fn count(&self) -> usize {
        self.credits.len() + self.adjustments.len()
    }

    fn nodes(&self) -> Vec<NodeId> {
        self.credits
            .iter()
            .chain(&self.adjustments)
            .copied()
            .collect()
    }

    /// What these lines take off, as an amount above 0.
    fn written(&self, sheet: &mut Sheet<'_>, reads: &[NodeId]) -> NodeId {
        let zero = sheet.whole(0);
        let mut parts = Vec::new();
        for (at, read) in reads.iter().take(self.count()).enumerate() {
            let turned = sheet.put(Op::Negate(*read));
            parts.push(if at < self.credits.len() {
                turned
            } else {
                sheet.put(Op::Max(Box::new([turned, zero])))
            });
        }
        sheet.sum(parts)
    }

    fn counted(&self, values: &[Exact]) -> Exact {
        let mut sum = Exact::zero();
        for (at, value) in values.iter().take(self.count()).enumerate() {
            if at < self.credits.len() || value.is_negative() {
                sum = sum.add(&value.negate());
            }
        }
        sum
    }
}

/// The limits of a month: what each is called, and its amount.
fn limits<'c>(prover: &Prover<'c>) -> Vec<(String, NodeId, &'c Value)> {
    let facts = &prover.contract.facts;
    let mut all = Vec::new();
    let own = facts.limits.iter().filter(|limit| limit.head().own);
    for limit in own {
        let of_all = limit
            .subjects
            .iter()
            .any(|subject| matches!(subject, LimitSubject::Credits));
        if limit.period == LimitPeriod::Each(Every::Month) && of_all {
            all.push((limit.head.designation.clone(), &limit.to));
        }
    }
    for pool in facts.pools.iter().filter(|pool| pool.head().own) {
        if pool.every == Every::Month {
            all.push((pool.head.designation.clone(), &pool.amount));
        }
    }
    let placed = all.into_iter().filter_map(|(words, value)| {
        let mut nodes = value.nodes.iter().rev();
        let node = nodes.find_map(|node| prover.node(*node))?;
        Some((words, node, value))
    });
    placed.collect()
}

pub(super) fn within_limits(prover: &Prover<'_>) -> Vec<Verdict> {
    let question = Question::BeyondLimit;
    let taken = Taken::of(prover);
    let limits = limits(prover);
    if limits.is_empty() || taken.is_empty() {
        return vec![prover.without(
            question,
            "the contract limits no month's credits and names no amount at risk in a month",
        )];
    }
    limits
        .into_iter()
        .map(|(words, node, _)| within(prover, &taken, &words, node))
        .collect()
}

fn within(prover: &Prover<'_>, taken: &Taken, words: &str, limit: NodeId) -> Verdict {
    let question = Question::BeyondLimit;
    let mut nodes = taken.nodes();
    nodes.push(limit);
    let slack = prover.rounding_slack();
    let ask = Ask {
        nodes: &nodes,
        copies: &[],
        root: &|sheet, reads| {
            let reads = reads.first().map(Vec::as_slice).unwrap_or_default();
            let sum = taken.written(sheet, reads);
            let limit = reads.last().copied().unwrap_or(sum);
            sheet.less(limit, sum)
        },
        value: &|values| {
            let values = values.first()?;
            Some(values.last()?.subtract(&taken.counted(values)))
        },
        goal: Goal {
            below: Some(slack.negate()),
            at_least: Some(slack.negate()),
            close: Exact::zero(),
        },
    };
    let answer = prover.least(&ask);
    let beyond = |room: &Exact| *room < slack.negate();
    let verdict = match (&answer.found, &answer.bound) {
        (Some((room, witness)), _) if beyond(room) => {
            let witness = witness.clone().simplified(prover, &ask, &beyond);
            let room = witness.value(prover, &ask).unwrap_or_else(|| room.clone());
            Verdict {
                story: prover.story(&witness, None),
                ..prover.verdict(
                    question,
                    Outcome::Refuted,
                    Method::Replay,
                    format!(
                        "a month's reductions can exceed `{words}` by {}",
                        prover.money(&room.negate())
                    ),
                )
            }
        }
        (_, Some(bound)) if !beyond(bound) => prover.proved(
            question,
            Method::Pieces,
            &nodes,
            format!("all reductions of a month together stay within `{words}`"),
        ),
        _ => prover.verdict(
            question,
            Outcome::NotDecided,
            Method::Pieces,
            format!("it is not known whether reductions can exceed `{words}`"),
        ),
    };
    Verdict {
        about: Some(words.to_owned()),
        steps: answer.steps,
        ..verdict
    }
}

/// How often the share is corrected.
const ROUNDS: usize = 8;

/// The greatest share of a month's charges that was found to be taken off.
#[derive(Clone, Debug)]
pub struct Loss {
    /// The share.
    pub share: Exact,
    /// What is taken off in the month that shows it.
    pub lost: Exact,
    /// What is charged in it.
    pub charged: Exact,
    /// The month.
    pub witness: Witness,
    /// Whether no month loses a greater share.
    pub is_exact: bool,
    /// How many operations that took.
    pub steps: u64,
}

/// The greatest share of a month's charges that these lines take off: credits, or adjustments as well. The share is
/// corrected by the worst month found until no month loses more (the method of Dinkelbach for a quotient).
#[must_use]
pub fn most_taken(prover: &Prover<'_>, with_adjustments: bool) -> Option<Loss> {
    let mut taken = Taken::of(prover);
    if !with_adjustments {
        taken.adjustments.clear();
    }
    let charges = prover.amounts(LineKind::Charge);
    if taken.is_empty() || charges.is_empty() {
        return None;
    }
    let mut nodes = taken.nodes();
    nodes.extend(&charges);
    let slack = prover.rounding_slack().negate();
    let mut share = Exact::zero();
    let mut best: Option<Loss> = None;
    let mut steps = 0;
    for _ in 0..ROUNDS {
        let (answer, figures) = beyond_share(prover, &taken, &nodes, &share);
        steps += answer.steps;
        let is_exact = answer.bound.as_ref().is_some_and(|bound| *bound >= slack);
        let Some(((_, witness), (lost, charged))) = answer.found.zip(figures) else {
            break;
        };
        let Some(found) = lost.divide(&charged) else {
            break;
        };
        if best.as_ref().is_none_or(|best| found > best.share) {
            best = Some(Loss {
                share: found.clone(),
                lost,
                charged,
                witness,
                is_exact,
                steps,
            });
        } else if let Some(best) = &mut best {
            best.is_exact |= is_exact;
        }
        if is_exact || found <= share {
            break;
        }
        share = found;
    }
    best.map(|best| Loss { steps, ..best })
}

pub(super) fn most_lost(prover: &Prover<'_>) -> Verdict {
    let question = Question::MostLost;
    let taken = Taken::of(prover);
    let charges = prover.amounts(LineKind::Charge);
    if taken.is_empty() || charges.is_empty() {
        return prover.without(question, "nothing is taken off the charges");
    }
    let Some(loss) = most_taken(prover, true) else {
        return prover.verdict(
            question,
            Outcome::NotDecided,
            Method::Pieces,
            "it is not known how much a month can lose",
        );
    };
    let mut nodes = taken.nodes();
    nodes.extend(&charges);
    let percent = Figure::new(shown_share(&loss.share), Type::Percent);
    let amounts = format!(
        "{} of {}",
        prover.money(&loss.lost),
        prover.money(&loss.charged)
    );
    let verdict = if loss.is_exact && loss.share.is_zero() {
        prover.proved(question, Method::Pieces, &nodes, "no month loses anything")
    } else if loss.is_exact {
        prover.proved(
            question,
            Method::PiecesAndReplay,
            &nodes,
            format!("a month loses at most {percent} of its charges: {amounts}"),
        )
    } else {
        prover.verdict(
            question,
            Outcome::NotDecided,
            Method::Replay,
            format!("a month can lose {percent} of its charges ({amounts}); whether it can lose more is not known"),
        )
    };
    Verdict {
        steps: loss.steps,
        story: if loss.share.is_zero() {
            None
        } else {
            prover.story(&loss.witness, None)
        },
        ..verdict
    }
}

/// The least of `share x charges - taken`, and what is taken and charged in the month that has it.
fn beyond_share(
    prover: &Prover<'_>,
    taken: &Taken,
    nodes: &[NodeId],
    share: &Exact,
) -> (Answer, Option<(Exact, Exact)>) {
    let count = taken.count();
    let rest = |values: &[Vec<Exact>]| {
        let values = values.first()?;
        let charged = values
            .iter()
            .skip(count)
            .fold(Exact::zero(), |sum, one| sum.add(one));
        Some((taken.counted(values), charged))
    };
    let ask = Ask {
        nodes,
        copies: &[],
        root: &|sheet, reads| {
            let reads = reads.first().map(Vec::as_slice).unwrap_or_default();
            let sum = taken.written(sheet, reads);
            let charged = sheet.sum(reads.iter().skip(count).copied().collect());
            let share = sheet.number(share.clone());
            let allowed = sheet.put(Op::Multiply(share, charged));
            sheet.less(allowed, sum)
        },
        value: &|values| {
            let (taken, charged) = rest(values)?;
            Some(charged.multiply(share).subtract(&taken))
        },
        goal: Goal::default(),
    };
    let mut answer = prover.least(&ask);
    let figures = answer.found.take().map(|(value, witness)| {
        let witness = witness.simplified(prover, &ask, &|other| *other <= value);
        let figures = {
            let nodes = ask.nodes;
            let mut evaluator = prover.evaluator.borrow_mut();
            let cases = witness.cases(prover);
            let values = cases
                .first()
                .and_then(|case| case.values(&mut evaluator, &prover.space, nodes, witness.up));
            values.and_then(|values| rest(&[values]))
        };
        answer.found = Some((value, witness));
        figures
    });
    (answer, figures.flatten())
}
