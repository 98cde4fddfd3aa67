//! What the parties share: the change of an exchange rate, and spending below or above a target.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Comparison, Fold, NodeId, Op, WindowMonths};
use crate::quantity::{Exact, Figure, Type};
use crate::syntax::tree::{
    Every, Expr, GainBand, PartyShare, ShareCurrency, ShareGain, ShareItem, Text, TierReach,
};
use crate::text::Span;
use crate::typing::{Context, OverTime, Share, Typed};

use super::adjustment::{base, reduction};
use super::amounts::period_amount;
use super::part_period::{FixedAmount, ask_for_part};
use super::{Deduction, DeductionKind, Worksheet, award};

/// Reads a share. Its amount becomes an adjustment, which is positive if the customer pays more.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    share: &ShareItem,
    clause: Option<&Text>,
    span: Span,
) {
    let made = match share {
        ShareItem::Currency(share) => currency(cx, share, span),
        ShareItem::Gain(share) => gain(cx, share, span),
    };
    let Some(made) = made else { return };
    let amount = cx.line_amount(made.amount, span);
    let held = reduction(cx, amount, span);
    let zero = cx.number(0, cx.money(), span);
    let shown = cx.node(
        Op::Compare(Comparison::IsNot, amount, zero),
        Type::Flag,
        span,
    );
    sheet.deductions.push(Deduction {
        kind: DeductionKind::Adjustment,
        name: made.name,
        item: made.item,
        title: made.title,
        clause: clause.map(|clause| clause.text.clone()),
        span,
        amount,
        held,
        share: made.share,
        cuts: Vec::new(),
        carried: false,
        applied: None,
        shown_when: Some(shown),
    });
}

/// An adjustment before it is rounded.
struct Made {
    name: String,
    item: String,
    title: Option<String>,
    amount: NodeId,
    share: Option<Share>,
}

/// The share × the change of the foreign currency's value × the charges.
fn currency(cx: &mut Context<'_>, share: &ShareCurrency, span: Span) -> Option<Made> {
    let rate = cx.value_of(&share.by);
    let rate = cx.demand_value(rate, "an exchange rate");
    let agreed = cx.expression(&share.base);
    let (rate, agreed) = cx.unify(&rate, &agreed, "compared with", share.base.span)?;
    let invoiced_above = invoiced_side(cx, &agreed)?;
    let (charges, words) = base(cx, &share.target, span)?;
    let percent = Type::Percent;
    let mut counted = rate.node;
    for (end, upper) in [(&share.up_to, true), (&share.down_to, false)] {
        let Some(end) = end else { continue };
        let end = rate_end(cx, end, &agreed)?;
        let both = Box::new([counted, end]);
        let op = if upper { Op::Min(both) } else { Op::Max(both) };
        counted = cx.node(op, rate.kind.clone(), span);
    }
    let one = cx.number(1, percent.clone(), span);
    let ratio = cx.node(Op::Divide(counted, agreed.node), percent.clone(), span);
    let change = cx.node(Op::Subtract(ratio, one), percent.clone(), span);
    let name = format!("change of {}", cx.quote(share.by.span));
    cx.graph.label(change, StepKind::Part, name, None);
    let change = beyond(cx, share, change)?;
    let change = if invoiced_above {
        change
    } else {
        let ratio = cx.node(Op::Sum(Box::new([one, change])), percent.clone(), span);
        let turned = cx.node(Op::Divide(one, ratio), percent.clone(), span);
        cx.node(Op::Subtract(turned, one), percent.clone(), span)
    };
    cx.graph.label(
        change,
        StepKind::Part,
        "change of the foreign currency's value",
        None,
    );
    let borne = party_share(cx, &share.share)?;
    let borne = if share.share.to_customer {
        borne
    } else {
        cx.node(Op::Subtract(one, borne), percent.clone(), span)
    };
    let taken = cx.node(Op::Multiply(borne, change), percent.clone(), span);
    cx.graph
        .label(taken, StepKind::Part, "the customer's share of it", None);
    let money = cx.money();
    let amount = cx.node(Op::Multiply(taken, charges.node), money, span);
    Some(Made {
        name: format!("{words} by {}", cx.quote(share.by.span)),
        item: words,
        title: None,
        amount,
        share: Some(Share {
            rate: Typed::new(taken, percent, span),
            base: charges,
        }),
    })
}

