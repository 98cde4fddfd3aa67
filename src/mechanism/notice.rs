//! Notices: what a month means beyond money, when a condition holds.

use crate::ledger::NoticeKind;
use crate::program::{NoticePlan, Piece};
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
