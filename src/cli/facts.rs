//! `quidpro facts`: what the parties agreed, clause by clause.

use crate::calendar::{Date, Month};
use crate::driver::VersionOf;
use crate::report::facts::{ContractFacts, VersionHead, json, text};
use crate::report::failure::Failure;

use super::arguments::{FactsFormat, FactsOptions};
use super::console::Console;
use super::{Ending, Outcome, files, monthly};

pub(super) fn run(options: &FactsOptions, console: &mut Console) -> Outcome {
    let ready = monthly::contract(&options.contract, console)?;
    let versions = ready.checked()?.versions();
    let shown = match options.on {
        Some(day) => in_force(&versions, day)?,
        None => versions.len().saturating_sub(1),
    };
    let Some(version) = versions.get(shown) else {
        return Err(Failure::new("the contract has no version").into());
    };
    let heads: Vec<VersionHead> = versions
        .iter()
        .map(|version| VersionHead {
            from: version.from,
            amendment: version.contract.plan.amendment.clone(),
        })
        .collect();
    let loaded = ready.loaded();
    let file = files::shown(&options.contract);
    let facts = ContractFacts {
        file: &file,
        sources: &loaded.sources,
        contract: version.contract,
        versions: &heads,
        shown,
        waivers: &loaded.accepted(version.contract),
    };
    console.print(&match options.format {
        FactsFormat::Text => text::render(facts),
        FactsFormat::Json => json::render(facts),
    })?;
    Ok(Ending::Fine)
}

/// The position of the version in force on a day. An amendment counts from the first month that is computed under it.
pub(super) fn in_force(versions: &[VersionOf<'_>], day: Date) -> Result<usize, Failure> {
    let month = Month::of(day);
    let begun = |version: &VersionOf<'_>| version.from.is_none_or(|from| from <= month);
    let at = versions.iter().rposition(begun).unwrap_or(0);
    let term = versions.get(at).and_then(|version| version.contract.term);
    match term {
        Some(term) if day < term.first || term.last < day => Err(Failure::new(format!(
            "{day} lies outside of the contract's term, {} to {}",
            term.first, term.last
        ))),
        _ => Ok(at),
    }
}
