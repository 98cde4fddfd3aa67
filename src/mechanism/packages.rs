//! Packages: units are bought in whole packages, and a package that is started is paid in full.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{NodeId, Op};
use crate::quantity::{Exact, Type};
use crate::syntax::tree::Expr;
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::charge::{Priced, share};

/// The size and the price of a package.
pub(super) struct Package {
    /// How many units it holds.
    size: Typed,
    /// Its price.
    price: Typed,
    /// The words of both.
    span: Span,
}

/// Reads `in packages of 1_000 calls at 1 EUR`: ⌈quantity / size⌉ × price.
pub(super) fn read(cx: &mut Context<'_>, quantity: &Typed, size: &Expr, price: &Expr) -> Priced {
    let Some(package) = Package::read(cx, quantity, size, price) else {
        return Priced::unknown(cx, size.span.to(price.span));
    };
    let count = package.begun(cx, quantity);
    cx.graph
        .label(count, StepKind::Part, "packages begun", None);
    package.priced(cx, count)
}

impl Package {
    /// Reads the size and price; nothing if a mistake was reported.
    pub(super) fn read(
        cx: &mut Context<'_>,
        quantity: &Typed,
        size: &Expr,
        price: &Expr,
    ) -> Option<Self> {
        let span = size.span.to(price.span);
        let size = cx.unindexed(|cx| cx.expression(size));
        let size = cx.demand(size, &quantity.kind, "the size of a package");
        let size_value = cx.demand_constant(&size, "the size of a package");
        let price = cx.expression(price);
        let price = cx.demand_amount(price, "the price of a package");
        if quantity.is_unknown() || price.is_unknown() {
            return None;
        }
        if size_value.is_none_or(|value| value <= Exact::zero()) {
            cx.report(Diagnostic::error(
                "package-size",
                size.span,
                "a package must have more than 0 units",
            ));
            return None;
        }
        Some(Self { size, price, span })
    }

    /// The number of packages that the units start.
    pub(super) fn begun(&self, cx: &mut Context<'_>, quantity: &Typed) -> NodeId {
        let count = cx.node(
            Op::Divide(quantity.node, self.size.node),
            Type::Number,
            self.span,
        );
        cx.node(Op::Ceiling(count), packages_type(cx), self.span)
    }

    /// The price of that many packages.
    pub(super) fn priced(&self, cx: &mut Context<'_>, count: NodeId) -> Priced {
        let money = cx.money();
        let product = Op::Multiply(count, self.price.node);
        let node = cx.node(product, money.clone(), self.span);
        let mut amount = Typed::new(node, money, self.span);
        let per_package = per_package(cx, &self.price);
        let count = Typed::new(count, packages_type(cx), self.span);
        amount.share = share(&per_package, &count);
        Priced {
            amount,
            parts: Vec::new(),
            quantity: None,
        }
    }
}

/// The type for a number of packages.
pub(super) fn packages_type(cx: &Context<'_>) -> Type {
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
