//! `let` definitions.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::quantity::Type;
use crate::syntax::tree::{Let, Text};
use crate::text::Span;
use crate::typing::{Context, OverTime, Typed, adds_up};

use super::input::declared_type;
use super::over::{Wanted, over_months, shown_name};

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

/// Reads a definition: its name means its value from here on. Over the months in which `over` reads it, its formula is
/// read with its counts summed, unless it is a sum itself.
pub(super) fn read(
    cx: &mut Context<'_>,
    definition: &Let,
    over: Option<&Wanted>,
    clause: Option<&Text>,
    span: Span,
) {
    let name = &definition.name.text;
    let (dimension, values) = cx.each_member(definition.dimension.as_ref(), |cx| {
        value(cx, definition, clause, span)
    });
    cx.define(name, dimension, &values);
    let over_time = cx.over_time(&definition.value);
    if let Some(symbol) = cx.symbols.get_mut(name) {
        symbol.over_time = over_time;
    }
    let sums = values.first().is_some_and(|value| adds_up(&value.kind));
    if sums || over_time != OverTime::EachMonth {
        return;
    }
    for months in over.into_iter().flat_map(Wanted::keys) {
        over_months(cx, (name, *months), |cx| {
            let dimension = definition.dimension.as_ref();
            cx.each_member(dimension, |cx| value(cx, definition, clause, span))
        });
    }
}

fn value(cx: &mut Context<'_>, definition: &Let, clause: Option<&Text>, span: Span) -> Typed {
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
    let name = shown_name(cx, &definition.name.text);
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
