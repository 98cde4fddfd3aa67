//! Every place where a name is given or used.

use crate::text::{FileId, Span};

use super::index::Index;

/// A place of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Where the name is.
    pub span: Span,
    /// Whether it is given here, for the first time or anew.
    pub is_declaration: bool,
}

/// Returns all places of the name at a byte of a file, in any of the files.
#[must_use]
pub fn occurrences(index: &Index<'_>, file: FileId, at: u32) -> Vec<Occurrence> {
    let Some(word) = index.word(file, at) else {
        return Vec::new();
    };
    let family = index.family(word.declared).into_iter();
    family
        .map(|span| Occurrence {
            span,
            is_declaration: index.declaration(span).is_some(),
        })
        .collect()
}
