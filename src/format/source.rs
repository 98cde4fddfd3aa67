//! A text with all that the layout needs to know: its outline, its mistakes, and what each token is to the layout.

use std::ops::Range;

use crate::catalogue::ItemKind;
use crate::diagnostic::Severity;
use crate::syntax::outline::{Kind, Node, Outline, Token, TokenKind, reads_as_unit};
use crate::syntax::{Parsed, parse};
use crate::text::{FileId, Span};

/// The only file that the formatter knows.
pub(super) const FILE: FileId = FileId(0);

pub(super) struct Source<'t> {
    pub(super) text: &'t str,
    pub(super) outline: Outline,
    pub(super) parsed: Parsed,
    /// The role of each token in the layout, in the order of the tokens.
    pub(super) marks: Vec<Mark>,
    mistakes: Mistakes,
}

/// The role of a token in the layout.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    /// A `;` or `,` between the parts of a block. The layout sets these anew.
    pub(super) separator: bool,
    /// The first token of a part that follows another part of the same block.
    pub(super) begins_part: bool,
    /// A part of a list. A comma comes after it if another part follows.
    pub(super) begins_entry: bool,
    /// A colon between a name and its type.
    pub(super) type_colon: bool,
    /// Within a clause of the partnership, where words and numbers are free.
    pub(super) free: bool,
    /// The reference to the paper contract, after the item that it is about.
    pub(super) reference: bool,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let outline = Outline::of(FILE, text);
        let parsed = parse(FILE, text);
        let mistakes = Mistakes::of(&outline, &parsed);
        let mut source = Self {
            text,
            marks: vec![Mark::default(); outline.tokens.len()],
            outline,
            parsed,
            mistakes,
        };
        let root = std::mem::replace(&mut source.outline.root, empty());
        source.mark_all(&root, None);
        source.outline.root = root;
        source
    }

    /// Returns the tokens of a node.
    pub(super) fn tokens_of(&self, node: &Node) -> Range<usize> {
        self.tokens_in(node.span)
    }

    pub(super) fn tokens_in(&self, span: Span) -> Range<usize> {
        let tokens = &self.outline.tokens;
        let from = tokens.partition_point(|token| token.span.start < span.start);
        let to = tokens.partition_point(|token| token.span.end <= span.end);
        from..to.max(from)
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.outline.tokens.get(at)
    }

    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.token(at).map(|token| token.kind)
    }

    pub(super) fn mark(&self, at: usize) -> Mark {
        self.marks.get(at).copied().unwrap_or_default()
    }

    /// Returns the words of a token, as they were written.
    pub(super) fn written(&self, at: usize) -> &'t str {
        self.token(at)
            .and_then(|token| self.text.get(token.span.range()))
            .unwrap_or_default()
    }

    /// Whether a line ends between two places.
    pub(super) fn has_break(&self, from: usize, to: usize) -> bool {
        self.breaks(from, to) > 0
    }

    /// Returns how many lines end between two places.
    pub(super) fn breaks(&self, from: usize, to: usize) -> usize {
        let between = self.text.as_bytes().get(from..to).unwrap_or_default();
        between.iter().filter(|&&byte| byte == b'\n').count()
    }

    /// Whether the token follows another one on its line.
    pub(super) fn is_trailing(&self, at: usize) -> bool {
        let (Some(before), Some(token)) = (
            at.checked_sub(1).and_then(|before| self.token(before)),
            self.token(at),
        ) else {
            return false;
        };
        !self.has_break(before.span.range().end, token.span.range().start)
    }

    /// Whether a part that begins with the token at `next` would be read as a continuation of the part before it.
    pub(super) fn goes_on(&self, part: &Node, next: usize) -> bool {
        let word = self.written(next);
        let tokens = self.tokens_of(part);
        let last = tokens.end.checked_sub(1).and_then(|last| self.kind(last));
        let is_unit = || {
            let at = self.token(next).map_or(0, |token| token.span.range().start);
            last == Some(TokenKind::Number) && reads_as_unit(self.text, at)
        };
        let is_condition = || {
            part.kind == Kind::Statement
                && tokens.clone().any(|at| self.written(at) == "when")
                && matches!(word, "below" | "above" | "at")
        };
        matches!(word, "rounded" | "-" | "+") || is_unit() || is_condition()
    }

    /// Whether any of the text could not be read.
    pub(super) fn is_broken(&self) -> bool {
        !self.mistakes.places.is_empty()
    }

    /// Whether anything in this span, or at its ends, could not be read.
    pub(super) fn has_mistake(&self, span: Span) -> bool {
        self.mistakes.touch(span)
    }

    fn mark_all(&mut self, node: &Node, item: Option<ItemKind>) {
        let item = match node.kind {
            Kind::Item(kind) => Some(kind),
            _ => item,
        };
        match node.kind {
            Kind::Item(_) | Kind::Change => self.mark_item(node, item),
            Kind::Block if !node.children.is_empty() => {
                self.mark_parts(node, item == Some(ItemKind::AtRisk));
            }
            Kind::Statement => self.mark_entries(node),
            _ => {}
        }
        if item == Some(ItemKind::Partnership) && node.kind == Kind::Block {
            for at in self.tokens_of(node) {
                self.set(at, |mark| mark.free = true);
            }
        }
        for child in &node.children {
            self.mark_all(child, item);
        }
    }

    fn set(&mut self, at: usize, set: impl FnOnce(&mut Mark)) {
        if let Some(mark) = self.marks.get_mut(at) {
            set(mark);
        }
    }

    /// Marks the separators between the parts of a block, and where its parts begin. The shares of a pool form a list.
    fn mark_parts(&mut self, block: &Node, is_list: bool) {
        let mut behind = self.tokens_of(block).start;
        for (number, child) in block.children.iter().enumerate() {
            let tokens = self.tokens_of(child);
            self.mark_separators(behind..tokens.start);
            if number > 0 {
                self.set(tokens.start, |mark| {
                    mark.begins_part = !is_list;
                    mark.begins_entry = is_list;
                });
            }
            behind = tokens.end;
        }
        self.mark_separators(behind..self.tokens_of(block).end);
    }

    fn mark_separators(&mut self, between: Range<usize>) {
        for at in between {
            if matches!(self.kind(at), Some(TokenKind::Semicolon | TokenKind::Comma)) {
                self.set(at, |mark| mark.separator = true);
            }
        }
    }

    /// Marks the entries of `given`. A drafter may leave out the comma where a new line begins; the layout always
    /// writes it.
    fn mark_entries(&mut self, statement: &Node) {
        if self.written(self.tokens_of(statement).start) != "given" {
            return;
        }
        let mut behind = self.tokens_of(statement).start;
        for (number, child) in statement.children.iter().enumerate() {
            let tokens = self.tokens_of(child);
            self.mark_separators(behind..tokens.start);
            if number > 0 {
                self.set(tokens.start, |mark| mark.begins_entry = true);
            }
            behind = tokens.end;
        }
    }

    fn mark_item(&mut self, item: &Node, kind: Option<ItemKind>) {
        let tokens = self.tokens_of(item);
        let head_end = self.head_end(item);
        if matches!(kind, Some(ItemKind::Input | ItemKind::Let)) {
            let colon = tokens
                .clone()
                .take(head_end.saturating_sub(tokens.start))
                .find(|&at| self.kind(at) == Some(TokenKind::Colon));
            if let Some(at) = colon {
                self.set(at, |mark| mark.type_colon = true);
            }
        }
        if kind == Some(ItemKind::Records) {
            for field in item
                .descendants()
                .filter(|node| node.kind == Kind::Statement)
            {
                let colon = self.tokens_of(field).start + 1;
                if self.kind(colon) == Some(TokenKind::Colon) {
                    self.set(colon, |mark| mark.type_colon = true);
                }
            }
        }
        if item.kind == Kind::Change && !item.children.is_empty() {
            return;
        }
        for at in [head_end.checked_sub(1), tokens.end.checked_sub(1)] {
            if let Some(at) = at.filter(|&at| self.is_reference(item, kind, at)) {
                self.set(at, |mark| mark.reference = true);
            }
        }
    }

    /// Returns one past the last token before the brace of an item, or the end of the item if no block of it has parts.
    fn head_end(&self, item: &Node) -> usize {
        match first_block(item) {
            Some(block) => self.tokens_of(block).start,
            None => self.tokens_of(item).end,
        }
    }

    /// Whether a text token is the reference to the paper contract, and not a title or a source.
    fn is_reference(&self, item: &Node, kind: Option<ItemKind>, at: usize) -> bool {
        let tokens = self.tokens_of(item);
        if self.kind(at) != Some(TokenKind::Text) || at <= tokens.start {
            return false;
        }
        if kind == Some(ItemKind::Waiver) {
            return false;
        }
        if kind == Some(ItemKind::Input) {
            // A system, and what a field is compared with, are no titles.
            let is_own = |at: usize| !matches!(self.written(at - 1), "from" | "is" | "not");
            let own = tokens
                .clone()
                .filter(|&at| self.kind(at) == Some(TokenKind::Text) && is_own(at));
            return own.count() > 1 && is_own(at);
        }
        let before = at - 1;
        !self.opens(kind, tokens, before)
            && self.written(before) != "from"
            && !matches!(
                self.kind(before),
                Some(TokenKind::Name | TokenKind::Property)
            )
    }
}

