//! What items declare and refer to, and which items of its libraries a contract needs.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue;
use crate::syntax::tree::{self, Item, ItemKind, Name};

use super::dependencies::{References, Target};

/// The name that an item declares and formulas can use.
pub(super) fn declared(item: &Item) -> Option<(&Name, catalogue::ItemKind)> {
    let what = item.what();
    Some((item.declared_name().filter(|_| what.is_value())?, what))
}

/// What an item refers to.
pub(super) fn references(item: &Item) -> References {
    let mut references = References::default();
    match &item.kind {
        ItemKind::Metric(metric) => references.metric(metric),
        ItemKind::Let(definition) => references.definition(definition),
        ItemKind::Charge(charge) => references.charge(charge),
        ItemKind::Scorecard(card) => references.scorecard(card),
        ItemKind::ServiceLevel(level) => references.service_level(level),
        ItemKind::Points(points) => references.points(points),
        ItemKind::AtRisk(pool) => references.at_risk(pool),
        ItemKind::Award(award) => references.award(award),
        ItemKind::Adjust(adjust) => references.adjust(adjust),
        ItemKind::Limit(limit) => references.limit(limit),
        ItemKind::Small(small) => references.expr(&small.below),
        ItemKind::Only(only) => references.only(only),
        ItemKind::Share(share) => references.share(share),
        ItemKind::Index(index) => references.index(index),
        ItemKind::Floor(floor) => references.expr(&floor.amount),
        ItemKind::Commitment(commitment) => references.commitment(commitment),
        ItemKind::Holdback(holdback) => references.holdback(holdback),
        ItemKind::Tax(tax) => references.expr(&tax.amount),
        ItemKind::Notice(notice) => references.expr(&notice.when),
        ItemKind::Objective(objective) => objective
            .measured_by
            .iter()
            .for_each(|measured| references.measured(&measured.metric)),
        ItemKind::Scenario(scenario) => scenario
            .given
            .iter()
            .for_each(|given| references.measured(&given.path)),
        ItemKind::Input(input) => references.input(input),
        ItemKind::Customer(_)
        | ItemKind::Supplier(_)
        | ItemKind::Currency(_)
        | ItemKind::Term(_)
        | ItemKind::Invoice(_)
        | ItemKind::Round(_)
        | ItemKind::PartMonths(_)
        | ItemKind::Language(_)
        | ItemKind::Unit(_)
        | ItemKind::Dimension(_)
        | ItemKind::Records(_)
        | ItemKind::Applied(_)
        | ItemKind::Partnership(_) => {}
    }
    references
}

/// The contract's items, and those definitions of its libraries that it needs and does not have itself.
pub(super) fn needed_items<'s>(
    contract: &'s tree::Contract,
    libraries: &[&'s tree::Contract],
) -> Vec<&'s Item> {
    let mut items: Vec<&Item> = contract.items.iter().map(|item| &**item).collect();
    let own: BTreeSet<&str> = items
        .iter()
        .filter_map(|item| declared(item))
        .map(|(name, _)| name.text.as_str())
        .collect();
    let mut offered: BTreeMap<&str, &Item> = BTreeMap::new();
    let mut always = Vec::new();
    for item in libraries.iter().flat_map(|library| &library.items) {
        let item: &Item = item;
        match (&item.kind, declared(item)) {
            (ItemKind::Unit(_) | ItemKind::Dimension(_) | ItemKind::Records(_), _) => {
                always.push(item)
            }
            (_, Some((name, _))) if !own.contains(name.text.as_str()) => {
                offered.entry(name.text.as_str()).or_insert(item);
            }
            _ => {}
        }
    }
    let mut wanted: Vec<String> = items.iter().flat_map(|item| names(item)).collect();
    while let Some(name) = wanted.pop() {
        if let Some(item) = offered.remove(name.as_str()) {
            wanted.extend(names(item));
            items.push(item);
        }
    }
    items.extend(always);
    items
}

fn names(item: &Item) -> Vec<String> {
    let found = references(item).found.into_iter();
    found
        .filter_map(|reference| match reference.target {
            Target::Name(name) => Some(name),
            Target::Stage(_) => None,
        })
        .collect()
}
