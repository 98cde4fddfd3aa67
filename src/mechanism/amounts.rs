//! Amounts of an item that is settled over a period: the period's amount, or one for each of its months.

use crate::program::{Fold, Op, WindowMonths};
use crate::quantity::Type;
use crate::syntax::tree::Every;
use crate::typing::{Context, Typed};

use super::period::window;

/// The amount of the period up to this month: as it is written, or as the sum of the monthly amounts.
pub(super) fn period_amount(
    cx: &mut Context<'_>,
    amount: Typed,
    what: &str,
    every: Every,
) -> Typed {
    amount_over(cx, amount, what, window(every))
}

/// The same over those months up to this one; nothing means the month alone.
pub(super) fn amount_over(
    cx: &mut Context<'_>,
    amount: Typed,
    what: &str,
    months: Option<WindowMonths>,
) -> Typed {
    let per_month = is_per_month(cx, &amount);
    let amount = cx.demand_amount(amount, what);
    let Some(months) = months.filter(|_| per_month && !amount.is_unknown()) else {
        return amount;
    };
    let series = cx.series_of(amount.node);
    let node = cx.node(
        Op::Window(series, Fold::Sum, months),
        amount.kind.clone(),
        amount.span,
    );
    Typed {
        node,
        constant: None,
        ..amount
    }
}

/// Whether it is money per month, quarter or year.
pub(super) fn is_per_month(cx: &Context<'_>, amount: &Typed) -> bool {
    matches!(&amount.kind, Type::Quantity(unit) if cx.is_money_per_period(unit))
}
