//! Charges: what is paid for. A charge is a fixed amount, a price for each unit, or one of the tiered forms.

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::program::{NodeId, Op, PartPlan};
use crate::quantity::{Exact, Type, Unit};
use crate::syntax::tree::{Charge, Expr, Price, Pricing, Text};
use crate::text::Span;
use crate::typing::{Context, Share, Typed};

use super::worksheet::LineHead;
use super::{Worksheet, advance, at_cost, baseline, metering, packages, rate_card, tiers};

/// The price of a quantity: amount, share and slabs, before rounding.
pub(super) struct Priced {
    /// The amount, exact.
    pub(super) amount: Typed,
    /// The slabs, if any.
    pub(super) parts: Vec<PartPlan>,
    /// The quantity, if the share does not include it.
    pub(super) quantity: Option<NodeId>,
}

impl Priced {
    /// The price of something that was not understood.
    pub(super) fn unknown(cx: &mut Context<'_>, span: Span) -> Self {
        Self {
            amount: cx.unknown(span),
            parts: Vec::new(),
            quantity: None,
        }
    }
}

/// Reads a charge. Its lines are added to the plan, and its name means their sum.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    charge: &Charge,
    clause: Option<&Text>,
    span: Span,
) {
    let (dimension, amounts) = cx.each_member(charge.dimension.as_ref(), |cx| {
        let lines = match &charge.advance {
            Some(advance) => advance::read(cx, charge, advance, clause, span),
            None => priced(cx, charge, &charge.pricing, span)
                .into_iter()
                .map(|one| line(cx, charge, clause, one))
                .collect(),
        };
        sheet.charges.extend(&lines);
        let money = cx.money();
        let node = cx.sum(lines, money.clone(), span);
        Typed::new(node, money, charge.name.span)
    });
    cx.define(&charge.name.text, dimension, &amounts);
}

/// One line of a charge, before rounding.
pub(super) struct PricedLine {
    /// Its name: the charge's, with the member of a rate card.
    pub(super) name: String,
    /// Its price.
    pub(super) priced: Priced,
    /// Where it is stated.
    pub(super) span: Span,
}

/// The lines of a charge with that pricing.
pub(super) fn priced(
    cx: &mut Context<'_>,
    charge: &Charge,
    pricing: &Pricing,
    span: Span,
) -> Vec<PricedLine> {
    let priced = match pricing {
        Pricing::Amount(amount) => amount_of(cx, amount),
        Pricing::AtCost(terms) => at_cost::read(cx, terms),
        Pricing::For(quantity, price) => {
            let quantity = cx.expression(quantity);
            price_of(cx, &quantity, price)
        }
        Pricing::Card(path, arms) => {
            let arms = rate_card::read(cx, path, arms, span).into_iter();
            let line = |(member, priced, span)| PricedLine {
                name: format!("{}.{member}", charge.name.text),
                priced,
                span,
            };
            return arms.map(line).collect();
        }
    };
    let name = cx.member_name(&charge.name.text);
    vec![PricedLine { name, priced, span }]
}

/// Adds a line of the charge to the plan, and returns its amount.
pub(super) fn line(
    cx: &mut Context<'_>,
    charge: &Charge,
    clause: Option<&Text>,
    line: PricedLine,
) -> NodeId {
    let PricedLine { name, priced, span } = line;
    let amount = once(cx, charge, priced.amount.node);
    let rounded = cx.line_amount(amount, span);
    let head = LineHead {
        kind: LineKind::Charge,
        name,
        title: charge.title.as_ref().map(|title| title.text.as_str()),
        clause: clause.map(|clause| clause.text.as_str()),
        span,
    };
    let mut plan = head.line(cx, rounded, priced.amount.share.as_deref());
    plan.parts = priced.parts;
    plan.quantity = plan.quantity.or(priced.quantity);
    if charge.once_in.is_some() {
        plan.shown_when = Some(plan.amount);
    }
    let node = plan.amount;
    cx.plan.lines.push(plan);
    node
}

