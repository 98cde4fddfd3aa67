//! Metering: tiers and packages that count the units of several months together.
//!
//! A month costs what the period's units up to and including this month cost, minus what those before it cost, both at
//! this month's prices. So the months of a period add up to what all its units cost at once, and a price that changes
//! within the period applies to later units.
//!
//! The units of earlier months are read from their series. If one of these months could not be computed, it is unknown
//! which tier is reached, and the month is not invoiced until the earlier one is fixed.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Before, Comparison, Fold, NodeId, Op, PartPlan, WindowMonths};
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{EarlierUnits, Every, Metering, MeteringPeriod, Price, TierKind, Tiers};
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::charge::{Priced, price_of, share, slab_amount};
use super::packages::{Package, packages_type};
use super::tiers::{self, Reached};
use super::worksheet::slab_part;

/// The name, in a story, of the rate for the tier that the period's units reach.
const RATE_NOW: &str = "rate reached by the units so far";

/// A quantity counted over a period.
struct Meter {
    /// This month's units.
    month: Typed,
    /// The units of the period's earlier months.
    before: Typed,
    /// Both together.
    so_far: Typed,
    /// Whether the period has an earlier month.
    begun: NodeId,
}

/// Reads `metered each contract year` with the tiers or packages after it.
pub(super) fn read(
    cx: &mut Context<'_>,
    quantity: &Typed,
    metering: Metering,
    price: &Price,
) -> Priced {
    if metering.over == MeteringPeriod::Each(Every::Month) {
        return price_of(cx, quantity, price);
    }
    match price {
        Price::Tiers(block) => metered_tiers(cx, quantity, metering, block),
        Price::Packages { size, price } => {
            let span = size.span.to(price.span);
            match Package::read(cx, quantity, size, price) {
                Some(package) => packages(cx, quantity, metering, &package, span),
                None => Priced::unknown(cx, span),
            }
        }
        // Only tiers or packages can be metered. A rate costs the same however its units are counted.
        Price::Rate(_) | Price::Baseline(_) | Price::Metered(..) => price_of(cx, quantity, price),
    }
}

/// The units of a charge as a fact. A metered text counts those of earlier months, whatever text priced them at the
/// time.
pub(super) fn units(cx: &mut Context<'_>, quantity: &Typed) -> NodeId {
    cx.fact(quantity.span, "units", quantity.node, Before::NotThere)
}

fn metered_tiers(
    cx: &mut Context<'_>,
    quantity: &Typed,
    metering: Metering,
    block: &Tiers,
) -> Priced {
    let ladder = tiers::ladder(cx, quantity, block);
    let earlier = earlier_units(cx, quantity, metering, block, ladder.as_deref());
    let Some(ladder) = ladder else {
        return Priced::unknown(cx, block.span);
    };
    let meter = Meter::new(cx, quantity, metering);
    match (block.kind, earlier) {
        (TierKind::Graduated, _) => graduated(cx, &meter, &ladder, block.span),
        (TierKind::Flat, _) => flat(cx, &meter, &ladder, block.span),
        (TierKind::Volume, Some(EarlierUnits::Repriced)) => {
            repriced(cx, &meter, &ladder, block.span)
        }
        (TierKind::Volume, Some(EarlierUnits::Kept)) => kept(cx, &meter, &ladder, block.span),
        (TierKind::Volume, None) => Priced::unknown(cx, block.span),
    }
}

impl Meter {
    fn new(cx: &mut Context<'_>, quantity: &Typed, metering: Metering) -> Self {
        let (months, words) = match metering.over {
            MeteringPeriod::Each(Every::Month | Every::Quarter) => {
                (WindowMonths::CalendarQuarterBefore, "quarter")
            }
            MeteringPeriod::Each(Every::ContractYear) => {
                (WindowMonths::ContractYearBefore, "contract year")
            }
            MeteringPeriod::Each(Every::CalendarYear) => {
                (WindowMonths::CalendarYearBefore, "calendar year")
            }
            MeteringPeriod::Term => (WindowMonths::TermBefore, "term"),
        };
        let (kind, span) = (quantity.kind.clone(), quantity.span);
        let units = units(cx, quantity);
        let series = cx.series_of(units);
        let name = cx.quote(span);
        let before = cx.node(
            Op::Window(series, Fold::Sum, months),
            kind.clone(),
            metering.span,
        );
        let label = format!("{name} earlier in the {words}");
        cx.graph.label(before, StepKind::Part, label, None);
        let so_far = Op::Sum(Box::new([before, quantity.node]));
        let so_far = cx.node(so_far, kind.clone(), metering.span);
        let label = format!("{name} in the {words} so far");
        cx.graph.label(so_far, StepKind::Part, label, None);
        let months = cx.node(Op::MonthsIn(series, months), Type::Number, metering.span);
        let none = cx.number(0, Type::Number, metering.span);
        let begun = Op::Compare(Comparison::Above, months, none);
        Self {
            month: quantity.clone(),
            before: Typed::new(before, kind.clone(), span),
            so_far: Typed::new(so_far, kind, span),
            begun: cx.node(begun, Type::Flag, metering.span),
        }
    }
}

