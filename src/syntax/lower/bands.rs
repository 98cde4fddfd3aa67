//! Bands of a measurement.

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Band, BandBound, Bands, Comparison, Edge, Expr, ExprKind, Reach, Ruling, SumOp,
};
use super::Lowering;
use super::body::Statement;
use super::climb::comparison;
use super::expression::broken as unread;

impl<'t> Lowering<'t> {
    /// `{ below 70%: 0; otherwise 100 }`
    pub(super) fn bands(&mut self, node: Node<'t>) -> Bands {
        let span = self.span(&node);
        let mut bands = Vec::with_capacity(4);
        self.body(node, Rule::only_band, "these bands", |this, band| {
            bands.extend(this.band(band));
        });
        Bands { bands, span }
    }

    pub(super) fn band(&mut self, Statement { node, broken }: Statement<'t>) -> Option<Band> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let reach = self.reach(&mut parts)?;
        if let Some(missing) = parts.take(Rule::missing_colon) {
            self.report_missing_colon(&missing);
        }
        if let Some(equals) = parts.take(Rule::equals_for_colon) {
            self.report_equals_for_colon(&equals);
        }
        let value = parts.next().map(|value| self.expr(value));
        let ruling =
            parts
                .take(Rule::ruling)
                .map(|ruling| match words(&ruling).starts_with("in") {
                    true => Ruling::InPlace,
                    false => Ruling::OnTop,
                });
        // A ruling may be in the part that could not be read.
        let ruling = ruling.or(broken.then_some(Ruling::InPlace));
        Some(Band {
            reach,
            value: value.filter(|_| !broken).unwrap_or_else(|| unread(span)),
            ruling,
            span,
        })
    }

    fn reach(&mut self, parts: &mut Children<'t>) -> Option<Reach> {
        let first = parts.next()?;
        match first.as_rule() {
            Rule::reach_last => Some(Reach::Otherwise),
            Rule::no_value => Some(Reach::NoValue),
            Rule::band_compare => {
                let side = side(words(&first))?;
                Some(Reach::Side(side, self.climb(parts.next()?)))
            }
            Rule::k_above | Rule::k_from => {
                let least = self.climb(parts.next()?);
                self.range(Some(first.as_rule()), least, parts)
            }
            _ => {
                let least = self.climb(first);
                self.range(None, least, parts)
            }
        }
    }

    /// `98.0% to 98.9%`, `above 1% to below 5%`, or only one end.
    fn range(
        &mut self,
        word: Option<Rule>,
        least: Expr,
        parts: &mut Children<'t>,
    ) -> Option<Reach> {
        let above = word == Some(Rule::k_above);
        let Some(end) = parts.take(Rule::band_to) else {
            return Some(match word {
                Some(_) if above => Reach::Side(Comparison::Above, least),
                Some(_) => Reach::Side(Comparison::AtLeast, least),
                None => match ends_with_minus(least) {
                    Ok((least, most)) => {
                        self.report_range_with_minus(&least, &most);
                        Reach::Range(bound(least, false), bound(most, false))
                    }
                    Err(least) => Reach::Exactly(least),
                },
            });
        };
        let (below, most) = self.range_end(end)?;
        Some(Reach::Range(bound(least, above), bound(most, below)))
    }

    fn range_end(&mut self, node: Node<'t>) -> Option<(bool, Expr)> {
        let mut parts = Children::of(node);
        parts.take(Rule::k_to);
        let below = parts.take(Rule::k_below).is_some();
        Some((below, self.climb(parts.next()?)))
    }
}

/// The ends of `90%-95%`, which can only be a range; the expression itself if it is none.
fn ends_with_minus(at: Expr) -> Result<(Expr, Expr), Expr> {
    let is_figure = |expr: &Expr| {
        matches!(
            expr.kind,
            ExprKind::Number(_) | ExprKind::Percent(_) | ExprKind::Quantity(..)
        )
    };
    match at.kind {
        ExprKind::Sum(terms) => match <[_; 2]>::try_from(terms) {
            Ok([(SumOp::Plus, least), (SumOp::Minus, most)])
                if is_figure(&least) && is_figure(&most) =>
            {
                Ok((least, most))
            }
            Ok(terms) => Err(Expr {
                kind: ExprKind::Sum(terms.into()),
                ..at
            }),
            Err(terms) => Err(Expr {
                kind: ExprKind::Sum(terms),
                ..at
            }),
        },
        kind => Err(Expr { kind, ..at }),
    }
}

/// The comparison that those words name; `up to` is `at most`.
fn side(text: &str) -> Option<Comparison> {
    if text.starts_with("up") {
        Some(Comparison::AtMost)
    } else {
        comparison(text)
    }
}

fn bound(at: Expr, excluded: bool) -> BandBound {
    let edge = if excluded {
        Edge::Excluded
    } else {
        Edge::Included
    };
    BandBound { at, edge }
}
