//! A price for a baseline of units.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Baseline, BaselineSide, BaselineSlab, Deadband, DeadbandKind, Every, Expr, ExprKind, Price,
    SlabPrice,
};
use super::Lowering;
use super::body::Statement;
use super::consequences::every_of;
use super::expression::broken;

/// What a block says so far.
#[derive(Default)]
struct Said {
    baseline: Option<(Expr, Expr, Span)>,
    deadband: Option<Deadband>,
    above: Option<BaselineSide>,
    below: Option<BaselineSide>,
    /// Whether the side that was begun last is the one above.
    last_is_above: bool,
    /// Whether a part could not be read, so that what seems to be missing may be in it.
    broken: bool,
}

impl<'t> Lowering<'t> {
    /// `{ baseline 1_000 tickets at 50_000 GBP each month; deadband …; above …; below … }`
    pub(super) fn baseline_block(&mut self, node: Node<'t>) -> Price {
        let span = self.span(&node);
        let mut said = Said {
            broken: node
                .clone()
                .into_inner()
                .any(|part| part.as_rule() == Rule::bad_statement),
            ..Said::default()
        };
        self.body(
            node,
            Rule::only_baseline,
            "this baseline",
            |this, statement| this.baseline_statement(&mut said, statement),
        );
        let place = said.baseline.as_ref().map_or(span, |(.., at)| *at);
        let lacking: [(bool, &str, &str); 3] = [
            (
                said.baseline.is_none(),
                "how many units the baseline is, and what it costs",
                "`baseline 1_000 tickets at 50_000 GBP each month`",
            ),
            (
                said.above.is_none(),
                "what more units than the baseline cost",
                "`above up to 20%: 42 GBP per ticket; beyond by agreement`, or `above nothing`",
            ),
            (
                said.below.is_none(),
                "what is paid back for fewer units than the baseline",
                "`below up to 20%: 30 GBP per ticket back; beyond as at 20%`, or `below nothing`",
            ),
        ];
        for (lacks, what, help) in lacking {
            if lacks && !said.broken {
                self.report_lack(place, "this price", what, help);
            }
        }
        let (Some((units, price, _)), Some(above), Some(below)) =
            (said.baseline, said.above, said.below)
        else {
            return Price::Rate(broken(span));
        };
        if said.broken {
            return Price::Rate(broken(span));
        }
        Price::Baseline(Box::new(Baseline {
            units,
            price,
            deadband: said.deadband,
            above,
            below,
            span,
        }))
    }

    fn baseline_statement(&mut self, said: &mut Said, statement: Statement<'t>) {
        said.broken |= statement.broken;
        let node = statement.node;
        let span = self.span(&node);
        match node.as_rule() {
            Rule::baseline => match self.baseline_of(node, statement.broken) {
                Some(_) if said.baseline.is_some() => self.report_twice(span),
                Some((units, price)) => said.baseline = Some((units, price, span)),
                None => said.broken = true,
            },
            Rule::deadband => match self.deadband(node, statement.broken) {
                Some(_) if said.deadband.is_some() => self.report_twice(span),
                Some(deadband) => said.deadband = Some(deadband),
                None => said.broken = true,
            },
            Rule::baseline_side => self.baseline_side(said, node, statement.broken),
            Rule::baseline_slab => {
                let is_above = said.last_is_above;
                let slab = self.baseline_slab(node, is_above);
                let side = match is_above {
                    true => said.above.as_mut(),
                    false => said.below.as_mut(),
                };
                match (side, slab) {
                    (Some(side), Some(slab)) => side.slabs.push(slab),
                    (None, _) if !said.broken => {
                        self.report_lack(
                            span,
                            "this slab",
                            "whether it is above or below the baseline",
                            "`above up to 20%: 42 GBP per ticket`",
                        );
                        said.broken = true;
                    }
                    _ => said.broken = true,
                }
            }
            _ => {}
        }
    }

