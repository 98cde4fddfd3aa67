//! What bounds an invoice, or what is taken off it.

use crate::lint::Subject;
use crate::model::facts::{Head, Value};
use crate::program::NodeId;
use crate::quantity::Figure;
use crate::review::Bound;

/// Limits, at-risk amounts, minimum, maximum, commitments and holdbacks, in the order of the text.
pub fn bounds(subject: &Subject<'_>) -> Vec<Bound> {
    let facts = subject.facts();
    let mut all: Vec<(&Head, String, Option<&Value>)> = Vec::new();
    for one in subject.limits() {
        all.push((&one.head, whole(subject, &one.head), Some(&one.to)));
    }
    for one in subject.own(&facts.floors) {
        all.push((&one.head, whole(subject, &one.head), Some(&one.amount)));
    }
    for one in subject.pools() {
        let amount = subject.quote(one.amount.span);
        let words = format!("at risk {amount} {}", one.every.words());
        all.push((&one.head, words, Some(&one.amount)));
    }
    for one in subject.own(&facts.commitments) {
        all.push((&one.head, whole(subject, &one.head), None));
    }
    for one in subject.own(&facts.holdbacks) {
        all.push((&one.head, whole(subject, &one.head), None));
    }
    all.sort_by_key(|(head, ..)| head.id);
    all.into_iter()
        .map(|(head, words, amount)| Bound {
            words,
            amount: amount.and_then(|amount| value(subject, amount)),
            clause: head.clause.as_ref().map(|clause| clause.text.clone()),
        })
        .collect()
}

/// The item's words without its clause.
fn whole(subject: &Subject<'_>, item: &Head) -> String {
    let end = match &item.clause {
        Some(clause) => clause.span.start.max(item.span.start),
        None => item.span.end,
    };
    subject.quote(crate::text::Span { end, ..item.span })
}

/// The value of the words in the example month, if they are an amount that is computed as a whole.
fn value(subject: &Subject<'_>, words: &Value) -> Option<Figure> {
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
