//! Tokens that form one logical line, on as many lines as they need.

use std::ops::Range;

use crate::syntax::outline::{Node, TokenKind};

use super::layout::{Around, Layout};
use super::page::{Cell, Entry, Family, Hang, INDENT, Line, More};
use super::wrap::Breaks;

/// The assumed width of the first words of a statement when it is broken into lines.
const KEYWORD: usize = 6;

struct Piece {
    tokens: Range<usize>,
    comment: Option<String>,
}

impl Layout<'_, '_> {
    /// Lays out tokens that form one logical line. It is broken where it gets too long and where comments interrupt it.
    pub(super) fn run(
        &mut self,
        node: &Node,
        tokens: Range<usize>,
        indent: usize,
        around: Option<Around>,
    ) {
        let mut line = Line {
            indent,
            ..Line::default()
        };
        let head = around.and_then(|around| self.keyword_cell(node, tokens.clone(), around));
        let mut rest = tokens;
        let mut left = indent;
        if let Some((around, cell, behind)) = head {
            left += cell.text.len().max(KEYWORD) + 1;
            rest.start = behind;
            line.family = Some(Family::Statements(around.block));
            line.hang = Hang::Cell;
            line.cells.push(cell);
        }
        let hang = if line.hang == Hang::Cell {
            left
        } else {
            indent + INDENT
        };
        let mut lines = Vec::new();
        let breaks = Breaks::of(self, node, rest.clone());
        for piece in self.pieces(rest) {
            let from = if lines.is_empty() { left } else { hang };
            let mut made = breaks.fill(self, piece.tokens, from, hang);
            if made.is_empty() {
                made.push(String::new());
            }
            let last = made.len() - 1;
            lines.extend(made.into_iter().enumerate().map(|(at, text)| More {
                text,
                comment: if at == last {
                    piece.comment.clone()
                } else {
                    None
                },
            }));
        }
        let mut lines = lines.into_iter();
        if let Some(first) = lines.next() {
            let column = u8::from(line.hang == Hang::Cell);
            line.cells.push(Cell::new(column, first.text));
            line.comment = first.comment;
        }
        line.more = lines.collect();
        self.page.push(Entry::Line(line));
    }

    /// Splits tokens after each comment among them, and returns each piece with that comment.
    fn pieces(&self, tokens: Range<usize>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut from = tokens.start;
        for at in tokens.clone() {
            if self.source.kind(at) != Some(TokenKind::Comment) {
                continue;
            }
            let comment = Some(self.source.written(at).trim_end().to_owned());
            if !self.source.is_trailing(at) && from < at {
                pieces.push(Piece {
                    tokens: from..at,
                    comment: None,
                });
                from = at;
            }
            pieces.push(Piece {
                tokens: from..at,
                comment,
            });
            from = at + 1;
        }
        if from < tokens.end {
            pieces.push(Piece {
                tokens: from..tokens.end,
                comment: None,
            });
        }
        pieces
    }
}
