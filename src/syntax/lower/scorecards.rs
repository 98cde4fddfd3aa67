//! Scorecards and objectives: what metrics are combined for.

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Bands, ItemKind, Measured, Name, Objective, Rounded, Scorecard, ScorecardArm,
};
use super::Lowering;
use super::body::Statement;
use super::climb::comparison;
use super::file::ItemParts;
use super::item::Common;

impl<'t> Lowering<'t> {
    pub(super) fn scorecard(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.titled("scorecard", &node);
        let mut body = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::scorecard_body => {
                    common.no_more_title();
                    body = Some(self.scorecard_body(part, &common));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if body.is_none() && !common.broken {
            self.report_missing_block(&common, "`{ 50% csat { below 4.0: 0; otherwise 100 } … }`");
        }
        let (arms, rounded) = body.unwrap_or_default();
        let scorecard = Scorecard {
            name: common.name?,
            title: common.title,
            arms,
            rounded,
        };
        Some((ItemKind::Scorecard(scorecard), common.clause))
    }

    fn scorecard_body(
        &mut self,
        node: Node<'t>,
        common: &Common,
    ) -> (Vec<ScorecardArm>, Option<Rounded>) {
        let (mut arms, mut rounded) = (Vec::new(), None);
        self.body(
            node,
            Rule::only_scorecard,
            &common.called(),
            |this, part| {
                if part.node.as_rule() == Rule::rounded {
                    rounded = this.rounded(part.node);
                } else {
                    arms.extend(this.scorecard_arm(part));
                }
            },
        );
        (arms, rounded)
    }

    fn scorecard_arm(
        &mut self,
        Statement { node, broken: cut }: Statement<'t>,
    ) -> Option<ScorecardArm> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let number = parts.take(Rule::number)?;
        let weight = self.amount(&number, &mut parts);
        let metric = parts.take(Rule::path).map(|part| self.path(&part))?;
        let bands = parts.take(Rule::bands).map(|part| self.bands(part));
        if bands.is_none() && !cut {
            self.report_lack(
                metric.span,
                &format!("`{}`", metric.name.text),
                "how many points it gets in which band",
                "`50% csat { below 4.0: 0; otherwise 100 }`",
            );
        }
        Some(ScorecardArm {
            weight,
            metric,
            bands: bands.unwrap_or(Bands {
                bands: Vec::new(),
                span,
            }),
            span,
        })
    }

    pub(super) fn objective(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.titled("objective", &node);
        let mut body = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::objective_body => {
                    common.no_more_title();
                    body = Some(self.objective_body(part, &common));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if body.is_none() && !common.broken {
            self.report_missing_block(&common, "`{ purpose quality; measured by csat }`");
        }
        let (purposes, measured_by) = body.unwrap_or_default();
        let objective = Objective {
            name: common.name?,
            title: common.title,
            purposes,
            measured_by,
        };
        Some((ItemKind::Objective(objective), common.clause))
    }

    fn objective_body(&mut self, node: Node<'t>, common: &Common) -> (Vec<Name>, Vec<Measured>) {
        let (mut purposes, mut measured) = (Vec::new(), Vec::new());
        self.body(
            node,
            Rule::only_objective,
            &common.called(),
            |this, part| {
                for word in part.node.into_inner() {
                    match word.as_rule() {
                        Rule::word_token => purposes.push(this.name(&word)),
                        Rule::measured => measured.extend(this.measured(word)),
                        _ => {}
                    }
                }
            },
        );
        (purposes, measured)
    }

    fn measured(&mut self, node: Node<'t>) -> Option<Measured> {
        let mut parts = Children::of(node);
        let metric = parts.take(Rule::path).map(|part| self.path(&part))?;
        let goal = match (parts.take(Rule::compare), parts.take(Rule::arith)) {
            (Some(compare), Some(value)) => {
                comparison(words(&compare)).map(|compare| (compare, self.climb(value)))
            }
            _ => None,
        };
        Some(Measured { metric, goal })
    }
}
