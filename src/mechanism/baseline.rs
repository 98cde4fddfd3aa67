//! A price for a baseline of units, which applies within the deadband. Outside it, more units cost more (ARC) and fewer
//! units are paid back (RRC), in slabs of the deviation.
//!
//! The deviation is the month's units minus the baseline. A slab has the units between the end of the previous slab and
//! its own end, both as shares of the baseline. With a franchise, a month outside the deadband counts its whole
//! deviation from the baseline. With a deductible, it counts only what is beyond the deadband.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Comparison, NodeId, Op, PartPlan};
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{
    Baseline, BaselineSide, BaselineSlab, Deadband, DeadbandKind, Expr, SlabPrice,
};
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::charge::{Priced, of_quantity, slab_amount, unit_price};
use super::tiers::by_agreement;
use super::worksheet::slab_part;

/// The terms after they have been read.
struct Terms {
    quantity: Typed,
    /// The units of the baseline.
    units: Typed,
    /// The price of a month at the baseline.
    price: Typed,
    /// The deadband's width as a share of the baseline; 0 if there is none.
    width: Exact,
    kind: DeadbandKind,
    above: Side,
    below: Side,
}

struct Side {
    /// Whether it prices the units above the baseline.
    is_above: bool,
    slabs: Vec<Slab>,
    span: Span,
}

struct Slab {
    /// Its end as a share of the baseline; nothing for the last slab.
    end: Option<Exact>,
    price: Price,
    span: Span,
}

enum Price {
    Rate(Typed),
    ByAgreement,
    /// Its units cost nothing more.
    Free,
}

/// Reads the price of a quantity by its distance from a baseline.
pub(super) fn read(cx: &mut Context<'_>, quantity: &Typed, baseline: &Baseline) -> Priced {
    match terms(cx, quantity, baseline) {
        Some(terms) => priced(cx, &terms, baseline.span),
        None => Priced::unknown(cx, baseline.span),
    }
}

/// The terms; nothing if a mistake was reported.
fn terms(cx: &mut Context<'_>, quantity: &Typed, baseline: &Baseline) -> Option<Terms> {
    let units = cx.expression(&baseline.units);
    let units = cx.demand(units, &quantity.kind, "the baseline");
    let price = cx.expression(&baseline.price);
    let price = cx.demand_amount(price, "the price of the baseline");
    // The price comes first, so that the question shows money if the contract does not say what a part month costs.
    let price = cx.fixed_in_part_months(price);
    let units = cx.fixed_in_part_months(units);
    let width = match &baseline.deadband {
        Some(deadband) => width(cx, deadband),
        None => Some(Exact::zero()),
    };
    let above = side(cx, quantity, &baseline.above, true);
    let below = side(cx, quantity, &baseline.below, false);
    let unknown = quantity.is_unknown() || units.is_unknown() || price.is_unknown();
    let (false, Some(above), Some(below), Some(width)) = (unknown, above, below, width) else {
        return None;
    };
    let mut terms = Terms {
        quantity: quantity.clone(),
        units,
        price,
        width,
        kind: DeadbandKind::Franchise,
        above,
        below,
    };
    if let Some(deadband) = &baseline.deadband {
        terms.kind = kind(cx, &terms, deadband)?;
        if terms.kind == DeadbandKind::Deductible {
            ends_beyond_deadband(cx, &terms, deadband)?;
        }
    }
    Some(terms)
}

fn width(cx: &mut Context<'_>, deadband: &Deadband) -> Option<Exact> {
    let width = share(cx, &deadband.share, "the width of a deadband")?;
    if width <= Exact::zero() {
        let finding = Diagnostic::error(
            "deadband-size",
            deadband.share.span,
            "a deadband must be wider than nothing",
        )
        .help("remove it if the price changes with every unit");
        cx.report(finding);
        return None;
    }
    Some(width)
}

fn share(cx: &mut Context<'_>, share: &Expr, what: &str) -> Option<Exact> {
    let value = cx.expression(share);
    let value = cx.demand(value, &Type::Percent, what);
    cx.demand_constant(&value, what)
}

