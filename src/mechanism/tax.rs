//! Taxes: computed last, on the total before tax.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::ledger::LineKind;
use crate::program::NodeId;
use crate::quantity::Type;
use crate::syntax::tree::{Tax, Text};
use crate::text::Span;
use crate::typing::Context;

use super::worksheet::LineHead;

/// Adds the line of a tax, and returns its amount.
pub fn read(cx: &mut Context<'_>, tax: &Tax, clause: Option<&Text>, span: Span) -> Option<NodeId> {
    let value = cx.expression(&tax.amount);
    if value.kind == Type::Percent && value.constant.is_some() {
        let text = cx.quote(value.span);
        cx.report(
            Diagnostic::error(
                "share-of-nothing",
                value.span,
                format!("the tax does not say what `{text}` is taken of"),
            )
            .because("a tax may be due on the whole invoice, or on some charges only")
            .help(format!(
                "write `{text} of total`, or of one charge by its name"
            ))
            .mended_by(Fix {
                title: format!("write `{text} of total`"),
                edits: vec![Edit {
                    span: value.span,
                    text: format!("{text} of total"),
                }],
                safe: false,
            }),
        );
        return None;
    }
    let value = cx.demand_amount(value, "a tax");
    if value.is_unknown() {
        return None;
    }
    let amount = cx.line_amount(value.node, span);
    let head = LineHead {
        kind: LineKind::Tax,
        name: tax.name.text.clone(),
        title: tax.title.as_ref().map(|title| title.text.as_str()),
        clause: clause.map(|clause| clause.text.as_str()),
        span,
    };
    let line = head.line(cx, amount, value.share.as_deref());
    let node = line.amount;
    cx.plan.lines.push(line);
    Some(node)
}