/// The amount in the one month in which it is charged, and zero in every other.
fn once(cx: &mut Context<'_>, charge: &Charge, amount: NodeId) -> NodeId {
    let Some((month, span)) = charge.once_in else {
        return amount;
    };
    if let Some(term) = cx.term.filter(|term| !term.has_month(month)) {
        let message = format!(
            "{month} is outside the contract's term, {} to {}",
            term.first, term.last
        );
        let finding = Diagnostic::error("once-out-of-term", span, message)
            .because("the amount would never be invoiced")
            .help("choose a month within the term");
        cx.report(finding);
    }
    let money = cx.money();
    let zero = cx.number(0, money.clone(), span);
    let month = cx.number(i64::from(month.index()), Type::Month, span);
    let now = cx.node(Op::Month, Type::Month, span);
    let due = cx.node(
        Op::Compare(crate::program::Comparison::Is, now, month),
        Type::Flag,
        span,
    );
    cx.node(Op::If(due, amount, zero), money, span)
}

fn amount_of(cx: &mut Context<'_>, amount: &Expr) -> Priced {
    let value = cx.expression(amount);
    let amount = cx.demand_amount(value, "a charge");
    Priced {
        amount,
        parts: Vec::new(),
        quantity: None,
    }
}

/// The price of a quantity, in any of the forms that a contract can write.
pub(super) fn price_of(cx: &mut Context<'_>, quantity: &Typed, price: &Price) -> Priced {
    let quantity = cx.demand_value(quantity.clone(), "a charge");
    if !matches!(price, Price::Metered(..)) {
        metering::units(cx, &quantity);
    }
    match price {
        Price::Rate(rate) => at_rate(cx, &quantity, rate),
        Price::Tiers(block) => tiers::read(cx, &quantity, block),
        Price::Packages { size, price } => packages::read(cx, &quantity, size, price),
        Price::Baseline(terms) => baseline::read(cx, &quantity, terms),
        Price::Metered(metering, price) => metering::read(cx, &quantity, *metering, price),
    }
}

fn at_rate(cx: &mut Context<'_>, quantity: &Typed, rate: &Expr) -> Priced {
    let rate_value = unit_price(cx, quantity, rate);
    let span = quantity.span.to(rate.span);
    let product = cx.share_of(rate_value, quantity.clone(), span);
    let amount = cx.demand_amount(product, "a charge");
    Priced {
        amount,
        parts: Vec::new(),
        quantity: None,
    }
}

/// A price as written after `at`. `4.20 EUR` means that amount for each unit of what is counted.
pub(super) fn unit_price(cx: &mut Context<'_>, quantity: &Typed, rate: &Expr) -> Typed {
    let value = cx.expression(rate);
    let (Type::Quantity(price), Some(unit)) = (&value.kind, quantity.kind.unit()) else {
        return value;
    };
    if price.as_currency().is_none() {
        return value;
    }
    let (kind, _) = price.divide(unit);
    retyped(cx, &value, kind)
}

fn retyped(cx: &mut Context<'_>, value: &Typed, unit: Unit) -> Typed {
    let kind = Type::Quantity(unit);
    match &value.constant {
        Some(constant) => cx.constant(constant.clone(), kind, value.span),
        None => {
            let node = cx.node(Op::Sum(Box::new([value.node])), kind.clone(), value.span);
            Typed::new(node, kind, value.span)
        }
    }
}

/// The rate times the quantity as an amount, with the factor between their units.
pub(super) fn slab_amount(
    cx: &mut Context<'_>,
    rate: &Typed,
    quantity: &Typed,
    span: Span,
) -> Typed {
    let product = cx.share_of(rate.clone(), quantity.clone(), span);
    cx.demand_amount(product, "the price of a tier")
}

/// The share and base of a priced quantity, for the line.
pub(super) fn share(rate: &Typed, base: &Typed) -> Option<Box<Share>> {
    Some(Box::new(Share {
        rate: rate.clone(),
        base: base.clone(),
    }))
}

/// A fixed amount as a plain value of the quantity's type.
pub(super) fn of_quantity(
    cx: &mut Context<'_>,
    value: Exact,
    quantity: &Typed,
    span: Span,
) -> NodeId {
    cx.graph.constant(value, quantity.kind.clone(), span)
}
