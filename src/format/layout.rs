//! From the outline to a page: which parts get lines of their own, and how far they are indented.

use std::ops::Range;

use crate::catalogue::ItemKind;
use crate::syntax::outline::{Kind, Node, TokenKind};
use crate::text::Span;

use super::elements::Element;
use super::page::{Entry, INDENT, SHORT, TABLE, WIDTH, width};
use super::source::{FILE, Source, first_block};

/// The most statements that a block on one line may have. There may be any number of rows.
const MOST_IN_LINE: usize = 1;

/// Lays out a text.
pub(super) struct Layout<'s, 't> {
    pub(super) source: &'s Source<'t>,
    pub(super) page: Vec<Entry>,
    /// The parts that were left as they are because they hold a mistake.
    pub(super) left: Vec<Span>,
    blocks: u32,
}

/// The surroundings of a part.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// How far the part is indented.
    pub(super) indent: usize,
    /// The item that it is a statement or row of.
    pub(super) item: Option<ItemKind>,
    /// The number of its block.
    pub(super) block: u32,
}

impl<'s, 't> Layout<'s, 't> {
    pub(super) fn new(source: &'s Source<'t>) -> Self {
        Self {
            source,
            page: Vec::new(),
            left: Vec::new(),
            blocks: 0,
        }
    }

    /// Lays out the whole file.
    pub(super) fn file(&mut self) {
        let root = &self.source.outline.root;
        let tokens = 0..self.source.outline.tokens.len();
        let around = Around {
            indent: 0,
            item: None,
            block: 0,
        };
        self.contents(&root.children, tokens, around);
    }

    /// Lays out everything between two braces, or in the file.
    fn contents(&mut self, children: &[Node], tokens: Range<usize>, around: Around) {
        let elements = self.elements(children, tokens.clone());
        let mut behind: Option<usize> = None;
        let (mut at, mut raw, mut seen) = (0, 0, 0);
        while let Some(element) = elements.get(at) {
            let span = self.span(element);
            if let Some(behind) = behind
                && self.source.breaks(behind, span.range().start) > 1
            {
                self.page.push(Entry::Blank);
            }
            if at >= seen {
                (raw, seen) = self.raw_from(&elements, at);
            }
            let last = if raw > at {
                self.raw(&elements, at..raw, around)
            } else {
                self.element(element, around);
                self.keep_separator(&elements, at);
                span.range().end
            };
            behind = Some(self.take_comments(last, &elements, &mut at, raw));
        }
    }

