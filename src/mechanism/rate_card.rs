//! Rate cards: one price for each member of a dimension. Within a card, the name of an earlier member means its rate,
//! so that one rate can be derived from another: `holidays 2 x standard`, `sms 3% of standard`.

use crate::catalogue;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{Path, Price, RateArm};
use crate::text::Span;
use crate::typing::{Context, Symbol, SymbolValue, Typed};

use super::charge::{Priced, price_of};

/// Reads the arms of a card: member, price and place. Every member must have exactly one price.
pub(super) fn read(
    cx: &mut Context<'_>,
    path: &Path,
    arms: &[RateArm],
    span: Span,
) -> Vec<(String, Priced, Span)> {
    let Some(symbol) = cx.find(&path.name) else {
        return Vec::new();
    };
    let SymbolValue::ByMember(dimension, nodes) = &symbol.value else {
        if symbol.value != SymbolValue::Later {
            not_by_dimension(cx, path, symbol.span);
        }
        return Vec::new();
    };
    let mut priced = Vec::new();
    let mut seen: BTreeMap<usize, Span> = BTreeMap::new();
    let mut names = Names::declare(cx, arms);
    for arm in arms {
        let Some(at) = cx.member_index(*dimension, &arm.member) else {
            continue;
        };
        if let Some(first) = seen.get(&at) {
            let finding = Diagnostic::error(
                "duplicate-price",
                arm.span,
                format!("`{}` has two prices", arm.member.text),
            )
            .and_at(*first, "the first one")
            .help("remove one of them");
            cx.report(finding);
            continue;
        }
        seen.insert(at, arm.span);
        let Some(node) = nodes.get(at) else { continue };
        let mut quantity = Typed::new(*node, symbol.kind.clone(), arm.member.span);
        quantity.optional = symbol.optional;
        cx.arm = Some(arm.member.text.clone());
        let price = names.while_read(cx, arm, |cx| price_of(cx, &quantity, &arm.price));
        cx.arm = None;
        names.price(cx, arm, &price);
        priced.push((arm.member.text.clone(), price, arm.span));
    }
    names.forget(cx);
    ask_for_missing(cx, *dimension, &seen, path, span);
    priced
}

