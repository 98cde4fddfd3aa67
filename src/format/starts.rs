//! Where the cells of a line begin.

use std::ops::Range;

use crate::syntax::outline::{Kind, Node, TokenKind};

use super::source::{Source, first_block};

/// Words that begin a statement whose values are aligned.
const KEYWORDS: [&[&str]; 22] = [
    &["no", "value"],
    &["earn", "back"],
    &["target"],
    &["critical"],
    &["excused"],
    &["credit"],
    &["repeated"],
    &["terminate"],
    &["tolerated"],
    &["persistent"],
    &["raised"],
    &["lowered"],
    &["baseline"],
    &["deadband"],
    &["above"],
    &["below"],
    &["given"],
    &["expect"],
    &["applied"],
    &["in", "place"],
    &["gain"],
    &["counts"],
];

/// The most places in an input that are considered for columns.
const MOST_COLUMNS: usize = 40;

/// Returns the longest sequence of places whose columns rise. A place that is out of the usual order joins the cell
/// before it.
fn rising(columns: &[(usize, u8)]) -> Vec<(usize, u8)> {
    let mut best: Vec<Vec<(usize, u8)>> = Vec::with_capacity(columns.len());
    for &(at, column) in columns {
        let before = best
            .iter()
            .filter(|chain| chain.last().is_some_and(|last| last.1 < column))
            .max_by_key(|chain| chain.len());
        let mut chain = before.cloned().unwrap_or_default();
        chain.push((at, column));
        best.push(chain);
    }
    best.into_iter()
        .rev()
        .max_by_key(Vec::len)
        .unwrap_or_default()
}

/// A place where a cell begins: the token, its column, and the blanks before it in a table.
pub(super) struct Start(pub(super) usize, pub(super) u8, pub(super) usize);

