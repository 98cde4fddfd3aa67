//! The columns of a line: which of its parts stand under those of its neighbours.

use std::ops::Range;

use crate::syntax::outline::{ItemKind, Kind, Node, TokenKind};

use super::layout::{Around, Layout, item_of};
use super::page::{Cell, Family, Line};
use super::source::{Source, first_block};

/// The family of the items at the head of a contract: who, when, in which money.
const HEADER: u32 = u32::MAX;

/// Words that begin a statement whose values stand under each other.
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

/// The most places in an input that are looked at for columns.
const MOST_COLUMNS: usize = 40;

/// The most of some places whose columns rise: what stands in another order than usual goes on in the cell before it.
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
struct Start(usize, u8, usize);

impl Layout<'_, '_> {
    /// A part that stands in one line, in its cells.
    pub(super) fn one_line(&self, node: &Node, around: Around) -> Line {
        let mut tokens = self.source.tokens_of(node);
        let item = item_of(node);
        let mut reference = None;
        let last = tokens.end.saturating_sub(1);
        if item.is_some() && self.source.mark(last).reference && tokens.len() > 1 {
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
        let number = kind as u32 + if is_change { 1_000 } else { 0 };
        let name = self.source.name_in(tokens.clone());
        let behind_name = name.map(|at| Start(at + 1, 1, 1));
        let starts = match kind {
            Item::Party => self.source.party_starts(item),
            Item::Currency | Item::Term | Item::Invoice | Item::Round => {
                let gap = if is_change { 1 } else { 2 };
                vec![Start(self.source.tokens_of(item).start + 1, 1, gap)]
            }
            Item::Input => self.source.input_starts(item),
            Item::Dimension | Item::Charge | Item::Let | Item::Metric | Item::Tax => {
                behind_name.into_iter().collect()
            }
            Item::ServiceLevel | Item::Points | Item::Award => behind_name
                .into_iter()
                .chain(self.source.block_starts(item))
                .collect(),
            Item::Partnership => self.source.block_starts(item),
            Item::Waiver => self.source.waiver_starts(item),
            _ => return (None, vec![Cell::new(0, self.source.flat(tokens))]),
        };
        let family = match kind {
            Item::Party | Item::Currency | Item::Term | Item::Invoice | Item::Round
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

    /// The words that a statement begins with, where its values are aligned with those of its neighbours; and the token
    /// behind them.
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
    /// Tokens in cells, of which the first begins with them.
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

    /// Cells of a table, whose numbers end under each other from a column on.
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

    fn name_in(&self, tokens: Range<usize>) -> Option<usize> {
        tokens
            .take(4)
            .find(|&at| self.kind(at) == Some(TokenKind::Name))
    }

    /// Until when, why, and where it is written down.
    fn waiver_starts(&self, item: &Node) -> Vec<Start> {
        let clauses = item.children.iter().zip(1..);
        clauses
            .map(|(clause, column)| Start(self.tokens_of(clause).start, column, 1))
            .collect()
    }

    /// A reference before a block, and the block.
    fn block_starts(&self, item: &Node) -> Vec<Start> {
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

    fn party_starts(&self, item: &Node) -> Vec<Start> {
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

    /// The columns of inputs: name, type, members, title, source, reporter, range, default, and what to do without one.
    fn input_starts(&self, item: &Node) -> Vec<Start> {
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
            .map(|(at, column)| Start(at, column, if column == 1 { 1 } else { 2 }))
            .collect()
    }

    /// The column of what begins with a token, if something does.
    fn input_column(&self, at: usize, clauses: &[usize]) -> Option<u8> {
        let before = at.checked_sub(1).map(|before| self.written(before));
        if self.mark(at).type_colon {
            return Some(1);
        }
        if self.kind(at) == Some(TokenKind::Text) && before != Some("from") {
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
            ("if", _) => Some(8),
            _ => None,
        }
    }

    fn keyword_length(&self, tokens: Range<usize>) -> Option<usize> {
        KEYWORDS.iter().find_map(|words| {
            let mut own = words.iter().enumerate();
            own.all(|(number, word)| self.written(tokens.start + number) == *word)
                .then_some(words.len())
        })
    }

    /// `above`, `up to 20%:` and its price; the slabs behind the first one have no word of their own.
    fn slab_starts(&self, node: &Node, tokens: Range<usize>) -> Vec<Start> {
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

    /// The columns of a row without braces: how far it reaches, and what holds there. Tiers count up, so that their numbers
    /// have a column.
    fn row_starts(&self, row: &Node, tokens: Range<usize>) -> Vec<Start> {
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

    /// The first token of what holds in a row.
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

    /// A share or name and its table: every band is a cell.
    fn table_starts(&self, block: &Node, tokens: Range<usize>) -> Vec<Start> {
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
