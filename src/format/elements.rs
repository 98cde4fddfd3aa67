//! What is between two braces: parts, comments, and whatever is left as it is because of a mistake.

use std::ops::Range;

use crate::syntax::outline::{Kind, Node, TokenKind};
use crate::text::Span;

use super::layout::{Around, Layout, is_body};
use super::page::Entry;
use super::source::FILE;

/// A part between the braces of a block, or of the file.
pub(super) enum Element<'n> {
    Node(&'n Node),
    Comment(usize),
    /// A token that belongs to no part.
    Stray(usize),
}

impl Layout<'_, '_> {
    pub(super) fn elements<'n>(
        &self,
        children: &'n [Node],
        tokens: Range<usize>,
    ) -> Vec<Element<'n>> {
        let mut elements = Vec::with_capacity(children.len());
        let mut at = tokens.start;
        let stray = |elements: &mut Vec<Element<'n>>, between: Range<usize>| {
            for at in between {
                match self.source.kind(at) {
                    Some(TokenKind::Comment) if self.source.written(at).starts_with('#') => {
                        elements.push(Element::Comment(at));
                    }
                    Some(TokenKind::Semicolon) | None => {}
                    Some(_) if self.source.mark(at).separator => {}
                    Some(_) => elements.push(Element::Stray(at)),
                }
            }
        };
        for child in children {
            let own = self.source.tokens_of(child);
            stray(&mut elements, at..own.start.max(at));
            if !own.is_empty() {
                elements.push(Element::Node(child));
            }
            at = own.end.max(at);
        }
        stray(&mut elements, at..tokens.end.max(at));
        elements
    }

    pub(super) fn span(&self, element: &Element<'_>) -> Span {
        match element {
            Element::Node(node) => node.span,
            Element::Comment(at) | Element::Stray(at) => self
                .source
                .token(*at)
                .map_or(Span::new(FILE, 0, 0), |token| token.span),
        }
    }

    /// Whether an element is left as it is. A contract never is: its head and its items are checked one by one.
    pub(super) fn is_raw(&self, element: &Element<'_>) -> bool {
        match element {
            Element::Node(node) => match node.kind {
                Kind::Contract | Kind::Library | Kind::Amendment => node.blocks().next().is_none(),
                _ => self.source.has_mistake(node.span),
            },
            Element::Comment(_) => false,
            Element::Stray(_) => true,
        }
    }

    /// Returns one past the last element that is left as it is together with the one at `at` (or `at` itself if it is
    /// laid out), and one past the last element on its lines. Whatever shares a line with a mistake is treated like the
    /// mistake.
    pub(super) fn raw_from(&self, elements: &[Element<'_>], at: usize) -> (usize, usize) {
        let mut raw = at;
        let mut next = at;
        let mut end = None;
        while let Some(element) = elements.get(next) {
            let span = self.span(element);
            if end.is_some_and(|end| self.source.has_break(end, span.range().start)) {
                break;
            }
            next += 1;
            end = Some(span.range().end);
            if self.is_raw(element) {
                raw = next;
            }
            let is_body = matches!(element, Element::Node(node) if is_body(node.kind));
            if is_body && raw < next {
                break;
            }
        }
        (raw, next)
    }

    /// Leaves elements as they are, including the blanks before them.
    pub(super) fn raw(
        &mut self,
        elements: &[Element<'_>],
        which: Range<usize>,
        around: Around,
    ) -> usize {
        let spans = || {
            elements
                .get(which.clone())
                .unwrap_or_default()
                .iter()
                .map(|element| self.span(element))
        };
        let (Some(first), Some(last)) = (spans().next(), spans().next_back()) else {
            return 0;
        };
        let whole = first.to(last);
        let text = self.source.text;
        let range = whole.range();
        let before = text.get(..range.start).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let blanks = before.get(line..).unwrap_or_default();
        let mut end = range.end;
        let rest = text.get(end..).unwrap_or_default();
        let signs = rest.len() - rest.trim_start_matches([' ', '\t', ';', ',']).len();
        if rest
            .get(..signs)
            .is_some_and(|signs| signs.contains([';', ',']))
        {
            end += signs;
        }
        let own = text.get(range.start..end).unwrap_or_default().trim_end();
        let blanks = if blanks.trim_ascii().is_empty() {
            blanks.to_owned()
        } else {
            " ".repeat(around.indent)
        };
        self.page.push(Entry::Raw(format!("{blanks}{own}")));
        self.left.push(whole);
        range.end
    }
}
