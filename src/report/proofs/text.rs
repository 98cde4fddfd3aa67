//! Proofs for people: a verdict for each question, with the month that shows it.

use std::collections::BTreeSet;

use crate::prove::{Proofs, Verdict};
use crate::report::escape::terminal::on_one_line;
use crate::report::layout::{hanging, pad_right};

use super::ContractProofs;

/// Columns of the verdict's word.
const WORD: usize = 15;

/// All verdicts, and what they assume.
#[must_use]
pub fn render(all: ContractProofs<'_>) -> String {
    let proofs = all.proofs;
    let mut out = format!(
        "{}: what holds in every month that the contract allows\n\n",
        on_one_line(&proofs.contract)
    );
    out.push_str(&verdicts(proofs));
    out
}

/// The verdicts without a heading, and what they assume.
pub(in crate::report) fn verdicts(proofs: &Proofs) -> String {
    let mut out = String::new();
    let mut last = None;
    for verdict in &proofs.verdicts {
        if last != Some(verdict.question) {
            let question = verdict.question;
            out.push_str(&format!("{}  {}\n", question.id(), question.words()));
            last = Some(question);
        }
        out.push_str(&one(verdict));
    }
    out.push_str(&assumed(proofs));
    out
}

fn one(verdict: &Verdict) -> String {
    let word = pad_right(verdict.outcome.words(), WORD);
    let mut out = hanging(&format!("     {word}"), &on_one_line(&verdict.answer));
    if let Some(story) = &verdict.story {
        for line in [Some(story.in_words()), story.compared()]
            .into_iter()
            .flatten()
        {
            out.push_str(&hanging(&" ".repeat(5 + WORD), &on_one_line(&line)));
        }
    }
    for month in &verdict.course {
        out.push_str(&hanging(
            &" ".repeat(5 + WORD),
            &on_one_line(&month.in_words()),
        ));
    }
    out
}

fn assumed(proofs: &Proofs) -> String {
    let stated: BTreeSet<&str> = proofs
        .verdicts
        .iter()
        .flat_map(|verdict| verdict.assumptions.iter().map(String::as_str))
        .collect();
    let mut out = String::from(
        "\nAssumed in all verdicts: every figure is reported, and every earlier month could be invoiced.\n",
    );
    if !stated.is_empty() {
        out.push_str("PROVED IF also assumes:\n");
        for one in stated {
            out.push_str(&hanging("  - ", &on_one_line(one)));
        }
    }
    out
}
