//! Sums, products and shares.

use crate::diagnostic::Diagnostic;
use crate::program::Op;
use crate::quantity::{Exact, Type, Unit};
use crate::syntax::tree::{Expr, ExprKind, ProductOp, StepCount, SumOp};
use crate::text::Span;

use super::demand::as_percentage;
use super::{Context, Share, Typed};

/// The most units that can be multiplied into one unit.
const MOST_FACTORS: u32 = 12;

impl Context<'_> {
    pub(super) fn sum_of(&mut self, terms: &[(SumOp, Expr)], span: Span) -> Typed {
        let mut terms = terms.iter();
        let Some((sign, first)) = terms.next() else {
            return self.unknown(span);
        };
        let mut total = self.expression(first);
        if *sign == SumOp::Minus {
            total = self.negated(&total, first.span);
        }
        for (sign, term) in terms {
            let term = self.expression(term);
            let span = total.span.to(term.span);
            total = match sign {
                SumOp::Plus => self.added(&total, &term, span),
                SumOp::Minus => self.subtracted(&total, &term, span),
            };
        }
        total
    }

    fn added(&mut self, left: &Typed, right: &Typed, span: Span) -> Typed {
        if let Some(kind) = points_join(&left.kind, &right.kind) {
            return self.summed(left, right, kind, span);
        }
        if !self.can_be_counted(left, "added to something")
            || !self.can_be_counted(right, "added to something")
        {
            return self.unknown(span);
        }
        match self.unify(left, right, "added to", span) {
            Some((left, right)) => {
                let kind = sum_type(&left.kind);
                self.summed(&left, &right, kind, span)
            }
            None => self.unknown(span),
        }
    }

    fn summed(&mut self, left: &Typed, right: &Typed, kind: Type, span: Span) -> Typed {
        let node = self.node(
            Op::Sum(Box::new([left.node, right.node])),
            kind.clone(),
            span,
        );
        self.joined(left, right, node, kind, span, Exact::add)
    }

    fn subtracted(&mut self, left: &Typed, right: &Typed, span: Span) -> Typed {
        if left.kind == Type::Percent && right.kind == Type::PercentagePoints {
            return self.differing(left, right, Type::Percent, span);
        }
        if !self.can_be_counted(left, "subtracted from")
            || !self.can_be_counted(right, "subtracted")
        {
            return self.unknown(span);
        }
        match self.unify(left, right, "subtracted from", span) {
            Some((left, right)) => {
                let whole = left.constant.as_ref() == Some(&Exact::one());
                let kind = match &left.kind {
                    Type::Percent if !whole => Type::PercentagePoints,
                    other => sum_type(other),
                };
                self.differing(&left, &right, kind, span)
            }
            None => self.unknown(span),
        }
    }

    fn differing(&mut self, left: &Typed, right: &Typed, kind: Type, span: Span) -> Typed {
        let node = self.node(Op::Subtract(left.node, right.node), kind.clone(), span);
        self.joined(left, right, node, kind, span, Exact::subtract)
    }

    /// A value made from two others, with a constant value if both have one.
    fn joined(
        &mut self,
        left: &Typed,
        right: &Typed,
        node: crate::program::NodeId,
        kind: Type,
        span: Span,
        fold: impl Fn(&Exact, &Exact) -> Exact,
    ) -> Typed {
        let constant = match (&left.constant, &right.constant) {
            (Some(a), Some(b)) => Some(fold(a, b)),
            _ => None,
        };
        if constant.as_ref().is_some_and(Exact::is_oversize) {
            self.too_large(span);
            return self.unknown(span);
        }
        let node = match &constant {
            Some(value) => self.graph.constant(value.clone(), kind.clone(), span),
            None => node,
        };
        Typed {
            literal: left.literal && right.literal,
            ratio: left.ratio && right.ratio,
            optional: left.optional || right.optional,
            ..Typed::new(node, kind, span)
        }
        .with_constant(constant)
    }

    pub(super) fn negated(&mut self, value: &Typed, span: Span) -> Typed {
        if !self.can_be_counted(value, "negative") {
            return self.unknown(span);
        }
        let node = self.node(Op::Negate(value.node), value.kind.clone(), span);
        let constant = value.constant.as_ref().map(Exact::negate);
        let node = match &constant {
            Some(value_now) => self
                .graph
                .constant(value_now.clone(), value.kind.clone(), span),
            None => node,
        };
        Typed {
            node,
            span,
            constant,
            origin: None,
            domain: None,
            share: None,
            ..value.clone()
        }
    }

    pub(super) fn product_of(&mut self, factors: &[(ProductOp, Expr)], span: Span) -> Typed {
        if let [(_, price), (ProductOp::Times, factor)] = factors
            && let ExprKind::Steps(steps) = &factor.kind
        {
            return self.priced_steps(price, factor, steps);
        }
        let mut factors = factors.iter();
        let Some((_, first)) = factors.next() else {
            return self.unknown(span);
        };
        let mut product = self.expression(first);
        for (operator, factor) in factors {
            let factor = self.expression(factor);
            let span = product.span.to(factor.span);
            product = match operator {
                ProductOp::Times => self.multiplied(&product, &factor, span),
                ProductOp::Over => self.divided(&product, &factor, span),
            };
        }
        product
    }

    /// `500 EUR per full second of asa above 30 s`: the line shows the price and how many seconds it was paid for.
    fn priced_steps(&mut self, price: &Expr, factor: &Expr, steps: &StepCount) -> Typed {
        let price = self.expression(price);
        let count = self.expression(factor);
        let mut product = self.multiplied(&price, &count, price.span.to(count.span));
        if product.is_unknown() || product.kind.currency().is_none() {
            return product;
        }
        let unit = steps.unit.as_ref().filter(|_| steps.size.is_none());
        let base = match unit.and_then(|word| self.units.find(&word.text)) {
            Some(unit) => {
                let kind = Type::Quantity(unit.into());
                let node = self.node(Op::Sum(Box::new([count.node])), kind.clone(), count.span);
                Typed::new(node, kind, count.span)
            }
            None => count,
        };
        product.share = Some(Box::new(Share { rate: price, base }));
        product
    }

    /// The product of two values. Their units are multiplied too.
    pub fn multiplied(&mut self, left: &Typed, right: &Typed, span: Span) -> Typed {
        if left.is_unknown() || right.is_unknown() {
            return self.unknown(span);
        }
        if !self.can_be_counted(left, "multiplied") || !self.can_be_counted(right, "multiplied") {
            return self.unknown(span);
        }
        self.refuse_grouped_factor(left, right);
        let (kind, factor) = match (&left.kind, &right.kind) {
            (Type::Quantity(a), Type::Quantity(b)) => match self.sensible(a.multiply(b), span) {
                Some(unit) => quantity(unit),
                None => return self.unknown(span),
            },
            (Type::PercentagePoints, Type::Quantity(_) | Type::Percent)
            | (Type::Quantity(_) | Type::Percent, Type::PercentagePoints) => {
                return self.points_as_share(left, right, span);
            }
            (Type::Quantity(_), _) => (left.kind.clone(), Exact::one()),
            (_, Type::Quantity(_)) => (right.kind.clone(), Exact::one()),
            (Type::PercentagePoints, _) | (_, Type::PercentagePoints) => {
                (Type::PercentagePoints, Exact::one())
            }
            (Type::Percent, Type::Percent) => (Type::Percent, Exact::one()),
            (Type::Percent, Type::Number) if right.literal => (Type::Percent, Exact::one()),
            (Type::Number, Type::Percent) if left.literal => (Type::Percent, Exact::one()),
            _ => (Type::Number, Exact::one()),
        };
        let node = self.node(Op::Multiply(left.node, right.node), kind.clone(), span);
        let mut product = self.joined(left, right, node, kind.clone(), span, Exact::multiply);
        product.ratio = product.kind == Type::Number
            && (left.ratio
                || right.ratio
                || left.kind == Type::Percent
                || right.kind == Type::Percent);
        self.with_factor(product, &factor, kind)
    }

    /// The quotient of two values. Their units are divided too.
    pub fn divided(&mut self, left: &Typed, right: &Typed, span: Span) -> Typed {
        if left.is_unknown() || right.is_unknown() {
            return self.unknown(span);
        }
        if !self.can_be_counted(left, "divided") || !self.can_be_counted(right, "divided by") {
            return self.unknown(span);
        }
        if right.constant.as_ref().is_some_and(Exact::is_zero) {
            self.report(Diagnostic::error(
                "division-by-zero",
                right.span,
                "this divides by zero",
            ));
            return self.unknown(span);
        }
        self.refuse_grouped_factor(left, right);
        let (kind, factor) = match (&left.kind, &right.kind) {
            (Type::Quantity(a), Type::Quantity(b)) => match self.sensible(a.divide(b), span) {
                Some(unit) => quantity(unit),
                None => return self.unknown(span),
            },
            (Type::Quantity(_) | Type::PercentagePoints, _)
                if !matches!(right.kind, Type::Quantity(_)) && left.kind != right.kind =>
            {
                (left.kind.clone(), Exact::one())
            }
            (_, Type::Quantity(b)) => quantity(Unit::none().divide(b)),
            (Type::Percent, Type::Number) => (Type::Percent, Exact::one()),
            _ => (Type::Number, Exact::one()),
        };
        let node = self.node(Op::Divide(left.node, right.node), kind.clone(), span);
        let mut quotient = self.joined(left, right, node, kind.clone(), span, |a, b| {
            a.divide(b).unwrap_or_else(Exact::zero)
        });
        let bare = left.literal && right.literal;
        quotient.ratio = quotient.kind == Type::Number && (!bare || left.ratio || right.ratio);
        quotient.literal = bare;
        self.with_factor(quotient, &factor, kind)
    }

    /// Reports a number larger than any contract needs. Nothing is computed with it, so it cannot grow further.
    fn too_large(&mut self, span: Span) {
        let text = self.quote(span);
        self.report(
            Diagnostic::error(
                "number-too-large",
                span,
                format!("the value of `{text}` has more than a thousand digits"),
            )
            .because(
                "no real amount is that large or that precise; the program would run out of memory",
            )
            .help("check the definitions before it for values multiplied by themselves"),
        );
    }

    /// The unit, if a person can still make sense of it. Otherwise a finding and nothing.
    fn sensible(&mut self, unit: (Unit, Exact), span: Span) -> Option<(Unit, Exact)> {
        let size: u32 = unit
            .0
            .parts()
            .map(|(_, exponent)| exponent.unsigned_abs())
            .sum();
        if size <= MOST_FACTORS {
            return Some(unit);
        }
        let text = self.quote(span);
        self.report(
            Diagnostic::error(
                "unit-too-complex",
                span,
                format!("the unit of `{text}` is a product of {size} units"),
            )
            .because("no contract pays for anything counted in such a unit")
            .help("check the definitions before it for values multiplied by themselves"),
        );
        None
    }

    fn with_factor(&mut self, value: Typed, factor: &Exact, kind: Type) -> Typed {
        if *factor == Exact::one() {
            return value;
        }
        let by = self
            .graph
            .constant(factor.clone(), Type::Number, value.span);
        let node = self.node(Op::Multiply(value.node, by), kind, value.span);
        let constant = value
            .constant
            .as_ref()
            .map(|constant| constant.multiply(factor));
        Typed {
            node,
            constant,
            ..value
        }
    }

    /// `share of base`, or `price of how many`: a product that keeps its two factors for the invoice line.
    pub fn share_of(&mut self, rate: Typed, base: Typed, span: Span) -> Typed {
        if rate.kind == Type::Number
            && rate.literal
            && !rate.ratio
            && rate
                .constant
                .as_ref()
                .is_some_and(|number| number.is_integer() || self.quote(rate.span).contains('.'))
        {
            let text = self.quote(rate.span);
            let share = as_percentage(&rate, &text);
            self.report(
                Diagnostic::error("share-without-percent", rate.span, format!("`{text} of …` is neither a share nor a price"))
                    .help(format!("for a share, {share}; for a price, write `{text} EUR per …`; for a multiple, `{text} * …`")),
            );
            return self.unknown(span);
        }
        if !self.price_fits(&rate, &base) {
            return self.unknown(span);
        }
        let mut product = self.multiplied(&rate, &base, span);
        product.share = Some(Box::new(Share { rate, base }));
        product
    }

    /// Whether the counted thing is what the price is for. If it is not, a finding is reported.
    fn price_fits(&mut self, rate: &Typed, base: &Typed) -> bool {
        let (Type::Quantity(price), Type::Quantity(unit)) = (&rate.kind, &base.kind) else {
            return true;
        };
        let (product, _) = price.multiply(unit);
        if !price.has_currency()
            || product.as_currency().is_some()
            || product == *price
            || self.is_money_per_period(&product)
        {
            return true;
        }
        let (price, unit) = (price.clone(), unit.clone());
        let text = self.quote(base.span);
        let mut finding = Diagnostic::error(
            "wrong-rate",
            rate.span,
            format!("a price in {price} cannot be paid on `{text}`, which is a number of {unit}"),
        )
        .here(format!("a price in {price}"))
        .and_at(base.span, format!("a number of {unit}"));
        if let Some(origin) = &base.origin {
            finding = finding.and_at(
                origin.declared,
                format!("`{}` is declared here", origin.name),
            );
        }
        if let Some(currency) = price
            .parts()
            .next()
            .map(|(part, _)| part.plural().to_owned())
        {
            let one = unit
                .as_base()
                .map_or_else(|| unit.to_string(), |part| part.singular().to_owned());
            finding = finding.help(format!(
                "write the price in `{currency} per {one}`, or name the quantity that the \
                                            price is for"
            ));
        }
        self.report(finding.because("the price is for one thing, and the quantity counts another"));
        false
    }

    fn points_as_share(&mut self, left: &Typed, right: &Typed, span: Span) -> Typed {
        let points = if left.kind == Type::PercentagePoints {
            left
        } else {
            right
        };
        let text = self.quote(points.span);
        self.report(
            Diagnostic::error(
                "points-as-share",
                points.span,
                format!("`{text}` is a difference in percentage points, not a share"),
            )
            .because("5 percentage points and 5% are different things, so the contract must say if one is used as the \
                      other")
            .help(format!("write `({text}) as percent` if each point counts as one percent")),
        );
        self.unknown(span)
    }

    /// Whether the value is a number at all. If it is not, a finding is reported.
    fn can_be_counted(&mut self, value: &Typed, done: &str) -> bool {
        match value.kind {
            Type::Unknown => false,
            Type::Flag => {
                let text = self.quote(value.span);
                self.report(
                    Diagnostic::error(
                        "not-a-number",
                        value.span,
                        format!("`{text}` is a condition and cannot be {done}"),
                    )
                    .help(format!("write `if {text} then … else …`")),
                );
                false
            }
            _ => true,
        }
    }
}

/// The type of a sum with percentage points: percent with percentage points is percent, and points with points are
/// points.
fn points_join(left: &Type, right: &Type) -> Option<Type> {
    match (left, right) {
        (Type::Percent, Type::PercentagePoints) | (Type::PercentagePoints, Type::Percent) => {
            Some(Type::Percent)
        }
        _ => None,
    }
}

/// The type of a sum. A sum of marks is no longer a mark on the scale.
fn sum_type(kind: &Type) -> Type {
    match kind {
        Type::Score => Type::Number,
        other => other.clone(),
    }
}

fn quantity((unit, factor): (Unit, Exact)) -> (Type, Exact) {
    if unit.is_none() {
        (Type::Number, factor)
    } else {
        (Type::Quantity(unit), factor)
    }
}
