//! Retention bonus: a bonus at the end of a period, if a KPI stayed on its side of a level in every month of it.
//!
//! A month without a value is passed over, and a period without any value pays nothing. A month that could not be
//! computed stops the month in which the period ends. Everything else is that of a bonus.

use crate::ledger::StepKind;
use crate::program::{Comparison, Fold, NodeId, Op};
use crate::quantity::Type;
use crate::syntax::tree::{Award, Every, Expr};
use crate::typing::Context;

use super::period::{tell_short_history, window, word};

/// The amount where the condition held in every month of the period up to this one, otherwise 0.
pub(super) fn held_throughout(
    cx: &mut Context<'_>,
    award: &Award,
    condition: &Expr,
    amount: NodeId,
) -> NodeId {
    let span = condition.span;
    let held = cx.expression(condition);
    if held.is_unknown() {
        return amount;
    }
    let every = award.every.map_or(Every::Month, |(every, _)| every);
    let money = cx.money();
    let nothing = cx.number(0, money.clone(), span);
    let Some(months) = window(every) else {
        return cx.node(Op::If(held.node, amount, nothing), money, span);
    };
    let none = cx.number(0, Type::Number, span);
    let one = cx.number(1, Type::Number, span);
    let mut missed = cx.node(Op::If(held.node, none, one), Type::Number, span);
    if held.optional {
        let known = cx.node(Op::IsKnown(held.node), Type::Flag, span);
        let nothing = cx.node(Op::NoValue, Type::Number, span);
        missed = cx.node(Op::If(known, missed, nothing), Type::Number, span);
    }
    let series = cx.series_of(missed);
    let misses = cx.node(Op::Window(series, Fold::Sum, months), Type::Number, span);
    let words = format!("months of this {} that missed the level", word(every));
    cx.graph.label(misses, StepKind::Part, words, None);
    let measured = cx.node(Op::MonthsIn(series, months), Type::Number, span);
    let words = format!("months of this {} with a value", word(every));
    cx.graph.label(measured, StepKind::Part, words, None);
    // The misses come first: a month of the period that could not be computed stops the bonus, whatever the others are.
    let known = cx.node(Op::IfKnown(misses, none), Type::Number, span);
    let all = cx.node(Op::Compare(Comparison::Is, known, none), Type::Flag, span);
    let any = cx.node(
        Op::Compare(Comparison::Above, measured, none),
        Type::Flag,
        span,
    );
    let throughout = cx.node(Op::And(Box::new([all, any])), Type::Flag, span);
    if let Some(every) = award.every {
        tell_short_history(cx, every, &award.name.text, missed);
    }
    cx.node(Op::If(throughout, amount, nothing), money, span)
}
