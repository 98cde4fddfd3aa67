//! Commitments: what the customer promises to buy in a period. The shortfall at the end of the period is invoiced in a
//! separate line, the true-up, which is never below 0.
//!
//! The true-up is the commitment, rounded like a line, minus the sum of what counts over the months of the period. So
//! what was invoiced and the true-up together are never below the commitment, and exactly equal it if a period fell
//! short. A month of the period that could not be computed stops the month of the true-up, because the sum is unknown.

use crate::diagnostic::Diagnostic;
use crate::ledger::{LineKind, StepKind};
use crate::program::{NodeId, Op};
use crate::quantity::Type;
use crate::syntax::tree::{Commitment, Expr, ExprKind, Text};
use crate::text::Span;
use crate::typing::{Context, Share, Typed};

use super::Worksheet;
use super::charge::unit_price;
use super::part_period::{FixedAmount, ask_for_part};
use super::period::{at_the_end, sum_so_far, tell_short_history, word};
use super::worksheet::LineHead;

/// Adds the true-up line of a commitment. Its name means the line's amount.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    commitment: &Commitment,
    clause: Option<&Text>,
    span: Span,
) {
    cx.item = commitment.name.text.clone();
    let committed = cx.expression(&commitment.amount);
    let in_units = is_units(&committed);
    let committed = if in_units {
        cx.demand_value(committed, "a commitment")
    } else {
        let money = cx.money();
        cx.demand(committed, &money, "a commitment")
    };
    let Some(counted) = counted(cx, commitment, &committed) else {
        return;
    };
    let price = price(cx, commitment, &committed, in_units);
    if !ask_for_part(
        cx,
        commitment.every,
        commitment.part,
        &committed,
        "committed",
    ) || price.as_ref().is_some_and(Typed::is_unknown)
    {
        return;
    }
    let Some(due) = due(cx, commitment, &committed, in_units, span) else {
        return;
    };
    let sum = sum_so_far(cx, commitment.every.0, counted, span);
    let so_far = format!("counted in this {}", word(commitment.every.0));
    let sum = cx.graph.alias(sum, span);
    cx.graph.label(sum, StepKind::Part, so_far, None);
    let short = shortfall(cx, due, sum, &committed.kind, span);
    let (amount, share) = match price {
        None => (short, None),
        Some(price) => priced(cx, &price, short, &committed.kind, span),
    };
    let amount = cx.line_amount(amount, span);
    let (amount, ends) = at_the_end(cx, commitment.every, amount);
    let head = LineHead {
        kind: LineKind::TrueUp,
        name: commitment.name.text.clone(),
        title: commitment.title.as_ref().map(|title| title.text.as_str()),
        clause: clause.map(|clause| clause.text.as_str()),
        span,
    };
    let mut line = head.line(cx, amount, share.as_ref());
    line.shown_when = ends;
    if share.is_none() {
        line.base = Some(due);
        line.base_name = Some(format!("each {}", word(commitment.every.0)));
    }
    tell_short_history(cx, commitment.every, &commitment.name.text, counted);
    let value = Typed::new(line.amount, cx.money(), commitment.name.span);
    sheet.before_tax.push(line.amount);
    cx.plan.lines.push(line);
    cx.define(&commitment.name.text, None, &[value]);
}

/// Whether a number of something is committed, rather than money.
fn is_units(committed: &Typed) -> bool {
    matches!(&committed.kind, Type::Quantity(unit) if !unit.has_currency())
}

/// The month's sum of what counts; nothing after a mistake.
fn counted(cx: &mut Context<'_>, commitment: &Commitment, committed: &Typed) -> Option<NodeId> {
    let mut nodes = Vec::new();
    let mut sound = !committed.is_unknown();
    let mut seen: Vec<&ExprKind> = Vec::new();
    for one in &commitment.counted {
        if !seen.iter().all(|kind| !same(kind, &one.kind)) {
            let text = cx.quote(one.span);
            cx.report(
                Diagnostic::error(
                    "counted-twice",
                    one.span,
                    format!("`{text}` is counted twice"),
                )
                .because("the same amount would fulfil the commitment twice")
                .help("remove one of them"),
            );
            sound = false;
        }
        seen.push(&one.kind);
        let value = value_of(cx, one);
        let value = if committed.is_unknown() {
            value
        } else {
            cx.demand(value, &committed.kind, "what counts towards a commitment")
        };
        sound &= !value.is_unknown();
        nodes.push(value.node);
    }
    let place = commitment
        .counted
        .first()
        .zip(commitment.counted.last())
        .map_or(commitment.name.span, |(first, last)| {
            first.span.to(last.span)
        });
    sound.then(|| {
        let sum = cx.sum(nodes, committed.kind.clone(), place);
        let sum = cx.graph.alias(sum, place);
        let words = cx.quote(place);
        cx.graph.label(sum, StepKind::Part, words, None);
        sum
    })
}

