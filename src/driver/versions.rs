//! A contract as it reads from each date onwards: every version, analysed and compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::amend::{self, Version};
use crate::analyse::{analyse, analyse_version};
use crate::calendar::Month;
use crate::compile::{Compiled, compile_for_later};
use crate::diagnostic::Diagnostic;
use crate::lineage::NextVersion;
use crate::model::{Contract, Reference};
use crate::program::MOST_VALUES;
use crate::syntax::tree::{self, Amendment, Change, Item, ItemKind};
use crate::text::{Sources, Span};

use super::references;

/// A contract with its amendments, and the programs of all its versions if it has no errors.
pub struct Checked {
    /// The contract as it finally reads.
    pub contract: Contract,
    /// Its program; nothing if there is an error in it or in what it uses.
    pub compiled: Option<Compiled>,
    /// The first month of this version; nothing for a contract that is not amended.
    pub from: Option<Month>,
    /// The versions that it had before, the oldest first. Versions that apply to no month are left out.
    pub former: Vec<Former>,
}

/// A version of a contract that a later one has replaced.
pub struct Former {
    /// The contract as it read.
    pub contract: Contract,
    /// Its program.
    pub compiled: Option<Compiled>,
    /// Its first month; nothing for the contract as it was first agreed.
    pub from: Option<Month>,
}

/// A version, as [`Checked`] holds it.
#[derive(Clone, Copy)]
pub struct VersionOf<'c> {
    /// The contract as it reads.
    pub contract: &'c Contract,
    /// Its program.
    pub compiled: Option<&'c Compiled>,
    /// Its first month; nothing for the first version.
    pub from: Option<Month>,
}

impl Checked {
    /// All versions, the oldest first.
    #[must_use]
    pub fn versions(&self) -> Vec<VersionOf<'_>> {
        let former = self.former.iter().map(|former| VersionOf {
            contract: &former.contract,
            compiled: former.compiled.as_ref(),
            from: former.from,
        });
        let last = VersionOf {
            contract: &self.contract,
            compiled: self.compiled.as_ref(),
            from: self.from,
        };
        former.chain([last]).collect()
    }

    /// The contract as it reads in a month.
    #[must_use]
    pub fn contract_in(&self, month: Month) -> &Contract {
        let begun = |from: Option<Month>| from.is_none_or(|from| from <= month);
        if begun(self.from) {
            return &self.contract;
        }
        let former = self.former.iter().rfind(|former| begun(former.from));
        former.map_or(&self.contract, |former| &former.contract)
    }
}

/// Versions that have been analysed but not yet compiled.
pub(super) struct Understood {
    /// Which words refer to which declarations, in any version.
    pub(super) references: BTreeSet<Reference>,
    versions: Vec<(Option<Month>, Contract)>,
}

/// Analyses a contract with its amendments. `scenarios` are the amendments whose examples are run. The examples of the
/// contract itself are run if `own` is set.
pub(super) fn understand(
    sources: &Sources,
    contract: &tree::Contract,
    amendments: &[&Amendment],
    libraries: &[&tree::Contract],
    own: impl Fn(Span) -> bool,
) -> (Understood, Vec<Diagnostic>) {
    if amendments.is_empty() {
        let analysis = analyse(sources, contract, libraries);
        let understood = Understood {
            references: analysis.contract.references.iter().copied().collect(),
            versions: vec![(None, analysis.contract)],
        };
        return (understood, analysis.diagnostics);
    }
    let (versions, mut diagnostics) = amend::versions(contract, amendments);
    let mut references = references::of_amendments(sources, contract, amendments, &versions);
    let versions = ever_in_force(versions);
    let scenarios: Vec<&Item> = contract
        .items
        .iter()
        .map(|item| &**item)
        .filter(|item| matches!(item.kind, ItemKind::Scenario(_)))
        .chain(amendments.iter().flat_map(|amendment| &amendment.scenarios))
        .filter(|item| own(item.span))
        .collect();
    let mut reading = Reading::default();
    let mut understood = Vec::new();
    let mut analyses = Vec::new();
    // Starts with the last version: if a version no longer keeps something, the version before it settles it.
    let mut following: Option<NextVersion> = None;
    let mut values = 0_usize;
    for (at, version) in versions.iter().enumerate().rev() {
        let next = versions.get(at + 1).and_then(|next| next.from);
        let mut tree = version.contract.clone();
        let run = scenarios
            .iter()
            .filter(|item| is_run(item, version.from, next));
        let run: Vec<Item> = run.map(|item| (*item).clone()).collect();
        tree.items.extend(run.iter().cloned().map(Arc::new));
        let lineages = version.lineages(following.take());
        let analysis = analyse_version(sources, &tree, libraries, lineages);
        values += analysis.contract.graph.values();
        let too_far = values > MOST_VALUES && !analysis.contract.graph.is_full();
        following = Some(NextVersion {
            from: version.from,
            keeps: analysis.contract.keeps.clone(),
            endings: version.endings.clone(),
        });
        analyses.push((version, run, analysis));
        if too_far {
            diagnostics.extend(
                amendments
                    .last()
                    .map(|last| unfold_too_far(last, versions.len())),
            );
            break;
        }
    }
    for (version, run, mut analysis) in analyses.into_iter().rev() {
        reading.scenarios(&run);
        analysis.contract.plan.amendment = version
            .amendment
            .as_ref()
            .map(|amendment| amendment.named.clone());
        let by = version.amendment.as_ref();
        let by = by.and_then(|by| amendments.iter().find(|one| one.span == by.span));
        let under = |finding| match by {
            Some(by) => under(sources, by, finding),
            None => finding,
        };
        reading.add(analysis.diagnostics, under);
        references.extend(&analysis.contract.references);
        understood.push((version.from, analysis.contract));
    }
    diagnostics.extend(reading.finish());
    let understood = Understood {
        references,
        versions: understood,
    };
    (understood, diagnostics)
}

