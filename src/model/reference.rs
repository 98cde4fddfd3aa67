//! Which words refer to which declarations.

use crate::text::Span;

/// A word of the text and the declaration that it refers to. A word that declares something anew, such as the name of an
/// item that an amendment puts in the place of another, refers to the former declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// The word.
    pub at: Span,
    /// The name in the declaration.
    pub to: Span,
}
