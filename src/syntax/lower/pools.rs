//! At-risk amounts and how they are divided.

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{Allocation, AtRisk, Every, Expr, ItemKind, Path, PoolPart};
use super::Lowering;
use super::body::Statement;
use super::consequences::every_of;
use super::expression::broken;
use super::file::ItemParts;
use super::item::Common;

const MODEL: &str = "`at risk 10% of charges each month { availability 50% { answer_speed 40% } }`";

impl<'t> Lowering<'t> {
    pub(super) fn at_risk(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.untitled("at risk", &node);
        let (mut amount, mut every, mut parts) = (None, None, None);
        let (mut title, mut may_exceed) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::pool_name => title = self.pool_name(&mut common, part),
                Rule::flat | Rule::if_expr => amount = Some(self.expr(part)),
                Rule::every => every = Some(every_of(words(&part))),
                Rule::pool => {
                    let called = common.called();
                    parts = Some(self.pool(part, &called, &mut may_exceed));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if amount.is_none() || every.is_none() {
            self.lacks(&common, "how much is at risk in which period", MODEL);
            common.broken = true;
        }
        if parts.is_none() {
            self.report_missing_block(&common, "`{ availability 50% { answer_speed 40% } }`");
        }
        let pool = AtRisk {
            name: common.name,
            title,
            amount: amount
                .filter(|_| !common.broken)
                .unwrap_or_else(|| broken(span)),
            every: every.unwrap_or(Every::Month),
            parts: parts.unwrap_or_default(),
            may_exceed,
        };
        Some((ItemKind::AtRisk(pool), common.clause))
    }

    /// The name, which the item keeps, and the title.
    fn pool_name(
        &mut self,
        common: &mut Common,
        node: Node<'t>,
    ) -> Option<super::super::tree::Text> {
        let mut title = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::name => common.name = Some(self.name(&part)),
                Rule::reserved_name => {
                    self.report_reserved(&part, common.word);
                    common.name = Some(self.name(&part));
                }
                Rule::string => title = Some(self.string(&part)),
                _ => {}
            }
        }
        title
    }

    fn pool(
        &mut self,
        node: Node<'t>,
        called: &str,
        may_exceed: &mut Option<crate::text::Span>,
    ) -> Vec<PoolPart> {
        let mut parts = Vec::with_capacity(4);
        self.body(node, Rule::only_pool, called, |this, part| {
            if part.node.as_rule() == Rule::may_exceed {
                *may_exceed = Some(this.span(&part.node));
            } else {
                parts.extend(this.category(part));
            }
        });
        parts
    }

    fn category(&mut self, Statement { node, broken }: Statement<'t>) -> Option<PoolPart> {
        let mut parts = Children::of(node);
        let (path, share) = self.share(&mut parts, broken)?;
        let Some(body) = parts.take(Rule::allocations) else {
            return Some(PoolPart::Level(Allocation { level: path, share }));
        };
        let mut allocations = Vec::with_capacity(4);
        let called = format!("category `{}`", path.name.text);
        self.body(body, Rule::only_allocation, &called, |this, part| {
            let mut parts = Children::of(part.node);
            let found = this.share(&mut parts, part.broken);
            allocations.extend(found.map(|(level, share)| Allocation { level, share }));
        });
        Some(PoolPart::Category {
            name: path.name,
            share,
            allocations,
        })
    }

    /// A name and its share; whichever is missing is reported.
    fn share(&mut self, parts: &mut Children<'t>, cut: bool) -> Option<(Path, Expr)> {
        let path = parts.take(Rule::path).map(|part| self.path(&part))?;
        let share = match parts.take(Rule::number) {
            Some(number) => self.amount(&number, parts),
            None => {
                if !cut {
                    self.report_lack(
                        path.span,
                        &format!("`{}`", path.name.text),
                        "which share it has",
                        &format!("`{} 40%`", path.name.text),
                    );
                }
                broken(path.span)
            }
        };
        Some((path, share))
    }
}
