//! The minimum and maximum of the month's invoice, before tax. Each has its own line.

use crate::ledger::LineKind;
use crate::program::{Comparison, Op};
use crate::quantity::Type;
use crate::syntax::tree::{Floor, FloorKind, Text};
use crate::text::Span;
use crate::typing::Context;

use super::Worksheet;
use super::worksheet::LineHead;

/// Adds the line that raises the lines so far to the minimum, or takes off what is above the maximum.
pub fn read(
    cx: &mut Context<'_>,
    sheet: &mut Worksheet,
    floor: &Floor,
    clause: Option<&Text>,
    span: Span,
) {
    let bound = cx.expression(&floor.amount);
    let bound = cx.demand_amount(bound, "the amount");
    if bound.is_unknown() {
        return;
    }
    let fixed = bound.constant.is_some();
    let bound = cx.fixed_in_part_months(bound);
    let money = cx.money();
    let bound = cx.line_amount(bound.node, bound.span);
    let so_far = cx.sum(sheet.before_tax.clone(), money.clone(), span);
    let distance = cx.node(Op::Subtract(bound, so_far), money.clone(), span);
    let zero = cx.number(0, money.clone(), span);
    let both = Box::new([distance, zero]);
    let (op, kind, name) = match floor.kind {
        FloorKind::Minimum => (Op::Max(both), LineKind::Minimum, "minimum"),
        FloorKind::Maximum => (Op::Min(both), LineKind::Maximum, "maximum"),
    };
    let amount = cx.node(op, money, span);
    let head = LineHead {
        kind,
        name: name.to_owned(),
        title: None,
        clause: clause.map(|clause| clause.text.as_str()),
        span,
    };
    let mut line = head.line(cx, amount, None);
    let zero = cx.number(0, cx.money(), span);
    line.shown_when = Some(cx.node(
        Op::Compare(Comparison::IsNot, line.amount, zero),
        Type::Flag,
        span,
    ));
    line.base = Some(bound);
    if !fixed {
        line.base_name = Some(cx.quote(floor.amount.span));
    }
    sheet.before_tax.push(line.amount);
    cx.plan.lines.push(line);
}
