//! Which words refer to which declarations.

use crate::text::Span;

/// A word of the text and the declaration that it refers to. A word that declares something anew refers to the former
/// declaration. An example is the name of an item with which an amendment replaces another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// The word.
    pub at: Span,
    /// The name in the declaration.
    pub to: Span,
}
