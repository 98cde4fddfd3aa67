//! What is paid.

use super::super::grammar::{Children, Node, Rule};
use super::super::tree::{
    Charge, Expr, ExprKind, ItemKind, Price, Pricing, RateArm, Tier, TierKind, TierReach, Tiers,
};
use super::Lowering;
use super::expression::broken;
use super::file::ItemParts;
use super::item::Common;

/// What stands behind `for …`: a price, or one price for each member.
enum Priced {
    One(Price),
    Each(Vec<RateArm>),
}

impl<'t> Lowering<'t> {
    pub(super) fn charge(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = Common::titled("charge", span);
        let (mut dimension, mut pricing, mut once_in) = (None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_charge => common.at = self.span(&part),
                Rule::by_dimension => dimension = self.only_dimension(part),
                Rule::assign => {}
                Rule::colon_for_assign => self.report_colon_for_assign(&part),
                Rule::for_quantity => pricing = self.for_quantity(part, &mut common),
                Rule::flat | Rule::if_expr => pricing = Some(Pricing::Amount(self.expr(part))),
                Rule::once => once_in = self.month_in(part),
                _ => {
                    self.common(&mut common, &whole, part);
                    continue;
                }
            }
            if common.name.is_some() {
                common.no_more_title();
            }
        }
        if pricing.is_none() && !common.broken {
            self.report_missing(
                common.name.as_ref().map_or(common.at, |name| name.span),
                "what is paid",
                "`charge platform 12_000 EUR per month`, or `charge handling for handled at 4.20 EUR`",
            );
        }
        let pricing = match pricing {
            Some(pricing) if !common.broken => pricing,
            _ => Pricing::Amount(broken(span)),
        };
        let charge = Charge {
            name: common.name?,
            title: common.title,
            dimension,
            pricing,
            once_in,
        };
        Some((ItemKind::Charge(charge), common.clause))
    }

    /// `once in 2026-01`, `in 2026-02`
    pub(super) fn month_in(
        &mut self,
        node: Node<'t>,
    ) -> Option<(crate::calendar::Month, crate::text::Span)> {
        let span = self.span(&node);
        let month = node
            .into_inner()
            .find(|part| part.as_rule() == Rule::calendar)
            .and_then(|part| self.month(&part))?;
        Some((month, span))
    }

    fn for_quantity(&mut self, node: Node<'t>, common: &mut Common) -> Option<Pricing> {
        let span = self.span(&node);
        let (mut quantity, mut priced) = (None, None);
        common.no_more_title();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::arith if quantity.is_none() => quantity = Some(self.climb(part)),
                Rule::string => common.clause = Some(self.string(&part)),
                Rule::k_for | Rule::at => {}
                _ => priced = self.priced(part),
            }
        }
        let quantity = quantity?;
        match priced {
            Some(Priced::One(price)) => Some(Pricing::For(quantity, price)),
            Some(Priced::Each(arms)) => self.rate_card(quantity, arms),
            None => {
                if !common.broken {
                    self.report_missing(
                        span.after(),
                        "the price",
                        "`for handled at 4.20 EUR`, or `for handled graduated { first 10_000 at 4.20 EUR; beyond at 3.60 EUR }`",
                    );
                }
                Some(Pricing::For(quantity, Price::Rate(broken(span))))
            }
        }
    }

    fn rate_card(&mut self, quantity: Expr, arms: Vec<RateArm>) -> Option<Pricing> {
        match quantity.kind {
            ExprKind::Name(path) => Some(Pricing::Card(path, arms)),
            _ => {
                self.report_rate_card_of_expression(quantity.span);
                None
            }
        }
    }

    fn priced(&mut self, node: Node<'t>) -> Option<Priced> {
        match node.as_rule() {
            Rule::card => Some(Priced::Each(self.card(node))),
            _ => self.price(node).map(Priced::One),
        }
    }

    fn price(&mut self, node: Node<'t>) -> Option<Price> {
        match node.as_rule() {
            Rule::tiers => Some(Price::Tiers(self.tiers(node))),
            Rule::packages => self.packages(node),
            Rule::flat | Rule::if_expr => Some(Price::Rate(self.expr(node))),
            _ => None,
        }
    }

    fn packages(&mut self, node: Node<'t>) -> Option<Price> {
        let mut sides = node
            .into_inner()
            .filter(|part| matches!(part.as_rule(), Rule::arith | Rule::flat | Rule::if_expr));
        let (size, price) = (sides.next()?, sides.next()?);
        Some(Price::Packages {
            size: self.expr(size),
            price: self.expr(price),
        })
    }

    fn card(&mut self, node: Node<'t>) -> Vec<RateArm> {
        let mut arms = Vec::new();
        let mut opened = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open => opened = Some(self.span(&part)),
                Rule::missing_close => self.report_missing_close(opened, &part, "this rate card"),
                Rule::card_arm => arms.extend(self.card_arm(part)),
                Rule::bad_statement => self.report_bad_statement(&part, Rule::card_arm),
                _ => {}
            }
        }
        arms
    }

    fn card_arm(&mut self, node: Node<'t>) -> Option<RateArm> {
        let whole = node.clone();
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let member = parts.take(Rule::name).map(|part| self.name(&part))?;
        parts.take(Rule::at);
        let price = parts.next().and_then(|part| match part.as_rule() {
            Rule::card => {
                self.report_card_in_card(&part);
                None
            }
            _ => self.price(part),
        });
        let mut price = price.unwrap_or_else(|| Price::Rate(broken(span)));
        if let Some(rest) = parts.take(Rule::broken_statement) {
            self.report_broken(&whole, &rest);
            price = Price::Rate(broken(span));
        }
        Some(RateArm {
            member,
            price,
            span,
        })
    }

    fn tiers(&mut self, node: Node<'t>) -> Tiers {
        let span = self.span(&node);
        let (mut kind, mut tiers, mut opened) = (TierKind::Graduated, Vec::new(), None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::tier_kind => kind = tier_kind(part.as_str()),
                Rule::open => opened = Some(self.span(&part)),
                Rule::missing_close => self.report_missing_close(opened, &part, "these tiers"),
                Rule::tier => tiers.extend(self.tier(part)),
                Rule::bad_statement => self.report_bad_statement(&part, Rule::tier),
                _ => {}
            }
        }
        Tiers { kind, tiers, span }
    }

    fn tier(&mut self, node: Node<'t>) -> Option<Tier> {
        let whole = node.clone();
        let span = self.span(&node);
        let (mut reach, mut price) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::tier_more => reach = self.tier_end(part).map(TierReach::More),
                Rule::tier_up_to => reach = self.tier_end(part).map(TierReach::UpTo),
                Rule::tier_beyond => reach = Some(TierReach::Beyond),
                Rule::arith => price = Some(self.climb(part)),
                Rule::broken_statement => {
                    self.report_broken(&whole, &part);
                    price = Some(broken(span));
                }
                _ => {}
            }
        }
        Some(Tier {
            reach: reach?,
            price,
            span,
        })
    }

    fn tier_end(&mut self, node: Node<'t>) -> Option<Expr> {
        node.into_inner().next().map(|part| self.climb(part))
    }
}

fn tier_kind(word: &str) -> TierKind {
    match word {
        "volume" => TierKind::Volume,
        "flat" => TierKind::Flat,
        _ => TierKind::Graduated,
    }
}
