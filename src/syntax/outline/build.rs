//! From pest's nodes to the parts of the outline.

use crate::catalogue::beginning;
use crate::text::{FileId, Span};

use super::super::grammar::{Node as Pair, Rule, words};
use super::super::scan::Places;
use super::rules::{Part, part};
use super::{Kind, Node, Token, TokenKind};

/// Creates the parts, and records what the words are.
pub(super) struct Builder<'p> {
    file: FileId,
    places: &'p Places,
    /// What the words in a span are, in the order of the text; a later entry is the inner one.
    colours: Vec<Colour>,
}

struct Colour {
    span: Span,
    kind: TokenKind,
    /// Whether the whole span is one token, such as `ramp-up`.
    joined: bool,
}

impl Colour {
    /// A word may become any kind of word; an operator becomes a sign, and a number a year.
    fn applies_to(&self, kind: TokenKind) -> bool {
        match self.kind {
            TokenKind::Sign => kind == TokenKind::Operator,
            TokenKind::Date => kind == TokenKind::Number,
            TokenKind::Number => false,
            _ => kind == TokenKind::Keyword,
        }
    }
}

impl<'p> Builder<'p> {
    pub(super) fn new(file: FileId, places: &'p Places) -> Self {
        Self {
            file,
            places,
            colours: Vec::new(),
        }
    }

    /// The parts of the file.
    pub(super) fn file(&mut self, node: Pair<'_>) -> Vec<Node> {
        let mut children = Vec::new();
        self.inside(node, &mut children);
        in_order(&mut children, 0);
        children
    }

    /// Adds the parts of a node to `into`; a part between braces goes into a block.
    fn inside(&mut self, node: Pair<'_>, into: &mut Vec<Node>) {
        let parent = node.as_rule();
        let mut block: Option<Node> = None;
        for child in node.into_inner() {
            match (part(child.as_rule()), &mut block) {
                (Part::Open, _) => {
                    into.extend(block.take());
                    block = Some(Node {
                        kind: Kind::Block,
                        span: self.span(&child),
                        children: Vec::new(),
                    });
                }
                (Part::Close, Some(open)) => {
                    open.span = open.span.to(self.span(&child));
                    into.extend(block.take());
                }
                (_, Some(open)) => {
                    let last = self.span(&child);
                    if last.start < last.end {
                        open.span = open.span.to(last);
                    }
                    self.child(child, parent, &mut open.children);
                }
                (_, None) => self.child(child, parent, into),
            }
        }
        into.extend(block);
    }

    fn child(&mut self, node: Pair<'_>, parent: Rule, into: &mut Vec<Node>) {
        let span = self.span(&node);
        let rule = node.as_rule();
        let kind = match part(rule) {
            Part::Node(kind) => kind,
            Part::Body => body_kind(&node),
            Part::Item => item_kind(&node),
            Part::Word => return self.note(rule, parent, &node, span),
            Part::Open | Part::Close | Part::Missing => return,
            Part::Through => return self.inside(node, into),
        };
        if kind == Kind::Bad {
            self.colours.push(Colour {
                span,
                kind: TokenKind::Word,
                joined: false,
            });
        }
        let mut made = Node {
            kind,
            span,
            children: Vec::new(),
        };
        self.inside(node, &mut made.children);
        into.push(made);
    }

    fn note(&mut self, rule: Rule, parent: Rule, node: &Pair<'_>, span: Span) {
        self.colours.push(Colour {
            span,
            kind: word_kind(rule, parent, words(node)),
            joined: matches!(rule, Rule::fact_word | Rule::unquoted | Rule::waived_rule),
        });
    }

    /// The place of a node without the spaces after it, in the text as it was written.
    fn span(&self, node: &Pair<'_>) -> Span {
        let start = node.as_span().start();
        self.places
            .span(self.file, start, start + words(node).len())
    }

