//! The statements between an item's braces.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::Lowering;

/// A statement, and whether a part of it could not be read.
pub(super) struct Statement<'t> {
    pub(super) node: Node<'t>,
    pub(super) broken: bool,
}

impl<'t> Lowering<'t> {
    /// Goes through a block. It handles braces and parts that could not be read, and passes each statement on. `only`
    /// is the grammar's rule for a single statement, `what` the block as people call it.
    pub(super) fn body(
        &mut self,
        node: Node<'t>,
        only: Rule,
        what: &str,
        mut each: impl FnMut(&mut Self, Statement<'t>),
    ) {
        let mut parts = Children::of(node);
        let mut opened = None;
        while let Some(part) = parts.next() {
            match part.as_rule() {
                Rule::open => opened = Some(self.span(&part)),
                Rule::close => {}
                Rule::missing_close => self.report_missing_close(opened, &part, what),
                Rule::bad_statement | Rule::bad_member => {
                    self.report_bad_statement(&part, only);
                }
                _ => {
                    let broken = self.report_rest(&part, &mut parts, Rule::bad_statement, only);
                    each(self, Statement { node: part, broken });
                }
            }
        }
    }

    /// Takes and reports the rest of `part` if the next child is that rest and not a separate part.
    pub(super) fn report_rest(
        &mut self,
        part: &Node<'t>,
        parts: &mut Children<'t>,
        bad: Rule,
        only: Rule,
    ) -> bool {
        let Some(start) = parts.peek_start().filter(|_| parts.peek() == Some(bad)) else {
            return false;
        };
        if !self.goes_on(part, start) {
            return false;
        }
        let is_nameless = part
            .clone()
            .into_inner()
            .any(|child| child.as_rule() == Rule::missing_name);
        match parts.next() {
            // The name is wrong, and the item reports that.
            Some(_) if is_nameless => {}
            Some(rest) => self.report_broken(part, &rest, only),
            None => {}
        }
        true
    }

    /// Whether what starts at `start` belongs to the part before it: it is on the same line, or begins with a sign.
    fn goes_on(&self, part: &Node<'t>, start: usize) -> bool {
        let end = part.as_span().start() + words(part).len();
        let between = self.text.get(end..start).unwrap_or_default();
        let next = self.text.get(start..).and_then(|rest| rest.chars().next());
        let is_mark = self.text.get(start..).is_some_and(is_mark_of_a_list);
        let begins_anew =
            is_mark || next.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"');
        !between.contains(';') && (!begins_anew || !between.contains('\n'))
    }

    /// The place of a node's first token.
    pub(super) fn first_word(&self, node: &Node<'t>) -> Span {
        let start = node.as_span().start();
        let text = words(node);
        let length = text
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(text.len());
        self.span_of(start, start + length)
    }
}

/// `(a) `, `(12) `
fn is_mark_of_a_list(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('(') else {
        return false;
    };
    let length = inside
        .bytes()
        .take(5)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    (1..=4).contains(&length)
        && inside
            .get(length..)
            .is_some_and(|rest| rest.starts_with(") "))
}
