//! Tiers: graduated (each slab at its own rate), volume (all units at the reached rate), and flat (a fee for the tier).

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Band, NodeId, Op};
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{Tier, TierKind, TierReach, Tiers};
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::charge::{Priced, of_quantity, share, slab_amount, unit_price};
use super::worksheet::slab_part;

/// A tier with its upper end. The last one has none, unless the contract stops there.
pub(super) struct Reached {
    /// The last unit that belongs to it, counted from zero.
    pub(super) upper: Option<Exact>,
    /// Its rate, or fee; nothing if the parties will agree on it.
    pub(super) price: Option<Typed>,
    /// Its place.
    pub(super) span: Span,
}

/// Reads a block of tiers for a quantity of one month.
pub(super) fn read(cx: &mut Context<'_>, quantity: &Typed, block: &Tiers) -> Priced {
    if let Some((_, span)) = block.earlier {
        let finding = Diagnostic::error(
            "no-earlier-units",
            span,
            "the units of a single month have no earlier ones",
        )
        .because("each month is counted from zero, so this would change nothing")
        .help("remove it, or count over several months: `metered each contract year volume, …`");
        cx.report(finding);
    }
    let Some(tiers) = ladder(cx, quantity, block) else {
        return Priced::unknown(cx, block.span);
    };
    match block.kind {
        TierKind::Graduated => graduated(cx, quantity, &tiers, block.span),
        TierKind::Volume => volume(cx, quantity, &tiers, block.span),
        TierKind::Flat => flat(cx, quantity, &tiers, block.span),
    }
}

/// The tiers of a block from the first to the one without an end; nothing if a mistake was reported.
pub(super) fn ladder(
    cx: &mut Context<'_>,
    quantity: &Typed,
    block: &Tiers,
) -> Option<Vec<Reached>> {
    let tiers = reach(cx, quantity, block);
    let complete = tiers.last().is_some_and(|last| last.upper.is_none());
    let open = tiers.iter().any(|tier| tier.upper.is_none());
    if !tiers.is_empty() && !open {
        ask_beyond(cx, &tiers, quantity, block);
    }
    let broken = quantity.is_unknown()
        || !complete
        || tiers
            .iter()
            .any(|tier| tier.price.as_ref().is_some_and(Typed::is_unknown));
    (!broken).then_some(tiers)
}

/// The upper ends from the text, each above the previous one.
fn reach(cx: &mut Context<'_>, quantity: &Typed, block: &Tiers) -> Vec<Reached> {
    let mut below = Exact::zero();
    let mut reached: Vec<Reached> = Vec::new();
    for tier in &block.tiers {
        let upper = match &tier.reach {
            TierReach::Beyond => None,
            TierReach::More(size) => edge(cx, quantity, size).map(|size| below.add(&size)),
            TierReach::UpTo(end) => edge(cx, quantity, end),
        };
        let readable = upper.is_some() || matches!(tier.reach, TierReach::Beyond);
        if let Some(upper) = &upper {
            if *upper <= below {
                out_of_order(
                    cx,
                    quantity,
                    tier,
                    upper,
                    &below,
                    reached.last().map(|last| last.span),
                );
            }
            below = upper.clone();
        }
        if let Some(last) = reached.last()
            && last.upper.is_none()
        {
            let finding = Diagnostic::error(
                "tier-after-last",
                tier.span,
                "nothing is left for this tier",
            )
            .and_at(last.span, "this one takes everything beyond")
            .help("put `beyond` last");
            cx.report(finding);
        }
        let price = tier.price.as_ref().map(|price| match block.kind {
            TierKind::Flat => {
                let value = cx.expression(price);
                cx.demand_amount(value, "the fee of a tier")
            }
            TierKind::Graduated | TierKind::Volume => unit_price(cx, quantity, price),
        });
        if readable {
            reached.push(Reached {
                upper,
                price,
                span: tier.span,
            });
        }
    }
    reached
}

fn edge(cx: &mut Context<'_>, quantity: &Typed, at: &crate::syntax::tree::Expr) -> Option<Exact> {
    let value = cx.unindexed(|cx| cx.expression(at));
    let value = cx.demand(value, &quantity.kind, "the end of a tier");
    cx.demand_constant(&value, "the end of a tier")
}

fn out_of_order(
    cx: &mut Context<'_>,
    quantity: &Typed,
    tier: &Tier,
    upper: &Exact,
    below: &Exact,
    before: Option<Span>,
) {
    let figure = |value: &Exact| Figure::new(value.clone(), quantity.kind.clone());
    let mut finding = Diagnostic::error(
        "tier-out-of-order",
        tier.span,
        format!("this tier ends at {}, but the tier before it already reaches {}", figure(upper), figure(below)),
    )
    .because("a tier that ends before it begins has no units, so its price would never be paid")
    .help("write the tiers from the smallest to the largest; `first` and `next` count what is added, `up to` counts from zero");
    if let Some(before) = before {
        finding = finding.and_at(before, "the tier before");
    }
    cx.report(finding);
}

fn ask_beyond(cx: &mut Context<'_>, tiers: &[Reached], quantity: &Typed, block: &Tiers) {
    let Some(last) = tiers.last() else { return };
    let end = last.upper.as_ref().map_or_else(String::new, |upper| {
        Figure::new(upper.clone(), quantity.kind.clone()).to_string()
    });
    let _ = block;
    cx.report(
        Diagnostic::error(
            "open-last-tier",
            last.span,
            format!("the contract does not say what applies beyond {end}"),
        )
        .because("a month with more could not be invoiced")
        .help("add `beyond at …`, or `beyond by agreement` if the parties will settle it then"),
    );
}

