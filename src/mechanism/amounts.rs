//! Amounts of an item that is settled over a period: the period's, or written for each of its months.

use crate::quantity::Type;
use crate::syntax::tree::Every;
use crate::typing::{Context, Typed};

use super::period::sum_so_far;

/// The amount of the period up to this month: as it is written, or the sum of what is written for each month.
pub(super) fn period_amount(
    cx: &mut Context<'_>,
    amount: Typed,
    what: &str,
    every: Every,
) -> Typed {
    let per_month = is_per_month(cx, &amount);
    let amount = cx.demand_amount(amount, what);
    if amount.is_unknown() || !per_month || every == Every::Month {
        return amount;
    }
    let node = sum_so_far(cx, every, amount.node, amount.span);
    Typed {
        node,
        constant: None,
        ..amount
    }
}

/// Whether it is money for each month, quarter or year.
pub(super) fn is_per_month(cx: &Context<'_>, amount: &Typed) -> bool {
    matches!(&amount.kind, Type::Quantity(unit) if cx.is_money_per_period(unit))
}