/// Whether the rate states how much of the invoice's currency one unit of the foreign currency costs. If neither of its
/// two currencies is the invoice's, a finding is reported.
fn invoiced_side(cx: &mut Context<'_>, agreed: &Typed) -> Option<bool> {
    let own = cx.currency()?;
    let parts: Vec<(bool, i32)> = agreed
        .kind
        .unit()
        .map(|unit| {
            unit.parts()
                .filter_map(|(base, exponent)| match base {
                    crate::quantity::BaseUnit::Currency(currency) => {
                        Some((*currency == own, exponent))
                    }
                    crate::quantity::BaseUnit::Counted(_) => None,
                })
                .collect()
        })
        .unwrap_or_default();
    let side = parts.iter().find(|(is_own, _)| *is_own);
    match (parts.len(), side) {
        (2, Some((_, exponent))) => Some(*exponent > 0),
        _ => {
            let text = cx.quote(agreed.span);
            let finding = Diagnostic::error(
                "not-an-exchange-rate",
                agreed.span,
                format!("`{text}` is not a rate between {own} and another currency"),
            )
            .help(format!(
                "write it as `1.35 {own} per USD` or `0.74 USD per {own}`, and name both in `currency`"
            ));
            cx.report(finding);
            None
        }
    }
}

/// An end of the rate, which may be written as a bare number.
fn rate_end(cx: &mut Context<'_>, end: &Expr, agreed: &Typed) -> Option<NodeId> {
    let value = cx.expression(end);
    if value.kind == Type::Number
        && let Some(constant) = &value.constant
    {
        return Some(
            cx.graph
                .constant(constant.clone(), agreed.kind.clone(), end.span),
        );
    }
    let value = cx.demand(value, &agreed.kind, "the limit of the rate");
    (!value.is_unknown()).then_some(value.node)
}

/// The change that is shared. Within the deadband it is none.
fn beyond(cx: &mut Context<'_>, share: &ShareCurrency, change: NodeId) -> Option<NodeId> {
    let Some(band) = &share.beyond else {
        return Some(change);
    };
    let level = cx.expression(&band.level);
    let level = cx.demand(level, &Type::Percent, "the deadband");
    if level.is_unknown() {
        return None;
    }
    let span = band.span;
    let percent = Type::Percent;
    let zero = cx.number(0, percent.clone(), span);
    let counted = match band.deductible {
        Some(false) => {
            let size = cx.node(Op::Abs(change), percent.clone(), span);
            let outside = cx.node(
                Op::Compare(Comparison::Above, size, level.node),
                Type::Flag,
                span,
            );
            cx.node(Op::If(outside, change, zero), percent, span)
        }
        Some(true) => {
            let less = cx.node(Op::Subtract(change, level.node), percent.clone(), span);
            let more = cx.node(
                Op::Sum(Box::new([change, level.node])),
                percent.clone(),
                span,
            );
            let rise = cx.node(Op::Max(Box::new([less, zero])), percent.clone(), span);
            let fall = cx.node(Op::Min(Box::new([more, zero])), percent.clone(), span);
            cx.node(Op::Sum(Box::new([rise, fall])), percent, span)
        }
        None => {
            ask_deadband(cx, &level, span);
            return None;
        }
    };
    cx.graph
        .label(counted, StepKind::Part, "change that counts", None);
    Some(counted)
}

fn ask_deadband(cx: &mut Context<'_>, level: &Typed, span: Span) {
    let words = cx.quote(level.span);
    let mut finding = Diagnostic::error(
        "open-deadband",
        span,
        format!("the contract does not say what is shared of a change beyond {words}"),
    );
    if let Some(level) = &level.constant {
        let three = Exact::ratio(3, 100).unwrap_or_else(Exact::zero);
        let shown = |share: Exact| Figure::new(share, Type::Percent).to_string();
        let change = level.add(&three);
        finding = finding.because(format!(
            "of a change of {}, the two readings share {} or {}",
            shown(change.clone()),
            shown(change),
            shown(three)
        ));
    }
    let finding = finding.help(format!(
        "write `beyond {words} franchise` if the whole change is shared then, or `beyond {words} deductible` if only \
         the part beyond is"
    ));
    cx.report(finding);
}

