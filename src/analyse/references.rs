//! Which words refer to which declarations, if reading the items has not said so: items in a circle are not read, and
//! the lines that a scenario expects are found by their names.

use crate::syntax::tree::{Expectation, Item, ItemKind, Name, Path, Pricing};
use crate::text::Span;
use crate::typing::{Context, SymbolValue};

use super::items;

/// Adds what the items refer to.
pub(super) fn complete(cx: &mut Context<'_>, all: &[&Item]) {
    for item in all {
        for name in items::references(item).names {
            refer(cx, &name);
        }
        if let ItemKind::Scenario(scenario) = &item.kind {
            for given in &scenario.given {
                member(cx, &given.path, all);
            }
            for expectation in &scenario.expected {
                expected(cx, expectation, all);
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

/// The member after a point: of the name's dimension, or a line of the rate card of a charge.
fn member(cx: &mut Context<'_>, path: &Path, all: &[&Item]) {
    let Some(member) = &path.member else { return };
    let symbol = cx.symbols.get(&path.name.text);
    let listed = match symbol.map(|symbol| &symbol.value) {
        Some(SymbolValue::ByMember(dimension, _)) => {
            let dimension = cx.dimensions.get(*dimension);
            dimension.and_then(|dimension| {
                let mut members = dimension.members.iter();
                let at = members.position(|known| *known == member.text)?;
                dimension.member_spans.get(at).copied()
            })
        }
        _ => priced(all, &path.name.text, &member.text),
    };
    if let Some(listed) = listed {
        cx.refer(member.span, listed);
    }
}

/// The line of a rate card.
fn priced(all: &[&Item], charge: &str, member: &str) -> Option<Span> {
    all.iter().find_map(|item| match &item.kind {
        ItemKind::Charge(known) if known.name.text == charge => match &known.pricing {
            Pricing::Card(_, arms) => {
                let arm = arms.iter().find(|arm| arm.member.text == member)?;
                Some(arm.member.span)
            }
            Pricing::Amount(_) | Pricing::For(..) | Pricing::AtCost(_) => None,
        },
        _ => None,
    })
}

/// A name in an expectation is a name of the contract, or else a line that an item states under its own name: a tax, a
/// shared gain.
fn expected(cx: &mut Context<'_>, expectation: &Expectation, all: &[&Item]) {
    let Expectation::Value { word, path, .. } = expectation else {
        return;
    };
    let name = &path.name;
    let is_word_alone = word.as_ref().is_some_and(|word| word.span == name.span);
    if is_word_alone {
        return;
    }
    if !refer(cx, name) {
        let mut names = all.iter().filter_map(|item| item.declared_name());
        if let Some(declared) = names.find(|known| known.text == name.text) {
            cx.refer(name.span, declared.span);
        }
    }
    member(cx, path, all);
}
