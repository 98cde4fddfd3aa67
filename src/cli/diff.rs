//! `quidpro diff OLD NEW --prove`: what two texts of a contract pay, in every month.

use crate::prove::{Outcome as Proof, compare};
use crate::report::failure::Failure;
use crate::report::proofs::{ContractProofs, json, text};

use super::arguments::{DiffOptions, ProofsFormat};
use super::console::Console;
use super::{Ending, Outcome, files, monthly};

pub(super) fn run(options: &DiffOptions, console: &mut Console) -> Outcome {
    let (old, new) = (
        monthly::contract(&options.old, console)?,
        monthly::contract(&options.new, console)?,
    );
    let (old, new) = (old.checked()?, new.checked()?);
    let (Some(before), Some(after)) = (old.compiled.as_ref(), new.compiled.as_ref()) else {
        return Err(Failure::new("a contract could not be compiled").into());
    };
    let proofs = compare(
        (&old.contract, before),
        (&new.contract, after),
        options.budget,
    );
    let file = files::shown(&options.new);
    let all = ContractProofs {
        file: &file,
        proofs: &proofs,
    };
    console.print(&match options.format {
        ProofsFormat::Text => text::render(all),
        ProofsFormat::Json => json::render(all),
    })?;
    let same = proofs
        .verdicts
        .iter()
        .all(|verdict| matches!(verdict.outcome, Proof::Proved | Proof::ProvedIf));
    Ok(if same { Ending::Fine } else { Ending::Findings })
}
