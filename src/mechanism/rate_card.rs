//! Rate cards: one price for each member of a dimension.

use crate::diagnostic::Diagnostic;
use crate::syntax::tree::{Path, RateArm};
use crate::text::Span;
use crate::typing::{Context, SymbolValue, Typed};

use super::charge::{Priced, price_of};

/// Reads the arms of a card: member, price, place. Every member must have exactly one price.
pub(super) fn read(
    cx: &mut Context<'_>,
    path: &Path,
    arms: &[RateArm],
    span: Span,
) -> Vec<(String, Priced, Span)> {
    let Some(symbol) = cx.find(&path.name) else {
        return Vec::new();
    };
    let SymbolValue::ByMember(dimension, nodes) = &symbol.value else {
        if symbol.value != SymbolValue::Later {
            not_by_dimension(cx, path, symbol.span);
        }
        return Vec::new();
    };
    let mut priced = Vec::new();
    let mut seen: Vec<(usize, Span)> = Vec::new();
    for arm in arms {
        let Some(at) = cx.member_index(*dimension, &arm.member) else {
            continue;
        };
        if let Some((_, first)) = seen.iter().find(|(member, _)| *member == at) {
            let finding = Diagnostic::error(
                "duplicate-price",
                arm.span,
                format!("`{}` has two prices", arm.member.text),
            )
            .and_at(*first, "the first one")
            .help("remove one of them");
            cx.report(finding);
            continue;
        }
        seen.push((at, arm.span));
        let Some(node) = nodes.get(at) else { continue };
        let mut quantity = Typed::new(*node, symbol.kind.clone(), arm.member.span);
        quantity.optional = symbol.optional;
        priced.push((
            arm.member.text.clone(),
            price_of(cx, &quantity, &arm.price),
            arm.span,
        ));
    }
    ask_for_missing(cx, *dimension, &seen, path, span);
    priced
}

fn not_by_dimension(cx: &mut Context<'_>, path: &Path, declared: Span) {
    let name = &path.name.text;
    cx.report(
        Diagnostic::error(
            "rate-card-without-dimension",
            path.span,
            format!("`{name}` is not reported by a dimension, so it has no rate card"),
        )
        .and_at(declared, "declared here")
        .help(format!(
            "write `for {name} at …`, or declare it `by channel {{ voice, email }}`"
        )),
    );
}

fn ask_for_missing(
    cx: &mut Context<'_>,
    dimension: usize,
    seen: &[(usize, Span)],
    path: &Path,
    span: Span,
) {
    let Some(dimension) = cx.dimensions.get(dimension).cloned() else {
        return;
    };
    let missing: Vec<String> = dimension
        .members
        .iter()
        .enumerate()
        .filter(|(at, _)| !seen.iter().any(|(member, _)| member == at))
        .map(|(_, member)| format!("`{member}`"))
        .collect();
    if missing.is_empty() {
        return;
    }
    let missing = missing.join(", ");
    cx.report(
        Diagnostic::error(
            "missing-price",
            span,
            format!("the rate card has no price for {missing}"),
        )
        .and_at(
            dimension.span,
            format!("`{}` is reported for these", path.name.text),
        )
        .because("units without a price would silently cost nothing")
        .help("add a line for each; write `0 EUR` if they are free"),
    );
}