/// The tier's reach in the contract's words: `first 10_000`.
pub(super) fn label(cx: &Context<'_>, tier: &Reached) -> String {
    let words = cx.quote(tier.span);
    words
        .split_once(" at ")
        .map_or(words.clone(), |(reach, _)| reach.to_owned())
}

/// Each slab at its own rate: the sum over the slabs of rate times the units in it.
fn graduated(cx: &mut Context<'_>, quantity: &Typed, tiers: &[Reached], span: Span) -> Priced {
    let mut lower = Exact::zero();
    let mut parts = Vec::new();
    let mut amounts: Vec<NodeId> = Vec::new();
    for tier in tiers {
        let units = slab_units(cx, quantity, &lower, tier);
        let units = Typed::new(units, quantity.kind.clone(), tier.span);
        let amount = match &tier.price {
            Some(rate) => {
                let amount = slab_amount(cx, rate, &units, tier.span);
                let label = label(cx, tier);
                parts.push(slab_part(cx, label, units.node, rate.node, amount.node));
                amount.node
            }
            None => by_agreement(cx, units.node, tier.span),
        };
        amounts.push(amount);
        lower = tier.upper.clone().unwrap_or(lower);
    }
    let money = cx.money();
    let node = cx.sum(amounts, money.clone(), span);
    Priced {
        amount: Typed::new(node, money, span),
        parts,
        quantity: Some(quantity.node),
    }
}

/// The units between `lower` and the tier's upper end.
pub(super) fn slab_units(
    cx: &mut Context<'_>,
    quantity: &Typed,
    lower: &Exact,
    tier: &Reached,
) -> NodeId {
    let kind = quantity.kind.clone();
    let capped = match &tier.upper {
        Some(upper) => {
            let upper = of_quantity(cx, upper.clone(), quantity, tier.span);
            cx.node(
                Op::Min(Box::new([quantity.node, upper])),
                kind.clone(),
                tier.span,
            )
        }
        None => quantity.node,
    };
    if lower.is_zero() {
        return capped;
    }
    let lower = of_quantity(cx, lower.clone(), quantity, tier.span);
    let above = cx.node(Op::Subtract(capped, lower), kind.clone(), tier.span);
    let zero = cx.number(0, kind.clone(), tier.span);
    cx.node(Op::Max(Box::new([above, zero])), kind, tier.span)
}

/// Zero as long as no unit is in the tier, and no invoice once one is.
pub(super) fn by_agreement(cx: &mut Context<'_>, units: NodeId, span: Span) -> NodeId {
    let money = cx.money();
    let zero_units = cx.number(0, Type::Number, span);
    let any = cx.node(
        Op::Compare(crate::program::Comparison::Above, units, zero_units),
        Type::Flag,
        span,
    );
    let open = cx.node(Op::ByAgreement, money.clone(), span);
    let zero = cx.number(0, money.clone(), span);
    cx.node(Op::If(any, open, zero), money, span)
}

/// All units at the rate of the tier that the quantity reaches. The end of a tier belongs to it.
fn volume(cx: &mut Context<'_>, quantity: &Typed, tiers: &[Reached], span: Span) -> Priced {
    let kind = rate_type(tiers);
    let subject = cx.quote(quantity.span);
    let rate = reached_value(cx, quantity, tiers, &kind, &subject, span);
    let rate = Typed::new(rate, kind, span);
    let mut amount = slab_amount(cx, &rate, quantity, span);
    amount.share = share(&rate, quantity);
    Priced {
        amount,
        parts: Vec::new(),
        quantity: None,
    }
}

/// The type of the tiers' rates.
pub(super) fn rate_type(tiers: &[Reached]) -> Type {
    tiers
        .iter()
        .find_map(|tier| tier.price.as_ref())
        .map_or(Type::Unknown, |price| price.kind.clone())
}

/// The fee of the tier that the quantity reaches. The end of a tier belongs to it.
fn flat(cx: &mut Context<'_>, quantity: &Typed, tiers: &[Reached], span: Span) -> Priced {
    let money = cx.money();
    let subject = cx.quote(quantity.span);
    let fee = reached_value(cx, quantity, tiers, &money, &subject, span);
    Priced {
        amount: Typed::new(fee, money, span),
        parts: Vec::new(),
        quantity: Some(quantity.node),
    }
}

/// The rate or fee of the tier that the quantity reaches. `label` is its name in a story.
pub(super) fn reached_value(
    cx: &mut Context<'_>,
    quantity: &Typed,
    tiers: &[Reached],
    kind: &Type,
    label: &str,
    span: Span,
) -> NodeId {
    let bands: Vec<Band> = tiers
        .iter()
        .map(|tier| {
            let value = match &tier.price {
                Some(price) => price.node,
                None => cx.node(Op::ByAgreement, kind.clone(), tier.span),
            };
            let high = tier.upper.clone().map(|upper| (upper, true));
            Band {
                low: None,
                high,
                value,
                span: tier.span,
            }
        })
        .collect();
    let node = cx.node(
        Op::Bands(quantity.node, bands.into(), None),
        kind.clone(),
        span,
    );
    cx.graph.label(node, StepKind::Band, label, None);
    node
}
