//! What quality is worth and what failure costs.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Adjust, AdjustTarget, Award, AwardKind, AwardTerms, Bands, Every, Expr, ExprKind, Floor,
    FloorKind, ItemKind, Limit, LimitPeriod, LimitSubject, Notice, Path, Tax,
};
use super::Lowering;
use super::climb::comparison;
use super::expression::broken;
use super::file::ItemParts;
use super::item::Common;
use super::settling::applied_to;

impl<'t> Lowering<'t> {
    pub(super) fn adjust(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.untitled("adjust", &node);
        let (mut paths, mut by, mut bands) = (Vec::new(), None, None);
        let mut texts = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_by => {}
                Rule::path => paths.push(self.path(&part)),
                Rule::arith => by = Some(self.climb(part)),
                Rule::string => texts.push(self.string(&part)),
                Rule::bands => bands = Some(self.bands(part)),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if paths.is_empty() || by.is_none() || bands.is_none() {
            self.lacks(
                &common,
                "which charges are adjusted, by what and how",
                "`adjust handling by cx { below 60: -10%; otherwise 0% }`",
            );
        }
        let clause = texts.pop();
        let adjust = Adjust {
            target: adjust_target(paths)?,
            by: by.unwrap_or_else(|| broken(span)),
            title: texts.pop(),
            bands: bands.unwrap_or_else(|| no_bands(span)),
        };
        Some((ItemKind::Adjust(adjust), clause))
    }

    pub(super) fn award(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.titled("credit", &node);
        let mut kind = AwardKind::Credit;
        let (mut dimension, mut amount, mut on, mut bands) = (None, None, None, None);
        let (mut every, mut when, mut applied) = (None, None, None);
        let mut in_place = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_bonus => {
                    common.word = "bonus";
                    kind = AwardKind::Bonus;
                }
                Rule::by_dimension => dimension = self.only_dimension(part),
                Rule::assign | Rule::k_on => common.no_more_title(),
                Rule::flat | Rule::if_expr => amount = Some(self.expr(part)),
                Rule::arith => on = Some(self.climb(part)),
                Rule::bands => bands = Some(self.bands(part)),
                Rule::every => every = Some((every_of(words(&part)), self.span(&part))),
                Rule::when => when = self.when(part),
                Rule::in_place => {
                    let span = self.span(&part);
                    if in_place.replace(self.in_place(part)).is_some() {
                        self.report_twice(span);
                    }
                }
                Rule::applied => {
                    let span = self.span(&part);
                    if applied.is_some() {
                        self.report_twice(span);
                    }
                    applied = applied_to(part).map(|applied| (applied, span));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
            if amount.is_some() {
                common.no_more_title();
            }
        }
        let terms = match (amount, on, bands) {
            (Some(amount), _, _) if !common.broken => Some(AwardTerms::Amount(amount)),
            (_, Some(on), Some(bands)) => Some(AwardTerms::Bands(on, bands)),
            _ => None,
        };
        if terms.is_none() {
            self.lacks(&common, "how much it is",
                "`credit late = 500 EUR when on_time below 95%`, or `credit late on on_time { below 95%: 500 EUR }`",
            );
        }
        let award = Award {
            kind,
            name: common.name?,
            title: common.title,
            dimension,
            terms: terms.unwrap_or_else(|| AwardTerms::Amount(broken(span))),
            every,
            when,
            in_every_month: false,
            applied,
            in_place,
        };
        Some((ItemKind::Award(award), common.clause))
    }

