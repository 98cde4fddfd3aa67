//! `quidpro prove`: what holds in every month that a contract allows.

use crate::prove::{Outcome as Proof, Prover, Question, prove};
use crate::report::failure::Failure;
use crate::report::proofs::{ContractProofs, json, text};

use super::arguments::{ProofsFormat, ProveOptions};
use super::console::Console;
use super::{Ending, Outcome, files, monthly};

pub(super) fn run(options: &ProveOptions, console: &mut Console) -> Outcome {
    let questions = questions(&options.property)?;
    let ready = monthly::contract(&options.contract, console)?;
    let checked = ready.checked()?;
    let Some(compiled) = checked.compiled.as_ref() else {
        return Err(Failure::new("the contract could not be compiled").into());
    };
    let prover = Prover::new(&checked.contract, compiled, options.budget);
    let proofs = prove(&prover, &questions);
    let file = files::shown(&options.contract);
    let all = ContractProofs {
        file: &file,
        proofs: &proofs,
    };
    console.print(&match options.format {
        ProofsFormat::Text => text::render(all),
        ProofsFormat::Json => json::render(all),
    })?;
    let refuted = proofs
        .verdicts
        .iter()
        .any(|verdict| verdict.outcome == Proof::Refuted);
    Ok(if refuted {
        Ending::Findings
    } else {
        Ending::Fine
    })
}

/// The questions of that number, or all of them.
fn questions(wanted: &str) -> Result<Vec<Question>, Failure> {
    if wanted.eq_ignore_ascii_case("all") {
        return Ok(Question::ALL.to_vec());
    }
    let each = wanted.split(',').map(|id| {
        let id = id.trim();
        Question::of(id).ok_or_else(|| {
            let known: Vec<&str> = Question::ALL.iter().map(|one| one.id()).collect();
            Failure::new(format!("there is no property `{id}`"))
                .help(format!("write `all`, or one of {}", known.join(", ")))
        })
    });
    each.collect()
}
