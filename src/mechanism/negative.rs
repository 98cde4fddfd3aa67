//! Amounts of credits and bonuses that are written as negative: they would never be paid.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::syntax::tree::{Bands, Expr, ExprKind, SumOp};
use crate::text::Span;
use crate::typing::Context;

/// Refuses an amount that is negative as it is written; `what` as in "{a credit} is written above 0".
pub(super) fn refuse_negative(cx: &mut Context<'_>, amount: &Expr, what: &str) {
    if let ExprKind::If(cases, last) = &amount.kind {
        for (_, value) in cases {
            refuse_negative(cx, value, what);
        }
        return refuse_negative(cx, last, what);
    }
    let Some(number) = negated(amount) else {
        return;
    };
    let sign = Span {
        end: number.start,
        ..amount.span
    };
    let text = cx.quote(amount.span);
    let positive = cx.quote(Span {
        start: number.start,
        ..amount.span
    });
    let deducted = if what == "a credit" {
        "the program deducts a credit, so a negative one would charge it: it counts as 0, and nothing is ever paid"
    } else {
        "a negative bonus counts as 0, and nothing is ever paid; what is deducted is a credit"
    };
    cx.report(
        Diagnostic::error(
            "negative-amount",
            amount.span,
            format!("{what} of `{text}` is never paid"),
        )
        .because(deducted)
        .help(format!("write `{positive}`"))
        .mended_by(Fix {
            title: format!("write `{positive}`"),
            edits: vec![Edit {
                span: sign,
                text: String::new(),
            }],
            safe: false,
        }),
    );
}

/// The same for the amount of each band.
pub(super) fn refuse_negative_bands(cx: &mut Context<'_>, bands: &Bands, what: &str) {
    for band in &bands.bands {
        refuse_negative(cx, &band.value, what);
    }
}

/// The place of the number whose sign makes the amount negative, if a number as written does.
fn negated(amount: &Expr) -> Option<Span> {
    match &amount.kind {
        ExprKind::Negate(inner) if is_above_zero(inner) => Some(inner.span),
        ExprKind::Of(share, _) => negated(share),
        ExprKind::Sum(terms) => match terms.as_slice() {
            [(SumOp::Minus, only)] if is_above_zero(only) => Some(only.span),
            _ => None,
        },
        _ => None,
    }
}

fn is_above_zero(amount: &Expr) -> bool {
    match &amount.kind {
        ExprKind::Number(number) | ExprKind::Percent(number) | ExprKind::Quantity(number, _) => {
            !number.is_zero() && !number.is_negative()
        }
        ExprKind::Of(share, _) => is_above_zero(share),
        _ => false,
    }
}