impl Source<'_> {
    /// Whether a token is one of the words that begin an item without a name. The text after them is its title.
    fn opens(&self, kind: Option<ItemKind>, tokens: Range<usize>, at: usize) -> bool {
        let is_nameless =
            kind.is_some_and(|kind| kind == ItemKind::Partnership || kind.is_titled());
        let is_word = |at| self.kind(at) == Some(TokenKind::Keyword);
        at == tokens.start || is_nameless && (tokens.start..=at).all(is_word)
    }
}

/// Returns the first outermost block in a node that has parts of its own.
pub(super) fn first_block(node: &Node) -> Option<&Node> {
    node.children.iter().find_map(|child| match child.kind {
        Kind::Block if !child.children.is_empty() => Some(child),
        Kind::Block => None,
        _ => first_block(child),
    })
}

fn empty() -> Node {
    Node {
        kind: Kind::File,
        span: Span::new(FILE, 0, 0),
        children: Vec::new(),
    }
}

/// The places of mistakes, arranged so that a span can be checked against them.
struct Mistakes {
    /// Where each mistake starts, in order, and the furthest end of all up to it.
    places: Vec<(u32, u32)>,
}

impl Mistakes {
    fn of(outline: &Outline, parsed: &Parsed) -> Self {
        let bad = outline
            .root
            .descendants()
            .filter(|node| node.kind == Kind::Bad)
            .map(|node| node.span);
        let reported = parsed
            .diagnostics
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .map(|found| found.primary.span);
        let mut places: Vec<(u32, u32)> = bad
            .chain(reported)
            .map(|span| (span.start, span.end))
            .collect();
        places.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut places {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { places }
    }

    fn touch(&self, span: Span) -> bool {
        let up_to = self.places.partition_point(|&(start, _)| start <= span.end);
        up_to
            .checked_sub(1)
            .and_then(|last| self.places.get(last))
            .is_some_and(|&(_, end)| end >= span.start)
    }
}