/// The members of a card as names for their rates, while the card is being read.
struct Names<'a> {
    arms: &'a [RateArm],
    /// The members by name, each with its first line. If a member is used before its rate is known, it is found by the
    /// place where its name is declared.
    first: BTreeMap<&'a str, &'a RateArm>,
    declared: BTreeMap<Span, &'a str>,
    /// Members that name something else in the contract.
    taken: BTreeSet<&'a str>,
    /// Members whose line has been read.
    read: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    /// Makes every member a name. It has no value until its line has been read.
    fn declare(cx: &mut Context<'_>, arms: &'a [RateArm]) -> Self {
        let mut names = Self {
            arms,
            first: BTreeMap::new(),
            declared: BTreeMap::new(),
            taken: BTreeSet::new(),
            read: BTreeSet::new(),
        };
        for arm in arms {
            let name = arm.member.text.as_str();
            // A member with two lines has a finding of its own.
            if names.first.contains_key(name) {
                continue;
            }
            names.first.insert(name, arm);
            let ours = Symbol::new(name, catalogue::ItemKind::Let, arm.member.span);
            let place = match cx.symbols.entry(name.to_owned()) {
                Entry::Vacant(place) => place.insert(ours).span,
                Entry::Occupied(place) => {
                    names.taken.insert(name);
                    place.get().span
                }
            };
            names.declared.insert(place, name);
        }
        names
    }

    /// Reads a line, and reports the names in it that have no rate or two meanings.
    fn while_read<T>(
        &mut self,
        cx: &mut Context<'_>,
        arm: &'a RateArm,
        read: impl FnOnce(&mut Context<'_>) -> T,
    ) -> T {
        let value = read(cx);
        for name in self.used_in(cx, arm) {
            let (Some(other), Some(symbol)) = (self.first.get(name), cx.symbols.get(name)) else {
                continue;
            };
            let has_rate = symbol.value != SymbolValue::Later;
            let declared = symbol.span;
            self.check(cx, arm, other, has_rate, declared);
        }
        value
    }

    /// The members that the line's price names, in the order of the card.
    fn used_in(&self, cx: &Context<'_>, arm: &RateArm) -> Vec<&'a str> {
        let mut used: Vec<&str> = cx
            .referred_within(arm.span)
            .filter(|reference| reference.at != arm.member.span)
            .filter_map(|reference| self.declared.get(&reference.to).copied())
            .collect();
        used.sort_by_key(|name| self.first.get(name).map(|arm| arm.span));
        used.dedup();
        used
    }

    fn check(
        &self,
        cx: &mut Context<'_>,
        arm: &RateArm,
        other: &RateArm,
        has_rate: bool,
        declared: Span,
    ) {
        let name = other.member.text.as_str();
        let finding = if self.taken.contains(name) {
            Diagnostic::error(
                "two-meanings",
                arm.span,
                format!(
                    "`{name}` could be the rate of this card's line, or what is declared elsewhere"
                ),
            )
            .and_at(other.span, "the line of the card")
            .and_at(declared, "declared here")
            .because("the two may differ, and a reader could not tell which one is meant")
            .help("give the declared one another name")
        } else if has_rate {
            return;
        } else if self.read.contains(name) {
            if matches!(other.price, Price::Rate(_)) {
                // Its rate was not understood, which has already been reported.
                return;
            }
            Diagnostic::error(
                "no-single-rate",
                arm.span,
                format!("`{name}` has no single rate to derive another from"),
            )
            .and_at(other.span, "it is priced here")
            .because("tiers, packages and baselines have several prices")
            .help("write the rate as a `let`, and refer to that")
        } else {
            Diagnostic::error(
                "rate-from-below",
                arm.span,
                format!("`{name}` has no rate yet where this one is derived from it"),
            )
            .and_at(other.span, "its line is here")
            .because("a rate is derived from one above it, so that no rate can depend on itself")
            .help(format!("put the line of `{name}` before this one"))
        };
        cx.report(finding);
    }

    /// Gives a member its rate, if it has exactly one.
    fn price(&mut self, cx: &mut Context<'_>, arm: &'a RateArm, priced: &Priced) {
        let name = arm.member.text.as_str();
        self.read.insert(name);
        let single = matches!(arm.price, Price::Rate(_)) && !self.taken.contains(name);
        let Some(share) = priced.amount.share.as_ref().filter(|_| single) else {
            return;
        };
        if let Some(symbol) = cx.symbols.get_mut(name) {
            symbol.value = SymbolValue::One(share.rate.node);
            symbol.kind = share.rate.kind.clone();
            symbol.constant = share.rate.constant.clone();
        }
    }

    /// Removes the names again.
    fn forget(&self, cx: &mut Context<'_>) {
        for arm in self.arms {
            let name = arm.member.text.as_str();
            if !self.taken.contains(name) {
                cx.symbols.remove(name);
            }
        }
    }
}

fn not_by_dimension(cx: &mut Context<'_>, path: &Path, declared: Span) {
    let name = &path.name.text;
    cx.report(
        Diagnostic::error(
            "rate-card-without-dimension",
            path.span,
            format!("`{name}` is not reported by a dimension, so it has no rate card"),
        )
        .and_at(declared, "declared here")
        .help(format!(
            "write `for {name} at …`, or declare it `by channel {{ voice, email }}`"
        )),
    );
}

fn ask_for_missing(
    cx: &mut Context<'_>,
    dimension: usize,
    seen: &BTreeMap<usize, Span>,
    path: &Path,
    span: Span,
) {
    let Some(dimension) = cx.dimensions.get(dimension).cloned() else {
        return;
    };
    let missing: Vec<String> = dimension
        .members
        .iter()
        .enumerate()
        .filter(|(at, _)| !seen.contains_key(at))
        .map(|(_, member)| format!("`{member}`"))
        .collect();
    if missing.is_empty() {
        return;
    }
    let missing = missing.join(", ");
    cx.report(
        Diagnostic::error(
            "missing-price",
            span,
            format!("the rate card has no price for {missing}"),
        )
        .and_at(
            dimension.span,
            format!("`{}` is reported for these", path.name.text),
        )
        .because("units without a price would be free without anybody having said so")
        .help("add a line for each; write `0 EUR` if they are free"),
    );
}
