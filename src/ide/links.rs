//! The files and libraries that a file uses.

use crate::driver::Loaded;
use crate::syntax::tree::UseWhat;
use crate::text::{FileId, Span};

/// Words that lead to another text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub span: Span,
    /// Where they lead.
    pub to: LinkTarget,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// To a file that was read.
    File(FileId),
    /// To a library that is part of Quidpro.
    Standard(String),
}

/// Returns the links of a file.
#[must_use]
pub fn links(loaded: &Loaded, file: FileId) -> Vec<Link> {
    let Some(tree) = loaded.tree(file) else {
        return Vec::new();
    };
    let uses = tree.uses.iter();
    uses.filter_map(|used| match &used.what {
        UseWhat::Standard(name) => {
            let shown = format!("standard {}", name.text);
            let is_known = loaded
                .sources
                .iter()
                .any(|(_, source)| source.name == shown);
            is_known.then(|| Link {
                span: name.span,
                to: LinkTarget::Standard(name.text.clone()),
            })
        }
        UseWhat::File(path) => Some(Link {
            span: path.span,
            to: LinkTarget::File(loaded.used_file(path.span)?),
        }),
    })
    .collect()
}
