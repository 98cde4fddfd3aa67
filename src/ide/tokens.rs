//! What each word of a text is, for syntax colours.

use crate::syntax::outline::{Outline, TokenKind};
use crate::text::Span;

use super::declarations::Declared;
use super::index::Index;

/// A word or sign, with what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// Where it is. A text over several lines is one span.
    pub span: Span,
    /// Its kind.
    pub kind: PaintKind,
    /// Whether a name is given here.
    pub is_declaration: bool,
    /// Whether it belongs to a library that is part of Quidpro.
    pub is_built_in: bool,
}

/// The kind of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PaintKind {
    /// A word of the language.
    Keyword,
    /// `min`, `max`, `abs`
    Function,
    /// A unit or currency.
    Unit,
    /// A word out of a list, such as a kind of metric.
    Choice,
    /// A name for a text, such as `vat`.
    Property,
    /// A number or date.
    Number,
    /// A text in quotation marks.
    Text,
    /// A comment.
    Comment,
    /// `+ - * / = < > %`
    Operator,
    /// A name, with what it is given to.
    Name(Declared),
    /// A name that is not declared.
    UnknownName,
}

/// Returns what each word of a file is, in the order of the text. Punctuation and free words have no colour.
#[must_use]
pub fn paints(index: &Index<'_>, outline: &Outline) -> Vec<Paint> {
    let tokens = outline.tokens.iter();
    tokens
        .filter_map(|token| {
            let name = |kind| {
                let (declared, is_declaration) = declared(index, token.span)?;
                let meaning = index.meaning(declared);
                Some(Paint {
                    span: token.span,
                    kind: meaning.map_or(kind, |one| PaintKind::Name(one.what)),
                    is_declaration,
                    is_built_in: index.loaded.sources.is_built_in(declared.file),
                })
            };
            let plain = |kind| Paint {
                span: token.span,
                kind,
                is_declaration: false,
                is_built_in: false,
            };
            Some(match token.kind {
                TokenKind::Keyword => plain(PaintKind::Keyword),
                TokenKind::Name | TokenKind::Reference => {
                    let unknown = PaintKind::UnknownName;
                    name(unknown).unwrap_or_else(|| plain(unknown))
                }
                TokenKind::Unit => name(PaintKind::Unit).unwrap_or_else(|| plain(PaintKind::Unit)),
                TokenKind::Function => plain(PaintKind::Function),
                TokenKind::Choice => plain(PaintKind::Choice),
                TokenKind::Property => plain(PaintKind::Property),
                TokenKind::Number | TokenKind::Date => plain(PaintKind::Number),
                TokenKind::Text => plain(PaintKind::Text),
                TokenKind::Comment => plain(PaintKind::Comment),
                TokenKind::Percent | TokenKind::Operator => plain(PaintKind::Operator),
                TokenKind::Word
                | TokenKind::OpenBrace
                | TokenKind::CloseBrace
                | TokenKind::OpenParenthesis
                | TokenKind::CloseParenthesis
                | TokenKind::Semicolon
                | TokenKind::Comma
                | TokenKind::Colon
                | TokenKind::Point
                | TokenKind::Sign
                | TokenKind::Unknown => return None,
            })
        })
        .collect()
}

/// Returns the declaration of the name at a span, and whether the name is given there.
fn declared(index: &Index<'_>, span: Span) -> Option<(Span, bool)> {
    if index.declaration(span).is_some() {
        return Some((span, true));
    }
    let mut words = index.within(span);
    words.next().map(|reference| (reference.to, false))
}
