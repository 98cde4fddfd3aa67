//! What can be folded away: blocks, runs of comments, runs of `use`.

use crate::syntax::outline::{Kind, Outline, TokenKind};
use crate::text::Span;

/// Lines that can be folded away, except the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// From the first character of the first line to the last character of the last.
    pub span: Span,
    /// Its kind.
    pub kind: FoldKind,
}

/// The kind of a fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// A clause, or a part of one.
    Clause,
    /// Comments.
    Comments,
    /// The files that are used.
    Uses,
}

/// Returns what can be folded in a text: everything that spans more than one line.
#[must_use]
pub fn folds(outline: &Outline, text: &str) -> Vec<Fold> {
    let mut found = Vec::new();
    let holder = |kind: Kind| {
        matches!(
            kind,
            Kind::Contract
                | Kind::Library
                | Kind::Amendment
                | Kind::Change
                | Kind::Item(_)
                | Kind::Statement
                | Kind::Row
        )
    };
    for node in outline.root.descendants() {
        if holder(node.kind) && has_break(text, node.span) {
            found.push(Fold {
                span: node.span,
                kind: FoldKind::Clause,
            });
        }
    }
    let uses = outline.root.children.iter();
    let uses = uses.filter(|node| node.kind == Kind::Use);
    found.extend(runs(text, uses.map(|node| node.span), FoldKind::Uses));
    let comments = outline.tokens.iter();
    let comments = comments.filter(|token| token.kind == TokenKind::Comment);
    let alone = comments.filter(|token| begins_line(text, token.span));
    found.extend(runs(
        text,
        alone.map(|token| token.span),
        FoldKind::Comments,
    ));
    found.sort_by_key(|fold| (fold.span.start, std::cmp::Reverse(fold.span.end)));
    // If two begin on one line, an editor folds the outer one.
    found.dedup_by(|inner, outer| {
        !has_break(
            text,
            Span {
                end: inner.span.start,
                ..outer.span
            },
        )
    });
    found
}

/// Joins spans on consecutive lines into one.
fn runs(text: &str, spans: impl Iterator<Item = Span>, kind: FoldKind) -> Vec<Fold> {
    let mut found: Vec<(Span, usize)> = Vec::new();
    for span in spans {
        let between = |last: Span| text.get(last.end as usize..span.start as usize);
        let follows = |last: Span| {
            between(last)
                .is_some_and(|blanks| blanks.trim().is_empty() && blanks.matches('\n').count() == 1)
        };
        match found.last_mut() {
            Some((run, count)) if follows(*run) => {
                *run = run.to(span);
                *count += 1;
            }
            _ => found.push((span, 1)),
        }
    }
    found.retain(|(_, count)| *count > 1);
    found
        .into_iter()
        .map(|(span, _)| Fold { span, kind })
        .collect()
}

fn has_break(text: &str, span: Span) -> bool {
    text.get(span.range())
        .is_some_and(|part| part.contains('\n'))
}

/// Whether only blanks come before it on its line.
fn begins_line(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim().is_empty()
}