/// For each slab, its units so far minus those that filled it before.
fn graduated(cx: &mut Context<'_>, meter: &Meter, ladder: &[Reached], span: Span) -> Priced {
    let mut lower = Exact::zero();
    let mut parts = Vec::new();
    let mut amounts = Vec::new();
    for tier in ladder {
        let so_far = tiers::slab_units(cx, &meter.so_far, &lower, tier);
        let before = tiers::slab_units(cx, &meter.before, &lower, tier);
        let kind = meter.month.kind.clone();
        let units = cx.node(Op::Subtract(so_far, before), kind.clone(), tier.span);
        lower = tier.upper.clone().unwrap_or(lower);
        let Some(rate) = &tier.price else {
            amounts.push(tiers::by_agreement(cx, units, tier.span));
            continue;
        };
        let units = Typed::new(units, kind, tier.span);
        let amount = slab_amount(cx, rate, &units, tier.span);
        let label = tiers::label(cx, tier);
        parts.push(slab_part(cx, label, units.node, rate.node, amount.node));
        amounts.push(amount.node);
    }
    sum_of(cx, amounts, parts, meter, span)
}

fn sum_of(
    cx: &mut Context<'_>,
    amounts: Vec<NodeId>,
    parts: Vec<PartPlan>,
    meter: &Meter,
    span: Span,
) -> Priced {
    let money = cx.money();
    let node = cx.sum(amounts, money.clone(), span);
    Priced {
        amount: Typed::new(node, money, span),
        parts,
        quantity: Some(meter.month.node),
    }
}

/// All units so far at the rate that is reached, minus the earlier units at the rate that they had reached.
fn repriced(cx: &mut Context<'_>, meter: &Meter, ladder: &[Reached], span: Span) -> Priced {
    let kind = tiers::rate_type(ladder);
    let zero = cx.number(0, meter.before.kind.clone(), span);
    let taken_back = Op::Subtract(zero, meter.before.node);
    let taken_back = cx.node(taken_back, meter.before.kind.clone(), span);
    let sides = [
        (&meter.so_far, meter.so_far.node, "units so far", RATE_NOW),
        (
            &meter.before,
            taken_back,
            "less the earlier units",
            "rate reached earlier",
        ),
    ];
    let mut amounts = Vec::new();
    let mut parts = Vec::new();
    for (reaches, units, label, rate) in sides {
        let rate = tiers::reached_value(cx, reaches, ladder, &kind, rate, span);
        let rate = Typed::new(rate, kind.clone(), span);
        let units = Typed::new(units, reaches.kind.clone(), span);
        let amount = slab_amount(cx, &rate, &units, span);
        cx.graph.label(amount.node, StepKind::Slab, label, None);
        parts.push(PartPlan {
            label: label.to_owned(),
            quantity: units.node,
            rate: rate.node,
            amount: amount.node,
        });
        amounts.push(amount.node);
    }
    sum_of(cx, amounts, parts, meter, span)
}

/// This month's units at the rate that the units so far reach.
fn kept(cx: &mut Context<'_>, meter: &Meter, ladder: &[Reached], span: Span) -> Priced {
    let kind = tiers::rate_type(ladder);
    let rate = tiers::reached_value(cx, &meter.so_far, ladder, &kind, RATE_NOW, span);
    let rate = Typed::new(rate, kind, span);
    let mut amount = slab_amount(cx, &rate, &meter.month, span);
    amount.share = share(&rate, &meter.month);
    Priced {
        amount,
        parts: Vec::new(),
        quantity: None,
    }
}

