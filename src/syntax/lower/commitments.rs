//! What is settled over a whole period: commitments and holdbacks.

use crate::text::Span;

use super::super::grammar::{Node, Rule, words};
use super::super::tree::{Bands, Commitment, Every, Holdback, ItemKind, PartPeriod, Release};
use super::Lowering;
use super::consequences::every_of;
use super::expression::broken;
use super::file::ItemParts;

impl<'t> Lowering<'t> {
    pub(super) fn commitment(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.titled("commitment", &node);
        let (mut amount, mut counted, mut price) = (None, Vec::new(), None);
        let (mut every, mut part) = (None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::k_of | Rule::k_and | Rule::at => {}
                Rule::committed => {
                    common.no_more_title();
                    amount = Some(self.climb(child));
                }
                Rule::counted => counted.push(self.climb(child)),
                Rule::arith => price = Some(self.climb(child)),
                Rule::every => every = Some((every_of(words(&child)), self.span(&child))),
                Rule::part_period => part = Some(self.part_period(&child)),
                _ => {
                    self.common(&mut common, &whole, child);
                }
            }
        }
        let lacking = match (&amount, counted.is_empty(), every) {
            (Some(_), false, Some(_)) => None,
            (Some(_), true, Some(_)) => Some("what counts towards it"),
            (Some(_), false, None) => Some("in which period"),
            _ => Some("how much is committed, of what and in which period"),
        };
        if let Some(lacking) = lacking {
            self.lacks(
                &common,
                lacking,
                "`commitment spend 1_650_000 EUR of charges each contract year`",
            );
        }
        if let (Some((every, _)), Some((_, period, at))) = (every, part)
            && every_length(every) != period
        {
            self.report_other_period(at, every);
        }
        let amount = match amount {
            Some(amount) if !common.broken && !counted.is_empty() && every.is_some() => amount,
            _ => broken(span),
        };
        let commitment = Commitment {
            name: common.name?,
            title: common.title,
            amount,
            counted,
            price,
            every: every.unwrap_or((Every::Month, span)),
            part: part.map(|(part, _, span)| (part, span)),
        };
        Some((ItemKind::Commitment(commitment), common.clause))
    }

    /// What is required for a part period, which period is named, and where.
    pub(super) fn part_period(&self, node: &Node<'t>) -> (PartPeriod, &'static str, Span) {
        let text = words(node);
        let part = if text.starts_with("pro") {
            PartPeriod::ProRata
        } else {
            PartPeriod::InFull
        };
        let period = ["month", "quarter", "year"];
        let named = period.into_iter().find(|word| text.ends_with(word));
        (part, named.unwrap_or("year"), self.span(node))
    }

    pub(super) fn holdback(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.titled("holdback", &node);
        let (mut amount, mut every, mut released) = (None, None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::arith => {
                    common.no_more_title();
                    amount = Some(self.climb(child));
                }
                Rule::every => every = Some((every_of(words(&child)), self.span(&child))),
                Rule::released => released = Some(self.released(child)),
                _ => {
                    self.common(&mut common, &whole, child);
                }
            }
        }
        if let Some((Every::Quarter | Every::ContractYear | Every::CalendarYear, at)) = every {
            self.report_held_each_month(at);
        }
        let release = released.and_then(|(every, release)| Some((every?, release?)));
        if amount.is_none() || every.is_none() || release.is_none() {
            self.lacks(
                &common,
                "how much is held back each month, when it is released and how much of it",
                "`holdback retention 5% of charges each month, released each quarter by cx { below 60: 0%; otherwise 100% }`",
            );
        }
        let amount = match amount {
            Some(amount) if !common.broken && release.is_some() => amount,
            _ => broken(span),
        };
        let (release_every, release) =
            release.unwrap_or(((Every::Quarter, span), Release::InFull(None)));
        let holdback = Holdback {
            name: common.name?,
            title: common.title,
            amount,
            release_every,
            release,
        };
        Some((ItemKind::Holdback(holdback), common.clause))
    }

    fn released(&mut self, node: Node<'t>) -> (Option<(Every, Span)>, Option<Release>) {
        let span = self.span(&node);
        let (mut every, mut full, mut when) = (None, false, None);
        let (mut by, mut bands) = (None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::every => every = Some((every_of(words(&child)), self.span(&child))),
                Rule::in_full => full = true,
                Rule::when => when = self.when(child),
                Rule::arith => by = Some(self.climb(child)),
                Rule::bands => bands = Some(self.bands(child)),
                _ => {}
            }
        }
        let release = match (by, bands) {
            _ if full => Some(Release::InFull(when)),
            (Some(by), bands) => {
                let none = Bands {
                    bands: Vec::new(),
                    span,
                };
                Some(Release::By(by, bands.unwrap_or(none)))
            }
            (None, _) => None,
        };
        (every, release)
    }
}

/// The word for how long the period is.
pub(super) fn every_length(every: Every) -> &'static str {
    match every {
        Every::Month => "month",
        Every::Quarter => "quarter",
        Every::ContractYear | Every::CalendarYear => "year",
    }
}
