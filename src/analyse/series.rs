//! What each series is called in every version of an amended contract, so that what earlier months left behind goes on
//! with an item that was replaced, and with all others.
//!
//! What the drafter reads of a name is called by that name, and what he reads of a stage by that stage. Anything else is
//! called by the item that keeps it, the member that it is kept for, the first word of the statement that it is kept for, and its
//! number among those of which all this is the same.

use std::collections::BTreeMap;

use crate::program::{NodeId, Op, SeriesId, SeriesKey};
use crate::syntax::tree::Item;
use crate::text::{FileId, Span};
use crate::typing::{Context, SymbolValue};

/// Names every series of a contract with those items, and the values that have names of their own.
pub(super) fn name(cx: &mut Context<'_>, items: &[&Item]) {
    let values = named_values(cx);
    let adjusted = values.get(ADJUSTED_CHARGES).copied();
    let mut names: BTreeMap<NodeId, Vec<&str>> = BTreeMap::new();
    for (name, node) in &values {
        let node = original(cx, *node, adjusted);
        names.entry(node).or_default().push(name);
    }
    let owners = Owners::of(items);
    let mut numbers: BTreeMap<String, Vec<Option<NodeId>>> = BTreeMap::new();
    let keys: Vec<SeriesKey> = cx
        .graph
        .series()
        .iter()
        .map(|series| {
            let owner = owners.of_place(series.span);
            let text = cx.sources.slice(series.span);
            let node = series.node.filter(|_| series.is_read);
            let named = node.and_then(|node| names.get(&original(cx, node, adjusted)));
            SeriesKey {
                names: match named {
                    Some(names) => as_written(text, names),
                    None => {
                        let group = group(owner, series.member.as_deref(), text);
                        let others = numbers.entry(group.clone()).or_default();
                        vec![format!("{group}/{}", number(others, series.node))]
                    }
                },
                is_read: series.is_read,
            }
        })
        .collect();
    for (at, key) in (0..).zip(keys) {
        cx.graph.name_series(SeriesId(at), key);
    }
    cx.graph.name_values(values);
}

/// The node that a copy under another name was made of. `adjusted` is the one of the adjusted charges, of which each
/// mention makes a sum of its own.
fn original(cx: &Context<'_>, node: NodeId, adjusted: Option<NodeId>) -> NodeId {
    let op = |node: NodeId| cx.graph.get(node).map(|node| &node.op);
    let mut node = node;
    while let Some(Op::Sum(all)) = op(node) {
        match (all.as_ref(), adjusted) {
            ([one], _) => node = *one,
            (_, Some(adjusted)) if op(node) == op(adjusted) => return adjusted,
            _ => break,
        }
    }
    node
}

/// The names of a value, the one first under which the drafter reads it.
fn as_written(text: &str, names: &[&str]) -> Vec<String> {
    let stage = format!("{STAGE}{text}");
    let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    names.sort_by_key(|name| *name != text && *name != stage);
    names
}

fn group(owner: Option<&Owner>, member: Option<&str>, text: &str) -> String {
    let item = owner.map_or("", |owner| &owner.designation);
    let word = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .next();
    let (member, word) = (member.unwrap_or_default(), word.unwrap_or_default());
    format!("{item}/{member}/{word}")
}

/// The number of a node among others, of which it becomes one.
fn number(others: &mut Vec<Option<NodeId>>, node: Option<NodeId>) -> usize {
    others
        .iter()
        .position(|other| *other == node)
        .unwrap_or_else(|| {
            others.push(node);
            others.len() - 1
        })
}

/// What the names of stages begin with.
const STAGE: &str = "total of ";

const ADJUSTED_CHARGES: &str = "total of adjusted charges";

/// The values of names and stages.
fn named_values(cx: &mut Context<'_>) -> BTreeMap<String, NodeId> {
    let mut values = BTreeMap::new();
    for symbol in cx.symbols.values() {
        match &symbol.value {
            SymbolValue::One(node) => {
                values.insert(symbol.name.clone(), *node);
            }
            SymbolValue::ByMember(dimension, nodes) => {
                let members = cx.dimensions.get(*dimension);
                let members = members.into_iter().flat_map(|found| &found.members);
                for (member, node) in members.zip(nodes.iter()) {
                    values.insert(format!("{}.{member}", symbol.name), *node);
                }
            }
            SymbolValue::Later => {}
        }
    }
    let stages = [
        ("charges", cx.totals.charges),
        ("adjustments", cx.totals.adjustments),
        ("credits", cx.totals.credits),
        ("bonuses", cx.totals.bonuses),
        ("total", cx.totals.total),
    ];
    if let (Some(charges), Some(adjustments)) = (cx.totals.charges, cx.totals.adjustments) {
        let (money, span) = (cx.money(), Span::new(FileId(0), 0, 0));
        let node = cx.node(Op::Sum(Box::new([charges, adjustments])), money, span);
        values.insert(ADJUSTED_CHARGES.to_owned(), node);
    }
    for (name, node) in stages {
        values.extend(node.map(|node| (format!("{STAGE}{name}"), node)));
    }
    values
}

/// The items by their places.
struct Owners {
    items: Vec<Owner>,
}

struct Owner {
    span: Span,
    designation: String,
}

impl Owners {
    fn of(items: &[&Item]) -> Self {
        let mut items: Vec<Owner> = items
            .iter()
            .map(|item| Owner {
                span: item.span,
                designation: item.designation().to_string(),
            })
            .collect();
        items.sort_by_key(|owner| owner.span);
        Self { items }
    }

    fn of_place(&self, span: Span) -> Option<&Owner> {
        let before = self.items.partition_point(|owner| {
            (owner.span.file, owner.span.start) <= (span.file, span.start)
        });
        let owner = self.items.get(before.checked_sub(1)?)?;
        (owner.span.file == span.file && span.start <= owner.span.end).then_some(owner)
    }
}