fn party_share(cx: &mut Context<'_>, share: &PartyShare) -> Option<NodeId> {
    let value = cx.expression(&share.share);
    let value = cx.demand(value, &Type::Percent, "a party's share");
    if value
        .constant
        .as_ref()
        .is_some_and(|share| *share > Exact::one())
    {
        cx.report(Diagnostic::error(
            "share-above-all",
            value.span,
            "a party's share is more than all of it",
        ));
        return None;
    }
    (!value.is_unknown()).then_some(value.node)
}

/// The shares of what is spent below the target, and of what is spent above it.
fn gain(cx: &mut Context<'_>, share: &ShareGain, span: Span) -> Option<Made> {
    let actual = cx.expression(&share.actual);
    let actual = cx.demand_amount(actual, "what is spent");
    let actual = cx.demand_value(actual, "what is spent");
    let target = target(cx, share);
    if actual.is_unknown() || target.is_unknown() {
        return None;
    }
    let (Some(gain), Some(pain)) = (&share.gain, &share.pain) else {
        let (word, side) = match share.gain {
            Some(_) => ("pain", "above"),
            None => ("gain", "below"),
        };
        let finding = Diagnostic::error(
            "one-sided-share",
            share.name.span,
            format!("the contract does not say who bears or keeps what is {side} the target"),
        )
        .help(format!("add `{word} …`, or `{word} nothing`"));
        cx.report(finding);
        return None;
    };
    let actual = over_period(cx, actual.node, share);
    cx.graph
        .label(actual, StepKind::Part, "spent in the period", None);
    let target = of_period(cx, &target, share)?;
    cx.graph
        .label(target, StepKind::Part, "target of the period", None);
    let money = cx.money();
    let below = cx.node(Op::Subtract(target, actual), money.clone(), span);
    let above = cx.node(Op::Subtract(actual, target), money.clone(), span);
    let mut parts = Vec::new();
    for (bands, distance, is_gain) in [(gain, below, true), (pain, above, false)] {
        parts.extend(side(cx, bands, distance, target, is_gain)?);
    }
    let mut amount = cx.sum(parts, money.clone(), span);
    if let Some((every, place)) = share.every
        && let Some(ends) = award::ends(cx, every, place)
    {
        let zero = cx.number(0, money.clone(), place);
        amount = cx.node(Op::If(ends, amount, zero), money, place);
    }
    Some(Made {
        name: share.name.text.clone(),
        item: share.name.text.clone(),
        title: share.title.as_ref().map(|title| title.text.clone()),
        amount,
        share: None,
    })
}

/// The amount with which the spending is compared: the period's amount, or the sum of the monthly amounts.
fn target(cx: &mut Context<'_>, share: &ShareGain) -> Typed {
    let every = share.every.map_or(Every::Month, |(every, _)| every);
    let target = cx.expression(&share.target);
    let target = period_amount(cx, target, "the target", every);
    cx.demand_value(target, "the target")
}

/// The target for the period of this month. A fixed target applies in part or in full if only a part of the period is
/// in the term.
fn of_period(cx: &mut Context<'_>, target: &Typed, share: &ShareGain) -> Option<NodeId> {
    let node = cx.graph.alias(target.node, share.name.span);
    let Some(every) = share.every.filter(|(every, _)| *every != Every::Month) else {
        return Some(node);
    };
    let fixed = cx.over_time(&share.target) == OverTime::Fixed && !is_per_month(cx, &share.target);
    if fixed {
        if !ask_for_part(cx, every, share.part, target, "due") {
            return None;
        }
        let fixed = FixedAmount {
            noun: "the share of gain",
            words: "share gain",
            name: share.name.text.clone(),
            open: "which target applies to",
            amount: "the target",
            every,
            part: share.part,
            span: share.name.span,
        };
        let target = Typed {
            node,
            ..target.clone()
        };
        let of_period = fixed.of_period(cx, &target)?;
        return Some(cx.graph.alias(of_period, target.span));
    }
    Some(node)
}

