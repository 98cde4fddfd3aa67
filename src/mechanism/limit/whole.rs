//! A limit of the whole period. It is known at the end of the period, and what was cut before is then made up.
//!
//! Until then, a month's credits are limited to what the months so far allow. In the period's last month, what was cut
//! is set off as far as the limit has room after the month's own credits. The rest lapses. So the credits of a period
//! come to min(all of them, its limit), whichever months they arise in.

use crate::ledger::StepKind;
use crate::program::{EveryMonth, NodeId, Op, WindowMonths};
use crate::quantity::Type;
use crate::syntax::tree::{Along, Every, Excess, Expr, ExprKind, Limit, Months};
use crate::typing::Context;

use super::excess::{credit_of, kind, name, notice};
use super::{Held, Period};
use crate::mechanism::Worksheet;
use crate::mechanism::award::above_zero;
use crate::mechanism::open_amount::{open_until, or_last_month};

/// The name of what a limit of the whole period keeps open: what it cut before the end of the period.
const CUT: &str = "cut before the end of the period";

/// Makes up, at the end of the period, what the limit cut before. Returns what is made up in the month.
pub(super) fn make_up(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    limit: &Limit,
    chosen: &[usize],
    held: &Held<'_>,
    period: Period,
) -> Option<NodeId> {
    let carried = matches!(limit.excess, Some(Excess::Carried { .. }));
    if carried || !is_whole(&limit.to) {
        return None;
    }
    let (ends, months) = match period {
        Period::Each(Every::Quarter) => (EveryMonth::QuarterEnd, WindowMonths::CalendarQuarter),
        Period::Each(Every::ContractYear) => {
            (EveryMonth::ContractYearEnd, WindowMonths::ContractYear)
        }
        Period::Each(Every::CalendarYear) => {
            (EveryMonth::CalendarYearEnd, WindowMonths::CalendarYear)
        }
        Period::Term => (EveryMonth::TermEnd, WindowMonths::Term),
        Period::Each(Every::Month) | Period::Rolling(_) => return None,
    };
    let span = held.span;
    let kind = kind(cx, sheet, limit, chosen, span)?;
    let money = cx.money();
    let zero = cx.number(0, money.clone(), span);
    let excess = cx.node(Op::Subtract(held.sum, held.allowed), money.clone(), span);
    let words = format!("beyond the limit of {}", held.words);
    cx.graph.label(excess, StepKind::Part, words, None);
    let last = cx.node(Op::Ends(ends), Type::Flag, span);
    let last = or_last_month(cx, span, CUT, last);
    let (open, _) = open_until(cx, (span, CUT), excess, (months, last));
    let open = cx.graph.alias(open, span);
    let words = "cut in this period until now";
    cx.graph.label(open, StepKind::Part, words, None);
    let left = cx.node(Op::Subtract(held.room, held.allowed), money.clone(), span);
    let most = held.fitting(cx, open, left);
    let made_up = cx.node(Op::If(last, most, zero), money.clone(), span);
    let (name, item) = name(cx, limit, span);
    let amount = cx.graph.alias(made_up, span);
    let words = format!(
        "{name} made up at the end, within the limit of {}",
        held.words
    );
    let clause = held.clause.map(|clause| clause.text.clone());
    cx.graph.label(amount, StepKind::Part, words, clause);
    let part = credit_of(sheet, kind, (&name, &item), chosen, held, amount);
    sheet.deductions.push(part);
    let lapsed = cx.node(Op::Subtract(open, most), money, span);
    let any = above_zero(cx, lapsed, span);
    let lapses = cx.node(Op::And(Box::new([last, any])), Type::Flag, span);
    let words = " lapses: it is beyond the limit of the whole period";
    notice(cx, held, &name, lapses, lapsed, words);
    Some(made_up)
}

/// Whether the expression has an amount of the whole period.
fn is_whole(expr: &Expr) -> bool {
    let here = match &expr.kind {
        ExprKind::OfMonths(_, months) => {
            matches!(months.as_ref(), Months::Over(_, Along::Whole))
        }
        _ => false,
    };
    here || expr.parts().into_iter().any(is_whole)
}
