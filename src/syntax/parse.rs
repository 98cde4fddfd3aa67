//! The way from a text to its tree.

use pest::Parser;

use crate::diagnostic::Diagnostic;
use crate::text::FileId;

use super::grammar::{Grammar, Rule};
use super::lower::Lowering;
use super::scan::scan;
use super::tree::{Comment, Tree};

/// What was read of a file: always a tree, and what is wrong with the text.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// Everything that could be read.
    pub tree: Tree,
    /// The comments, in the order they stand in the text.
    pub comments: Vec<Comment>,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text. It never fails: what cannot be read is left out of the tree and reported.
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed {
    let scanned = scan(file, text);
    let mut lowering = Lowering::new(file, &scanned.text, &scanned.places);
    let tree = match Grammar::parse(Rule::file, &scanned.text) {
        Ok(mut nodes) => nodes
            .next()
            .map(|node| lowering.file(node))
            .unwrap_or_default(),
        Err(_) => Tree::default(),
    };
    let mut diagnostics = scanned.diagnostics;
    diagnostics.append(&mut lowering.diagnostics);
    diagnostics.sort_by_key(|found| found.primary.span.start);
    Parsed {
        tree,
        comments: scanned.comments,
        diagnostics,
    }
}
