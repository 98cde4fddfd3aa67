//! Notices: what a month means beyond money, when a condition is met.

use crate::ledger::NoticeKind;
use crate::program::{NodeId, NoticePlan, Op, Piece};
use crate::quantity::Type;
use crate::syntax::tree::{Notice, Text};
use crate::text::Span;
use crate::typing::Context;

/// Reads `notice NAME "…" when CONDITION`.
pub fn read(cx: &mut Context<'_>, notice: &Notice, clause: Option<&Text>, span: Span) {
    cx.item.clone_from(&notice.name.text);
    let condition = cx.expression(&notice.when);
    let condition = cx.demand_condition(condition, "what follows `when`");
    if condition.is_unknown() {
        return;
    }
    cx.plan.notices.push(NoticePlan {
        kind: NoticeKind::Stated,
        name: notice.name.text.clone(),
        when: condition.node,
        text: vec![Piece::Text(notice.text.text.clone())],
        clause: clause.map(|clause| clause.text.clone()),
        span,
    });
}

/// When to name each excuse: if the month is excused, the first excuse that applies, in the words of the contract.
pub(super) fn naming(
    cx: &mut Context<'_>,
    pardoned: NodeId,
    excuses: &[(NodeId, Span)],
) -> Vec<(NodeId, String)> {
    let mut until = vec![pardoned];
    let mut found = Vec::new();
    for (excuse, span) in excuses {
        let mut all = until.clone();
        all.push(*excuse);
        let when = cx.node(Op::And(all.into()), Type::Flag, *span);
        found.push((when, cx.quote(*span)));
        until.push(cx.node(Op::Not(*excuse), Type::Flag, *span));
    }
    found
}
