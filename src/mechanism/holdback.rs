//! Holdback: a share of each month's price is held back. At the end of a period, a measure decides how much of it is
//! released.
//!
//! What is held back has its own line each month. At the end of the period, a second line pays out the released share
//! of what was held back in the period, this month included. It is never more than that and never negative. The rest
//! stays with the customer, and a notice says how much. A month of the period that could not be computed stops the
//! month of the release.

use crate::diagnostic::Diagnostic;
use crate::ledger::{LineKind, NoticeKind, StepKind};
use crate::program::{NodeId, NoticePlan, Op, Piece, WindowMonths};
use crate::quantity::{Exact, Type};
use crate::syntax::tree::{Every, Holdback, Release, Text};
use crate::text::Span;
use crate::typing::{BandsDefault, BandsOf, Context, Share, Typed};

use super::Worksheet;
use super::award::{above_zero, ends_by_date};
use super::open_amount::{open_until, or_last_month};
use super::period::{tell_short_history, window, word};
use super::worksheet::LineHead;

/// The name of what a holdback keeps open, whatever the text says about the release.
const HELD_BACK: &str = "held back";

/// Adds the two lines of a holdback. Its name means what is held back in the month, as a positive amount.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    holdback: &Holdback,
    clause: Option<&Text>,
    span: Span,
) {
    cx.item = holdback.name.text.clone();
    let amount = cx.expression(&holdback.amount);
    let amount = cx.demand_amount(amount, "what is held back");
    let amount = cx.fixed_in_part_months(amount);
    let released = released(cx, &holdback.release, holdback.release_every.1);
    if amount.is_unknown() || released.is_unknown() {
        return;
    }
    let share = amount.share.as_deref().cloned();
    let held = held(cx, &amount, span);
    let period = word(holdback.release_every.0);
    let ends = ends_by_date(cx, holdback.release_every.0, span);
    let ends = ends.map(|ends| or_last_month(cx, span, HELD_BACK, ends));
    let all = held_so_far(cx, held, holdback.release_every.0, ends, span);
    let all = cx.graph.alias(all, span);
    let name = format!("held back in this {period}");
    cx.graph.label(all, StepKind::Part, name, None);
    let money = cx.money();
    let paid = cx.node(Op::Multiply(released.node, all), money.clone(), span);
    let paid = cx.line_amount(paid, span);
    let paid = match ends {
        Some(ends) => {
            let zero = cx.number(0, money.clone(), span);
            cx.node(Op::If(ends, paid, zero), money.clone(), span)
        }
        None => paid,
    };
    let taken = cx.node(Op::Negate(held), money, span);
    let head = |kind| LineHead {
        kind,
        name: holdback.name.text.clone(),
        title: holdback.title.as_ref().map(|title| title.text.as_str()),
        clause: clause.map(|clause| clause.text.as_str()),
        span,
    };
    let line = head(LineKind::Holdback).line(cx, taken, share.as_ref());
    sheet.before_tax.push(line.amount);
    cx.plan.lines.push(line);
    let of = Share {
        rate: released,
        base: Typed::new(all, cx.money(), span),
    };
    let mut line = head(LineKind::Release).line(cx, paid, Some(&of));
    line.base_name = Some("what was held back".to_owned());
    line.shown_when = ends;
    sheet.before_tax.push(line.amount);
    cx.plan.lines.push(line);
    tell_kept(cx, holdback, clause, (all, paid), ends, span);
    tell_short_history(cx, holdback.release_every, &holdback.name.text, held);
    let value = Typed::new(held, cx.money(), holdback.name.span);
    cx.define(&holdback.name.text, None, &[value]);
}

/// The amount that is held back and has been neither released nor kept yet, including this month's part. A monthly
/// release leaves nothing open, and releases what another text has left.
fn held_so_far(
    cx: &mut Context<'_>,
    held: NodeId,
    every: Every,
    ends: Option<NodeId>,
    span: Span,
) -> NodeId {
    if let (Some(months), Some(ends)) = (window(every), ends) {
        return open_until(cx, (span, HELD_BACK), held, (months, ends)).0;
    }
    if !cx.lineages.is_amended() {
        return held;
    }
    cx.keep(span, HELD_BACK);
    let each = cx.number(1, Type::Flag, span);
    open_until(cx, (span, HELD_BACK), held, (WindowMonths::Last(1), each)).0
}