    /// `baseline 1_000 tickets at 50_000 GBP each month`
    fn baseline_of(&mut self, node: Node<'t>, is_broken: bool) -> Option<(Expr, Expr)> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        parts.take(Rule::k_baseline);
        let units = parts.take(Rule::arith).map(|part| self.climb(part));
        parts.take(Rule::at);
        let price = parts.take(Rule::arith).map(|part| self.climb(part));
        if let Some(every) = parts.take(Rule::every)
            && every_of(words(&every)) != Every::Month
        {
            let at = self.span(&every);
            self.report_baseline_not_each_month(at);
        }
        if (units.is_none() || price.is_none()) && !is_broken {
            self.report_lack(
                span,
                "the baseline",
                "how many units it is and what they cost",
                "`baseline 1_000 tickets at 50_000 GBP each month`",
            );
        }
        Some((units?, price?))
    }

    fn deadband(&mut self, node: Node<'t>, is_broken: bool) -> Option<Deadband> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        parts.take(Rule::k_deadband);
        let share = parts.take(Rule::arith).map(|part| self.climb(part));
        let kind = parts
            .take(Rule::deadband_kind)
            .map(|part| match words(&part) {
                "franchise" => DeadbandKind::Franchise,
                _ => DeadbandKind::Deductible,
            });
        if share.is_none() && !is_broken {
            self.report_lack(
                span,
                "the deadband",
                "how wide it is",
                "`deadband 10% franchise`",
            );
        }
        Some(Deadband {
            share: share?,
            kind,
            span,
        })
    }

    /// `above up to 20%: 42 GBP per ticket`, `above 42 GBP per ticket`, `above nothing`
    fn baseline_side(&mut self, said: &mut Said, node: Node<'t>, is_broken: bool) {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let is_above = parts
            .next()
            .is_some_and(|word| word.as_rule() == Rule::k_above);
        said.last_is_above = is_above;
        let mut slabs = Vec::new();
        match parts.next() {
            Some(part) if part.as_rule() == Rule::baseline_slab => {
                slabs.extend(self.baseline_slab(part, is_above));
                said.broken |= slabs.is_empty();
            }
            Some(part) if part.as_rule() == Rule::slab_price => {
                let price = self.slab_price(part, is_above);
                slabs.push(BaselineSlab {
                    up_to: None,
                    price,
                    span,
                });
            }
            Some(_) => {}
            None => {
                said.broken = true;
                if !is_broken {
                    self.report_lack(
                        span,
                        if is_above { "`above`" } else { "`below`" },
                        "what these units cost",
                        if is_above {
                            "`above up to 20%: 42 GBP per ticket; beyond by agreement`, or `above nothing`"
                        } else {
                            "`below up to 20%: 30 GBP per ticket back; beyond as at 20%`, or `below nothing`"
                        },
                    );
                }
            }
        }
        let side = match is_above {
            true => &mut said.above,
            false => &mut said.below,
        };
        match side {
            Some(_) => self.report_twice(span),
            None => *side = Some(BaselineSide { slabs, span }),
        }
    }

    fn baseline_slab(&mut self, node: Node<'t>, is_above: bool) -> Option<BaselineSlab> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let up_to = match parts.next()?.as_rule() {
            Rule::slab_up_to => Some(self.climb(parts.take(Rule::arith)?)),
            _ => None,
        };
        let price = match parts.next() {
            Some(part) if part.as_rule() == Rule::k_as_at => {
                SlabPrice::AsAt(self.climb(parts.take(Rule::arith)?))
            }
            Some(part) => self.slab_price(part, is_above),
            None => {
                self.report_lack(
                    span,
                    "this slab",
                    "what its units cost",
                    "`up to 20%: 42 GBP per ticket`, `beyond by agreement` or `beyond as at 20%`",
                );
                return None;
            }
        };
        Some(BaselineSlab { up_to, price, span })
    }

    /// `42 GBP per ticket`, `30 GBP per ticket back`, `by agreement`
    fn slab_price(&mut self, node: Node<'t>, is_above: bool) -> SlabPrice {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        parts.take(Rule::at);
        let price = match parts.take(Rule::arith) {
            Some(part) => self.climb(part),
            None => broken(span),
        };
        let back = parts.take(Rule::k_back).map(|word| self.span(&word));
        if price.kind == ExprKind::ByAgreement {
            return SlabPrice::ByAgreement;
        }
        match (is_above, back) {
            (true, Some(at)) => self.report_back_above(at),
            (false, None) => self.report_not_back(price.span),
            _ => {}
        }
        SlabPrice::Rate(price)
    }
}
