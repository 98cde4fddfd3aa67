//! What is paid.

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Advance, AtCost, Charge, EarlierUnits, Every, Expr, ExprKind, Function, ItemKind, Metering,
    MeteringPeriod, Price, Pricing, ProductOp, RateArm, Settled, Tier, TierKind, TierReach, Tiers,
};
use super::Lowering;
use super::body::Statement;
use super::consequences::every_of;
use super::expression::broken;
use super::file::ItemParts;
use super::item::Common;

/// What comes after `for …`: a price, or one price for each member.
#[allow(clippy::large_enum_variant, reason = "it lives for one call only")]
enum Priced {
    One(Price),
    Each(Vec<RateArm>),
}

impl<'t> Lowering<'t> {
    pub(super) fn charge(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let at_cost = node
            .clone()
            .into_inner()
            .any(|part| part.as_rule() == Rule::at_cost);
        let mut common = self.titled("charge", &node);
        let (mut dimension, mut pricing, mut once_in) = (None, None, None);
        let mut advance = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::by_dimension => dimension = self.only_dimension(part),
                Rule::k_charge | Rule::assign => {}
                Rule::colon_for_assign => self.report_colon_for_assign(&part),
                Rule::for_quantity => pricing = self.for_quantity(part, &mut common),
                Rule::at_cost => pricing = self.at_cost(part, &common).map(Pricing::AtCost),
                Rule::flat | Rule::if_expr => pricing = Some(Pricing::Amount(self.expr(part))),
                Rule::once => once_in = self.month_in(part),
                Rule::advance => {
                    let is_fixed = matches!(
                        &pricing,
                        Some(Pricing::Amount(amount)) if matches!(amount.kind, ExprKind::Quantity(..))
                    );
                    advance = self.advance(part, !is_fixed);
                }
                _ => {
                    self.common(&mut common, &whole, part);
                    continue;
                }
            }
            if common.name.is_some() {
                common.no_more_title();
            }
        }
        if pricing.is_none() && !at_cost {
            self.lacks(&common, "what is paid",
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
            advance,
        };
        Some((ItemKind::Charge(charge), common.clause))
    }

    /// `in advance on forecast, trued up the next month`
    ///
    /// A fixed amount is the same in advance, so for one the words say nothing.
    fn advance(&mut self, node: Node<'t>, for_quantity: bool) -> Option<Advance> {
        let (start, end) = self.ends(&node);
        let comma = words(&node).find("in").unwrap_or_default();
        let span = self.span_of(start + comma, end);
        let (mut forecast, mut settled) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::arith => forecast = Some(self.climb(part)),
                Rule::trued_up => settled = self.settled(part),
                _ => {}
            }
        }
        if forecast.is_none() || settled.is_none() {
            if forecast.is_none() && settled.is_none() && !for_quantity {
                self.report_fixed_in_advance(start, end);
                return None;
            }
            let lacking = match (&forecast, settled) {
                (Some(_), _) => "when the difference to what was delivered is trued up",
                (None, _) => "on which forecast it is billed, and when it is trued up",
            };
            self.report_lack(
                span,
                "`in advance`",
                lacking,
                "`in advance on forecast, trued up the next month`, or `…, trued up each quarter`",
            );
        }
        Some(Advance {
            forecast: forecast?,
            settled: settled?,
            span,
        })
    }

    fn settled(&mut self, node: Node<'t>) -> Option<Settled> {
        let when = node
            .into_inner()
            .find(|part| matches!(part.as_rule(), Rule::next_month | Rule::every))?;
        if when.as_rule() == Rule::next_month {
            return Some(Settled::NextMonth);
        }
        let every = every_of(words(&when));
        if every == Every::Month {
            let at = self.span(&when);
            self.report_trued_up_at_once(at);
        }
        Some(Settled::EndOf(every))
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

    /// `at cost of staff_cost, at most 40_000 EUR, plus 8%, at most 50_000 EUR`
    fn at_cost(&mut self, node: Node<'t>, common: &Common) -> Option<AtCost> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        parts.take(Rule::k_at_cost);
        let cost = parts.take(Rule::arith).map(|part| self.climb(part));
        if cost.is_none() {
            self.lacks(
                common,
                "whose cost is paid",
                "`at cost of telecom_invoices`, or `at cost of staff_cost plus 8%`",
            );
        }
        let most_cost = parts
            .take(Rule::cost_most)
            .and_then(|part| self.cost_most(part));
        parts.take(Rule::k_plus);
        let margin = parts.take(Rule::arith).map(|part| self.climb(part));
        let most = parts
            .take(Rule::cost_most)
            .and_then(|part| self.cost_most(part));
        Some(AtCost {
            cost: cost?,
            most_cost,
            margin,
            most,
            span,
        })
    }

    fn cost_most(&mut self, node: Node<'t>) -> Option<Expr> {
        let mut parts = Children::of(node);
        parts.take(Rule::at_most);
        parts.take(Rule::arith).map(|part| self.climb(part))
    }

    fn for_quantity(&mut self, node: Node<'t>, common: &mut Common) -> Option<Pricing> {
        let span = self.span(&node);
        let (mut quantity, mut priced) = (None, None);
        common.no_more_title();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::arith if quantity.is_none() => quantity = Some(self.climb(part)),
                Rule::arith => {
                    quantity = quantity.map(|counted| at_least(counted, self.climb(part)))
                }
                Rule::k_at_least => {}
                Rule::string => common.clause = Some(self.string(&part)),
                Rule::k_for | Rule::at => {}
                Rule::card if is_slabs(&part) => {
                    self.report_slabs_without_their_word(&part);
                    common.broken = true;
                }
                _ => priced = self.priced(part),
            }
        }
        let quantity = quantity?;
        match priced {
            Some(Priced::One(price)) => Some(Pricing::For(quantity, price)),
            Some(Priced::Each(arms)) => self.rate_card(quantity, arms),
            None => {
                if !common.broken {
                    self.report_lack(
                        span,
                        "`for`",
                        "at which price",
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
                Some(Pricing::Amount(broken(quantity.span)))
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
            Rule::metered => self.metered(node),
            Rule::baseline_block => Some(self.baseline_block(node)),
            Rule::flat | Rule::if_expr => Some(Price::Rate(self.expr(node))),
            _ => None,
        }
    }

    /// `metered each contract year graduated { … }`
    fn metered(&mut self, node: Node<'t>) -> Option<Price> {
        let mut parts = Children::of(node);
        let word = parts.take(Rule::k_metered)?;
        let period = parts.next()?;
        let over = match period.as_rule() {
            Rule::every => MeteringPeriod::Each(every_of(words(&period))),
            _ => MeteringPeriod::Term,
        };
        let span = self.span(&word).to(self.span(&period));
        parts.take(Rule::at);
        let Some(price) = parts.next() else {
            self.report_lack(
                span,
                "`metered`",
                "which tiers or packages the units are counted for",
                "`for handled metered each contract year graduated { first 10_000 at 4.20 EUR; beyond at 3.60 EUR }`",
            );
            return Some(Price::Rate(broken(span)));
        };
        if matches!(price.as_rule(), Rule::flat | Rule::if_expr) {
            self.report_metered_rate(span);
            return self.price(price);
        }
        let price = Box::new(self.price(price)?);
        Some(Price::Metered(Metering { over, span }, price))
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
        self.body(node, Rule::only_card, "this rate card", |this, arm| {
            arms.extend(this.card_arm(arm));
        });
        arms
    }

    fn card_arm(&mut self, arm: Statement<'t>) -> Option<RateArm> {
        let span = self.span(&arm.node);
        let mut parts = Children::of(arm.node);
        let member = parts.take(Rule::name).map(|part| self.name(&part))?;
        parts.take(Rule::at);
        let price = parts.next().and_then(|part| match part.as_rule() {
            Rule::multiple => self.multiple(part).map(Price::Rate),
            Rule::card => {
                self.report_card_in_card(&part);
                None
            }
            _ => self.price(part),
        });
        Some(RateArm {
            member,
            price: price
                .filter(|_| !arm.broken)
                .unwrap_or_else(|| Price::Rate(broken(span))),
            span,
        })
    }

    /// `1.5 x standard`, `1.25 x standard rounded half up to 0.01 EUR`
    fn multiple(&mut self, node: Node<'t>) -> Option<Expr> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        parts.take(Rule::at);
        let factor = parts.take(Rule::number)?;
        let factor = self.amount(&factor, &mut parts);
        parts.take(Rule::k_x);
        let of = self.name_expr(&parts.take(Rule::path)?);
        let product = Expr {
            span: factor.span.to(of.span),
            kind: ExprKind::Product(vec![(ProductOp::Times, factor), (ProductOp::Times, of)]),
        };
        let Some(rounded) = parts.take(Rule::rounded) else {
            return Some(product);
        };
        let rounded = Box::new(self.rounded(rounded)?);
        Some(Expr {
            kind: ExprKind::Rounded(Box::new(product), rounded),
            span,
        })
    }

    fn tiers(&mut self, node: Node<'t>) -> Tiers {
        let span = self.span(&node);
        let kind = node
            .clone()
            .into_inner()
            .next()
            .map_or(TierKind::Graduated, |word| tier_kind(words(&word)));
        let earlier = node
            .clone()
            .into_inner()
            .find(|part| part.as_rule() == Rule::earlier_units)
            .map(|part| (earlier_units(words(&part)), self.span(&part)));
        let mut tiers = Vec::with_capacity(4);
        self.body(node, Rule::only_tier, "these tiers", |this, tier| {
            if tier.node.as_rule() == Rule::tier {
                tiers.extend(this.tier(tier));
            }
        });
        Tiers {
            kind,
            earlier,
            tiers,
            span,
        }
    }

    fn tier(&mut self, tier: Statement<'t>) -> Option<Tier> {
        let span = self.span(&tier.node);
        let mut parts = Children::of(tier.node);
        let first = parts.next()?;
        let reach = if first.as_rule() == Rule::tier_beyond {
            TierReach::Beyond
        } else {
            let end = self.climb(parts.take(Rule::arith)?);
            match words(&first).starts_with("up") {
                true => TierReach::UpTo(end),
                false => TierReach::More(end),
            }
        };
        parts.take(Rule::at);
        let price = match parts.next().map(|price| self.expr(price)) {
            Some(price) if !tier.broken => price,
            _ => broken(span),
        };
        Some(Tier {
            reach,
            price: (price.kind != ExprKind::ByAgreement).then_some(price),
            span,
        })
    }
}

fn tier_kind(word: &str) -> TierKind {
    match word {
        "volume" => TierKind::Volume,
        "flat" => TierKind::Flat,
        _ => TierKind::Graduated,
    }
}

fn earlier_units(words: &str) -> EarlierUnits {
    match words.starts_with("repricing") {
        true => EarlierUnits::Repriced,
        false => EarlierUnits::Kept,
    }
}

/// `handled, at least 90% of forecast`: the greater of the two.
fn at_least(counted: Expr, least: Expr) -> Expr {
    Expr {
        span: counted.span.to(least.span),
        kind: ExprKind::Call(Function::Max, vec![counted, least]),
    }
}

/// Whether a block that is read as a rate card has slabs in it.
fn is_slabs(node: &Node<'_>) -> bool {
    let inside = words(node).trim_start_matches('{').trim_start();
    // `first` and the like can also be the name of a member.
    let begins = [
        "",
        "up to ",
        "first ",
        "the first ",
        "above ",
        "over ",
        "from ",
    ];
    let mut after = begins.iter().filter_map(|words| inside.strip_prefix(words));
    after.any(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}
