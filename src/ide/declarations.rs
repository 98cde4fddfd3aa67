//! Everything in a file that has a name, and where it is.

use crate::catalogue::ItemKind;
use crate::driver::Loaded;
use crate::syntax::tree::{self, Contract, ContractBody, Item, Text};
use crate::text::Span;

/// The kind of thing that has the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Declared {
    /// A contract.
    Contract,
    /// A library of definitions.
    Library,
    /// An amendment.
    Amendment,
    /// A member of a dimension.
    Member,
    /// An item of a contract.
    Item(ItemKind),
}

impl Declared {
    /// Returns the words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Library => "library",
            Self::Amendment => "amendment",
            Self::Member => "member",
            Self::Item(kind) => kind.noun(),
        }
    }

    /// Whether lines of a statement carry its name.
    #[must_use]
    pub fn has_lines(self) -> bool {
        matches!(self, Self::Item(kind) if kind.has_lines())
    }
}

/// A name, at the place where it is given.
#[derive(Clone, Debug)]
pub struct Declaration<'l> {
    /// The name.
    pub name: &'l str,
    /// Where it is given.
    pub span: Span,
    /// The kind of thing to which it is given.
    pub what: Declared,
    /// The whole of that thing: an item, a block, or the name itself for a member.
    pub whole: Span,
    /// The title for people to read.
    pub title: Option<&'l str>,
    /// The clause of the paper contract.
    pub clause: Option<&'l str>,
    /// The item that gives the name; nothing for contracts, libraries and amendments.
    pub item: Option<&'l Item>,
}

/// Returns all names that are given in any of the files, in the order of their places.
pub(super) fn declarations(loaded: &Loaded) -> Vec<Declaration<'_>> {
    let mut found = Vec::new();
    for (_, tree) in loaded.files() {
        for contract in &tree.contracts {
            found.push(of_contract(contract));
            contract.items.iter().for_each(|item| add(item, &mut found));
        }
        for amendment in &tree.amendments {
            found.push(Declaration {
                name: &amendment.name.text,
                span: amendment.name.span,
                what: Declared::Amendment,
                whole: amendment.span,
                title: text(amendment.title.as_ref()),
                clause: text(amendment.clause.as_ref()),
                item: None,
            });
            let scenarios = amendment.scenarios.iter();
            amendment
                .items()
                .chain(scenarios)
                .for_each(|item| add(item, &mut found));
        }
    }
    found.sort_by_key(|declaration| declaration.span);
    found
}

fn of_contract(contract: &Contract) -> Declaration<'_> {
    Declaration {
        name: &contract.name.text,
        span: contract.name.span,
        what: match contract.body {
            ContractBody::Contract => Declared::Contract,
            ContractBody::Library => Declared::Library,
        },
        whole: contract.span,
        title: text(contract.title.as_ref()),
        clause: None,
        item: None,
    }
}

/// Adds the names that an item gives: its own, and those of members and plurals.
fn add<'l>(item: &'l Item, found: &mut Vec<Declaration<'l>>) {
    let mut give = |name: &'l crate::syntax::tree::Name, what: Declared, whole: Span| {
        let is_item = whole == item.span;
        found.push(Declaration {
            name: &name.text,
            span: name.span,
            what,
            whole,
            title: text(item.title()).filter(|_| is_item),
            clause: text(item.clause.as_ref()).filter(|_| is_item),
            item: Some(item),
        });
    };
    if let Some(name) = item.declared_name() {
        give(name, Declared::Item(item.what()), item.span);
    }
    match &item.kind {
        tree::ItemKind::Unit(unit) => unit
            .plural
            .iter()
            .for_each(|name| give(name, Declared::Item(ItemKind::Unit), item.span)),
        tree::ItemKind::Dimension(dimension) => dimension
            .members
            .iter()
            .for_each(|member| give(member, Declared::Member, member.span)),
        tree::ItemKind::Input(input) => {
            let dimension = input.dimension.as_ref();
            if let Some(dimension) = dimension.filter(|one| !one.members.is_empty()) {
                give(
                    &dimension.name,
                    Declared::Item(ItemKind::Dimension),
                    dimension.name.span,
                );
                for member in &dimension.members {
                    give(member, Declared::Member, member.span);
                }
            }
        }
        _ => {}
    }
}

fn text(text: Option<&Text>) -> Option<&str> {
    text.map(|text| text.text.as_str())
}
