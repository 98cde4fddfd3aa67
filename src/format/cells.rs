//! The columns of a line: which of its parts are aligned with those of its neighbours.

use std::ops::Range;

use crate::catalogue::ItemKind;
use crate::syntax::outline::{Kind, Node, TokenKind};

use super::layout::{Around, Layout, item_of};
use super::page::{Cell, Family, Line};
use super::source::Source;
use super::starts::Start;

/// The family of the items at the head of a contract: who, when, in which money.
const HEADER: u32 = u32::MAX;

impl Layout<'_, '_> {
    /// Lays out a part that fits on one line, in cells.
    pub(super) fn one_line(&self, node: &Node, around: Around) -> Line {
        let mut tokens = self.source.tokens_of(node);
        let item = item_of(node);
        let mut reference = None;
        let last = tokens.end.saturating_sub(1);
        if (item.is_some() || node.kind == Kind::Change)
            && self.source.mark(last).reference
            && tokens.len() > 1
        {
            reference = Some(self.source.written(last).to_owned());
            tokens.end = last;
        }
        let (family, cells) = match (item, node.kind) {
            (Some(kind), _) => self.item_cells(node, kind, tokens),
            (None, Kind::Row) => (
                Some(Family::Rows(around.block)),
                self.row_cells(node, tokens),
            ),
            (None, Kind::Statement) => self.statement_cells(node, tokens, around),
            (None, _) => (None, vec![Cell::new(0, self.source.flat(tokens))]),
        };
        Line {
            indent: around.indent,
            cells,
            reference,
            family,
            ..Line::default()
        }
    }

    fn item_cells(
        &self,
        node: &Node,
        kind: ItemKind,
        tokens: Range<usize>,
    ) -> (Option<Family>, Vec<Cell>) {
        use ItemKind as Item;
        let is_change = node.kind == Kind::Change;
        let item = match node.kind {
            Kind::Change => node.children.first().unwrap_or(node),
            _ => node,
        };
        // Credits and bonuses are aligned with one another.
        let like = if kind == Item::Bonus {
            Item::Credit
        } else {
            kind
        };
        let number = like as u32 + if is_change { 1_000 } else { 0 };
        let name = self.source.name_in(tokens.clone());
        let behind_name = name.map(|at| Start(at + 1, 1, 1));
        let starts = match kind {
            Item::Customer | Item::Supplier => self.source.party_starts(item),
            Item::Currency | Item::Term | Item::Invoice | Item::Round => {
                let gap = if is_change { 1 } else { 2 };
                vec![Start(self.source.tokens_of(item).start + 1, 1, gap)]
            }
            Item::Input => self.source.input_starts(item),
            Item::Dimension | Item::Charge | Item::Let | Item::Metric | Item::Tax => {
                behind_name.into_iter().collect()
            }
            Item::ServiceLevel | Item::Points | Item::Credit | Item::Bonus => behind_name
                .into_iter()
                .chain(self.source.block_starts(item))
                .collect(),
            Item::Partnership => self.source.block_starts(item),
            Item::Waiver => self.source.waiver_starts(item),
            _ => return (None, vec![Cell::new(0, self.source.flat(tokens))]),
        };
        let family = match kind {
            Item::Customer
            | Item::Supplier
            | Item::Currency
            | Item::Term
            | Item::Invoice
            | Item::Round
                if !is_change =>
            {
                HEADER
            }
            _ => number,
        };
        (
            Some(Family::Items(family)),
            self.source.cells(tokens, &starts),
        )
    }

    fn statement_cells(
        &self,
        node: &Node,
        tokens: Range<usize>,
        around: Around,
    ) -> (Option<Family>, Vec<Cell>) {
        let source = self.source;
        if around.item == Some(ItemKind::Charge) {
            let starts = source.slab_starts(node, tokens.clone());
            let family = Some(Family::Statements(around.block));
            return (family, source.table_cells(tokens, &starts, 2));
        }
        if around.item == Some(ItemKind::Records) && tokens.len() > 1 {
            let family = Some(Family::Statements(around.block));
            let is_field = source.mark(tokens.start + 1).type_colon;
            let starts = [Start(tokens.start + 1, 1, 1)];
            let starts = if is_field { &starts[..] } else { &[] };
            return (family, source.cells(tokens, starts));
        }
        match self.keyword_cell(node, tokens.clone(), around) {
            Some((_, _, behind)) => (
                Some(Family::Statements(around.block)),
                source.cells(tokens, &[Start(behind, 1, 1)]),
            ),
            None => (
                Some(Family::Statements(around.block)),
                vec![Cell::new(0, source.flat(tokens))],
            ),
        }
    }

    /// Returns the words that a statement begins with, if its values are aligned with those of its neighbours, and the
    /// token after those words.
    pub(super) fn keyword_cell(
        &self,
        node: &Node,
        tokens: Range<usize>,
        around: Around,
    ) -> Option<(Around, Cell, usize)> {
        let aligned = matches!(
            around.item,
            Some(ItemKind::ServiceLevel | ItemKind::Points | ItemKind::Scenario | ItemKind::Charge)
        );
        if !aligned || node.kind != Kind::Statement || item_of(node).is_some() {
            return None;
        }
        let length = self.source.keyword_length(tokens.clone())?;
        let behind = tokens.start + length;
        let cell = Cell::new(0, self.source.flat(tokens.start..behind));
        (behind < tokens.end && !self.has_comment(tokens.start..behind + 1))
            .then_some((around, cell, behind))
    }

    fn has_comment(&self, mut tokens: Range<usize>) -> bool {
        tokens.any(|at| self.source.kind(at) == Some(TokenKind::Comment))
    }

    fn row_cells(&self, row: &Node, tokens: Range<usize>) -> Vec<Cell> {
        let source = self.source;
        let first_block = row.descendants().find(|node| node.kind == Kind::Block);
        let starts = match first_block {
            Some(block) => source.table_starts(block, tokens.clone()),
            None => source.row_starts(row, tokens.clone()),
        };
        source.table_cells(tokens, &starts, 0)
    }
}

impl Source<'_> {
    /// Splits tokens into cells. The first cell begins with the first token.
    fn cells(&self, tokens: Range<usize>, starts: &[Start]) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(starts.len() + 1);
        let mut from = Start(tokens.start, 0, 1);
        let ends = starts
            .iter()
            .map(|start| Start(start.0, start.1, start.2))
            .chain([Start(tokens.end, 0, 1)]);
        for next in ends {
            if next.0 < from.0 || next.0 > tokens.end {
                continue;
            }
            if from.0 < next.0 {
                cells.push(self.cell(from.0..next.0, &from, tokens.end));
            }
            from = next;
        }
        cells
    }

    fn cell(&self, tokens: Range<usize>, start: &Start, end: usize) -> Cell {
        let mut text = self.flat(tokens.clone());
        let next = self.mark(tokens.end);
        if tokens.end < end && next.begins_part {
            text.push(';');
        }
        Cell {
            column: start.1,
            text,
            number: None,
            gap: start.2,
        }
    }

    /// Splits the tokens of a table row into cells. From column `from` onwards, numbers are right-aligned.
    fn table_cells(&self, tokens: Range<usize>, starts: &[Start], from: u8) -> Vec<Cell> {
        let mut cells = self.cells(tokens, starts);
        for cell in cells.iter_mut().filter(|cell| cell.column >= from) {
            let end = cell
                .text
                .find(|c: char| !matches!(c, '0'..='9' | '_' | '+' | '-'))
                .unwrap_or(cell.text.len());
            cell.number = (end > 0).then_some(end);
        }
        cells
    }
}
