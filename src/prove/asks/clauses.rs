//! Clauses that can never matter.

use crate::program::{NodeId, Op};
use crate::prove::prover::{Ask, Prover};
use crate::prove::question::Question;
use crate::prove::search::Goal;
use crate::prove::verdict::{Method, Outcome, Verdict};
use crate::quantity::Exact;

/// Whether two values can differ in a month: a value and nothing, if there is one.
fn differ(prover: &Prover<'_>, one: NodeId, other: Option<NodeId>) -> (Option<bool>, u64) {
    let nodes: Vec<NodeId> = [Some(one), other].into_iter().flatten().collect();
    let apart = |values: &[Exact]| {
        let (one, other) = (values.first()?, values.get(1).cloned().unwrap_or_default());
        Some(one.subtract(&other).abs().negate())
    };
    let ask = Ask {
        nodes: &nodes,
        copies: &[],
        root: &|sheet, reads| {
            let reads = reads.first().map(Vec::as_slice).unwrap_or_default();
            let apart = match reads {
                [one, other] => sheet.less(*one, *other),
                [one] => *one,
                _ => sheet.whole(0),
            };
            let apart = sheet.put(Op::Abs(apart));
            sheet.put(Op::Negate(apart))
        },
        value: &|values| apart(values.first()?),
        goal: Goal {
            below: Some(Exact::zero()),
            at_least: Some(Exact::zero()),
            close: Exact::zero(),
        },
    };
    let answer = prover.least(&ask);
    let found = answer
        .found
        .as_ref()
        .is_some_and(|(value, _)| value.is_negative());
    let never = answer
        .bound
        .as_ref()
        .is_some_and(|bound| !bound.is_negative());
    let decided = match (found, never) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    };
    (decided, answer.steps)
}

pub(super) fn dead(prover: &Prover<'_>) -> Vec<Verdict> {
    let question = Question::DeadClause;
    let mut verdicts = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    let mut alive = 0;
    let mut steps = 0;
    let mut seen: Vec<String> = Vec::new();
    for line in &prover.program.plan.lines {
        let lines = std::iter::once((
            format!("`{}`", line.name),
            line.amount,
            None,
            line.name.clone(),
        ));
        let cuts = line.cuts.iter().map(|cut| {
            let words = format!("the limit of {}", cut.limit);
            (words.clone(), cut.before, Some(cut.after), words)
        });
        for (words, one, other, about) in lines.chain(cuts) {
            let (differs, used) = differ(prover, one, other);
            steps += used;
            match differs {
                Some(true) => {
                    alive += 1;
                    seen.push(about.clone());
                    verdicts.retain(|verdict: &Verdict| verdict.about.as_ref() != Some(&about));
                }
                Some(false) if !seen.contains(&about) => {
                    seen.push(about.clone());
                    let answer = match other {
                        Some(_) => format!("{words} cuts nothing in any month"),
                        None => format!("{words} is 0 in every month"),
                    };
                    verdicts.push(Verdict {
                        about: Some(about),
                        outcome: Outcome::Refuted,
                        assumptions: prover.assumptions(&[one]),
                        ..prover.verdict(question, Outcome::Refuted, Method::Pieces, answer)
                    });
                }
                Some(false) => {}
                None => unknown.push(words),
            }
        }
    }
    unknown.retain(|words| {
        !seen
            .iter()
            .any(|known| *words == format!("`{known}`") || words == known)
    });
    unknown.dedup();
    if !unknown.is_empty() {
        verdicts.push(prover.verdict(
            question,
            Outcome::NotDecided,
            Method::Pieces,
            format!(
                "it is not known whether these ever matter: {}",
                unknown.join(", ")
            ),
        ));
    }
    if verdicts.is_empty() {
        verdicts.push(prover.verdict(
            question,
            Outcome::Proved,
            Method::Replay,
            format!("each of {alive} lines and limits matters in some month"),
        ));
    }
    if let Some(first) = verdicts.first_mut() {
        first.steps = steps;
    }
    verdicts
}
