//! The parts of a file that findings are grouped by: its items, and the heads of its blocks.

use crate::text::Span;

use super::{Amendment, Contract, ContractBody, Item, Text, Tree};

/// An item, or a block as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its place.
    pub span: Span,
    /// Its name, which does not depend on where in the file it is: `emea_support / service level answer_speed`.
    pub path: String,
    /// Its title for people to read, with its clause: `service level answer_speed, SoW 4.2`.
    pub heading: String,
}

impl Tree {
    /// The items of all its contracts, and those in its amendments.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        let contracts = self.contracts.iter().flat_map(|contract| &contract.items);
        let amendments = self.amendments.iter();
        contracts
            .map(|item| &**item)
            .chain(amendments.flat_map(|amendment| amendment.items().chain(&amendment.scenarios)))
    }

    /// The sections of the file, blocks before their items.
    pub fn sections(&self) -> impl Iterator<Item = Section> {
        let contracts = self.contracts.iter().flat_map(of_contract);
        contracts.chain(self.amendments.iter().flat_map(of_amendment))
    }
}

/// The innermost section that holds a place.
#[must_use]
pub fn section_at(sections: &[Section], place: Span) -> Option<&Section> {
    let holding = sections.iter().filter(|section| section.span.holds(place));
    holding.min_by_key(|section| section.span.end - section.span.start)
}

fn of_contract(contract: &Contract) -> Vec<Section> {
    let name = &contract.name.text;
    let word = match contract.body {
        ContractBody::Contract => "contract",
        ContractBody::Library => "library",
    };
    let head = Section {
        span: contract.span,
        path: name.clone(),
        heading: format!("{word} {name}"),
    };
    let items = contract.items.iter();
    std::iter::once(head)
        .chain(items.map(|item| of_item(name, item)))
        .collect()
}

fn of_amendment(amendment: &Amendment) -> Vec<Section> {
    let name = &amendment.name.text;
    let head = Section {
        span: amendment.span,
        path: name.clone(),
        heading: with_clause(format!("amendment {name}"), amendment.clause.as_ref()),
    };
    let items = amendment.items().chain(&amendment.scenarios);
    std::iter::once(head)
        .chain(items.map(|item| of_item(name, item)))
        .collect()
}

fn of_item(block: &str, item: &Item) -> Section {
    let designation = item.designation().to_string();
    Section {
        span: item.span,
        path: format!("{block} / {designation}"),
        heading: with_clause(designation, item.clause.as_ref()),
    }
}

fn with_clause(heading: String, clause: Option<&Text>) -> String {
    match clause {
        Some(clause) => format!("{heading}, {}", clause.text),
        None => heading,
    }
}
