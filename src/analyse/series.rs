//! What each series is called in every version of an amended contract, so that what earlier months left behind goes on
//! with an item that was replaced, and with all others.
//!
//! The values of a name are called by that name, and those of a stage by that stage. Anything else is called by the
//! item that keeps it, the member that it is kept for, the first word of the statement that it is kept for, and its
//! number among those of which all this is the same.

use std::collections::BTreeMap;

use crate::program::{NodeId, SeriesId, SeriesKey};
use crate::syntax::tree::{Item, ItemKind};
use crate::text::Span;
use crate::typing::{Context, SymbolKind, SymbolValue};

/// Names every series of a contract with those items, and the values that have names of their own.
pub(super) fn name(cx: &mut Context<'_>, items: &[&Item]) {
    let values = named_values(cx);
    let mut names: BTreeMap<NodeId, Vec<&str>> = BTreeMap::new();
    for (name, node) in &values {
        names.entry(*node).or_default().push(name);
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
            let named = series.node.and_then(|node| names.get(&node));
            SeriesKey {
                names: match named {
                    Some(names) => as_written(text, names),
                    None => {
                        let group = group(owner, series.member.as_deref(), text);
                        let others = numbers.entry(group.clone()).or_default();
                        vec![format!("{group}/{}", number(others, series.node))]
                    }
                },
                measured: match named {
                    Some(names) => names.iter().any(|name| is_measurement(cx, name)),
                    None => owner.is_none_or(|owner| owner.measured),
                },
            }
        })
        .collect();
    for (at, key) in (0..).zip(keys) {
        cx.graph.name_series(SeriesId(at), key);
    }
    cx.graph.name_values(values);
}

/// Whether a name is that of a measurement; stages have none.
fn is_measurement(cx: &Context<'_>, name: &str) -> bool {
    let name = name.split_once('.').map_or(name, |(name, _)| name);
    cx.symbols
        .get(name)
        .is_some_and(|symbol| match symbol.what {
            SymbolKind::Input
            | SymbolKind::Metric
            | SymbolKind::Definition
            | SymbolKind::Scorecard => true,
            SymbolKind::Charge
            | SymbolKind::ServiceLevel
            | SymbolKind::Credit
            | SymbolKind::Bonus
        | SymbolKind::AtRisk => false,
        })
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

/// The values of names and stages.
fn named_values(cx: &Context<'_>) -> BTreeMap<String, NodeId> {
    let mut values = BTreeMap::new();
    for symbol in cx.symbols.values() {
        match &symbol.value {
            SymbolValue::One(node) => {
                values.insert(symbol.name.clone(), *node);
            }
            SymbolValue::ByMember(dimension, nodes) => {
                let members = cx.dimensions.get(*dimension);
                let members = members.into_iter().flat_map(|found| &found.members);
                for (member, node) in members.zip(nodes) {
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
    measured: bool,
}

impl Owners {
    fn of(items: &[&Item]) -> Self {
        let mut items: Vec<Owner> = items
            .iter()
            .map(|item| Owner {
                span: item.span,
                designation: item.designation().to_string(),
                measured: is_measured(item),
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

/// Whether an item measures something, rather than drawing a consequence.
fn is_measured(item: &Item) -> bool {
    matches!(
        item.kind,
        ItemKind::Input(_) | ItemKind::Metric(_) | ItemKind::Let(_) | ItemKind::Scorecard(_)
    )
}
