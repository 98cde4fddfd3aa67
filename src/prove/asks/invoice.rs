//! What an invoice can be.

use crate::program::NodeId;
use crate::prove::prover::{Answer, Ask, Prover};
use crate::prove::question::Question;
use crate::prove::search::Goal;
use crate::prove::verdict::{Method, Outcome, Verdict};
use crate::prove::witness::Witness;
use crate::quantity::Exact;

/// The least of one value of a month, or of its opposite.
pub(super) fn least_of(
    prover: &Prover<'_>,
    node: NodeId,
    turned: bool,
    goal: Goal,
    still: Option<&dyn Fn(&Exact) -> bool>,
) -> Answer {
    let nodes = [node];
    let ask = Ask {
        nodes: &nodes,
        copies: &[],
        root: &|sheet, reads| {
            let own = reads
                .first()
                .and_then(|reads| reads.first())
                .copied()
                .unwrap_or(node);
            if turned {
                sheet.put(crate::program::Op::Negate(own))
            } else {
                own
            }
        },
        value: &|values| {
            let own = values.first()?.first()?;
            Some(if turned { own.negate() } else { own.clone() })
        },
        goal,
    };
    let mut answer = prover.least(&ask);
    answer.found = answer.found.map(|(value, witness)| {
        let witness = match still {
            Some(still) if still(&value) => witness.simplified(prover, &ask, still),
            _ => {
                let same = value.clone();
                witness.simplified(prover, &ask, &|other| *other <= same)
            }
        };
        (witness.value(prover, &ask).unwrap_or(value), witness)
    });
    answer
}

/// A month whose invoice is below zero, with its total; the answer of the search in any case.
pub fn negative_invoice(prover: &Prover<'_>) -> Option<(Answer, Option<(Exact, Witness)>)> {
    let total = prover.program.plan.total?;
    let goal = Goal {
        below: Some(Exact::zero()),
        at_least: Some(Exact::zero()),
        close: Exact::zero(),
    };
    let answer = least_of(prover, total, false, goal, Some(&Exact::is_negative));
    let found = answer
        .found
        .clone()
        .filter(|(value, _)| value.is_negative());
    Some((answer, found))
}

pub(super) fn never_negative(prover: &Prover<'_>) -> Verdict {
    let question = Question::NegativeInvoice;
    let Some((answer, found)) = negative_invoice(prover) else {
        return prover.without(question, "the contract has no invoice");
    };
    let total: Vec<NodeId> = prover.program.plan.total.into_iter().collect();
    let verdict = match (found, &answer.bound) {
        (Some((value, witness)), _) => Verdict {
            story: prover.story(&witness, None),
            ..prover.verdict(
                question,
                Outcome::Refuted,
                Method::Replay,
                format!("an invoice can be {}", prover.money(&value)),
            )
        },
        (None, Some(bound)) if !bound.is_negative() => {
            prover.proved(question, Method::Pieces, &total, "no invoice is below zero")
        }
        (None, bound) => undecided(prover, question, bound.as_ref(), &answer),
    };
    Verdict {
        steps: answer.steps,
        ..verdict
    }
}

fn undecided(
    prover: &Prover<'_>,
    question: Question,
    bound: Option<&Exact>,
    answer: &Answer,
) -> Verdict {
    let seen = answer.found.as_ref().map(|(value, _)| prover.money(value));
    let seen = seen.map_or_else(String::new, |seen| {
        format!("; the lowest invoice found is {seen}")
    });
    match bound {
        Some(bound) => prover.verdict(
            question,
            Outcome::Between,
            Method::Pieces,
            format!("no invoice is below {}{seen}", prover.money(bound)),
        ),
        None => prover.verdict(
            question,
            Outcome::NotDecided,
            Method::Pieces,
            format!("it is not known whether an invoice can be below zero{seen}"),
        ),
    }
}

pub(super) fn envelope(prover: &Prover<'_>) -> Verdict {
    let question = Question::Envelope;
    let Some(total) = prover.program.plan.total else {
        return prover.without(question, "the contract has no invoice");
    };
    let least = least_of(prover, total, false, Goal::default(), None);
    let most = least_of(prover, total, true, Goal::default(), None);
    let steps = least.steps + most.steps;
    let (Some((low, _)), Some((high, witness))) = (&least.found, &most.found) else {
        return Verdict {
            steps,
            ..prover.verdict(
                question,
                Outcome::NotDecided,
                Method::Pieces,
                "no month of the ranges could be invoiced",
            )
        };
    };
    let high = high.negate();
    let verdict = if least.is_exact() && most.is_exact() {
        let answer = if *low == high {
            format!("every invoice is {}", prover.money(low))
        } else {
            format!(
                "an invoice is from {} to {}",
                prover.money(low),
                prover.money(&high)
            )
        };
        prover.proved(question, Method::PiecesAndReplay, &[total], answer)
    } else {
        let end = |bound: Option<Exact>| {
            bound.map_or_else(
                || "an unknown amount".to_owned(),
                |bound| prover.money(&bound).to_string(),
            )
        };
        prover.verdict(
            question,
            match (&least.bound, &most.bound) {
                (Some(_), Some(_)) => Outcome::Between,
                _ => Outcome::NotDecided,
            },
            Method::Pieces,
            format!(
                "invoices from {} to {} were found; none is below {} or above {}",
                prover.money(low),
                prover.money(&high),
                end(least.bound.clone()),
                end(most.bound.as_ref().map(Exact::negate))
            ),
        )
    };
    Verdict {
        steps,
        assumptions: prover.assumptions(&[total]),
        story: prover.story(witness, None),
        ..verdict
    }
}
