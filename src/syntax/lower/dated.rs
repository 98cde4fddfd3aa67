//! Values that change on stated dates.

use crate::calendar::Date;
use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{Expr, ExprKind, LaterValue};
use super::Lowering;
use super::expression::broken;

impl<'t> Lowering<'t> {
    /// The value with those that replace it on later dates, if there are any.
    pub(super) fn dated(&mut self, first: Expr, parts: &mut Children<'t>) -> Expr {
        let mut later = Vec::new();
        let mut span = first.span;
        while let Some(node) = parts.take(Rule::dated) {
            span = span.to(self.span(&node));
            later.extend(self.later_value(node));
        }
        if later.is_empty() {
            return first;
        }
        Expr {
            kind: ExprKind::Dated(Box::new(first), later),
            span,
        }
    }

    /// `, from 2027-01-01 4.40 EUR`
    fn later_value(&mut self, node: Node<'t>) -> Option<LaterValue> {
        let mut parts = Children::of(node.clone());
        parts.take(Rule::comma);
        let word = parts.take(Rule::k_from)?;
        let day = parts.take(Rule::calendar)?;
        let start = self.span(&word);
        let span = Span {
            end: self.span(&node).end,
            ..start
        };
        let from = self.day_or_month(&day);
        let value = match parts.take(Rule::undated) {
            Some(value) => self.climb(value),
            None => {
                self.report_lack(
                    span,
                    "`from`",
                    "what applies from then on",
                    "the value after the date: `4.20 EUR, from 2027-01-01 4.40 EUR`",
                );
                broken(span)
            }
        };
        Some(LaterValue {
            from: from?,
            from_span: self.span(&day),
            value,
            span,
        })
    }

    /// A day, or the first day of a month that is given alone.
    fn day_or_month(&mut self, node: &Node<'t>) -> Option<Date> {
        if words(node).len() == "2027-01".len() {
            self.month(node)?.first_day()
        } else {
            self.date(node)
        }
    }
}
