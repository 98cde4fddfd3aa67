//! From pest's nodes to the tree, one file for each file of the tree.
//!
//! Every function here returns what could be read and reports what is missing.

mod amendments;
mod bands;
mod baseline;
mod body;
mod charges;
mod climb;
mod commitments;
mod consequences;
mod dated;
mod expression;
mod facts;
mod file;
mod indexation;
mod item;
mod literal;
mod measures;
mod metrics;
mod points;
mod pools;
mod records;
mod report;
mod scorecards;
mod service_levels;
mod settling;
mod sharing;
mod waivers;

use crate::text::{FileId, Span};

use super::findings::Findings;
use super::grammar::{Node, words};
use super::mistakes::Advice;
use super::scan::Places;
use super::tree::{Name, Path, Text, Unreadable};

/// What the lowering of one file carries along.
pub(super) struct Lowering<'t> {
    file: FileId,
    text: &'t str,
    places: &'t Places,
    /// Whether the next item has a rest that could not be read.
    broken: bool,
    waivers: waivers::Waivers,
    pub(super) found: Findings,
    /// Items of the current block that could not be understood.
    unreadable: Vec<Unreadable>,
    /// What is known to make unread parts readable.
    pub(super) repairs: Vec<Advice>,
}

impl<'t> Lowering<'t> {
    pub(super) fn new(file: FileId, text: &'t str, places: &'t Places) -> Self {
        Self {
            file,
            text,
            places,
            broken: false,
            waivers: waivers::Waivers::default(),
            found: Findings::default(),
            unreadable: Vec::new(),
            repairs: Vec::new(),
        }
    }

    /// The place of a node, without the spaces after it.
    fn span(&self, node: &Node<'t>) -> Span {
        let start = node.as_span().start();
        self.span_of(start, start + words(node).len())
    }

    /// Where a node starts and ends in the corrected text.
    fn ends(&self, node: &Node<'t>) -> (usize, usize) {
        let start = node.as_span().start();
        (start, start + words(node).len())
    }

    /// The span of bytes `start` to `end` of the corrected text.
    fn span_of(&self, start: usize, end: usize) -> Span {
        self.places.span(self.file, start, end)
    }

    /// A name, or a few words that name one thing: the number of spaces between them does not matter.
    fn name(&self, node: &Node<'t>) -> Name {
        let words = words(node);
        Name {
            text: if words.contains(|c: char| c.is_ascii_whitespace()) {
                words.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
            } else {
                words.to_owned()
            },
            span: self.span(node),
        }
    }

    /// A name that may have a member after a point.
    fn path(&self, node: &Node<'t>) -> Path {
        let start = node.as_span().start();
        let text = words(node);
        let end = start + text.len();
        let point = text.find('.').unwrap_or(text.len());
        let part = |from: usize, to: usize| Name {
            text: text.get(from..to).unwrap_or_default().to_owned(),
            span: self.span_of(start + from, start + to),
        };
        Path {
            name: part(0, point),
            member: (point < text.len()).then(|| part(point + 1, text.len())),
            span: self.span_of(start, end),
        }
    }

    /// A text without its quotation marks.
    fn string(&self, node: &Node<'t>) -> Text {
        Text {
            text: words(node).trim_matches('"').to_owned(),
            span: self.span(node),
        }
    }
}