/// The slabs of a side, each beyond the previous one; nothing if a mistake was reported.
fn side(
    cx: &mut Context<'_>,
    quantity: &Typed,
    side: &BaselineSide,
    is_above: bool,
) -> Option<Side> {
    let mut slabs: Vec<Slab> = Vec::new();
    let mut sound = true;
    for slab in &side.slabs {
        let end = slab
            .up_to
            .as_ref()
            .map(|end| share(cx, end, "the end of a slab"));
        let before = slabs.last().map(|last| (last.end.clone(), last.span));
        let price = price(cx, quantity, slab, before.as_ref());
        let (Some(price), false) = (price, end == Some(None)) else {
            sound = false;
            continue;
        };
        let end = end.flatten();
        sound &= in_order(cx, slab, end.as_ref(), before.as_ref());
        slabs.push(Slab {
            end,
            price,
            span: slab.span,
        });
    }
    // Nobody delivers a negative number of units, so nothing is beyond 100% below the baseline.
    let last = slabs.last().and_then(|last| last.end.clone());
    if let (true, Some(end)) = (sound, last)
        && (is_above || end < Exact::one())
    {
        ask_beyond(cx, &end, slabs.last()?.span, is_above);
        sound = false;
    }
    sound.then_some(Side {
        is_above,
        slabs,
        span: side.span,
    })
}

fn price(
    cx: &mut Context<'_>,
    quantity: &Typed,
    slab: &BaselineSlab,
    before: Option<&(Option<Exact>, Span)>,
) -> Option<Price> {
    match &slab.price {
        SlabPrice::Rate(rate) => {
            let rate = unit_price(cx, quantity, rate);
            (!rate.is_unknown()).then_some(Price::Rate(rate))
        }
        SlabPrice::ByAgreement => Some(Price::ByAgreement),
        SlabPrice::AsAt(at) => {
            let end = share(cx, at, "the end of a slab")?;
            let last = before.and_then(|(end, _)| end.clone());
            if last.as_ref() == Some(&end) && slab.up_to.is_none() {
                return Some(Price::Free);
            }
            let message = match &last {
                Some(last) => format!("the slabs before it end at {}", percent(last)),
                None => "no slab ends before it".to_owned(),
            };
            let finding = Diagnostic::error("wrong-as-at", at.span, message)
                .because("`beyond as at …` means that the units beyond cost as much as all units up to that end, and \
                          no more")
                .help(match &last {
                    Some(last) => format!("write `beyond as at {}`, or a rate", percent(last)),
                    None => "write `nothing`, or a slab before it: `up to 20%: 42 GBP per ticket; beyond as at 20%`".to_owned(),
                });
            cx.report(finding);
            None
        }
    }
}

/// Whether a slab ends after the previous one. If it does not, a finding is reported.
fn in_order(
    cx: &mut Context<'_>,
    slab: &BaselineSlab,
    end: Option<&Exact>,
    before: Option<&(Option<Exact>, Span)>,
) -> bool {
    let (code, message) = match (before, end) {
        (Some((None, _)), _) => (
            "tier-after-last",
            "nothing is left for this slab".to_owned(),
        ),
        (Some((Some(former), _)), Some(end)) if end <= former => (
            "tier-out-of-order",
            format!(
                "this slab ends at {}, but the slab before it already reaches {}",
                percent(end),
                percent(former)
            ),
        ),
        (None, Some(end)) if *end <= Exact::zero() => (
            "tier-out-of-order",
            "this slab ends before it begins".to_owned(),
        ),
        _ => return true,
    };
    let mut finding = Diagnostic::error(code, slab.span, message)
        .because("a slab that ends before it begins has no units, so its price would never be paid")
        .help("write the slabs from the baseline outwards; each end is a share of the baseline, and `beyond` is last");
    if let Some((_, span)) = before {
        finding = finding.and_at(*span, "the slab before");
    }
    cx.report(finding);
    false
}

fn ask_beyond(cx: &mut Context<'_>, end: &Exact, span: Span, is_above: bool) {
    let (end, side, rate) = match is_above {
        true => (percent(end), "above", "36 GBP per ticket"),
        false => (percent(end), "below", "25 GBP per ticket back"),
    };
    let finding = Diagnostic::error(
        "open-last-tier",
        span,
        format!("the contract does not say what applies further {side} the baseline than {end}"),
    )
    .because("a month with that volume could not be invoiced")
    .help(format!(
        "add a rate (`beyond {rate}`), `beyond by agreement`, or `beyond as at {end}` if it costs no more than that"
    ));
    cx.report(finding);
}

