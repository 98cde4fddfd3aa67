//! Numbers, quantities, months and dates.

use crate::calendar::{Date, Month};
use crate::quantity::Exact;
use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{Expr, ExprKind, Number, UnitExpr};
use super::Lowering;

/// The most digits that a number's short form has: they fit an `i64`.
const SHORT: usize = 18;

impl<'t> Lowering<'t> {
    /// A number without sign or percent sign; a diagnostic and 0 if it has too many digits.
    pub(super) fn number(&mut self, node: &Node<'t>) -> Number {
        let span = self.span(node);
        let value = read_number(words(node)).unwrap_or_else(|| {
            self.report_long_number(span);
            Exact::zero()
        });
        Number { value, span }
    }

    /// A number that has just been taken, with the percent sign or unit that may stand behind it.
    pub(super) fn amount(&mut self, number: &Node<'t>, rest: &mut Children<'t>) -> Expr {
        let Number { value, span } = self.number(number);
        match rest.peek() {
            Some(Rule::pct) => {
                let span = self.join(span, rest.next());
                let kind = ExprKind::Percent(hundredth(&value));
                Expr { kind, span }
            }
            Some(Rule::percentage_points) => {
                let span = self.join(span, rest.next());
                let kind = ExprKind::PercentagePoints(hundredth(&value));
                Expr { kind, span }
            }
            Some(Rule::unit) => match rest.next().and_then(|unit| self.unit(unit)) {
                Some(unit) => {
                    let span = span.to(unit.span);
                    let kind = ExprKind::Quantity(value, unit);
                    Expr { kind, span }
                }
                None => Expr {
                    kind: ExprKind::Broken,
                    span,
                },
            },
            _ => Expr {
                kind: ExprKind::Number(value),
                span,
            },
        }
    }

    /// `EUR per call`, of a node whose children are its words.
    pub(super) fn unit(&mut self, node: Node<'t>) -> Option<UnitExpr> {
        let mut words = node
            .into_inner()
            .filter(|part| matches!(part.as_rule(), Rule::unit_word | Rule::word_token))
            .map(|part| self.name(&part))
            .collect::<Vec<_>>()
            .into_iter();
        let above = words.next()?;
        let below: Vec<_> = words.collect();
        let span = below
            .last()
            .map_or(above.span, |last| above.span.to(last.span));
        Some(UnitExpr { above, below, span })
    }

    /// `2026-02` or `2026-02-01`.
    pub(super) fn calendar(&mut self, node: &Node<'t>) -> Expr {
        let span = self.span(node);
        let kind = if words(node).len() == "2026-02".len() {
            self.month(node).map(ExprKind::Month)
        } else {
            self.date(node).map(ExprKind::Date)
        };
        Expr {
            kind: kind.unwrap_or(ExprKind::Broken),
            span,
        }
    }

    /// The month of a node that has to be one.
    pub(super) fn month(&mut self, node: &Node<'t>) -> Option<Month> {
        let month = Month::parse(words(node));
        if month.is_none() {
            self.report_not_a_month(node);
        }
        month
    }

    /// The date of a node that has to be one.
    pub(super) fn date(&mut self, node: &Node<'t>) -> Option<Date> {
        let date = read_date(words(node));
        if date.is_none() {
            self.report_not_a_date(node);
        }
        date
    }

    /// The number in `3 months` or `30 days`.
    pub(super) fn count(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        match node.into_inner().next() {
            Some(part) if part.as_rule() == Rule::number => {
                let Number { value, span } = self.number(&part);
                Expr {
                    kind: ExprKind::Number(value),
                    span,
                }
            }
            Some(part) if part.as_rule() == Rule::path => self.name_expr(&part),
            Some(part) if part.as_rule() == Rule::paren => self.paren(part),
            _ => Expr {
                kind: ExprKind::Broken,
                span,
            },
        }
    }

    fn join(&self, span: Span, node: Option<Node<'t>>) -> Span {
        node.map_or(span, |node| span.to(self.span(&node)))
    }
}

fn hundredth(value: &Exact) -> Exact {
    value
        .divide(&Exact::from_integer(100))
        .unwrap_or_else(Exact::zero)
}

/// The value of digits with `_` between them and at most one point.
fn read_number(text: &str) -> Option<Exact> {
    if text.len() > SHORT {
        let plain: String = text.chars().filter(|&c| c != '_').collect();
        return Exact::parse_decimal(&plain).ok();
    }
    let (mut digits, mut scale, mut behind_point) = (0_i64, 1_i64, false);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                digits = digits * 10 + i64::from(byte - b'0');
                if behind_point {
                    scale *= 10;
                }
            }
            b'.' => behind_point = true,
            _ => {}
        }
    }
    if scale == 1 {
        Some(Exact::from_integer(digits))
    } else {
        Exact::ratio(digits, scale)
    }
}

fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Date::new(year, month, day).ok()
}