/// The amount held back in the month, as on the line, as a positive amount.
fn held(cx: &mut Context<'_>, amount: &Typed, span: Span) -> NodeId {
    let money = cx.money();
    let zero = cx.number(0, money.clone(), span);
    let held = cx.node(Op::Max(Box::new([amount.node, zero])), money, span);
    let held = cx.line_amount(held, span);
    cx.graph.alias(held, span)
}

/// The released share of what was held back.
fn released(cx: &mut Context<'_>, release: &Release, span: Span) -> Typed {
    match release {
        Release::InFull(None) => cx.constant(Exact::one(), Type::Percent, span),
        Release::InFull(Some(when)) => {
            let condition = cx.expression(when);
            let condition = cx.demand_condition(condition, "what follows `when`");
            if condition.is_unknown() {
                return condition;
            }
            let all = cx.number(1, Type::Percent, when.span);
            let none = cx.number(0, Type::Percent, when.span);
            let node = cx.node(Op::If(condition.node, all, none), Type::Percent, when.span);
            Typed::new(node, Type::Percent, when.span)
        }
        Release::By(measure, bands) => {
            let measure = cx.expression(measure);
            let of = BandsOf {
                subject: &measure,
                what: "the share that is released",
                wanted: Some(Type::Percent),
                default: BandsDefault::MustBeStated,
            };
            let found = cx.bands(&of, bands);
            let beyond = found.values.iter().find(|value| is_beyond(value));
            match beyond {
                Some(value) => more_than_held(cx, value.span),
                None if found.values.iter().all(|value| value.constant.is_some()) => found.value,
                None => within(cx, &found.value),
            }
        }
    }
}

/// Whether a fixed share is below 0% or above 100%.
fn is_beyond(value: &Typed) -> bool {
    let fixed = value.constant.as_ref();
    fixed.is_some_and(|value| value.is_negative() || *value > Exact::one())
}

fn more_than_held(cx: &mut Context<'_>, span: Span) -> Typed {
    let text = cx.quote(span);
    let finding = Diagnostic::error(
        "not-a-part",
        span,
        format!("`{text}` is not a part of what was held back"),
    )
    .because("at least nothing and at most all of it can be released")
    .help("write a share from 0% to 100%; an additional payment is a `bonus`");
    cx.report(finding);
    cx.unknown(span)
}

/// A computed share, limited to the range from 0% to 100%.
fn within(cx: &mut Context<'_>, share: &Typed) -> Typed {
    if share.is_unknown() {
        return share.clone();
    }
    let span = share.span;
    let none = cx.number(0, Type::Percent, span);
    let all = cx.number(1, Type::Percent, span);
    let most = cx.node(Op::Min(Box::new([share.node, all])), Type::Percent, span);
    let node = cx.node(Op::Max(Box::new([most, none])), Type::Percent, span);
    Typed::new(node, Type::Percent, span)
}

/// Adds a notice of how much the customer keeps.
fn tell_kept(
    cx: &mut Context<'_>,
    holdback: &Holdback,
    clause: Option<&Text>,
    (all, paid): (NodeId, NodeId),
    ends: Option<NodeId>,
    span: Span,
) {
    let money = cx.money();
    let kept = cx.node(Op::Subtract(all, paid), money, span);
    let mut when = above_zero(cx, kept, span);
    if let Some(ends) = ends {
        when = cx.node(Op::And(Box::new([ends, when])), Type::Flag, span);
    }
    let period = word(holdback.release_every.0);
    cx.plan.notices.push(NoticePlan {
        kind: NoticeKind::Withheld,
        name: holdback.name.text.clone(),
        when,
        text: vec![
            Piece::Value(kept),
            Piece::Text(" of the ".to_owned()),
            Piece::Value(all),
            Piece::Text(format!(
                " held back in this {period} are not released and stay with the customer"
            )),
        ],
        clause: clause.map(|clause| clause.text.clone()),
        span,
    });
}
