//! Credits and bonuses outside a service level: an amount, by bands or by an expression.

use crate::program::{Comparison, EveryMonth, NodeId, Op};
use crate::quantity::{Exact, Type};
use crate::syntax::tree::{Award, AwardKind, AwardTerms, Every, Text};
use crate::text::Span;
use crate::typing::{BandsDefault, BandsOf, Context, Typed};

use super::amounts::period_amount;
use super::negative::{refuse_negative, refuse_negative_bands};
use super::open_amount::or_last_month;
use super::{Deduction, DeductionKind, Replacing, Worksheet};

/// Reads a credit or bonus. Its name means its amount before limits, as a positive number.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    award: &Award,
    clause: Option<&Text>,
    span: Span,
) {
    let (dimension, amounts) = cx.each_member(award.dimension.as_ref(), |cx| {
        let value = match &award.terms {
            AwardTerms::Amount(amount) => {
                let every = award.every.map_or(Every::Month, |(every, _)| every);
                refuse_negative(cx, amount, what(award.kind));
                let value = cx.expression(amount);
                period_amount(cx, value, what(award.kind), every)
            }
            AwardTerms::Bands(subject, bands) => {
                refuse_negative_bands(cx, bands, what(award.kind));
                let subject = cx.expression(subject);
                let money = cx.money();
                let of = BandsOf {
                    subject: &subject,
                    what: what(award.kind),
                    wanted: Some(money),
                    default: BandsDefault::Zero,
                };
                cx.bands(&of, bands).value
            }
        };
        if value.is_unknown() {
            return value;
        }
        let amount = settled(cx, award, &value);
        let amount = never_negative(cx, amount, span);
        let amount = cx.line_amount(amount, span);
        let amount = cx.graph.alias(amount, span);
        let name = cx.member_name(&award.name.text);
        if let Some(in_place) = &award.in_place {
            sheet.replacing.push(Replacing {
                name: name.clone(),
                in_place: in_place.clone(),
                when: None,
                clause: clause.map(|clause| clause.text.clone()),
            });
        }
        sheet.deductions.push(Deduction {
            kind: match award.kind {
                AwardKind::Credit => DeductionKind::Credit,
                AwardKind::Bonus => DeductionKind::Bonus,
            },
            name,
            item: award.name.text.clone(),
            title: award.title.as_ref().map(|title| title.text.clone()),
            clause: clause.map(|clause| clause.text.clone()),
            span,
            amount,
            held: amount,
            share: value.share.as_deref().cloned(),
            cuts: Vec::new(),
            carried: false,
            shown_when: Some(amount),
            applied: award.applied.map(|(applied, _)| applied),
        });
        Typed::new(amount, cx.money(), award.name.span)
    });
    cx.define(&award.name.text, dimension, &amounts);
}

fn what(kind: AwardKind) -> &'static str {
    match kind {
        AwardKind::Credit => "a credit",
        AwardKind::Bonus => "a bonus",
    }
}

/// The amount, but never below 0: a credit never charges the customer, and a bonus never charges the supplier.
fn never_negative(cx: &mut Context<'_>, amount: NodeId, span: Span) -> NodeId {
    let money = cx.money();
    let zero = cx.number(0, money.clone(), span);
    cx.node(Op::Max(Box::new([amount, zero])), money, span)
}

/// The amount, or 0 if it is negative, before it is combined with another. Its share is adjusted too, so that a line
/// shows what counts.
pub(super) fn at_least_zero(cx: &mut Context<'_>, value: Typed) -> Typed {
    let fixed = value.constant.as_ref();
    if value.is_unknown() || fixed.is_some_and(|amount| !amount.is_negative()) {
        return value;
    }
    let span = value.span;
    let above = above_zero(cx, value.node, span);
    let mut or_zero = |node: NodeId, kind: &Type| {
        let zero = cx.number(0, kind.clone(), span);
        cx.node(Op::If(above, node, zero), kind.clone(), span)
    };
    let node = or_zero(value.node, &value.kind);
    let share = value.share.map(|mut share| {
        share.rate.node = or_zero(share.rate.node, &share.rate.kind);
        share
    });
    Typed {
        node,
        share,
        constant: value.constant.map(|_| Exact::zero()),
        ..value
    }
}

/// The amount in the months in which it is settled and its condition is met, otherwise 0.
fn settled(cx: &mut Context<'_>, award: &Award, value: &Typed) -> NodeId {
    let mut amount = value.node;
    let money = cx.money();
    if let (Some(when), true) = (&award.when, award.in_every_month) {
        amount = super::retention::held_throughout(cx, award, when, amount);
    } else if let Some(when) = &award.when {
        let condition = cx.expression(when);
        let condition = cx.demand_condition(condition, "what follows `when`");
        let zero = cx.number(0, money.clone(), when.span);
        amount = cx.node(
            Op::If(condition.node, amount, zero),
            money.clone(),
            when.span,
        );
    }
    if let Some((every, span)) = award.every
        && let Some(ends) = ends(cx, every, span)
    {
        let zero = cx.number(0, money.clone(), span);
        amount = cx.node(Op::If(ends, amount, zero), money, span);
    }
    amount
}

/// Whether a month ends the period of the item at `span`; nothing if every month does. An open period ends with the
/// last month under a text that has the item.
pub(super) fn ends(cx: &mut Context<'_>, every: Every, span: Span) -> Option<NodeId> {
    ends_of(cx, every, span, every.words())
}

/// The same for something else of the item that has a period of its own: `what` is its name in every text.
pub(super) fn ends_of(
    cx: &mut Context<'_>,
    every: Every,
    span: Span,
    what: &str,
) -> Option<NodeId> {
    let end = ends_by_date(cx, every, span)?;
    Some(or_last_month(cx, span, what, end))
}

/// Whether a month ends the period by the calendar; nothing if every month does.
pub(super) fn ends_by_date(cx: &mut Context<'_>, every: Every, span: Span) -> Option<NodeId> {
    let end = match every {
        Every::Month => return None,
        Every::Quarter => EveryMonth::QuarterEnd,
        Every::ContractYear => EveryMonth::ContractYearEnd,
        Every::CalendarYear => EveryMonth::CalendarYearEnd,
    };
    Some(cx.node(Op::Ends(end), Type::Flag, span))
}

/// Whether an amount is above 0.
pub(super) fn above_zero(cx: &mut Context<'_>, amount: NodeId, span: Span) -> NodeId {
    let money = cx.money();
    let zero = cx.number(0, money, span);
    cx.node(
        Op::Compare(Comparison::Above, amount, zero),
        Type::Flag,
        span,
    )
}
