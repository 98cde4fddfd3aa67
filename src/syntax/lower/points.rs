//! Service points.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Band, Bands, Every, ItemKind, Points, PointsRepeat, PointsStatement, PointsTerms,
};
use super::Lowering;
use super::body::Statement;
use super::consequences::every_of;
use super::expression::broken;
use super::file::ItemParts;
use super::item::Common;

const MODEL: &str =
    "`points response on csat each quarter { below 4.0: 2 points; below 4.5: 1 point }`";

/// What is between the braces.
#[derive(Default)]
struct Body {
    bands: Vec<Band>,
    statements: Vec<PointsStatement>,
}

impl<'t> Lowering<'t> {
    pub(super) fn points(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.titled("points", &node);
        let (mut dimension, mut amount, mut on) = (None, None, None);
        let (mut every, mut body) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::by_dimension => dimension = self.only_dimension(part),
                Rule::assign | Rule::k_on => common.no_more_title(),
                Rule::flat | Rule::if_expr => amount = Some(self.expr(part)),
                Rule::arith => on = Some(self.climb(part)),
                Rule::every => {
                    common.no_more_title();
                    every = Some((every_of(words(&part)), self.span(&part)));
                }
                Rule::points_body => {
                    common.no_more_title();
                    let place = self.span(&part);
                    body = Some((self.points_body(part, &common), place));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        let (body, place) = body.unwrap_or((Body::default(), span));
        let Body { bands, statements } = body;
        let terms = match (amount, on) {
            _ if common.broken => PointsTerms::Amount(broken(span)),
            (Some(amount), _) => {
                if let Some(band) = bands.first() {
                    self.report_points_twice(band.span, &common.called());
                }
                PointsTerms::Amount(amount)
            }
            (None, Some(on)) if !bands.is_empty() => {
                PointsTerms::Bands(on, Bands { bands, span: place })
            }
            _ => {
                self.lacks(&common, "how many points count for what", MODEL);
                common.broken = true;
                PointsTerms::Amount(broken(span))
            }
        };
        if every.is_none() {
            self.lacks(
                &common,
                "how often they are settled",
                "`each month`, `each quarter`, `each contract year` or `each calendar year` before the `{`",
            );
        }
        let (every, every_span) = every.unwrap_or((Every::Month, span));
        let points = Points {
            name: common.name?,
            title: common.title,
            dimension,
            terms,
            every,
            every_span,
            statements,
        };
        Some((ItemKind::Points(points), common.clause))
    }

    fn points_body(&mut self, node: Node<'t>, common: &Common) -> Body {
        let mut body = Body::default();
        self.body(node, Rule::only_points, &common.called(), |this, part| {
            if part.node.as_rule() == Rule::band {
                body.bands.extend(this.band(part));
            } else if !part.broken {
                body.statements.extend(this.points_statement(part));
            }
        });
        body
    }

    fn points_statement(&mut self, part: Statement<'t>) -> Option<PointsStatement> {
        let rule = part.node.as_rule();
        let span = self.span(&part.node);
        let mut parts = Children::of(part.node);
        match rule {
            Rule::points_excused => self.points_excused(&mut parts, span),
            Rule::points_repeated => {
                let factor = parts.find(Rule::arith).map(|part| self.climb(part))?;
                let compounding = parts
                    .find(Rule::compounding)
                    .map(|part| !words(&part).starts_with("not"));
                let repeat = PointsRepeat {
                    factor,
                    compounding,
                };
                Some(PointsStatement::Repeated(repeat, span))
            }
            Rule::sl_no_value => {
                let is = parts.find(Rule::no_value_is)?;
                if words(&is) != "excused" {
                    self.report_lack(
                        span,
                        "`no value failed`",
                        "how many points it counts",
                        "`no value: 2 points`, or `no value excused`",
                    );
                }
                Some(PointsStatement::NoValueExcused(span))
            }
            _ => None,
        }
    }

    fn points_excused(&mut self, parts: &mut Children<'t>, span: Span) -> Option<PointsStatement> {
        parts.take(Rule::k_excused);
        let node = parts.next()?;
        if node.as_rule() == Rule::when {
            let condition = self.when(node)?;
            return Some(PointsStatement::ExcusedWhen(condition, span));
        }
        let mut parts = Children::of(node);
        if let Some(count) = parts.find(Rule::count) {
            return Some(PointsStatement::Grace(self.count(count), span));
        }
        let effect = parts.find(Rule::run_effect)?;
        let breaks = words(&effect) == "breaks";
        Some(PointsStatement::ExcusedBreaks(breaks, span))
    }
}