/// Whether both name the same thing, wherever they are written.
fn same(a: &ExprKind, b: &ExprKind) -> bool {
    match (a, b) {
        (ExprKind::Name(a), ExprKind::Name(b)) => {
            let member = |path: &crate::syntax::tree::Path| {
                path.member.as_ref().map(|member| member.text.clone())
            };
            a.name.text == b.name.text && member(a) == member(b)
        }
        (ExprKind::Builtin(a), ExprKind::Builtin(b)) => a == b,
        _ => false,
    }
}

/// The value of what is counted. A name means all its members together.
fn value_of(cx: &mut Context<'_>, counted: &Expr) -> Typed {
    match &counted.kind {
        ExprKind::Name(path) if path.member.is_none() => cx.total_of(path, path.span),
        _ => cx.expression(counted),
    }
}

/// The price of a missing unit; nothing if money is committed.
fn price(
    cx: &mut Context<'_>,
    commitment: &Commitment,
    committed: &Typed,
    in_units: bool,
) -> Option<Typed> {
    match (&commitment.price, in_units) {
        (Some(price), true) => {
            let price = unit_price(cx, committed, price);
            Some(price)
        }
        (None, true) => {
            let text = cx.quote(commitment.amount.span);
            cx.report(
                Diagnostic::error(
                    "missing-price",
                    commitment.amount.span,
                    format!("the contract does not say what each unit short of `{text}` costs"),
                )
                .because("the true-up of a commitment in units is the number of missing units times a price")
                .help("write it after what counts: `… of handled at 3.00 EUR each contract year`"),
            );
            Some(cx.unknown(commitment.amount.span))
        }
        (Some(price), false) => {
            let value = cx.expression(price);
            if !committed.is_unknown() && !value.is_unknown() {
                cx.report(
                    Diagnostic::error(
                        "price-of-money",
                        price.span,
                        "an amount of money is committed, so what is missing has no price",
                    )
                    .and_at(commitment.amount.span, "what is committed")
                    .help("remove the price, or commit to a number of units"),
                );
            }
            Some(cx.unknown(price.span))
        }
        (None, false) => None,
    }
}

/// The commitment for the period of this month. Money is rounded like a line, and units are not rounded. If an
/// amendment ends the commitment within a period and does not say what is due, a finding is reported and nothing is
/// returned.
fn due(
    cx: &mut Context<'_>,
    commitment: &Commitment,
    committed: &Typed,
    in_units: bool,
    span: Span,
) -> Option<NodeId> {
    let fixed = FixedAmount {
        noun: "the commitment",
        words: "commitment",
        name: commitment.name.text.clone(),
        open: "what is due for",
        amount: "the commitment",
        every: commitment.every,
        part: commitment.part,
        span,
    };
    let mut due = fixed.of_period(cx, committed)?;
    if !in_units {
        due = cx.line_amount(due, span);
    }
    let due = cx.graph.alias(due, commitment.amount.span);
    let name = format!("committed for this {}", word(commitment.every.0));
    cx.graph.label(due, StepKind::Part, name, None);
    Some(due)
}

/// The amount or units missing, or 0 if none are.
fn shortfall(cx: &mut Context<'_>, due: NodeId, sum: NodeId, kind: &Type, span: Span) -> NodeId {
    let missing = cx.node(Op::Subtract(due, sum), kind.clone(), span);
    let zero = cx.number(0, kind.clone(), span);
    let short = cx.node(Op::Max(Box::new([missing, zero])), kind.clone(), span);
    cx.graph
        .label(short, StepKind::Part, "missing to the commitment", None);
    short
}

/// The missing units at their price, and both as the line shows them.
fn priced(
    cx: &mut Context<'_>,
    price: &Typed,
    short: NodeId,
    kind: &Type,
    span: Span,
) -> (NodeId, Option<Share>) {
    let short = Typed::new(short, kind.clone(), span);
    let product = cx.share_of(price.clone(), short.clone(), span);
    let amount = cx.demand_amount(product, "the price of a missing unit");
    let share = Share {
        rate: price.clone(),
        base: short,
    };
    (amount.node, Some(share))
}
