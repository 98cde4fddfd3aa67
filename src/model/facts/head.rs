//! What every clause has.

use crate::catalogue::ItemKind;
use crate::syntax::tree::{Name, Text};
use crate::text::Span;

/// The position of a clause among the clauses of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub u32);

/// The kind of a clause, its names, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its position in the contract.
    pub id: ItemId,
    /// The kind of clause.
    pub kind: ItemKind,
    /// The words that name it in a text about the contract: `service level answer_speed`, `limit credits each month`.
    pub designation: String,
    /// The name that it declares.
    pub name: Option<Name>,
    /// Its title for people to read.
    pub title: Option<Text>,
    /// The clause of the paper contract.
    pub clause: Option<Text>,
    /// All of it.
    pub span: Span,
    /// Whether it belongs to the contract itself, and not to a library.
    pub own: bool,
}

/// A clause that has a head. Every fact is one.
pub trait Clause {
    /// Its head.
    fn head(&self) -> &Head;
}

impl Head {
    /// Its name; empty for a clause without one.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_ref().map_or("", |name| name.text.as_str())
    }

    /// Where its name is written, or the whole clause if it has no name.
    #[must_use]
    pub fn place(&self) -> Span {
        self.name.as_ref().map_or(self.span, |name| name.span)
    }
}