/// Whether there is an amount per month.
fn is_per_month(cx: &mut Context<'_>, target: &Expr) -> bool {
    let before = cx.diagnostics.len();
    let value = cx.unindexed(|cx| cx.expression(target));
    cx.diagnostics.truncate(before);
    super::amounts::is_per_month(cx, &value)
}

/// The value of the period up to this month.
fn over_period(cx: &mut Context<'_>, node: NodeId, share: &ShareGain) -> NodeId {
    let Some((every, span)) = share.every else {
        return cx.graph.alias(node, share.name.span);
    };
    let months = match every {
        Every::Month => return cx.graph.alias(node, span),
        Every::Quarter => WindowMonths::CalendarQuarter,
        Every::ContractYear => WindowMonths::ContractYear,
        Every::CalendarYear => WindowMonths::CalendarYear,
    };
    let node = cx.graph.alias(node, span);
    let series = cx.series_of(node);
    let money = cx.money();
    cx.node(Op::Window(series, Fold::Sum, months), money, span)
}

/// The slabs of one side. Each is the part of the distance between two shares of the target.
fn side(
    cx: &mut Context<'_>,
    bands: &[GainBand],
    distance: NodeId,
    target: NodeId,
    is_gain: bool,
) -> Option<Vec<NodeId>> {
    let money = cx.money();
    let mut lower = Exact::zero();
    let mut ended = bands.is_empty();
    let mut parts = Vec::new();
    for band in bands {
        let span = band.span;
        let upper = match &band.reach {
            TierReach::Beyond => None,
            TierReach::More(size) => Some(lower.add(&edge(cx, size)?)),
            TierReach::UpTo(end) => Some(edge(cx, end)?),
        };
        if ended || upper.as_ref().is_some_and(|upper| *upper <= lower) {
            cx.report(
                Diagnostic::error("tier-out-of-order", span, "this band is empty")
                    .help("write the bands from the smallest to the largest, and `beyond` last"),
            );
            return None;
        }
        let ratio = party_share(cx, &band.share)?;
        let share_of_target = |cx: &mut Context<'_>, share: &Exact| {
            let share = cx.graph.constant(share.clone(), Type::Percent, span);
            cx.node(Op::Multiply(share, target), cx.money(), span)
        };
        let start = share_of_target(cx, &lower);
        let mut reached = distance;
        if let Some(upper) = &upper {
            let end = share_of_target(cx, upper);
            reached = cx.node(Op::Min(Box::new([reached, end])), money.clone(), span);
        }
        let within = cx.node(Op::Subtract(reached, start), money.clone(), span);
        let zero = cx.number(0, money.clone(), span);
        let within = cx.node(Op::Max(Box::new([within, zero])), money.clone(), span);
        let part = cx.node(Op::Multiply(within, ratio), money.clone(), span);
        // The supplier's gains and the customer's part of an overrun are added to the invoice.
        let adds = is_gain != band.share.to_customer;
        let part = if adds {
            cx.node(Op::Sum(Box::new([part])), money.clone(), span)
        } else {
            cx.node(Op::Negate(part), money.clone(), span)
        };
        let words = cx.quote(span);
        cx.graph.label(part, StepKind::Slab, words, None);
        parts.push(part);
        ended = upper.is_none();
        lower = upper.unwrap_or(lower);
    }
    if !ended && let Some(last) = bands.last() {
        let end = Figure::new(lower, Type::Percent);
        let finding = Diagnostic::error(
            "open-last-tier",
            last.span,
            format!("the contract does not say what applies beyond {end} of the target"),
        )
        .because("a month with more could not be invoiced")
        .help(
            "add `beyond 25% to supplier`, or `beyond 0% to supplier` if nothing is shared there",
        );
        cx.report(finding);
        return None;
    }
    Some(parts)
}

fn edge(cx: &mut Context<'_>, at: &Expr) -> Option<Exact> {
    let value = cx.expression(at);
    let value = cx.demand(value, &Type::Percent, "the end of a band");
    cx.demand_constant(&value, "the end of a band")
}
