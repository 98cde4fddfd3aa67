//! The clauses of a text by their names, as a tree. It is built in spite of mistakes of any kind.

use crate::catalogue::ItemKind;
use crate::syntax::outline::{Kind, Node, Outline, Token, TokenKind};
use crate::text::Span;

/// The longest name, in characters, for a clause without a name of its own.
const LONGEST: usize = 48;

/// A clause with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name, or its first words.
    pub name: String,
    /// Its title for people to read, or its reference to the paper contract.
    pub detail: Option<String>,
    /// Its kind.
    pub kind: SymbolKind,
    /// All of it.
    pub span: Span,
    /// Its name, or its first word; within `span`.
    pub at: Span,
    /// The symbols within it.
    pub children: Vec<Symbol>,
}

/// The kind of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// `contract`
    Contract,
    /// `library`
    Library,
    /// `amendment`
    Amendment,
    /// An item.
    Item(ItemKind),
}

/// Returns the symbols of a text, in order.
#[must_use]
pub fn symbols(outline: &Outline, text: &str) -> Vec<Symbol> {
    let reading = Reading { outline, text };
    let blocks = outline.root.children.iter();
    blocks.filter_map(|node| reading.block(node)).collect()
}

struct Reading<'o> {
    outline: &'o Outline,
    text: &'o str,
}

impl Reading<'_> {
    fn block(&self, node: &Node) -> Option<Symbol> {
        let kind = match node.kind {
            Kind::Contract => SymbolKind::Contract,
            Kind::Library => SymbolKind::Library,
            Kind::Amendment => SymbolKind::Amendment,
            _ => return None,
        };
        let mut children = Vec::new();
        for part in node.blocks().flat_map(|block| &block.children) {
            self.item(part, &mut children);
        }
        self.symbol(node, kind, children)
    }

    /// Adds an item, or the item in a change.
    fn item(&self, node: &Node, found: &mut Vec<Symbol>) {
        match node.kind {
            Kind::Item(ItemKind::Waiver) => {}
            Kind::Item(kind) => found.extend(self.symbol(node, SymbolKind::Item(kind), Vec::new())),
            Kind::Change => node
                .children
                .iter()
                .for_each(|child| self.item(child, found)),
            _ => {}
        }
    }

    fn symbol(&self, node: &Node, kind: SymbolKind, children: Vec<Symbol>) -> Option<Symbol> {
        let head = self.head(node);
        let tokens = self.outline.tokens_in(head);
        let first = tokens.first()?;
        let name = tokens
            .iter()
            .find(|token| token.kind == TokenKind::Name)
            .filter(|_| !is_nameless(kind));
        let title = self.title(tokens, kind);
        let title_words = title.map(|token| self.words(token.span).trim_matches('"').to_owned());
        Some(match (name, title) {
            (Some(name), _) => Symbol {
                name: self.words(name.span).to_owned(),
                detail: title_words,
                kind,
                span: node.span,
                at: name.span,
                children,
            },
            (None, Some(title)) if is_titled(kind) => Symbol {
                name: title_words.unwrap_or_default(),
                detail: Some(self.words(first.span).to_owned()),
                kind,
                span: node.span,
                at: title.span,
                children,
            },
            (None, _) => Symbol {
                name: self.first_words(head),
                detail: title_words,
                kind,
                span: node.span,
                at: first.span,
                children,
            },
        })
    }

    /// Returns the first text that is not an origin: a text after `from` says where a value comes from.
    fn title<'t>(&self, tokens: &'t [Token], kind: SymbolKind) -> Option<&'t Token> {
        let texts = tokens.iter().enumerate();
        let mut texts = texts.filter(|(_, token)| token.kind == TokenKind::Text);
        let (_, title) = texts.find(|(at, _)| {
            let before = at.checked_sub(1).and_then(|at| tokens.get(at));
            let is_origin = before.is_some_and(|before| self.words(before.span) == "from");
            is_titled(kind) || !is_origin
        })?;
        Some(title)
    }

    /// Returns the part of an item before its block, or the whole item if it has none.
    fn head(&self, node: &Node) -> Span {
        let end = node
            .blocks()
            .next()
            .map_or(node.span.end, |block| block.span.start);
        Span { end, ..node.span }
    }

    fn words(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Returns the first words of a clause, on one line and not too long.
    fn first_words(&self, head: Span) -> String {
        let mut name = String::new();
        for word in self.words(head).split_whitespace() {
            if word.starts_with('"') || word.starts_with('#') {
                break;
            }
            if name.chars().count() + word.chars().count() > LONGEST {
                name.push('…');
                break;
            }
            if !name.is_empty() {
                name.push(' ');
            }
            name += word;
        }
        if name.is_empty() {
            "…".to_owned()
        } else {
            name
        }
    }
}

/// Whether names in the item are not the item's own.
fn is_nameless(kind: SymbolKind) -> bool {
    match kind {
        SymbolKind::Item(kind) => !kind.declares(),
        _ => false,
    }
}

/// Whether the text in the item is its name.
fn is_titled(kind: SymbolKind) -> bool {
    matches!(kind, SymbolKind::Item(kind) if kind.is_titled())
}
