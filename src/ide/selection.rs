//! What is selected as a selection grows: the word, the expression, the statement, the clause, the contract.

use crate::syntax::outline::{Outline, TokenKind};
use crate::text::Span;

/// Returns the spans around a byte, from the innermost outwards. Each holds the one before it.
#[must_use]
pub fn selections(outline: &Outline, at: usize) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut add = |span: Span| {
        let grows = found.last().is_none_or(|inner| {
            span.start <= inner.start && inner.end <= span.end && span != *inner
        });
        if grows {
            found.push(span);
        }
    };
    if let Some(token) = outline.token_at(at) {
        if token.kind == TokenKind::Text && token.span.end - token.span.start > 2 {
            add(Span {
                start: token.span.start + 1,
                end: token.span.end - 1,
                ..token.span
            });
        }
        add(token.span);
    }
    for node in outline.path_to(at).into_iter().rev() {
        add(node.span);
    }
    found
}