/// The finding if each version has an acceptable size but all of them together do not.
fn unfold_too_far(last: &Amendment, count: usize) -> Diagnostic {
    let most = MOST_VALUES / 1_000_000;
    let message =
        format!("the contract and its amendments unfold to more than {most} million values");
    Diagnostic::error("unfolds-too-far", last.name.span, message)
        .here(format!("with this one the contract has {count} versions"))
        .because("the contract is computed as it reads from each date on, side by side, and as many as these would take all memory")
        .help("write the contract anew as it reads now, and amend that one from then on")
}

/// Reads amendments with the same date together, because only their combined result is ever in force.
fn ever_in_force(versions: Vec<Version>) -> Vec<Version> {
    let mut kept: Vec<Version> = Vec::new();
    for mut version in versions {
        if kept
            .last()
            .is_some_and(|last| last.from.is_some() && last.from >= version.from)
            && let Some(passed_over) = kept.pop()
        {
            version.endings.extend(passed_over.endings);
        }
        kept.push(version);
    }
    kept
}

/// Whether a scenario has a month that is not before `from` and is before `next`.
fn is_run(item: &Item, from: Option<Month>, next: Option<Month>) -> bool {
    let ItemKind::Scenario(scenario) = &item.kind else {
        return false;
    };
    let (first, last) = (scenario.first, scenario.last.max(scenario.first));
    from.is_none_or(|from| from <= last) && next.is_none_or(|next| first < next)
}

/// The findings of several versions, each listed once.
#[derive(Default)]
struct Reading {
    found: BTreeMap<(Span, &'static str), Vec<Diagnostic>>,
    /// Findings within scenarios, with the number of versions that have them.
    in_scenarios: Vec<(Diagnostic, usize)>,
    /// The number of versions in which each scenario is read.
    runs: BTreeMap<Span, usize>,
}

impl Reading {
    fn scenarios(&mut self, run: &[Item]) {
        for item in run {
            *self.runs.entry(item.span).or_default() += 1;
        }
    }

    /// Adds the findings of a version. `under` adds the version to those that no version before it has.
    fn add(&mut self, findings: Vec<Diagnostic>, under: impl Fn(Diagnostic) -> Diagnostic) {
        for finding in findings {
            let place = finding.primary.span;
            let scenario = self.runs.keys().find(|span| span.holds(place));
            if scenario.is_some() {
                let same = |(other, _): &&mut (Diagnostic, usize)| {
                    other.code == finding.code && other.primary.span == place
                };
                match self.in_scenarios.iter_mut().find(same) {
                    Some((_, count)) => *count += 1,
                    None => self.in_scenarios.push((finding, 1)),
                }
                continue;
            }
            let known = self.found.entry((place, finding.code)).or_default();
            if known.iter().any(|other| other.message == finding.message) {
                continue;
            }
            known.push(under(finding));
        }
    }

    /// Combines the findings. If a scenario covers several versions, its names need to be known to only one of them.
    fn finish(self) -> Vec<Diagnostic> {
        let runs = self.runs;
        let in_scenarios = self.in_scenarios.into_iter().filter(|(finding, count)| {
            let place = finding.primary.span;
            let read = runs.iter().find(|(span, _)| span.holds(place));
            read.is_none_or(|(_, read)| count >= read)
        });
        let in_scenarios: Vec<Diagnostic> = in_scenarios.map(|(finding, _)| finding).collect();
        let found = self.found.into_values().flatten();
        found.chain(in_scenarios).collect()
    }
}

/// A finding that only the amended contract has, with the change that caused it. A finding about the amendment's own
/// words stays as it is.
fn under(sources: &Sources, amendment: &Amendment, finding: Diagnostic) -> Diagnostic {
    let place = finding.primary.span;
    if amendment.span.holds(place) {
        return finding;
    }
    let text = sources.slice(place);
    let removed = amendment.changes.iter().find_map(|change| match change {
        Change::Remove(removed, span) => {
            let mut words = removed.words.text.split([' ', ',']);
            words.any(|word| word == text).then_some(*span)
        }
        Change::Add(..) | Change::Replace(..) => None,
    });
    let name = &amendment.name.text;
    match removed {
        Some(span) => finding.and_at(span, format!("amendment `{name}` removes it here")),
        None => finding.and_at(amendment.name.span, format!("as amended by `{name}`")),
    }
}

impl Understood {
    /// The contract as it finally reads.
    pub(super) fn last(self) -> Option<Contract> {
        let (_, contract) = self.versions.into_iter().next_back()?;
        Some(contract)
    }

    /// Compiles the versions, if they are sound.
    pub(super) fn compile(self, sound: bool) -> Option<Checked> {
        let mut names = BTreeSet::new();
        let mut compiled = Vec::new();
        for (from, contract) in self.versions.into_iter().rev() {
            let program = sound.then(|| compile_for_later(&contract, &names));
            let facts = program
                .iter()
                .flat_map(|compiled| &compiled.program.facts.all);
            names.extend(facts.map(|fact| fact.name.clone()));
            compiled.push(Former {
                contract,
                compiled: program,
                from,
            });
        }
        compiled.reverse();
        let last = compiled.pop()?;
        Some(Checked {
            contract: last.contract,
            compiled: last.compiled,
            from: last.from,
            former: compiled,
        })
    }
}
