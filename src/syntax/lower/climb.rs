//! Precedence: from a flat list of operands and operators to a nested expression.
//!
//! `or` binds least tightly, then `and`, `not`, comparisons, sums, products, `of`, operands. `rounded … to …`, `as
//! percent` and `if known, otherwise …` apply to the whole sum before them.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{Comparison, Expr, ExprKind, ProductOp, SumOp};
use super::Lowering;
use super::expression::{broken, signed};

/// How many `of`, `rounded`, `as percent` and `if known` one flat list may contain, because each of them nests the
/// tree.
const MOST_NESTED: usize = 40;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Sum(SumOp),
    Product(ProductOp),
    Of,
    And,
    Or,
    Compare(Comparison),
}

/// A flat list that is being read.
struct List<'t> {
    parts: Children<'t>,
    nested: usize,
}

impl List<'_> {
    fn operator(&self) -> Option<Operator> {
        match self.parts.peek()? {
            Rule::op | Rule::arith_op | Rule::compare | Rule::of_op => {
                operator(self.parts.peek_words())
            }
            _ => None,
        }
    }

    fn take(&mut self, wanted: Operator) -> bool {
        let there = self.operator() == Some(wanted);
        if there {
            self.parts.next();
        }
        there
    }
}

impl<'t> Lowering<'t> {
    /// The expression of a flat list.
    pub(super) fn climb(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let mut list = List {
            parts: Children::of(node),
            nested: 0,
        };
        list.parts.take(Rule::k_months_in_a_row);
        let expr = self.or_level(&mut list);
        let expr = self.dated(expr, &mut list.parts);
        if list.nested > MOST_NESTED {
            self.report_long_chain(span);
            return broken(span);
        }
        if list.parts.peek().is_some() {
            return broken(span);
        }
        expr
    }

    fn or_level(&mut self, list: &mut List<'t>) -> Expr {
        let first = self.and_level(list);
        if list.operator() != Some(Operator::Or) {
            return first;
        }
        let mut all = vec![first];
        while list.take(Operator::Or) {
            all.push(self.and_level(list));
        }
        let span = covering(&all);
        Expr {
            kind: ExprKind::Or(all),
            span,
        }
    }

    fn and_level(&mut self, list: &mut List<'t>) -> Expr {
        let first = self.not_level(list);
        if list.operator() != Some(Operator::And) {
            return first;
        }
        let mut all = vec![first];
        while list.take(Operator::And) {
            all.push(self.not_level(list));
        }
        let span = covering(&all);
        Expr {
            kind: ExprKind::And(all),
            span,
        }
    }

    fn not_level(&mut self, list: &mut List<'t>) -> Expr {
        let Some(not) = list.parts.take(Rule::not) else {
            return self.comparison(list);
        };
        let inside = self.comparison(list);
        Expr {
            span: self.span(&not).to(inside.span),
            kind: ExprKind::Not(Box::new(inside)),
        }
    }

    fn comparison(&mut self, list: &mut List<'t>) -> Expr {
        let mut left = self.sum_level(list);
        let mut compared = 0;
        loop {
            if let Some(Operator::Compare(comparison)) = list.operator() {
                list.parts.next();
                let right = self.sum_level(list);
                let span = left.span.to(right.span);
                left = Expr {
                    kind: ExprKind::Compare(Box::new(left), comparison, Box::new(right)),
                    span,
                };
            } else if let Some(test) = list.parts.take(Rule::range_test) {
                left = self.range_test(left, test);
            } else {
                return left;
            }
            compared += 1;
            if compared > 1 {
                if compared == 2 {
                    self.report_chained_comparison(left.span);
                }
                left = broken(left.span);
            }
        }
    }

    fn range_test(&mut self, left: Expr, test: Node<'t>) -> Expr {
        let span = left.span.to(self.span(&test));
        let mut levels = test
            .into_inner()
            .filter(|part| part.as_rule() == Rule::level);
        let (Some(least), Some(most)) = (levels.next(), levels.next()) else {
            return broken(span);
        };
        let least = Box::new(self.climb(least));
        let most = Box::new(self.climb(most));
        Expr {
            kind: ExprKind::Between(Box::new(left), least, most),
            span,
        }
    }

    /// Sums, with everything that applies to a whole sum.
    fn sum_level(&mut self, list: &mut List<'t>) -> Expr {
        let mut left = self.rounded_sum(list);
        while list.parts.take(Rule::if_known).is_some() {
            list.nested += 1;
            let otherwise = self.rounded_sum(list);
            let span = left.span.to(otherwise.span);
            left = Expr {
                kind: ExprKind::IfKnown(Box::new(left), Box::new(otherwise)),
                span,
            };
            if list.nested > MOST_NESTED {
                left = broken(span);
            }
        }
        left
    }

