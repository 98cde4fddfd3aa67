//! Bands of a measurement.

use super::super::grammar::{Children, Node, Rule};
use super::super::tree::{Band, BandBound, Bands, Comparison, Edge, Expr, Reach, Ruling};
use super::Lowering;
use super::climb::comparison;
use super::expression::broken;

impl<'t> Lowering<'t> {
    /// `{ below 70%: 0; otherwise 100 }`
    pub(super) fn bands(&mut self, node: Node<'t>) -> Bands {
        let span = self.span(&node);
        let mut bands = Vec::with_capacity(4);
        let mut opened = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open => opened = Some(self.span(&part)),
                Rule::missing_close => self.report_missing_close(opened, &part, "these bands"),
                Rule::band => bands.extend(self.band(part)),
                Rule::bad_statement => self.report_bad_statement(&part, Rule::band),
                _ => {}
            }
        }
        Bands { bands, span }
    }

    fn band(&mut self, node: Node<'t>) -> Option<Band> {
        let whole = node.clone();
        let span = self.span(&node);
        let (mut reach, mut value, mut ruling) = (None, None, None);
        let mut is_broken = false;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::reach_last => reach = Some(Reach::Otherwise),
                Rule::reach => reach = part.into_inner().next().and_then(|part| self.reach(part)),
                Rule::missing_colon => self.report_missing_colon(&whole, &part),
                Rule::equals_for_colon => self.report_equals_for_colon(&part),
                Rule::arith | Rule::if_expr => value = Some(self.expr(part)),
                Rule::ruling if part.as_str().starts_with("in") => ruling = Some(Ruling::InPlace),
                Rule::ruling => ruling = Some(Ruling::OnTop),
                Rule::broken_statement => {
                    is_broken = true;
                    self.report_broken(&whole, &part);
                }
                _ => {}
            }
        }
        let value = value.filter(|_| !is_broken);
        Some(Band {
            reach: reach?,
            value: value.unwrap_or_else(|| broken(span)),
            ruling,
            span,
        })
    }

    fn reach(&mut self, node: Node<'t>) -> Option<Reach> {
        match node.as_rule() {
            Rule::no_value => Some(Reach::NoValue),
            Rule::band_side => {
                let mut parts = Children::of(node);
                let side = comparison(parts.next()?.as_str())?;
                Some(Reach::Side(side, self.climb(parts.next()?)))
            }
            Rule::band_up_to => {
                let most = self.climb(node.into_inner().next()?);
                Some(Reach::Side(Comparison::AtMost, most))
            }
            Rule::band_from | Rule::band_range => self.range(node),
            _ => None,
        }
    }

    /// `98.0% to 98.9%`, `above 1% to below 5%`, or one end alone.
    fn range(&mut self, node: Node<'t>) -> Option<Reach> {
        let mut parts = Children::of(node);
        let from = parts.take(Rule::k_from).is_some();
        let above = parts.take(Rule::k_above).is_some();
        let least = self.climb(parts.next()?);
        let Some(end) = parts.take(Rule::band_to) else {
            return Some(match (above, from) {
                (true, _) => Reach::Side(Comparison::Above, least),
                (_, true) => Reach::Side(Comparison::AtLeast, least),
                _ => Reach::Exactly(least),
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

fn bound(at: Expr, excluded: bool) -> BandBound {
    let edge = if excluded {
        Edge::Excluded
    } else {
        Edge::Included
    };
    BandBound { at, edge }
}