    /// `retention bonus NAME 25_000 EUR each contract year when attrition stays at most 20%`: a bonus whose condition holds
    /// in every month of the period.
    pub(super) fn retention(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.titled("retention bonus", &node);
        let (mut amount, mut every, mut when, mut applied) = (None, None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::assign => common.no_more_title(),
                Rule::arith => {
                    common.no_more_title();
                    amount = Some(self.climb(part));
                }
                Rule::every => every = Some((every_of(words(&part)), self.span(&part))),
                Rule::stays => when = self.stays(part),
                Rule::applied => {
                    let span = self.span(&part);
                    applied = applied_to(part).map(|applied| (applied, span));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        let complete = amount.is_some() && every.is_some() && when.is_some();
        if !complete {
            self.lacks(
                &common,
                "how much it is, of which period, and what must hold in each of its months",
                "`retention bonus team 25_000 EUR each contract year when attrition stays at most 20%`",
            );
        }
        let amount = amount.filter(|_| complete && !common.broken);
        let award = Award {
            kind: AwardKind::Bonus,
            name: common.name?,
            title: common.title,
            dimension: None,
            terms: AwardTerms::Amount(amount.unwrap_or_else(|| broken(span))),
            every,
            when,
            in_every_month: true,
            applied,
            in_place: None,
        };
        Some((ItemKind::Award(award), common.clause))
    }

    /// `when attrition stays at most 20%` as a condition of one month; nothing if a part of it is missing.
    fn stays(&mut self, node: Node<'t>) -> Option<Expr> {
        let span = self.span(&node);
        let (mut measure, mut side, mut level) = (None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::path => measure = Some(self.name_expr(&part)),
                Rule::compare => side = comparison(words(&part)),
                Rule::arith => level = Some(self.climb(part)),
                _ => {}
            }
        }
        let kind = ExprKind::Compare(Box::new(measure?), side?, Box::new(level?));
        Some(Expr { kind, span })
    }

    pub(super) fn when(&mut self, node: Node<'t>) -> Option<super::super::tree::Expr> {
        node.into_inner()
            .find(|part| part.as_rule() == Rule::flat)
            .map(|part| self.climb(part))
    }

    pub(super) fn limit(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.untitled("limit", &node);
        let (mut subjects, mut to, mut period) = (Vec::new(), None, None);
        let (mut excess, mut terminate) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_to => {}
                Rule::subject => subjects.extend(self.subject(part)),
                Rule::arith => to = Some(self.climb(part)),
                Rule::every => period = Some(LimitPeriod::Each(every_of(words(&part)))),
                Rule::over_the_term => period = Some(LimitPeriod::Term),
                Rule::rolling => period = self.rolling(part),
                Rule::excess | Rule::limit_terminate => {
                    let span = self.span(&part);
                    let twice = match part.as_rule() {
                        Rule::excess => excess.replace(self.excess(part)).is_some(),
                        _ => terminate
                            .replace(self.limit_terminate(&mut Children::of(part)))
                            .is_some(),
                    };
                    if twice {
                        self.report_twice(span);
                    }
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if !subjects.is_empty() && to.is_some() && period.is_none() && !common.broken {
            if !self.repair_per_period(&whole) {
                self.repair_missing_period(&common, &whole);
            }
        } else if subjects.is_empty() || to.is_none() || period.is_none() {
            self.lacks(
                &common,
                "what is limited, to how much and in which period",
                "`limit credits and reductions to 12% of charges each month`",
            );
        }
        let limit = Limit {
            subjects,
            to: to.unwrap_or_else(|| broken(span)),
            period: period.unwrap_or(LimitPeriod::Each(Every::Month)),
            excess,
            terminate: terminate.flatten(),
        };
        Some((ItemKind::Limit(limit), common.clause))
    }

    fn subject(&mut self, node: Node<'t>) -> Option<LimitSubject> {
        let path = node.into_inner().next()?;
        let span = self.span(&path);
        Some(match words(&path) {
            "credits" => LimitSubject::Credits(span),
            "reductions" => LimitSubject::Reductions(span),
            "bonuses" => LimitSubject::Bonuses(span),
            _ => LimitSubject::Named(self.path(&path)),
        })
    }

    pub(super) fn floor(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.untitled("minimum", &node);
        let mut kind = FloorKind::Minimum;
        let (mut amount, mut every, mut after_credits) = (None, None, false);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::after_credits => after_credits = true,
                Rule::k_maximum => {
                    common.word = "maximum";
                    kind = FloorKind::Maximum;
                }
                Rule::flat | Rule::if_expr => amount = Some(self.expr(part)),
                Rule::every => every = Some((every_of(words(&part)), self.span(&part))),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if every.is_none() && self.repair_per_period(&whole) {
            common.broken = true;
        }
        self.only_each_month(&common, amount.is_some(), every);
        let amount = match amount {
            Some(amount) if !common.broken => amount,
            _ => broken(span),
        };
        let floor = Floor {
            kind,
            amount,
            after_credits,
        };
        Some((ItemKind::Floor(floor), common.clause))
    }

    fn only_each_month(&mut self, common: &Common, amount: bool, every: Option<(Every, Span)>) {
        match every {
            Some((Every::Month, _)) if amount => {}
            Some((Every::Quarter | Every::ContractYear | Every::CalendarYear, span)) => {
                self.report_not_each_month(span, common.word);
            }
            _ => self.lacks(
                common,
                if amount {
                    "how often"
                } else {
                    "how much and how often"
                },
                "`minimum 60_000 EUR each month`",
            ),
        }
    }

    pub(super) fn tax(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.titled("tax", &node);
        let mut amount = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::flat | Rule::if_expr => {
                    common.no_more_title();
                    amount = Some(self.expr(part));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if amount.is_none() {
            self.lacks(&common, "how much it is", "`tax vat 21% of total`");
        }
        let amount = match amount {
            Some(amount) if !common.broken => amount,
            _ => broken(span),
        };
        let tax = Tax {
            name: common.name?,
            title: common.title,
            amount,
        };
        Some((ItemKind::Tax(tax), common.clause))
    }

    pub(super) fn notice(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.titled("notice", &node);
        let mut when = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::when => {
                    common.no_more_title();
                    when = self.when(part);
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if common.title.is_none() || when.is_none() {
            self.lacks(&common, "what the notice says and when it is given",
                "`notice chronic \"right to terminate\" when months in a row with csat below 4.0 >= 3`",
            );
        }
        let when = match when {
            Some(when) if !common.broken => when,
            _ => broken(span),
        };
        let notice = Notice {
            name: common.name?,
            text: common.title?,
            when,
        };
        Some((ItemKind::Notice(notice), common.clause))
    }
}

pub(super) fn adjust_target(paths: Vec<Path>) -> Option<AdjustTarget> {
    if let [only] = paths.as_slice()
        && only.member.is_none()
        && only.name.text == "charges"
    {
        return Some(AdjustTarget::AllCharges(only.span));
    }
    (!paths.is_empty()).then_some(AdjustTarget::Named(paths))
}

/// The period that those words name, which the grammar has checked.
pub(super) fn every_of(words: &str) -> Every {
    if words.ends_with("month") {
        Every::Month
    } else if words.ends_with("quarter") {
        Every::Quarter
    } else if words.contains("contract") {
        Every::ContractYear
    } else {
        Every::CalendarYear
    }
}

fn no_bands(span: Span) -> Bands {
    Bands {
        bands: Vec::new(),
        span,
    }
}
