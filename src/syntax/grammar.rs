//! The parser that pest generates from `grammar/quidpro.pest`. Its `Rule` does not leave [`super`].

use pest::iterators::{Pair, Pairs};

/// The generated parser.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/quidpro.pest"]
pub(super) struct Grammar;

/// A node of pest's tree. Its text ends with the spaces after its last token.
pub(super) type Node<'t> = Pair<'t, Rule>;

/// The text of a node without the spaces after it.
pub(super) fn words<'t>(node: &Node<'t>) -> &'t str {
    node.as_str().trim_ascii_end()
}

/// The children of a node, with a look at the next one.
pub(super) struct Children<'t> {
    rest: Pairs<'t, Rule>,
    next: Option<Node<'t>>,
}

impl<'t> Children<'t> {
    pub(super) fn of(node: Node<'t>) -> Self {
        let mut rest = node.into_inner();
        let next = rest.next();
        Self { rest, next }
    }

    /// The rule of the next child.
    pub(super) fn peek(&self) -> Option<Rule> {
        self.next.as_ref().map(Node::as_rule)
    }

    /// The text of the next child; empty at the end.
    pub(super) fn peek_words(&self) -> &'t str {
        self.next.as_ref().map_or("", words)
    }

    /// Where the next child starts.
    pub(super) fn peek_start(&self) -> Option<usize> {
        self.next.as_ref().map(|node| node.as_span().start())
    }

    /// The next child if it is of that rule.
    pub(super) fn take(&mut self, rule: Rule) -> Option<Node<'t>> {
        if self.peek() == Some(rule) {
            self.next()
        } else {
            None
        }
    }

    /// Moves to the first child of that rule, if there is one; otherwise stays.
    pub(super) fn find(&mut self, rule: Rule) -> Option<Node<'t>> {
        if self.peek() == Some(rule) {
            return self.next();
        }
        let ahead = self.rest.clone().position(|node| node.as_rule() == rule)?;
        for _ in 0..=ahead {
            self.next();
        }
        self.next()
    }

    /// The next child.
    pub(super) fn next(&mut self) -> Option<Node<'t>> {
        std::mem::replace(&mut self.next, self.rest.next())
    }
}