/// The fee of the tier reached so far, minus the fee of the tier reached before. In the period's first month, the whole
/// fee.
fn flat(cx: &mut Context<'_>, meter: &Meter, ladder: &[Reached], span: Span) -> Priced {
    let money = cx.money();
    let label = "fee reached by the units so far";
    let now = tiers::reached_value(cx, &meter.so_far, ladder, &money, label, span);
    let label = "fee reached earlier";
    let then = tiers::reached_value(cx, &meter.before, ladder, &money, label, span);
    let zero = cx.number(0, money.clone(), span);
    let charged = cx.node(Op::If(meter.begun, then, zero), money.clone(), span);
    let label = "charged earlier in the period";
    cx.graph.label(charged, StepKind::Part, label, None);
    let node = cx.node(Op::Subtract(now, charged), money.clone(), span);
    Priced {
        amount: Typed::new(node, money, span),
        parts: Vec::new(),
        quantity: Some(meter.month.node),
    }
}

/// The packages that this month's units begin, beyond those that earlier months began.
fn packages(
    cx: &mut Context<'_>,
    quantity: &Typed,
    metering: Metering,
    package: &Package,
    span: Span,
) -> Priced {
    let meter = Meter::new(cx, quantity, metering);
    let so_far = package.begun(cx, &meter.so_far);
    let label = "packages begun so far";
    cx.graph.label(so_far, StepKind::Part, label, None);
    let before = package.begun(cx, &meter.before);
    let label = "packages begun earlier in the period";
    cx.graph.label(before, StepKind::Part, label, None);
    let count = cx.node(Op::Subtract(so_far, before), packages_type(cx), span);
    package.priced(cx, count)
}

/// The rule for the units of earlier months. Volume tiers must state one, and nothing else can.
fn earlier_units(
    cx: &mut Context<'_>,
    quantity: &Typed,
    metering: Metering,
    block: &Tiers,
    ladder: Option<&[Reached]>,
) -> Option<EarlierUnits> {
    match (block.kind, block.earlier) {
        (TierKind::Volume, Some((earlier, _))) => Some(earlier),
        (TierKind::Volume, None) => {
            ask_for_ruling(cx, quantity, metering, ladder);
            None
        }
        (TierKind::Graduated | TierKind::Flat, None) => None,
        (TierKind::Graduated | TierKind::Flat, Some((_, span))) => {
            let finding = Diagnostic::error(
                "no-earlier-units",
                span,
                "only volume tiers have one rate for all units",
            )
            .because("a slab or a fee that earlier months have used up is paid, and a later tier does not change it")
            .help("remove it");
            cx.report(finding);
            None
        }
    }
}

fn ask_for_ruling(
    cx: &mut Context<'_>,
    quantity: &Typed,
    metering: Metering,
    ladder: Option<&[Reached]>,
) {
    let why = ladder.and_then(|ladder| readings(quantity, ladder));
    let why = why.unwrap_or_else(|| "the two readings pay differently".to_owned());
    let finding = Diagnostic::error(
        "open-repricing",
        metering.span,
        "the contract does not say what a tier that is reached later means for the units before it",
    )
    .here("the units of several months reach the tiers together")
    .because(why)
    .help(
        "write `volume, repricing earlier units` if they also take the reached rate, or `volume, keeping earlier \
         prices` if they stay at what they cost",
    );
    cx.report(finding);
}

/// Both readings, computed for a month that goes from the end of one tier to the end of the next.
fn readings(quantity: &Typed, ladder: &[Reached]) -> Option<String> {
    let at = ladder
        .iter()
        .zip(ladder.iter().skip(1))
        .find(|(former, next)| former.price.is_some() && next.price.is_some());
    let (former, next) = at?;
    let before = former.upper.as_ref()?;
    let so_far = match &next.upper {
        Some(upper) => upper.clone(),
        None => before.add(before),
    };
    let units = so_far.subtract(before);
    let cost = |tier: &Reached, units: &Exact| {
        let price = tier.price.as_ref()?;
        let (money, factor) = price.kind.unit()?.multiply(quantity.kind.unit()?);
        let amount = price.constant.as_ref()?.multiply(units).multiply(&factor);
        Some((amount, Type::Quantity(money)))
    };
    let (kept, money) = cost(next, &units)?;
    let all = cost(next, &so_far)?.0;
    let repriced = all.subtract(&cost(former, before)?.0);
    let figure = |value: Exact, kind: &Type| Figure::new(value, kind.clone());
    Some(format!(
        "after {}, a month with {} more costs {} if the earlier units also take the new rate, and {} if they keep \
         theirs",
        figure(before.clone(), &quantity.kind),
        figure(units, &quantity.kind),
        figure(repriced, &money),
        figure(kept, &money),
    ))
}
