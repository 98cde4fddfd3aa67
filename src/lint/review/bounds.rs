//! What limits an invoice, or what is taken off it.

use crate::lint::Subject;
use crate::program::NodeId;
use crate::quantity::Figure;
use crate::review::Bound;
use crate::syntax::tree::{Expr, Item, ItemKind};

/// Limits, at-risk amounts, minimum, maximum, commitments and holdbacks, in the order of the text.
pub fn bounds(subject: &Subject<'_>) -> Vec<Bound> {
    let items = subject.items();
    items
        .filter_map(|item| {
            let (words, amount) = words(subject, item)?;
            Some(Bound {
                words,
                amount: amount.and_then(|amount| value(subject, amount)),
                clause: item.clause.as_ref().map(|clause| clause.text.clone()),
            })
        })
        .collect()
}

fn words<'c>(subject: &Subject<'c>, item: &'c Item) -> Option<(String, Option<&'c Expr>)> {
    match &item.kind {
        ItemKind::Limit(limit) => Some((whole(subject, item), Some(&limit.to))),
        ItemKind::Floor(floor) => Some((whole(subject, item), Some(&floor.amount))),
        ItemKind::AtRisk(pool) => {
            let words = format!(
                "at risk {} {}",
                subject.quote(pool.amount.span),
                pool.every.words()
            );
            Some((words, Some(&pool.amount)))
        }
        ItemKind::Commitment(_) | ItemKind::Holdback(_) => Some((whole(subject, item), None)),
        _ => None,
    }
}

/// The item's words without its clause.
fn whole(subject: &Subject<'_>, item: &Item) -> String {
    let end = match &item.clause {
        Some(clause) => clause.span.start.max(item.span.start),
        None => item.span.end,
    };
    subject.quote(crate::text::Span { end, ..item.span })
}

/// The value of the words in the example month, if they are an amount that is computed as a whole.
fn value(subject: &Subject<'_>, words: &Expr) -> Option<Figure> {
    let example = subject.example.as_ref()?;
    let graph = &subject.contract.graph;
    let nodes = subject.flow.within(words.span).into_iter().rev();
    let is_whole = |node: &NodeId| {
        let node = graph.get(*node);
        node.is_some_and(|node| node.span == words.span && node.kind.currency().is_some())
    };
    // A fixed amount is already in the words.
    let is_computed = |node: &NodeId| !subject.flow.columns(&[*node]).is_empty();
    nodes
        .filter(|node| is_whole(node) && is_computed(node))
        .find_map(|node| example.value(node))
        .map(|amount| subject.money(&amount))
}
