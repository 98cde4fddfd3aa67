//! Amendments: what a later text changes in a contract, and from which day.

use crate::calendar::Date;
use crate::lineage::Ending;
use crate::text::Span;

use super::{Item, Name, Text, Unreadable};

/// `amendment a3 "Chat added" to emea_support effective 2027-04-01 { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The contract that it amends; nothing if it could not be read.
    pub of: Option<Name>,
    /// The first day on which it is in force; nothing if it could not be read.
    pub effective: Option<(Date, Span)>,
    /// The day on which it was signed, if the text says so.
    pub signed: Option<(Date, Span)>,
    /// The clause of the paper amendment.
    pub clause: Option<Text>,
    /// Its changes, in the order written.
    pub changes: Vec<Change>,
    /// Items of its changes that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Its own examples.
    pub scenarios: Vec<Item>,
    /// The whole block.
    pub span: Span,
}

/// One change to a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// `add ITEM`
    Add(Item, Span),
    /// `replace ITEM`: replaces the item that has the same name.
    Replace(Item, Span),
    /// `remove charge chat "Amendment 3, 2"`
    Remove(Removed, Span),
}

impl Change {
    /// The whole change.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Add(_, span) | Self::Replace(_, span) | Self::Remove(_, span) => *span,
        }
    }
}

/// The item that is removed, in the words that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// `charge chat`
    pub words: Text,
    /// What happens to its open amounts.
    pub ending: Ending,
    /// The clause of the paper amendment.
    pub clause: Option<Text>,
}

impl Amendment {
    /// The items that it adds, and those that replace others.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.changes.iter().filter_map(|change| match change {
            Change::Add(item, _) | Change::Replace(item, _) => Some(item),
            Change::Remove(..) => None,
        })
    }
}