/// Franchise or deductible. The contract must say which if it makes a difference, that is if any unit has a rate.
fn kind(cx: &mut Context<'_>, terms: &Terms, deadband: &Deadband) -> Option<DeadbandKind> {
    let rated = [&terms.above, &terms.below].into_iter().find(|side| {
        side.slabs
            .iter()
            .any(|slab| matches!(slab.price, Price::Rate(_)))
    });
    let (None, Some(side)) = (deadband.kind, rated) else {
        return Some(deadband.kind.unwrap_or(DeadbandKind::Franchise));
    };
    let why = readings(terms, side);
    let why = why.unwrap_or_else(|| "the two readings pay differently".to_owned());
    let finding = Diagnostic::error(
        "open-deadband",
        deadband.span,
        "the contract does not say which units count outside the deadband",
    )
    .and_at(side.span, "they are priced here")
    .because(why)
    .help(
        "write `franchise` if all units from the baseline on count, or `deductible` if only those beyond the deadband do",
    );
    cx.report(finding);
    None
}

/// Both readings, computed for a month twice as far from the baseline as the deadband reaches, or at the end of the
/// first slab.
fn readings(terms: &Terms, side: &Side) -> Option<String> {
    let slab = side.slabs.first()?;
    let Price::Rate(rate) = &slab.price else {
        return None;
    };
    let base = terms.units.constant.as_ref()?;
    let twice = terms.width.add(&terms.width);
    let share = match &slab.end {
        Some(end) if *end < twice => end.clone(),
        _ => twice,
    };
    if share <= terms.width {
        return None;
    }
    let (money, factor) = rate.kind.unit()?.multiply(terms.quantity.kind.unit()?);
    let cost = |share: &Exact| {
        let units = base.multiply(share).multiply(&factor);
        let amount = rate.constant.as_ref()?.multiply(&units);
        let start = terms.price.constant.as_ref()?;
        Some(match side.is_above {
            true => start.add(&amount),
            false => start.subtract(&amount),
        })
    };
    let units = base.multiply(&share);
    let units = match side.is_above {
        true => base.add(&units),
        false => base.subtract(&units),
    };
    let figure = |value: Exact| Figure::new(value, Type::Quantity(money.clone()));
    Some(format!(
        "a month with {} costs {} if all units from the baseline on count, and {} if only those beyond the deadband do",
        Figure::new(units, terms.quantity.kind.clone()),
        figure(cost(&share)?),
        figure(cost(&share.subtract(&terms.width))?),
    ))
}

/// Checks that each slab ends beyond the deadband. With a deductible, a slab that ends within it has no units.
fn ends_beyond_deadband(cx: &mut Context<'_>, terms: &Terms, deadband: &Deadband) -> Option<()> {
    let within = [&terms.above, &terms.below]
        .into_iter()
        .flat_map(|side| &side.slabs)
        .find(|slab| slab.end.as_ref().is_some_and(|end| *end <= terms.width));
    let Some(slab) = within else {
        return Some(());
    };
    let finding = Diagnostic::error(
        "slab-within-deadband",
        slab.span,
        "this slab ends within the deadband",
    )
    .and_at(deadband.span, "the deadband")
    .because("with a deductible only units beyond the deadband count, so its price would never be paid")
    .help("let it end further out: the ends of slabs are measured from the baseline, not from the deadband");
    cx.report(finding);
    None
}

fn priced(cx: &mut Context<'_>, terms: &Terms, span: Span) -> Priced {
    let mut parts = vec![baseline_part(cx, terms)];
    let mut amounts = vec![terms.price.node];
    for side in [&terms.above, &terms.below] {
        if !side.slabs.is_empty() {
            slabs(cx, terms, side, &mut parts, &mut amounts);
        }
    }
    let money = cx.money();
    let node = cx.sum(amounts, money.clone(), span);
    Priced {
        amount: Typed::new(node, money, span),
        parts,
        quantity: Some(terms.quantity.node),
    }
}

/// The price of the baseline, shown as one month of it.
fn baseline_part(cx: &mut Context<'_>, terms: &Terms) -> PartPlan {
    let label = format!("baseline of {}", cx.quote(terms.units.span));
    let span = terms.price.span;
    let month = cx.units.find("months").map(crate::quantity::Unit::from);
    let (quantity, rate) = match (month, terms.price.kind.unit()) {
        (Some(month), Some(money)) => (
            Type::Quantity(month.clone()),
            Type::Quantity(money.divide(&month).0),
        ),
        _ => (Type::Number, terms.price.kind.clone()),
    };
    let quantity = cx.number(1, quantity, span);
    let rate = cx.node(Op::Sum(Box::new([terms.price.node])), rate, span);
    PartPlan {
        label,
        quantity,
        rate,
        amount: terms.price.node,
    }
}

