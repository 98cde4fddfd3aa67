//! What quality is worth and what failure costs.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Adjust, AdjustTarget, Award, AwardKind, AwardTerms, Bands, EarnBack, Every, Floor, FloorKind,
    ItemKind, Limit, LimitSubject, Notice, Path, Repeat, ServiceLevel, SlCredit, SlStatement, Tax,
    Terminate,
};
use super::Lowering;
use super::body::Statement;
use super::climb::comparison;
use super::expression::broken;
use super::file::ItemParts;
use super::item::Common;

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
        if (paths.is_empty() || by.is_none() || bands.is_none()) && !common.broken {
            self.report_missing(
                common.at,
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

    pub(super) fn service_level(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.titled("service level", &node);
        let (mut dimension, mut metric, mut statements) = (None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::by_dimension => dimension = self.only_dimension(part),
                Rule::k_on => common.no_more_title(),
                Rule::path => metric = Some(self.path(&part)),
                Rule::service_level_body => {
                    common.no_more_title();
                    statements = Some(self.service_level_body(part, &common));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if metric.is_none() && !common.broken {
            self.report_missing(
                common.name.as_ref().map_or(common.at, |name| name.span),
                "the metric it is about",
                "`service level answer_speed on service_level { … }`",
            );
        }
        if statements.is_none() && !common.broken {
            self.report_missing_block(&common, "`{ target 80% each month; credit 2% of charges }`");
        }
        let level = ServiceLevel {
            name: common.name?,
            title: common.title,
            dimension,
            metric: metric?,
            statements: statements.unwrap_or_default(),
        };
        Some((ItemKind::ServiceLevel(level), common.clause))
    }

    fn service_level_body(&mut self, node: Node<'t>, common: &Common) -> Vec<SlStatement> {
        let mut statements = Vec::with_capacity(8);
        self.body(node, Rule::only_level, &common.called(), |this, part| {
            if !part.broken {
                statements.extend(this.service_level_statement(part));
            }
        });
        statements
    }

    fn service_level_statement(&mut self, part: Statement<'t>) -> Option<SlStatement> {
        let rule = part.node.as_rule();
        let span = self.span(&part.node);
        let mut parts = Children::of(part.node);
        match rule {
            Rule::target => self.target(&mut parts, span),
            Rule::critical => self.critical(&mut parts, span),
            Rule::excused => self.excused(&mut parts, span),
            Rule::sl_credit => self.level_credit(&mut parts, span),
            Rule::repeated => self.repeated(&mut parts, span),
            Rule::earn_back => self.earn_back(&mut parts, span),
            Rule::terminate => self.terminate(&mut parts, span),
            Rule::sl_no_value => {
                let is = parts.find(Rule::no_value_is)?;
                Some(SlStatement::NoValue(words(&is) == "excused", span))
            }
            _ => None,
        }
    }

    fn target(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        let Some(level) = parts.find(Rule::arith) else {
            self.report_missing(span, "the level", "`target 80% each month`");
            return None;
        };
        let level = self.climb(level);
        let Some(every) = parts.find(Rule::every) else {
            self.report_missing(
                level.span.after(),
                "how often it is measured",
                "`target 80% each month`, or `each quarter`",
            );
            return None;
        };
        Some(SlStatement::Target(level, every_of(words(&every)), span))
    }

    fn critical(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        let compare = parts
            .find(Rule::compare)
            .and_then(|part| comparison(words(&part)));
        let level = parts.find(Rule::arith).map(|part| self.climb(part));
        let (Some(compare), Some(level)) = (compare, level) else {
            self.report_missing(
                span,
                "on which side of which level it is critical",
                "`critical below 70%`",
            );
            return None;
        };
        Some(SlStatement::Critical(compare, level, span))
    }

    fn excused(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        parts.take(Rule::k_excused);
        let node = parts.next()?;
        if node.as_rule() == Rule::when {
            let condition = self.when(node)?;
            return Some(SlStatement::ExcusedWhen(condition, span));
        }
        let mut parts = Children::of(node);
        if let Some(count) = parts.find(Rule::count) {
            return Some(SlStatement::Grace(self.count(count), span));
        }
        let effect = parts.find(Rule::run_effect)?;
        Some(SlStatement::ExcusedBreaks(words(&effect) == "breaks", span))
    }

    fn level_credit(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        parts.take(Rule::k_credit);
        let first = parts.next()?;
        if first.as_rule() == Rule::bands {
            let bands = self.bands(first);
            return Some(SlStatement::Credit(SlCredit::Bands(bands), span));
        }
        let amount = self.expr(first);
        let critical = parts
            .take(Rule::k_critical)
            .and_then(|_| parts.next())
            .map(|amount| self.expr(amount));
        let credit = SlCredit::Amounts(amount, critical);
        Some(SlStatement::Credit(credit, span))
    }

    fn repeated(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        let mut repeats = Vec::new();
        while let Some(repeat) = parts.find(Rule::repeat) {
            let mut inner = Children::of(repeat);
            let months = inner.find(Rule::count).map(|part| self.count(part))?;
            let factor = inner.find(Rule::arith).map(|part| self.climb(part))?;
            repeats.push(Repeat { months, factor });
        }
        Some(SlStatement::Repeated(repeats, span))
    }

    fn earn_back(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        let months = parts.find(Rule::count).map(|part| self.count(part))?;
        let level = parts.find(Rule::arith).map(|part| self.climb(part))?;
        Some(SlStatement::EarnBack(EarnBack { months, level }, span))
    }

    fn terminate(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        let failures = parts.find(Rule::count).map(|part| self.count(part))?;
        let months = parts.find(Rule::count).map(|part| self.count(part));
        Some(SlStatement::Terminate(Terminate { failures, months }, span))
    }

    pub(super) fn award(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.titled("credit", &node);
        let mut kind = AwardKind::Credit;
        let (mut dimension, mut amount, mut on, mut bands) = (None, None, None, None);
        let (mut every, mut when) = (None, None);
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
        if terms.is_none() && !common.broken {
            self.report_missing(
                common.name.as_ref().map_or(common.at, |name| name.span),
                "how much it is",
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
        };
        Some((ItemKind::Award(award), common.clause))
    }

    fn when(&mut self, node: Node<'t>) -> Option<super::super::tree::Expr> {
        node.into_inner()
            .find(|part| part.as_rule() == Rule::flat)
            .map(|part| self.climb(part))
    }

    pub(super) fn limit(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.untitled("limit", &node);
        let (mut subjects, mut to, mut every) = (Vec::new(), None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_to => {}
                Rule::subject => subjects.extend(self.subject(part)),
                Rule::arith => to = Some(self.climb(part)),
                Rule::every => every = Some(every_of(words(&part))),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if (subjects.is_empty() || to.is_none() || every.is_none()) && !common.broken {
            self.report_missing(
                common.at,
                "what is limited, to how much and in which period",
                "`limit credits and reductions to 12% of charges each month`",
            );
        }
        let limit = Limit {
            subjects,
            to: to.unwrap_or_else(|| broken(span)),
            every: every.unwrap_or(Every::Month),
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
        let (mut amount, mut every) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
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
        self.only_each_month(&common, amount.is_some(), every);
        let amount = match amount {
            Some(amount) if !common.broken => amount,
            _ => broken(span),
        };
        Some((ItemKind::Floor(Floor { kind, amount }), common.clause))
    }

    fn only_each_month(&mut self, common: &Common, amount: bool, every: Option<(Every, Span)>) {
        match every {
            Some((Every::Month, _)) if amount => {}
            Some((Every::Quarter | Every::ContractYear | Every::CalendarYear, span)) => {
                self.report_not_each_month(span, common.word);
            }
            _ if common.broken => {}
            _ => self.report_missing(
                common.at,
                "how much and how often",
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
        if amount.is_none() && !common.broken {
            self.report_missing(common.at, "how much it is", "`tax vat 21% of total`");
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
        if (common.title.is_none() || when.is_none()) && !common.broken {
            self.report_missing(
                common.at,
                "what the notice says and when it is given",
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

fn adjust_target(paths: Vec<Path>) -> Option<AdjustTarget> {
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
