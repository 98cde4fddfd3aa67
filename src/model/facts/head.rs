//! What every clause has.

use crate::catalogue::ItemKind;
use crate::syntax::tree::{Name, Text};
use crate::text::Span;

/// Which clause of the contract: its position among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub u32);

/// What a clause is, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Which clause it is.
    pub id: ItemId,
    /// Which clause of the language it is.
    pub kind: ItemKind,
    /// What names it in a text about the contract: `service level answer_speed`, `limit credits each month`.
    pub designation: String,
    /// The name that it declares.
    pub name: Option<Name>,
    /// What it is called for people.
    pub title: Option<Text>,
    /// The clause of the paper contract.
    pub clause: Option<Text>,
    /// All of it.
    pub span: Span,
    /// Whether it is the contract's own, and not a library's.
    pub own: bool,
}

/// A clause that has a head: every fact is one.
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

    /// Where its name is written; the whole clause where it has none.
    #[must_use]
    pub fn place(&self) -> Span {
        self.name.as_ref().map_or(self.span, |name| name.span)
    }
}
