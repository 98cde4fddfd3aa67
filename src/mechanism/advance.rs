//! Advance billing: the price of a forecast is invoiced in the month itself. The difference to what was really
//! delivered is settled in a separate line, in the next month or at the end of a period.
//!
//! The difference of a month is the rounded line for its deliveries minus the line that was invoiced in advance. The
//! last month of the term also settles its own difference, so that over the term exactly the price of the deliveries is
//! paid. A month's own invoice does not need its deliveries; they are needed only when the difference is settled. A
//! month whose difference is unknown stops the month that would settle it.

use crate::diagnostic::Diagnostic;
use crate::ledger::{LineKind, NoticeKind, StepKind};
use crate::program::{Comparison, NodeId, NoticePlan, Op, Piece, WindowMonths};
use crate::quantity::Type;
use crate::syntax::tree::{Advance, Charge, ExprKind, Pricing, Settled, Text};
use crate::text::Span;
use crate::typing::{Context, SymbolValue, Typed};

use super::award::ends_by_date;
use super::charge::{PricedLine, line, priced};
use super::open_amount::{OpenAmount, is_last_month, open_until, or_last_month};
use super::period::{tell_short_history, window, word};
use super::worksheet::LineHead;

/// Reads a charge that is billed in advance. Returns the amounts of its lines.
pub(super) fn read(
    cx: &mut Context<'_>,
    charge: &Charge,
    advance: &Advance,
    clause: Option<&Text>,
    span: Span,
) -> Vec<NodeId> {
    if let Some((_, once)) = charge.once_in {
        cx.report(
            Diagnostic::error(
                "advance-once",
                advance.span,
                "a charge that is invoiced once has no forecast to true up",
            )
            .and_at(once, "charged once")
            .help("remove one of the two"),
        );
        return Vec::new();
    }
    let found = cx.diagnostics.len();
    let delivered = priced(cx, charge, &charge.pricing, span);
    // A mistake in the prices is reported only once.
    let forecast = if cx.diagnostics.len() == found {
        on_forecast(cx, charge, advance)
    } else {
        None
    };
    let Some(forecast) = forecast else {
        return delivered
            .into_iter()
            .map(|one| line(cx, charge, clause, one))
            .collect();
    };
    let billed = priced(cx, charge, &forecast, span);
    let mut amounts = Vec::new();
    let mut open = Vec::new();
    for (actual, billed) in delivered.into_iter().zip(billed) {
        let name = billed.name.clone();
        let delivered = delivered_amount(cx, &actual);
        let billed = line(cx, charge, clause, billed);
        amounts.push(billed);
        open.push(Open {
            name,
            delivered,
            billed,
        });
    }
    for open in open {
        amounts.push(true_up(cx, charge, advance, clause, &open));
    }
    amounts
}

/// A line that was billed in advance, and the line for the month's deliveries.
struct Open {
    name: String,
    delivered: NodeId,
    billed: NodeId,
}

impl Open {
    /// The name of what stays open of the line, whatever the text says about when it is trued up.
    fn kept(&self) -> String {
        format!("{} to be trued up", self.name)
    }

    fn delivered_word(&self) -> String {
        format!("{}: delivered", self.kept())
    }

    fn billed_word(&self) -> String {
        format!("{}: billed", self.kept())
    }
}

/// The amount that a line for the month's deliveries would have had.
fn delivered_amount(cx: &mut Context<'_>, line: &PricedLine) -> NodeId {
    let amount = cx.line_amount(line.priced.amount.node, line.span);
    let amount = cx.graph.alias(amount, line.span);
    let words = format!("{} as delivered", line.name);
    cx.graph.label(amount, StepKind::Part, words, None);
    amount
}

/// The same prices applied to the forecast; nothing if the forecast does not fit.
fn on_forecast(cx: &mut Context<'_>, charge: &Charge, advance: &Advance) -> Option<Pricing> {
    match &charge.pricing {
        Pricing::For(quantity, price) => {
            let delivered = cx.expression(quantity);
            let forecast = cx.expression(&advance.forecast);
            let forecast = cx.demand(forecast, &delivered.kind, "the forecast");
            (!forecast.is_unknown()).then(|| Pricing::For(advance.forecast.clone(), price.clone()))
        }
        Pricing::Card(path, arms) => {
            let delivered = cx.find(&path.name)?;
            let ExprKind::Name(forecast) = &advance.forecast.kind else {
                not_by_member(cx, charge, advance);
                return None;
            };
            let symbol = cx.find(&forecast.name)?;
            match (&symbol.value, &delivered.value) {
                (SymbolValue::ByMember(own, nodes), SymbolValue::ByMember(other, _))
                    if own == other && forecast.member.is_none() =>
                {
                    let first = nodes.first().copied()?;
                    let value = Typed::new(first, symbol.kind.clone(), forecast.span);
                    let value = cx.demand(value, &delivered.kind, "the forecast");
                    (!value.is_unknown()).then(|| Pricing::Card(forecast.clone(), arms.clone()))
                }
                (SymbolValue::Later, _) | (_, SymbolValue::Later) => None,
                _ => {
                    not_by_member(cx, charge, advance);
                    None
                }
            }
        }
        Pricing::Amount(_) | Pricing::AtCost(_) => {
            let name = &charge.name.text;
            cx.report(
                Diagnostic::error(
                    "advance-without-quantity",
                    advance.span,
                    format!("`{name}` is an amount, and only a price for a quantity can be billed on a forecast"),
                )
                .and_at(charge.name.span, "the charge")
                .help("write what is delivered and its price: `for handled at 4.20 EUR, in advance on forecast, …`"),
            );
            None
        }
    }
}

