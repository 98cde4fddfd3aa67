//! `let` definitions.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::quantity::Type;
use crate::syntax::tree::{Let, Text};
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::input::declared_type;

/// The type that a definition declares, so that its earlier months can be read before it is computed.
pub(super) fn declare(cx: &mut Context<'_>, definition: &Let) {
    let Some(declared) = &definition.value_type else {
        return;
    };
    let before = cx.diagnostics.len();
    let (kind, _) = declared_type(cx, declared);
    cx.diagnostics.truncate(before);
    if let Some(symbol) = cx.symbols.get_mut(&definition.name.text) {
        symbol.kind = kind;
    }
}

/// Reads a definition: its name stands for its value from here on.
pub(super) fn read(cx: &mut Context<'_>, definition: &Let, clause: Option<&Text>, span: Span) {
    let (dimension, values) = cx.each_member(definition.dimension.as_ref(), |cx| {
        let value = cx.expression(&definition.value);
        let value = match &definition.value_type {
            Some(declared) => {
                let (kind, _) = declared_type(cx, declared);
                as_declared(cx, value, &kind, definition)
            }
            None => value,
        };
        if value.is_unknown() {
            return value;
        }
        let node = cx.graph.alias(value.node, span);
        let name = cx.member_name(&definition.name.text);
        cx.graph.label(
            node,
            StepKind::Definition,
            name,
            clause.map(|clause| clause.text.clone()),
        );
        let bare = value.literal && value.constant.is_some();
        Typed {
            node,
            literal: bare,
            origin: None,
            share: None,
            ..value
        }
    });
    cx.define(&definition.name.text, dimension, &values);
}

fn as_declared(cx: &mut Context<'_>, value: Typed, kind: &Type, definition: &Let) -> Typed {
    if let Some(fitting) = cx.fit(&value, kind) {
        return fitting;
    }
    let adapts =
        value.kind == Type::Number && matches!(kind, Type::Quantity(unit) if !unit.has_currency());
    if adapts {
        return Typed {
            kind: kind.clone(),
            ..value
        };
    }
    let text = cx.quote(value.span);
    let name = &definition.name.text;
    let finding = Diagnostic::error(
        "wrong-type",
        value.span,
        format!(
            "`{name}` is declared as {kind}, but `{text}` is {}",
            value.kind
        ),
    )
    .here(format!("this is {}", value.kind))
    .and_at(definition.name.span, format!("declared as {kind} here"));
    cx.report(finding);
    cx.unknown(value.span)
}
