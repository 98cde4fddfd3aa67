//! A file as it is laid out: every token in it, and the structure of the tokens as a plain tree.
//!
//! The outline says how a text is written; [`super::tree`] says what it means. It is for everything that works on the
//! text itself: the formatter, and an editor's folding, selection, colours and completion. It reads the same scan and
//! the same grammar as [`super::parse`], works with mistakes of any kind, and covers any text.

mod build;
mod kind;
mod rules;
mod tokens;

use pest::Parser;

use crate::text::{FileId, Span};

use super::grammar::{Grammar, Rule};
use super::parse::LARGEST;
use super::scan::scan;
pub use kind::{Kind, TokenKind};

/// The tokens of a file and what they form.
///
/// Between two tokens there is only white space: spaces, tabs, line breaks, a byte-order mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// All tokens in the order of the text, comments among them. None is empty and none overlap.
    pub tokens: Vec<Token>,
    /// The file. It covers the whole text.
    pub root: Node,
}

/// A word, number, text, sign or comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is, and for a word what it means.
    pub kind: TokenKind,
    /// Its place in the text as it was written.
    pub span: Span,
}

/// A part of the file that has parts of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// From its first token to its last one.
    pub span: Span,
    /// Its parts, in the order of the text; each is inside this node and after the one before it.
    pub children: Vec<Node>,
}

/// How much of a text is examined to see whether a word is a unit.
const AHEAD: usize = 100;

/// Whether the word at a byte is read as a unit after a number.
#[must_use]
pub fn reads_as_unit(text: &str, at: usize) -> bool {
    let ahead = text.get(at..).unwrap_or_default();
    let end = ahead
        .char_indices()
        .nth(AHEAD)
        .map_or(ahead.len(), |(end, _)| end);
    let ahead = ahead.get(..end).unwrap_or_default();
    Grammar::parse(Rule::unit_word, ahead).is_ok()
}

impl Outline {
    /// The outline of a text. A text larger than the parser reads has neither tokens nor parts.
    #[must_use]
    pub fn of(file: FileId, text: &str) -> Self {
        let mut made = Self {
            tokens: Vec::new(),
            root: Node {
                kind: Kind::File,
                span: Span::new(file, 0, text.len()),
                children: Vec::new(),
            },
        };
        if text.len() > LARGEST {
            return made;
        }
        let scanned = scan(file, text);
        let mut builder = build::Builder::new(file, &scanned.places);
        if let Ok(mut nodes) = Grammar::parse(Rule::file, &scanned.text)
            && let Some(node) = nodes.next()
        {
            made.root.children = builder.file(node);
        }
        made.tokens = tokens::tokens(file, text, &scanned.comments);
        builder.colour(&mut made.tokens);
        made
    }

    /// The tokens in a span.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> &[Token] {
        let from = self
            .tokens
            .partition_point(|token| token.span.start < span.start);
        let to = self
            .tokens
            .partition_point(|token| token.span.end <= span.end);
        self.tokens.get(from..to.max(from)).unwrap_or_default()
    }

    /// The token at a byte: the one that contains it, else the one that ends there.
    #[must_use]
    pub fn token_at(&self, at: usize) -> Option<&Token> {
        let behind = self
            .tokens
            .partition_point(|token| token.span.range().start <= at);
        let token = self.tokens.get(behind.checked_sub(1)?)?;
        (at <= token.span.range().end).then_some(token)
    }

    /// The last token that ends at a byte or before it, without comments: what a drafter has written so far.
    #[must_use]
    pub fn token_before(&self, at: usize) -> Option<&Token> {
        let behind = self
            .tokens
            .partition_point(|token| token.span.range().end <= at);
        let before = self.tokens.get(..behind).unwrap_or_default();
        before
            .iter()
            .rev()
            .find(|token| token.kind != TokenKind::Comment)
    }

    /// The nodes that contain a byte or end there, from the file inwards.
    #[must_use]
    pub fn path_to(&self, at: usize) -> Vec<&Node> {
        let mut path = vec![&self.root];
        let mut node = &self.root;
        while let Some(child) = node.child_at(at) {
            path.push(child);
            node = child;
        }
        path
    }
}

impl Node {
    /// The child that contains a byte, else the one that ends there.
    #[must_use]
    pub fn child_at(&self, at: usize) -> Option<&Node> {
        let behind = self
            .children
            .partition_point(|child| child.span.range().start <= at);
        let child = self.children.get(behind.checked_sub(1)?)?;
        (at <= child.span.range().end).then_some(child)
    }

    /// This node and all nodes in it, outer ones before inner ones, in the order of the text.
    pub fn descendants(&self) -> impl Iterator<Item = &Node> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let node = open.pop()?;
            open.extend(node.children.iter().rev());
            Some(node)
        })
    }

    /// The braces that belong to this node: its own, or those of a part such as a price or a credit.
    pub fn blocks(&self) -> impl Iterator<Item = &Node> {
        self.children
            .iter()
            .filter(|child| child.kind == Kind::Block)
    }
}