fn not_by_member(cx: &mut Context<'_>, charge: &Charge, advance: &Advance) {
    let text = cx.quote(advance.forecast.span);
    cx.report(
        Diagnostic::error(
            "forecast-without-dimension",
            advance.forecast.span,
            format!("`{text}` does not forecast each member of the rate card"),
        )
        .and_at(charge.name.span, "each member has its own price here")
        .help("name an input that is reported by the same dimension"),
    );
}

/// Adds the line that settles the differences, and returns its amount.
fn true_up(
    cx: &mut Context<'_>,
    charge: &Charge,
    advance: &Advance,
    clause: Option<&Text>,
    open: &Open,
) -> NodeId {
    let (name, span) = (&open.name, advance.span);
    let (amount, shown) = match advance.settled {
        Settled::NextMonth => (next_month(cx, open, span), None),
        Settled::EndOf(every) => {
            let period = word(every);
            let ends = ends_by_date(cx, every, span);
            let ends = ends.unwrap_or_else(|| cx.number(1, Type::Flag, span));
            let ends = or_last_month(cx, span, &open.kept(), ends);
            let until = (window(every).unwrap_or(WindowMonths::Last(1)), ends);
            let (all, _) = open_until(cx, (span, &open.delivered_word()), open.delivered, until);
            let words = format!("delivered in this {period}");
            let all_delivered = told(cx, all, words, span);
            let (all, _) = open_until(cx, (span, &open.billed_word()), open.billed, until);
            let words = format!("billed in advance in this {period}");
            let all_billed = told(cx, all, words, span);
            let money = cx.money();
            let zero = cx.number(0, money.clone(), span);
            let due = Op::Subtract(all_delivered, all_billed);
            let due = cx.node(due, money.clone(), span);
            tell_short_history(cx, (every, span), name, open.delivered);
            let due = cx.node(Op::If(ends, due, zero), money, span);
            (due, Some(ends))
        }
    };
    let title = charge.title.as_ref();
    let title = title.map(|title| format!("{}, trued up", title.text));
    let head = LineHead {
        kind: LineKind::Charge,
        name: format!("{name}.true_up"),
        title: title.as_deref(),
        clause: clause.map(|clause| clause.text.as_str()),
        span,
    };
    let mut line = head.line(cx, amount, None);
    line.shown_when = Some(shown.unwrap_or(line.amount));
    let amount = line.amount;
    cx.plan.lines.push(line);
    amount
}

/// The difference of the month before and, in the last month, also its own.
fn next_month(cx: &mut Context<'_>, open: &Open, span: Span) -> NodeId {
    tell_missing_month(cx, open, span);
    let money = cx.money();
    let is_last = is_last_month(cx, span, &open.kept());
    let zero = cx.number(0, money.clone(), span);
    let leave = |cx: &mut Context<'_>, waiting: &OpenAmount, own: NodeId, words: &str| {
        let left = cx.node(Op::If(is_last, zero, own), cx.money(), span);
        waiting.leave(cx, left);
        told(cx, waiting.before, words.to_owned(), span)
    };
    let delivered = OpenAmount::new(cx, span, &open.delivered_word(), &money);
    let delivered = leave(
        cx,
        &delivered,
        open.delivered,
        "delivered in the month before",
    );
    let billed = OpenAmount::new(cx, span, &open.billed_word(), &money);
    let billed = leave(
        cx,
        &billed,
        open.billed,
        "billed in advance in the month before",
    );
    let last = cx.node(Op::Subtract(delivered, billed), money.clone(), span);
    let own = cx.node(
        Op::Subtract(open.delivered, open.billed),
        money.clone(),
        span,
    );
    let both = cx.sum(vec![last, own], money.clone(), span);
    cx.node(Op::If(is_last, both, last), money, span)
}

/// The same amount under another name.
fn told(cx: &mut Context<'_>, amount: NodeId, words: String, span: Span) -> NodeId {
    let amount = cx.graph.alias(amount, span);
    cx.graph.label(amount, StepKind::Part, words, None);
    amount
}

/// Adds a notice if the data begins later than the term, so that there is no earlier month to true up.
fn tell_missing_month(cx: &mut Context<'_>, open: &Open, span: Span) {
    let series = cx.series_of(open.delivered);
    let known = cx.node(
        Op::MonthsIn(series, WindowMonths::Previous(1)),
        Type::Number,
        span,
    );
    let number = cx.node(Op::MonthOfTerm, Type::Number, span);
    let one = cx.number(1, Type::Number, span);
    let later = cx.node(
        Op::Compare(Comparison::Above, number, one),
        Type::Flag,
        span,
    );
    let missing = cx.node(Op::Compare(Comparison::Below, known, one), Type::Flag, span);
    let when = cx.node(Op::And(Box::new([later, missing])), Type::Flag, span);
    cx.plan.notices.push(NoticePlan {
        kind: NoticeKind::ShortHistory,
        name: open.name.clone(),
        when,
        text: vec![Piece::Text(
            "the data does not have the month before, so nothing of it is trued up".to_owned(),
        )],
        clause: None,
        span,
    });
}
