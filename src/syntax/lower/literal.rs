//! Numbers, quantities, months and dates.

use crate::calendar::{Date, Month};
use crate::quantity::Exact;
use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{Expr, ExprKind, Number, UnitExpr};
use super::Lowering;

/// The most characters of a short number: its digits, and a hundred times its scale, fit an `i64`.
const SHORT: usize = 16;

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

    /// A number with a percent sign after it, without the place of the sign.
    pub(super) fn percentage(&mut self, number: &Node<'t>) -> Expr {
        Expr {
            span: self.span(number),
            kind: ExprKind::Percent(self.hundredths(number)),
        }
    }

    /// A number that has just been taken, with the percent sign or unit that may come after it.
    pub(super) fn amount(&mut self, number: &Node<'t>, rest: &mut Children<'t>) -> Expr {
        let span = self.span(number);
        let kind = match rest.peek() {
            Some(Rule::pct) => ExprKind::Percent(self.hundredths(number)),
            Some(Rule::percentage_points) => ExprKind::PercentagePoints(self.hundredths(number)),
            Some(Rule::unit) => {
                let value = self.number(number).value;
                match rest.next().and_then(|unit| self.unit(unit)) {
                    Some(unit) => {
                        return Expr {
                            span: span.to(unit.span),
                            kind: ExprKind::Quantity(value, unit),
                        };
                    }
                    None => ExprKind::Broken,
                }
            }
            _ => {
                return Expr {
                    kind: ExprKind::Number(self.number(number).value),
                    span,
                };
            }
        };
        let span = self.join(span, rest.next());
        Expr { kind, span }
    }

    /// A number of hundredths: 80 of them are 0.8.
    fn hundredths(&mut self, node: &Node<'t>) -> Exact {
        match short_number(words(node)) {
            Some((digits, scale)) => Exact::ratio(digits, scale * 100).unwrap_or_else(Exact::zero),
            None => {
                let whole = self.number(node).value;
                whole
                    .divide(&Exact::from_integer(100))
                    .unwrap_or_else(Exact::zero)
            }
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

/// The value of digits with `_` between them and at most one point.
fn read_number(text: &str) -> Option<Exact> {
    match short_number(text) {
        Some((digits, 1)) => Some(Exact::from_integer(digits)),
        Some((digits, scale)) => Exact::ratio(digits, scale),
        None => {
            let plain: String = text.chars().filter(|&c| c != '_').collect();
            Exact::parse_decimal(&plain).ok()
        }
    }
}

/// The digits of a short number, and their divisor.
fn short_number(text: &str) -> Option<(i64, i64)> {
    if text.len() > SHORT {
        return None;
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
    Some((digits, scale))
}

fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Date::new(year, month, day).ok()
}