impl Source<'_> {
    pub(super) fn name_in(&self, tokens: Range<usize>) -> Option<usize> {
        tokens
            .take(4)
            .find(|&at| self.kind(at) == Some(TokenKind::Name))
    }

    /// Returns where the clauses of a waiver start: until when, why, and where it is written down.
    pub(super) fn waiver_starts(&self, item: &Node) -> Vec<Start> {
        let clauses = item.children.iter().zip(1..);
        clauses
            .map(|(clause, column)| Start(self.tokens_of(clause).start, column, 1))
            .collect()
    }

    /// Returns where the reference before a block starts, and the block.
    pub(super) fn block_starts(&self, item: &Node) -> Vec<Start> {
        let Some(block) = first_block(item) else {
            return Vec::new();
        };
        let open = self.tokens_of(block).start;
        let reference = open
            .checked_sub(1)
            .filter(|&at| self.mark(at).reference)
            .map(|at| Start(at, 2, 2));
        reference.into_iter().chain([Start(open, 3, 1)]).collect()
    }

    pub(super) fn party_starts(&self, item: &Node) -> Vec<Start> {
        let tokens = self.tokens_of(item);
        let attribute = item
            .children
            .iter()
            .find(|child| child.kind == Kind::Clause)
            .map(|clause| Start(self.tokens_of(clause).start, 2, 2));
        std::iter::once(Start(tokens.start + 1, 1, 2))
            .chain(attribute)
            .collect()
    }

    /// Returns the columns of an input: name, type, members, title, source, reporter, range, default, and what to do
    /// without a value.
    pub(super) fn input_starts(&self, item: &Node) -> Vec<Start> {
        let tokens = self.tokens_of(item);
        let clauses: Vec<usize> = item
            .children
            .iter()
            .map(|child| self.tokens_of(child).start)
            .collect();
        let columns: Vec<(usize, u8)> = tokens
            .filter_map(|at| Some((at, self.input_column(at, &clauses)?)))
            .take(MOST_COLUMNS)
            .collect();
        rising(&columns)
            .into_iter()
            .map(|(at, column)| {
                let is_near = column == 1 || self.written(at) == "=";
                Start(at, column, if is_near { 1 } else { 2 })
            })
            .collect()
    }

    /// Returns the column of the part that begins with a token, if one does.
    fn input_column(&self, at: usize, clauses: &[usize]) -> Option<u8> {
        let before = at.checked_sub(1).map(|before| self.written(before));
        if self.mark(at).type_colon {
            return Some(1);
        }
        // What an input is counted from has columns of its own kind, and its texts are no title.
        let counted = clauses
            .iter()
            .any(|clause| *clause < at && self.written(clause.saturating_sub(1)) == "=");
        if self.written(at) == "=" && clauses.contains(&(at + 1)) {
            return Some(8);
        }
        if self.kind(at) == Some(TokenKind::Text) && before != Some("from") && !counted {
            return Some(3);
        }
        if !clauses.contains(&at) {
            return None;
        }
        match (self.written(at), self.written(at + 1)) {
            ("by", "customer" | "supplier" | "both") => Some(5),
            ("by", _) => Some(2),
            ("from", _) => Some(4),
            ("between", _) => Some(6),
            ("nominal", _) => Some(7),
            ("if", _) if counted => None,
            ("if", _) => Some(8),
            _ => None,
        }
    }

    pub(super) fn keyword_length(&self, tokens: Range<usize>) -> Option<usize> {
        KEYWORDS.iter().find_map(|words| {
            let mut own = words.iter().enumerate();
            own.all(|(number, word)| self.written(tokens.start + number) == *word)
                .then_some(words.len())
        })
    }

    /// Returns where `above`, `up to 20%:` and the price start. Slabs after the first one have no keyword of their own.
    pub(super) fn slab_starts(&self, node: &Node, tokens: Range<usize>) -> Vec<Start> {
        let length = self.keyword_length(tokens.clone());
        let slab = node
            .descendants()
            .find(|node| matches!(self.written(self.tokens_of(node).start), "up" | "beyond"))
            .map(|slab| self.tokens_of(slab));
        let from = tokens.start + length.unwrap_or_default();
        let mut starts = vec![Start(from, 1, 1)];
        if slab.is_some() {
            let colon = tokens
                .clone()
                .find(|&at| self.kind(at) == Some(TokenKind::Colon));
            starts.extend(colon.map(|colon| Start(colon + 1, 2, 1)));
        }
        starts
    }

    /// Returns the columns of a row without braces: how far it reaches, and what applies there. Tiers count up, so
    /// their numbers get a column.
    pub(super) fn row_starts(&self, row: &Node, tokens: Range<usize>) -> Vec<Start> {
        let first = self.written(tokens.start);
        let is_number = matches!(
            self.kind(tokens.start),
            Some(TokenKind::Number | TokenKind::Sign)
        );
        let colon = tokens
            .clone()
            .find(|&at| self.kind(at) == Some(TokenKind::Colon));
        let is_band = is_number || matches!(first, "below" | "at" | "above" | "from" | "no");
        if !is_band && !matches!(first, "first" | "next" | "up" | "beyond" | "otherwise") {
            return vec![Start(tokens.start + 1, 1, 1)];
        }
        let words = tokens
            .clone()
            .take_while(|&at| self.kind(at) == Some(TokenKind::Keyword))
            .count();
        let reach = tokens.start + words;
        let Some(value) = self.value_of(row, reach, colon) else {
            return Vec::new();
        };
        let mut starts = Vec::new();
        let at = value.saturating_sub(1);
        let has_at = self.written(at) == "at" && at > tokens.start;
        if has_at && reach < at {
            starts.push(Start(reach, 1, 1));
        }
        if has_at {
            starts.push(Start(at, 2, 1));
        }
        starts.push(Start(value, 3, 1));
        starts
    }

    /// Returns the first token of what applies in a row.
    fn value_of(&self, row: &Node, reach: usize, colon: Option<usize>) -> Option<usize> {
        match colon {
            Some(colon) => Some(colon + 1),
            None => row
                .children
                .iter()
                .rev()
                .find(|child| child.kind == Kind::Expression)
                .map(|value| self.tokens_of(value).start)
                .filter(|&value| value >= reach),
        }
    }

    /// Returns where a share or name and its table start. Every band is a cell.
    pub(super) fn table_starts(&self, block: &Node, tokens: Range<usize>) -> Vec<Start> {
        let mut starts = Vec::new();
        let open = self.tokens_of(block).start;
        let is_number = self.kind(tokens.start) == Some(TokenKind::Number);
        if is_number {
            let path = (tokens.start..open)
                .find(|&at| self.kind(at) == Some(TokenKind::Reference))
                .unwrap_or(open);
            starts.push(Start(path, 1, 1));
            starts.push(Start(open, 2, 1));
            for (number, band) in block.children.iter().enumerate().skip(1).take(200) {
                let column = u8::try_from(number + 2).unwrap_or(u8::MAX);
                starts.push(Start(self.tokens_of(band).start, column, 1));
            }
        } else {
            starts.push(Start(tokens.start + 1, 1, 1));
        }
        starts
    }
}
