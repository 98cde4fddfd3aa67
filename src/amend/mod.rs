//! Amendments to a contract: the contract's items as they read from each date onwards.
//!
//! A version is the whole contract as it reads after its amendments so far. Replaced items are where the former ones
//! were, and new ones are at the end. Each version is a tree like any other, so all later stages see only contracts.

mod apply;
mod dates;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Month;
use crate::diagnostic::Diagnostic;
use crate::ledger::Amended;
use crate::lineage::{Ending, Lineages, NextVersion};
use crate::syntax::tree::{Amendment, Contract, Designation, Item, ItemKind};
use crate::text::Span;

/// A contract as it reads after its amendments so far.
#[derive(Clone, Debug)]
pub struct Version {
    /// The amendment that made it; nothing for the contract as it was first agreed.
    pub amendment: Option<AmendedBy>,
    /// The first month in which it is in force; nothing for the contract as it was first agreed.
    pub from: Option<Month>,
    /// The contract with all its items, without the scenarios of the contract and its amendments.
    pub contract: Contract,
    /// The amendment that each item comes from, as a position among the amendments; nothing for items of the contract.
    pub origins: Vec<Option<usize>>,
    /// The identity that each item has in every version. It stays the same as long as amendments replace the item.
    pub goes_on_as: Vec<Arc<str>>,
    /// The words that name each item.
    designations: Vec<Arc<Designation>>,
    /// The items that the amendment removes, how they end, and where the amendment says so.
    pub endings: BTreeMap<String, (Ending, Span)>,
}

impl Version {
    /// The first of its items that is about the same thing.
    #[must_use]
    pub fn about_the_same(&self, designation: &Designation) -> Option<&Item> {
        let mut all = self.contract.items.iter().zip(&self.designations);
        all.find(|(_, former)| former.is_about_the_same(designation))
            .map(|(item, _)| &**item)
    }

    /// The lineages of its items. `next` is the version that comes into force after it.
    #[must_use]
    pub fn lineages(&self, next: Option<NextVersion>) -> Lineages {
        let spans = self.contract.items.iter().map(|item| item.span);
        Lineages::new(
            spans.zip(self.goes_on_as.iter().map(|name| name.to_string())),
            next,
        )
    }
}

/// The amendment that made a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmendedBy {
    /// Its name.
    pub named: Amended,
    /// The whole block.
    pub span: Span,
}

/// The versions of a contract, the first one first, and what is wrong with its amendments. An amendment that states no
/// date is left out.
#[must_use]
pub fn versions(contract: &Contract, amendments: &[&Amendment]) -> (Vec<Version>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let first = without_scenarios(contract);
    let designations: Vec<Arc<Designation>> = first
        .items
        .iter()
        .map(|item| Arc::new(item.designation()))
        .collect();
    let mut versions = vec![Version {
        amendment: None,
        from: None,
        origins: vec![None; first.items.len()],
        goes_on_as: apply::first_lineages(&designations),
        designations,
        endings: BTreeMap::new(),
        contract: first,
    }];
    for (at, amendment) in amendments.iter().enumerate() {
        let Some(last) = versions.last() else { break };
        let applied = apply::apply(last, amendment, at, &mut diagnostics);
        let Some((effective, _)) = amendment.effective else {
            continue;
        };
        let by = AmendedBy {
            named: Amended {
                name: amendment.name.text.clone(),
                title: amendment.title.as_ref().map(|title| title.text.clone()),
                effective,
                signed: amendment.signed.map(|(signed, _)| signed),
                clause: amendment.clause.as_ref().map(|clause| clause.text.clone()),
            },
            span: amendment.span,
        };
        diagnostics.extend(dates::check(last, amendment, &applied.contract));
        versions.push(Version {
            amendment: Some(by),
            from: Some(Month::of(effective)),
            contract: applied.contract,
            origins: applied.origins,
            goes_on_as: applied.goes_on_as,
            designations: applied.designations,
            endings: applied.endings,
        });
    }
    (versions, diagnostics)
}

/// The version in force in a month.
#[must_use]
pub fn in_force(versions: &[Version], month: Month) -> usize {
    let begun = |version: &Version| version.from.is_none_or(|from| from <= month);
    versions.iter().rposition(begun).unwrap_or(0)
}

fn without_scenarios(contract: &Contract) -> Contract {
    let mut contract = contract.clone();
    contract
        .items
        .retain(|item| !matches!(item.kind, ItemKind::Scenario(_)));
    contract
}
