//! Which words refer to which declarations, if reading the items has not said so: items in a circle are not read, and
//! the lines that a scenario expects are found by their names.

use std::collections::BTreeMap;

use crate::syntax::tree::{Expectation, Item, ItemKind, Name, Path, Pricing};
use crate::text::Span;
use crate::typing::{Context, SymbolValue};

use super::items;

/// Adds what the items refer to.
pub(super) fn complete(cx: &mut Context<'_>, all: &[&Item]) {
    let lines = Lines::of(all);
    for item in all {
        for name in items::references(item).names {
            refer(cx, &name);
        }
        if let ItemKind::Scenario(scenario) = &item.kind {
            for given in &scenario.given {
                member(cx, &given.path, &lines);
            }
            for expectation in &scenario.expected {
                expected(cx, expectation, &lines);
            }
        }
    }
}

fn refer(cx: &mut Context<'_>, name: &Name) -> bool {
    let declared = cx.symbols.get(&name.text).map(|symbol| symbol.span);
    if let Some(declared) = declared {
        cx.refer(name.span, declared);
    }
    declared.is_some()
}

/// The member behind a point: of the name's dimension, or a line of the rate card of a charge.
fn member(cx: &mut Context<'_>, path: &Path, lines: &Lines<'_>) {
    let Some(member) = &path.member else { return };
    let symbol = cx.symbols.get(&path.name.text);
    let listed = match symbol.map(|symbol| &symbol.value) {
        Some(SymbolValue::ByMember(dimension, _)) => {
            let dimension = cx.dimensions.get(*dimension);
            dimension.and_then(|dimension| dimension.listed(&member.text))
        }
        _ => lines.priced(&path.name.text, &member.text),
    };
    if let Some(listed) = listed {
        cx.refer(member.span, listed);
    }
}

/// What the lines of statements can be called after.
struct Lines<'a> {
    /// The names of items, each with the place that declares it first.
    items: BTreeMap<&'a str, Span>,
    /// The lines of rate cards, by charge and member.
    cards: BTreeMap<(&'a str, &'a str), Span>,
}

impl<'a> Lines<'a> {
    fn of(all: &[&'a Item]) -> Self {
        let (mut items, mut cards) = (BTreeMap::new(), BTreeMap::new());
        for item in all {
            if let Some(name) = item.declared_name() {
                items.entry(name.text.as_str()).or_insert(name.span);
            }
            if let ItemKind::Charge(charge) = &item.kind
                && let Pricing::Card(_, arms) = &charge.pricing
            {
                for arm in arms {
                    let key = (charge.name.text.as_str(), arm.member.text.as_str());
                    cards.entry(key).or_insert(arm.member.span);
                }
            }
        }
        Self { items, cards }
    }

    /// The line of a rate card.
    fn priced(&self, charge: &str, member: &str) -> Option<Span> {
        self.cards.get(&(charge, member)).copied()
    }
}

/// A name in an expectation is a name of the contract, or else a line that an item states under its own name: a tax, a
/// shared gain.
fn expected(cx: &mut Context<'_>, expectation: &Expectation, lines: &Lines<'_>) {
    let Expectation::Value { word, path, .. } = expectation else {
        return;
    };
    let name = &path.name;
    let is_word_alone = word.as_ref().is_some_and(|word| word.span == name.span);
    if is_word_alone {
        return;
    }
    if !refer(cx, name)
        && let Some(declared) = lines.items.get(name.text.as_str())
    {
        cx.refer(name.span, *declared);
    }
    member(cx, path, lines);
}