    /// Moves on to the element after those that are done, and takes along the comments on their last line.
    fn take_comments(
        &mut self,
        mut end: usize,
        elements: &[Element<'_>],
        at: &mut usize,
        raw: usize,
    ) -> usize {
        *at = raw.max(*at + 1);
        while let Some(Element::Comment(token)) = elements.get(*at) {
            let span = self.span(&Element::Comment(*token));
            let is_alone = matches!(self.page.last(), Some(Entry::Comment { .. }) | None);
            if is_alone || self.source.has_break(end, span.range().start) {
                break;
            }
            self.comment_behind(self.source.written(*token).trim_end().to_owned());
            end = span.range().end;
            *at += 1;
        }
        end
    }

    /// Keeps a `;` at the end of a line only where the next line would otherwise be read as a continuation.
    fn keep_separator(&mut self, elements: &[Element<'_>], at: usize) {
        let Some(Element::Node(node)) = elements.get(at) else {
            return;
        };
        let next = elements
            .iter()
            .skip(at + 1)
            .find_map(|element| match element {
                Element::Node(next) => Some(self.source.tokens_of(next).start),
                _ => None,
            });
        let end = self.source.tokens_of(node).end;
        let Some(next) = next.filter(|&next| self.source.goes_on(node, next)) else {
            return;
        };
        let had_one = (end..next).any(|at| self.source.mark(at).separator);
        if let Some(Entry::Line(line)) = self.page.last_mut().filter(|_| had_one) {
            match (line.more.last_mut(), line.cells.last_mut()) {
                (Some(more), _) => more.text.push(';'),
                (None, Some(cell)) => cell.text.push(';'),
                (None, None) => {}
            }
        }
    }

    fn comment_behind(&mut self, comment: String) {
        match self.page.last_mut() {
            Some(Entry::Line(line)) => {
                let place = match line.more.last_mut() {
                    Some(more) => &mut more.comment,
                    None => &mut line.comment,
                };
                match place {
                    Some(before) => {
                        before.push(' ');
                        before.push_str(&comment);
                    }
                    None => *place = Some(comment),
                }
            }
            Some(Entry::Raw(raw)) => {
                raw.push_str("  ");
                raw.push_str(&comment);
            }
            _ => {}
        }
    }

    fn element(&mut self, element: &Element<'_>, around: Around) {
        match element {
            Element::Comment(at) => self.page.push(Entry::Comment {
                indent: around.indent,
                text: self.source.written(*at).trim_end().to_owned(),
            }),
            Element::Node(node) if is_body(node.kind) => self.body(node),
            Element::Node(node) => self.part(node, around),
            Element::Stray(_) => {}
        }
    }

    /// Lays out a contract, library or amendment.
    fn body(&mut self, node: &Node) {
        let Some(block) = node.blocks().next() else {
            return;
        };
        let tokens = self.source.tokens_of(node);
        let inside = self.source.tokens_of(block);
        let head = Span::new(FILE, node.span.range().start, block.span.range().start + 1);
        if self.source.has_mistake(Span {
            end: head.end - 1,
            ..head
        }) {
            let text = self.source.text.get(head.range()).unwrap_or_default();
            self.page.push(Entry::Raw(text.to_owned()));
            self.left.push(head);
        } else {
            self.run(node, tokens.start..inside.start + 1, 0, None);
        }
        self.block(block, 0, None);
        self.close(node, block, tokens.end, 0);
    }

    /// Lays out what is between the braces of a block, indented one level further.
    fn block(&mut self, block: &Node, indent: usize, item: Option<ItemKind>) {
        self.blocks += 1;
        let around = Around {
            indent: indent + INDENT,
            item,
            block: self.blocks,
        };
        let tokens = self.source.tokens_of(block);
        let closed = self.source.kind(tokens.end.saturating_sub(1)) == Some(TokenKind::CloseBrace);
        let end = tokens.end - usize::from(closed && tokens.len() > 1);
        let mut start = tokens.start + 1;
        if start < end
            && self.source.written(start).starts_with('#')
            && self.source.is_trailing(start)
        {
            self.comment_behind(self.source.written(start).trim_end().to_owned());
            start += 1;
        }
        self.contents(&block.children, start..end, around);
    }

    /// Adds the brace that closes a block, and what follows it.
    fn close(&mut self, node: &Node, block: &Node, end: usize, indent: usize) {
        let tokens = self.source.tokens_of(block);
        let last = tokens.end.saturating_sub(1);
        if self.source.kind(last) == Some(TokenKind::CloseBrace) && tokens.len() > 1 {
            self.run(node, last..end, indent, None);
        }
    }

    /// Lays out an item, a statement or a row.
    fn part(&mut self, node: &Node, around: Around) {
        if self.fits(node, around) {
            let line = self.one_line(node, around);
            self.page.push(Entry::Line(line));
            return;
        }
        let tokens = self.source.tokens_of(node);
        let item = item_of(node).or(around.item);
        match first_block(node) {
            Some(block) => {
                let inside = self.source.tokens_of(block);
                self.run(
                    node,
                    tokens.start..inside.start + 1,
                    around.indent,
                    Some(around),
                );
                self.block(block, around.indent, item);
                self.close(node, block, tokens.end, around.indent);
            }
            None => self.run(node, tokens, around.indent, Some(around)),
        }
    }

    /// Whether a part fits on one line. This depends on what it says, not on how it was laid out.
    fn fits(&self, node: &Node, around: Around) -> bool {
        let tokens = self.source.tokens_of(node);
        let kind = |at| self.source.kind(at);
        if tokens
            .clone()
            .any(|at| kind(at) == Some(TokenKind::Comment))
        {
            return false;
        }
        let has_block = first_block(node).is_some();
        let limit = match item_of(node) {
            Some(ItemKind::Input) => TABLE,
            _ if has_block => SHORT,
            _ => WIDTH,
        };
        let may = !has_block || self.may_stand_in_line(node, around);
        may && !self.has_own_breaks(node)
            && around.indent + width(&self.source.flat(tokens)) <= limit
    }

    /// Whether every block of a part may be on one line.
    fn may_stand_in_line(&self, node: &Node, around: Around) -> bool {
        let item = item_of(node).or(around.item);
        if item == Some(ItemKind::Scenario) {
            return false;
        }
        let free = item == Some(ItemKind::Partnership);
        node.descendants()
            .filter(|node| node.kind == Kind::Block)
            .all(|block| {
                let statements = block.children.iter();
                let count = statements
                    .filter(|child| child.kind == Kind::Statement)
                    .count();
                free || count <= MOST_IN_LINE
            })
    }

    /// Whether the drafter broke a list of values into lines. The drafter decides which values belong together.
    pub(super) fn has_own_breaks(&self, node: &Node) -> bool {
        let first = self.source.written(self.source.tokens_of(node).start);
        let is_list = node.kind == Kind::Statement && matches!(first, "given" | "expect");
        is_list
            && node
                .children
                .windows(2)
                .any(|pair| self.broken_between(pair))
    }

    pub(super) fn broken_between(&self, pair: &[Node]) -> bool {
        match pair {
            [before, next] => self
                .source
                .has_break(before.span.range().end, next.span.range().start),
            _ => false,
        }
    }
}

pub(super) fn is_body(kind: Kind) -> bool {
    matches!(kind, Kind::Contract | Kind::Library | Kind::Amendment)
}

/// Returns the kind of item that a node is or, for a change, adds.
pub(super) fn item_of(node: &Node) -> Option<ItemKind> {
    match node.kind {
        Kind::Item(kind) => Some(kind),
        Kind::Change => node.children.iter().find_map(item_of),
        _ => None,
    }
}
