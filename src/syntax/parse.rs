//! The way from a text to its tree.

use pest::Parser;

use crate::diagnostic::Diagnostic;
use crate::text::{FileId, Span};

use super::grammar::{Grammar, Rule};
use super::repair;
use super::scan::scan;
use super::tree::{Comment, Tree};

/// The largest text that is read, in bytes: a contract of several thousand pages.
pub(super) const LARGEST: usize = 8 * 1024 * 1024;

/// What was read of a file: always a tree, and what is wrong with the text.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// Everything that could be read.
    pub tree: Tree,
    /// The comments, in the order of the text.
    pub comments: Vec<Comment>,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text. It never fails: what cannot be read is left out of the tree and reported.
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed {
    let end = Span::new(file, text.len(), text.len());
    if text.len() > LARGEST {
        return Parsed {
            diagnostics: vec![too_large(Span::new(file, 0, 0))],
            ..Parsed::default()
        };
    }
    let scanned = scan(file, text);
    let mut found = scanned.found;
    let (tree, later) = repair::lower(file, scanned.text, scanned.places);
    found.add(later);
    Parsed {
        tree,
        comments: scanned.comments,
        diagnostics: found.finish(text, end),
    }
}

fn too_large(at: Span) -> Diagnostic {
    Diagnostic::error("file-too-large", at, "this file is larger than 8 MiB")
        .because("a file of that size is probably not a contract")
        .help("check the name of the file, or split the contract into several files with `use`")
}

/// How many bytes of a text pest alone reads; for the benchmark that measures its share of the time.
#[doc(hidden)]
#[must_use]
pub fn read_by_pest_alone(text: &str) -> usize {
    Grammar::parse(Rule::file, text).map_or(0, |nodes| nodes.as_str().len())
}