    /// Says what each word is.
    pub(super) fn colour(&self, tokens: &mut Vec<Token>) {
        let mut colours = self.colours.iter().peekable();
        let mut open: Vec<&Colour> = Vec::new();
        let mut joined: Option<Span> = None;
        let mut painted: Vec<Token> = Vec::with_capacity(tokens.len());
        for token in tokens.drain(..) {
            while let Some(next) = colours.next_if(|next| next.span.start <= token.span.start) {
                open.push(next);
            }
            open.retain(|colour| token.span.end <= colour.span.end);
            let colour = open.last();
            let mut token = token;
            if token.kind == TokenKind::Comment {
                painted.push(token);
                continue;
            }
            if let Some(colour) = colour.filter(|colour| colour.joined) {
                token.kind = colour.kind;
                if joined == Some(colour.span)
                    && let Some(last) = painted.last_mut()
                {
                    last.span = last.span.to(token.span);
                    continue;
                }
                joined = Some(colour.span);
            } else if let Some(colour) = colour
                && colour.applies_to(token.kind)
            {
                token.kind = colour.kind;
            }
            painted.push(token);
        }
        *tokens = painted;
    }
}

fn body_kind(node: &Pair<'_>) -> Kind {
    let first = node.clone().into_inner().next();
    match first.map(|word| word.as_rule()) {
        Some(Rule::k_library) => Kind::Library,
        Some(Rule::k_amendment) => Kind::Amendment,
        _ => Kind::Contract,
    }
}

fn item_kind(node: &Pair<'_>) -> Kind {
    match beginning(words(node)) {
        Some(clause) => Kind::Item(clause.kind),
        // Rules of items begin with the words of a clause: the tests of the catalogue hold it.
        None => Kind::Bad,
    }
}

/// What a word that is no word of the language stands for.
fn word_kind(rule: Rule, parent: Rule, word: &str) -> TokenKind {
    match rule {
        Rule::path | Rule::removed | Rule::waived_rule => TokenKind::Reference,
        Rule::unit_word | Rule::percentage_points => TokenKind::Unit,
        Rule::function => TokenKind::Function,
        Rule::sign => TokenKind::Sign,
        Rule::number if parent == Rule::index_dates => TokenKind::Date,
        Rule::number => TokenKind::Number,
        Rule::word_token => match parent {
            Rule::type_unit | Rule::unit | Rule::steps => TokenKind::Unit,
            Rule::by_dimension | Rule::by_members => match word {
                "customer" | "supplier" | "both" => TokenKind::Keyword,
                _ => TokenKind::Reference,
            },
            Rule::purpose | Rule::is_kind => TokenKind::Choice,
            Rule::unit_item => TokenKind::Name,
            _ => TokenKind::Keyword,
        },
        Rule::name | Rule::reserved_name => match parent {
            Rule::use_item | Rule::amended | Rule::card_arm => TokenKind::Reference,
            Rule::currency => TokenKind::Unit,
            Rule::attribute => TokenKind::Property,
            _ => TokenKind::Name,
        },
        _ => TokenKind::Word,
    }
}

/// Puts the parts in order, which a corrected text may have changed, and drops those without width. What is in a block
/// is a statement, whatever it is elsewhere.
fn in_order(nodes: &mut Vec<Node>, from: u32) {
    let mut behind = from;
    for node in nodes.iter_mut() {
        node.span.start = node.span.start.max(behind);
        node.span.end = node.span.end.max(node.span.start);
        in_order(&mut node.children, node.span.start);
        if let Some(last) = node.children.last() {
            node.span.end = node.span.end.max(last.span.end);
        }
        behind = node.span.end;
        if node.kind == Kind::Block {
            for child in &mut node.children {
                if matches!(child.kind, Kind::Clause | Kind::Expression) {
                    child.kind = Kind::Statement;
                }
            }
        }
    }
    nodes.retain(|node| node.span.start < node.span.end);
}
