//! Packages: units are bought in whole packages, and a package that is begun is paid.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::Op;
use crate::quantity::{Exact, Type};
use crate::syntax::tree::Expr;
use crate::typing::{Context, Typed};

use super::charge::{Priced, share};

/// Reads `in packages of 1_000 calls at 1 EUR`: ⌈quantity / size⌉ × price.
pub(super) fn read(cx: &mut Context<'_>, quantity: &Typed, size: &Expr, price: &Expr) -> Priced {
    let span = size.span.to(price.span);
    let size = cx.expression(size);
    let size = cx.demand(size, &quantity.kind, "the size of a package");
    let size_value = cx.demand_constant(&size, "the size of a package");
    let price = cx.expression(price);
    let price = cx.demand_amount(price, "the price of a package");
    if quantity.is_unknown() || price.is_unknown() {
        return Priced {
            amount: cx.unknown(span),
            parts: Vec::new(),
            quantity: None,
        };
    }
    if size_value.is_none_or(|value| value <= Exact::zero()) {
        cx.report(Diagnostic::error(
            "package-size",
            size.span,
            "a package must hold more than nothing",
        ));
        return Priced {
            amount: cx.unknown(span),
            parts: Vec::new(),
            quantity: None,
        };
    }
    let count = cx.node(Op::Divide(quantity.node, size.node), Type::Number, span);
    let count = cx.node(Op::Ceiling(count), packages_type(cx), span);
    cx.graph
        .label(count, StepKind::Part, "packages begun", None);
    let money = cx.money();
    let node = cx.node(Op::Multiply(count, price.node), money.clone(), span);
    let mut amount = Typed::new(node, money, span);
    let per_package = per_package(cx, &price);
    amount.share = share(&per_package, &Typed::new(count, packages_type(cx), span));
    Priced {
        amount,
        parts: Vec::new(),
        quantity: None,
    }
}

fn packages_type(cx: &Context<'_>) -> Type {
    cx.units
        .find("packages")
        .map_or(Type::Number, |base| Type::Quantity(base.into()))
}

fn per_package(cx: &mut Context<'_>, price: &Typed) -> Typed {
    let kind = match (&price.kind, packages_type(cx)) {
        (Type::Quantity(money), Type::Quantity(packages)) => {
            Type::Quantity(money.divide(&packages).0)
        }
        (other, _) => other.clone(),
    };
    let node = cx.node(Op::Sum(Box::new([price.node])), kind.clone(), price.span);
    Typed::new(node, kind, price.span)
}
