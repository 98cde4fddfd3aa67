//! What the parties bear or gain together.

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Expr, GainBand, ItemKind, PartyShare, RateDeadband, ShareCurrency, ShareGain, ShareItem,
    TierReach,
};
use super::Lowering;
use super::commitments::every_length;
use super::consequences::{adjust_target, every_of};
use super::file::ItemParts;

/// The statements of a currency share.
#[derive(Default)]
struct CurrencyParts {
    beyond: Option<RateDeadband>,
    share: Option<PartyShare>,
    up_to: Option<Expr>,
    down_to: Option<Expr>,
    broken: bool,
}

/// The two sides of a gain share, and the one that the last band belongs to.
#[derive(Default)]
struct GainParts {
    gain: Option<Vec<GainBand>>,
    pain: Option<Vec<GainBand>>,
    on_pain: bool,
    broken: bool,
}

impl<'t> Lowering<'t> {
    pub(super) fn share_currency(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("share currency", &node);
        let (mut paths, mut base, mut by, mut parts) = (Vec::new(), None, None, None);
        let mut behind_by = false;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_share_currency | Rule::k_on | Rule::k_against => {}
                Rule::k_by => behind_by = true,
                Rule::path if behind_by => by = Some(self.path(&part)),
                Rule::path => paths.push(self.path(&part)),
                Rule::arith => base = Some(self.climb(part)),
                Rule::currency_body => parts = Some(self.currency_body(part)),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        let parts = parts.unwrap_or_default();
        let said = !paths.is_empty() && base.is_some() && by.is_some();
        if (!said || parts.share.is_none()) && !parts.broken {
            self.lacks(
                &common,
                "which charges it is about, the agreed rate, the rate of the month and whose share it is",
                "`share currency on offshore against 1.35 CAD per USD by usd_rate { 50% to customer }`",
            );
        }
        let share = ShareCurrency {
            target: adjust_target(paths)?,
            base: base?,
            by: by?,
            beyond: parts.beyond,
            share: parts.share?,
            up_to: parts.up_to,
            down_to: parts.down_to,
        };
        let kind = ItemKind::Share(Box::new(ShareItem::Currency(share)));
        Some((kind, common.clause))
    }

    fn currency_body(&mut self, node: Node<'t>) -> CurrencyParts {
        let mut parts = CurrencyParts::default();
        let bad = |part: Node<'t>| part.as_rule() == Rule::bad_statement;
        parts.broken = node.clone().into_inner().any(bad);
        let what = "this currency share";
        self.body(node, Rule::only_currency, what, |this, statement| {
            let node = statement.node;
            let span = this.span(&node);
            let rule = node.as_rule();
            let mut inside = Children::of(node.clone());
            let twice = match rule {
                Rule::share_of => parts.share.replace(this.party_share(node)).is_some(),
                Rule::share_beyond => {
                    let level = inside.find(Rule::arith).map(|level| this.climb(level));
                    let word = inside.take(Rule::share_band);
                    let deductible = word.map(|word| words(&word) == "deductible");
                    let band = level.map(|level| RateDeadband {
                        level,
                        deductible,
                        span,
                    });
                    std::mem::replace(&mut parts.beyond, band).is_some()
                }
                _ => {
                    let up = words(&node).starts_with("up");
                    let end = inside.find(Rule::arith).map(|end| this.climb(end));
                    let slot = if up {
                        &mut parts.up_to
                    } else {
                        &mut parts.down_to
                    };
                    std::mem::replace(slot, end).is_some()
                }
            };
            if twice {
                this.report_twice(span);
            }
        });
        parts
    }

    /// `50% to customer`
    fn party_share(&mut self, node: Node<'t>) -> PartyShare {
        let to_customer = words(&node).ends_with("customer");
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let share = match parts.take(Rule::number) {
            Some(number) => self.amount(&number, &mut parts),
            None => super::expression::broken(span),
        };
        PartyShare { share, to_customer }
    }

    pub(super) fn share_gain(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.titled("share gain", &node);
        let (mut sides, mut every, mut part_of, mut parts) = (Vec::new(), None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_share_gain | Rule::k_against => {}
                Rule::k_on => common.no_more_title(),
                Rule::arith => sides.push(self.climb(part)),
                Rule::every => every = Some((every_of(words(&part)), self.span(&part))),
                Rule::part_period => {
                    part_of = Some(self.part_period(&part));
                }
                Rule::gain_body => parts = Some(self.gain_body(part)),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        let parts = parts.unwrap_or_default();
        let nothing = parts.gain.is_none() && parts.pain.is_none();
        if (sides.len() != 2 || nothing) && !parts.broken {
            self.lacks(
                &common,
                "what is compared with what, and how the difference is shared",
                "`share gain saving on actual_cost against target_cost { gain 50% to supplier; pain nothing }`",
            );
            return None;
        }
        if let (Some((every, _)), Some((_, period, at))) = (every, part_of)
            && every_length(every) != period
        {
            self.report_other_period(at, every);
        }
        let mut sides = sides.into_iter();
        let share = ShareGain {
            name: common.name?,
            title: common.title,
            actual: sides.next()?,
            target: sides.next()?,
            every,
            part: part_of.map(|(part, _, span)| (part, span)),
            gain: parts.gain,
            pain: parts.pain,
        };
        if parts.broken {
            return None;
        }
        let kind = ItemKind::Share(Box::new(ShareItem::Gain(share)));
        Some((kind, common.clause))
    }

    fn gain_body(&mut self, node: Node<'t>) -> GainParts {
        let mut parts = GainParts::default();
        let bad = |part: Node<'t>| part.as_rule() == Rule::bad_statement;
        parts.broken = node.clone().into_inner().any(bad);
        self.body(
            node,
            Rule::only_gain,
            "this gain share",
            |this, statement| {
                let span = this.span(&statement.node);
                let mut inside = Children::of(statement.node);
                if let Some(side) = inside.take(Rule::gain_side) {
                    parts.on_pain = words(&side) == "pain";
                }
                let slot = if parts.on_pain {
                    &mut parts.pain
                } else {
                    &mut parts.gain
                };
                let bands = slot.get_or_insert_with(Vec::new);
                if inside.take(Rule::gain_nothing).is_some() {
                    return;
                }
                let reach = match inside.next_reach(this) {
                    Some(reach) => reach,
                    None => TierReach::Beyond,
                };
                if let Some(share) = inside.find(Rule::share_of) {
                    let share = this.party_share(share);
                    bands.push(GainBand { reach, share, span });
                }
            },
        );
        parts
    }
}

impl<'t> Children<'t> {
    /// `first 10%`, `up to 15%` or `beyond`, if one of them is next.
    fn next_reach(&mut self, lowering: &mut Lowering<'t>) -> Option<TierReach> {
        if self.take(Rule::tier_beyond).is_some() {
            return Some(TierReach::Beyond);
        }
        let up_to = words(&self.take(Rule::tier_reach)?).starts_with("up");
        let end = lowering.climb(self.take(Rule::arith)?);
        Some(if up_to {
            TierReach::UpTo(end)
        } else {
            TierReach::More(end)
        })
    }
}