/// The units of one side, slab by slab, with what they cost or give back.
fn slabs(
    cx: &mut Context<'_>,
    terms: &Terms,
    side: &Side,
    parts: &mut Vec<PartPlan>,
    amounts: &mut Vec<NodeId>,
) {
    let words = if side.is_above { "above" } else { "below" };
    let counted = counted(cx, terms, side, words);
    let mut start = match terms.kind {
        DeadbandKind::Franchise => Exact::zero(),
        DeadbandKind::Deductible => terms.width.clone(),
    };
    for slab in &side.slabs {
        let units = between(cx, terms, counted, &start, slab);
        start = slab.end.clone().unwrap_or(start);
        let rate = match &slab.price {
            Price::Free => continue,
            Price::ByAgreement => {
                amounts.push(by_agreement(cx, units.node, slab.span));
                continue;
            }
            Price::Rate(rate) if side.is_above => rate.clone(),
            Price::Rate(rate) => {
                let node = cx.node(Op::Negate(rate.node), rate.kind.clone(), rate.span);
                Typed::new(node, rate.kind.clone(), rate.span)
            }
        };
        let amount = slab_amount(cx, &rate, &units, slab.span);
        let label = match &slab.end {
            Some(end) => format!("{words} the baseline, up to {}", percent(end)),
            None => format!("{words} the baseline"),
        };
        parts.push(slab_part(cx, label, units.node, rate.node, amount.node));
        amounts.push(amount.node);
    }
}

/// The deviation on one side, as far as it counts. Within the deadband nothing counts.
fn counted(cx: &mut Context<'_>, terms: &Terms, side: &Side, words: &str) -> NodeId {
    let kind = terms.quantity.kind.clone();
    let (more, less) = match side.is_above {
        true => (terms.quantity.node, terms.units.node),
        false => (terms.units.node, terms.quantity.node),
    };
    let difference = cx.node(Op::Subtract(more, less), kind.clone(), side.span);
    let zero = cx.number(0, kind.clone(), side.span);
    let deviation = Op::Max(Box::new([difference, zero]));
    let deviation = cx.node(deviation, kind.clone(), side.span);
    let name = cx.quote(terms.quantity.span);
    let label = format!("{name} {words} the baseline");
    cx.graph.label(deviation, StepKind::Part, label, None);
    if terms.width.is_zero() || terms.kind == DeadbandKind::Deductible {
        return deviation;
    }
    let width = of_baseline(cx, terms, &terms.width, side.span);
    let outside = Op::Compare(Comparison::Above, deviation, width);
    let outside = cx.node(outside, Type::Flag, side.span);
    let label = format!("outside of the deadband of {}", percent(&terms.width));
    cx.graph.label(outside, StepKind::Condition, label, None);
    cx.node(Op::If(outside, deviation, zero), kind, side.span)
}

/// The counted units between a share of the baseline and the slab's end.
fn between(
    cx: &mut Context<'_>,
    terms: &Terms,
    counted: NodeId,
    start: &Exact,
    slab: &Slab,
) -> Typed {
    let kind = terms.quantity.kind.clone();
    let mut units = counted;
    if let Some(end) = &slab.end {
        let end = of_baseline(cx, terms, end, slab.span);
        let capped = Op::Min(Box::new([units, end]));
        units = cx.node(capped, kind.clone(), slab.span);
    }
    if !start.is_zero() {
        let start = of_baseline(cx, terms, start, slab.span);
        let beyond = cx.node(Op::Subtract(units, start), kind.clone(), slab.span);
        let zero = cx.number(0, kind.clone(), slab.span);
        units = cx.node(Op::Max(Box::new([beyond, zero])), kind.clone(), slab.span);
    }
    Typed::new(units, kind, slab.span)
}

/// A share of the baseline, in units.
fn of_baseline(cx: &mut Context<'_>, terms: &Terms, share: &Exact, span: Span) -> NodeId {
    if let Some(units) = &terms.units.constant {
        return of_quantity(cx, units.multiply(share), &terms.quantity, span);
    }
    let share = cx.graph.constant(share.clone(), Type::Percent, span);
    let kind = terms.quantity.kind.clone();
    cx.node(Op::Multiply(share, terms.units.node), kind, span)
}

fn percent(share: &Exact) -> String {
    Figure::new(share.clone(), Type::Percent).to_string()
}
