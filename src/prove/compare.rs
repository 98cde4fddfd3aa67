//! An old and a new text of a contract: whether the new one can ever pay more, or less, and by how much at most.

use crate::compile::Compiled;
use crate::model::Contract;
use crate::program::NodeId;
use crate::quantity::Exact;

use super::merged::Merged;
use super::prover::{Ask, Prover};
use super::question::Question;
use super::search::Goal;
use super::space::Space;
use super::verdict::{Method, Outcome, Proofs, Verdict};

/// What the new text pays in comparison with the old one, in every month.
#[must_use]
pub fn compare(
    (old, old_compiled): (&Contract, &Compiled),
    (new, new_compiled): (&Contract, &Compiled),
    budget: u64,
) -> Proofs {
    let merged = Merged::of(&old_compiled.program, &new_compiled.program);
    let space = Space::of_both(old, new, &merged.program);
    let prover = Prover::of_program(new, new_compiled, &merged.program, space, budget);
    let totals = merged.old_total.zip(merged.new_total);
    let same_currency = old.currency == new.currency;
    let verdicts = match totals.filter(|_| same_currency) {
        Some(totals) => vec![one_way(&prover, totals, true), one_way(&prover, totals, false)],
        None => vec![prover.without(
            Question::Amendment,
            "the two texts do not invoice in the same currency, so their invoices cannot be compared",
        )],
    };
    Proofs {
        contract: new.name.text.clone(),
        currency: new.currency,
        verdicts,
        budget,
    }
}

fn one_way(prover: &Prover<'_>, (old, new): (NodeId, NodeId), more: bool) -> Verdict {
    let question = Question::Amendment;
    let nodes = [old, new];
    let ask = Ask {
        nodes: &nodes,
        copies: &[],
        root: &|sheet, reads| match reads.first().map(Vec::as_slice) {
            Some([old, new]) if more => sheet.less(*old, *new),
            Some([old, new]) => sheet.less(*new, *old),
            _ => sheet.whole(0),
        },
        value: &|values| {
            let [old, new] = values.first()?.as_slice() else {
                return None;
            };
            let apart = old.subtract(new);
            Some(if more { apart } else { apart.negate() })
        },
        goal: Goal::default(),
    };
    let answer = prover.least(&ask);
    let word = if more { "more" } else { "less" };
    let steps = answer.steps;
    let verdict = match (&answer.found, &answer.bound) {
        (Some((value, witness)), bound) if value.is_negative() => {
            let witness = witness
                .clone()
                .simplified(prover, &ask, &|one| one <= value);
            let amount = prover.money(&value.negate());
            let old_total = old_invoice(prover, old, &witness);
            let before = old_total.map_or_else(String::new, |total| {
                format!(" (under the old text it is {})", prover.money(&total))
            });
            let words = match bound {
                Some(bound) if bound >= value => {
                    format!("the new text pays up to {amount} {word} than the old one{before}")
                }
                Some(bound) => format!(
                    "the new text can pay {amount} {word} than the old one{before}, and at most {} {word}",
                    prover.money(&bound.negate())
                ),
                None => format!(
                    "the new text can pay {amount} {word} than the old one{before}; the most is not known"
                ),
            };
            Verdict {
                story: prover.story(&witness, None),
                assumptions: prover.assumptions(&nodes),
                ..prover.verdict(question, Outcome::Refuted, Method::Replay, words)
            }
        }
        (_, Some(bound)) if !bound.is_negative() => prover.proved(
            question,
            Method::Pieces,
            &nodes,
            format!("the new text never pays {word}"),
        ),
        (_, bound) => undecided(prover, question, word, bound.as_ref()),
    };
    Verdict { steps, ..verdict }
}

fn undecided(
    prover: &Prover<'_>,
    question: Question,
    word: &str,
    bound: Option<&Exact>,
) -> Verdict {
    match bound {
        Some(bound) => prover.verdict(
            question,
            Outcome::Between,
            Method::Pieces,
            format!(
                "no month was found in which the new text pays {word}; it is at most {}",
                prover.money(&bound.negate())
            ),
        ),
        None => prover.verdict(
            question,
            Outcome::NotDecided,
            Method::Pieces,
            format!("it is not known whether the new text can pay {word}"),
        ),
    }
}

fn old_invoice(
    prover: &Prover<'_>,
    old: NodeId,
    witness: &super::witness::Witness,
) -> Option<Exact> {
    let mut evaluator = prover.evaluator.borrow_mut();
    let cases = witness.cases(prover);
    let values = cases
        .first()?
        .values(&mut evaluator, &prover.space, &[old], witness.up)?;
    values.into_iter().next()
}
