//! The order of a contract's items. An amended contract has items from several files, so spans alone do not give the
//! order.

use std::sync::Arc;

use crate::syntax::tree::Item;
use crate::text::Span;

/// The position of each item among the others.
pub(super) struct Places {
    /// The items with their positions, in the order of spans; empty if that is the order of the contract.
    items: Vec<(Span, usize)>,
}

impl Places {
    pub(super) fn of_items(items: &[Arc<Item>]) -> Self {
        let ordered = items.is_sorted_by_key(|item| item.span);
        let one_file = items.iter().zip(items.iter().skip(1));
        if ordered
            && one_file
                .into_iter()
                .all(|(a, b)| a.span.file == b.span.file)
        {
            return Self { items: Vec::new() };
        }
        let mut items: Vec<(Span, usize)> = items
            .iter()
            .enumerate()
            .map(|(at, item)| (item.span, at))
            .collect();
        items.sort_unstable();
        Self { items }
    }

    /// A key in the order of the contract: the item that contains the place, then the place. Places outside the
    /// contract's own items come last.
    pub(super) fn of(&self, span: Span) -> (usize, Span) {
        let start = (span.file, span.start);
        let before = self
            .items
            .partition_point(|(item, _)| (item.file, item.start) <= start);
        let item = before.checked_sub(1).and_then(|at| self.items.get(at));
        match item {
            Some((item, at)) if item.touches(span) => (*at, span),
            _ => (self.items.len(), span),
        }
    }
}