    fn rounded_sum(&mut self, list: &mut List<'t>) -> Expr {
        let mut first = self.signed_operand(list);
        loop {
            let sum = self.sum(first, list);
            let Some(node) = list
                .parts
                .take(Rule::rounded)
                .or_else(|| list.parts.take(Rule::as_percent))
            else {
                return sum;
            };
            list.nested += 1;
            let span = sum.span.to(self.span(&node));
            let kind = if list.nested > MOST_NESTED {
                ExprKind::Broken
            } else if node.as_rule() == Rule::as_percent {
                ExprKind::AsPercent(Box::new(sum))
            } else {
                match self.rounded(node) {
                    Some(rounded) => ExprKind::Rounded(Box::new(sum), Box::new(rounded)),
                    None => ExprKind::Broken,
                }
            };
            first = Expr { kind, span };
        }
    }

    fn sum(&mut self, first: Expr, list: &mut List<'t>) -> Expr {
        let first = self.product(first, list);
        if !matches!(list.operator(), Some(Operator::Sum(_))) {
            return first;
        }
        let start = first.span;
        let mut terms = vec![(SumOp::Plus, first)];
        while let Some(Operator::Sum(op)) = list.operator() {
            list.parts.next();
            let operand = self.signed_operand(list);
            terms.push((op, self.product(operand, list)));
        }
        let span = terms.last().map_or(start, |(_, last)| start.to(last.span));
        Expr {
            kind: ExprKind::Sum(terms),
            span,
        }
    }

    /// Products, quotients and shares, from left to right: `1/3 of 180` is 60, as it is read aloud.
    fn product(&mut self, first: Expr, list: &mut List<'t>) -> Expr {
        let mut factors = vec![(ProductOp::Times, first)];
        loop {
            if let Some(Operator::Product(op)) = list.operator() {
                list.parts.next();
                factors.push((op, self.signed_operand(list)));
            } else if let Some(steps) = list.parts.take(Rule::steps) {
                factors.push((ProductOp::Times, self.steps(steps)));
            } else if list.take(Operator::Of) {
                list.nested += 1;
                let share = joined(factors, self.span_of(0, 0));
                let base = self.signed_operand(list);
                let span = share.span.to(base.span);
                let kind = if list.nested > MOST_NESTED {
                    ExprKind::Broken
                } else {
                    ExprKind::Of(Box::new(share), Box::new(base))
                };
                factors = vec![(ProductOp::Times, Expr { kind, span })];
            } else {
                return joined(factors, self.span_of(0, 0));
            }
        }
    }

    fn signed_operand(&mut self, list: &mut List<'t>) -> Expr {
        let here = list.parts.next();
        let Some(node) = here else {
            return broken(self.span_of(0, 0));
        };
        match node.as_rule() {
            Rule::not => {
                let at = self.span(&node);
                let inside = self.signed_operand_after(list, at);
                Expr {
                    span: at.to(inside.span),
                    kind: ExprKind::Not(Box::new(inside)),
                }
            }
            Rule::sign => {
                let at = self.span(&node);
                let operand = self.signed_operand_after(list, at);
                signed(words(&node), at, operand)
            }
            _ => self.operand(node, &mut list.parts),
        }
    }

    fn signed_operand_after(&mut self, list: &mut List<'t>, at: crate::text::Span) -> Expr {
        let Some(node) = list.parts.next() else {
            return broken(at);
        };
        if node.as_rule() == Rule::sign {
            let sign = self.span(&node);
            let operand = match list.parts.next() {
                Some(operand) => self.operand(operand, &mut list.parts),
                None => broken(sign),
            };
            return signed(words(&node), sign, operand);
        }
        self.operand(node, &mut list.parts)
    }
}

fn operator(text: &str) -> Option<Operator> {
    Some(match text {
        "+" => Operator::Sum(SumOp::Plus),
        "-" => Operator::Sum(SumOp::Minus),
        "*" => Operator::Product(ProductOp::Times),
        "/" => Operator::Product(ProductOp::Over),
        "of" => Operator::Of,
        "and" => Operator::And,
        "or" => Operator::Or,
        _ => Operator::Compare(comparison(text)?),
    })
}

/// Factors as one expression; a single factor is itself the expression.
fn joined(mut factors: Vec<(ProductOp, Expr)>, nowhere: Span) -> Expr {
    if factors.len() == 1
        && let Some((_, only)) = factors.pop()
    {
        return only;
    }
    let first = factors.first().map_or(nowhere, |(_, first)| first.span);
    let span = factors
        .last()
        .map_or(first, |(_, last)| first.to(last.span));
    Expr {
        kind: ExprKind::Product(factors),
        span,
    }
}

/// The comparison that those words or signs mean.
pub(super) fn comparison(text: &str) -> Option<Comparison> {
    Some(match text {
        "<" | "below" => Comparison::Below,
        "<=" => Comparison::AtMost,
        ">" | "above" => Comparison::Above,
        ">=" => Comparison::AtLeast,
        "=" | "is" => Comparison::Is,
        "<>" => Comparison::IsNot,
        _ if text.starts_with("is") => Comparison::IsNot,
        _ if text.ends_with("most") => Comparison::AtMost,
        _ if text.ends_with("least") => Comparison::AtLeast,
        _ => return None,
    })
}

fn covering(all: &[Expr]) -> crate::text::Span {
    match (all.first(), all.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => crate::text::Span::new(crate::text::FileId(0), 0, 0),
    }
}
