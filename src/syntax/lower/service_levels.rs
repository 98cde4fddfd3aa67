//! Service levels: the target and what a miss costs.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Beside, CountsFrom, EarnBack, EarnBackYearly, Earned, Every, Expr, InPlace, ItemKind, Path,
    Persistent, Raised, Repeat, Repeated, ServiceLevel, SlCredit, SlStatement, Terminate,
    Tolerated, Within,
};
use super::Lowering;
use super::body::Statement;
use super::climb::comparison;
use super::consequences::every_of;
use super::file::ItemParts;
use super::item::Common;
use super::settling::applied_to;

impl<'t> Lowering<'t> {
    pub(super) fn service_level(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.titled("service level", &node);
        let (mut dimension, mut metric, mut months, mut statements) = (None, None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::by_dimension => dimension = self.only_dimension(part),
                Rule::k_on => common.no_more_title(),
                Rule::path => metric = Some(self.path(&part)),
                Rule::of_period => {
                    let own = self.span(&part);
                    let span = metric.as_ref().map_or(own, |path: &Path| path.span.to(own));
                    months = self.months_of(part, span).map(|months| (months, span));
                }
                Rule::service_level_body => {
                    common.no_more_title();
                    statements = Some(self.service_level_body(part, &common));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if metric.is_none() {
            self.lacks(
                &common,
                "which metric it is about",
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
            months,
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
        let applied = applied_to(part.node.clone());
        let mut parts = Children::of(part.node);
        match rule {
            Rule::target => self.target(&mut parts, span),
            Rule::critical => self.critical(&mut parts, span),
            Rule::excused => self.excused(&mut parts, span),
            Rule::sl_credit => self.level_credit(&mut parts, span),
            Rule::repeated => self.repeated(&mut parts, span),
            Rule::earn_back => self.earn_back(&mut parts, span),
            Rule::raised => self.raised(&mut parts, span),
            Rule::terminate => self.terminate(&mut parts, span),
            Rule::sl_in_place => {
                let place = parts.find(Rule::in_place).map(|part| self.in_place(part))?;
                let when_critical = parts.find(Rule::when_critical).is_some();
                let place = InPlace {
                    when_critical,
                    ..place
                };
                Some(SlStatement::InPlace(place, span))
            }
            Rule::applied => Some(SlStatement::Applied(applied?, span)),
            Rule::counts => self.counts(&mut parts, span),
            Rule::tolerated => {
                let period = parts.find(Rule::k_period).map(|part| self.name(&part))?;
                let effect = match words(&parts.find(Rule::tolerated_effect)?) {
                    "breaks" => Tolerated::Breaks,
                    "keeps" => Tolerated::Keeps,
                    _ => Tolerated::Extends,
                };
                Some(SlStatement::Tolerated(effect, period, span))
            }
            Rule::persistent => self.persistent(&mut parts, span),
            Rule::sl_no_value => {
                let is = parts.find(Rule::no_value_is)?;
                Some(SlStatement::NoValue(words(&is) == "excused", span))
            }
            _ => None,
        }
    }

    fn target(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        let Some(level) = parts.find(Rule::arith) else {
            self.report_lack(
                span,
                "`target`",
                "which level is the target",
                "`target 80% each month`",
            );
            return None;
        };
        let level = self.climb(level);
        let Some(every) = parts.find(Rule::every) else {
            self.report_lack(
                span,
                "`target`",
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
            self.report_lack(
                span,
                "`critical`",
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
            let within = parts.find(Rule::excused_within);
            let within = within.map(|part| match words(&part) {
                text if text.contains("any") => Within::Any,
                text if text.contains("every") => Within::Every,
                _ => Within::Last,
            });
            return Some(SlStatement::ExcusedWhen(condition, within, span));
        }
        let mut parts = Children::of(node);
        if let Some(count) = parts.find(Rule::count) {
            return Some(SlStatement::Grace(self.count(count), span));
        }
        let period = parts.find(Rule::k_period).map(|part| self.name(&part))?;
        let breaks = words(&parts.find(Rule::run_effect)?) == "breaks";
        Some(SlStatement::ExcusedBreaks(breaks, period, span))
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
        let mut repeated = Repeated {
            steps: Vec::new(),
            growth: None,
            compounding: None,
            most: None,
        };
        while let Some(part) = parts.next() {
            match part.as_rule() {
                Rule::repeat => {
                    let mut inner = Children::of(part);
                    let months = inner.find(Rule::count).map(|part| self.count(part))?;
                    let periods = inner.find(Rule::k_periods).map(|part| self.name(&part))?;
                    let factor = inner.find(Rule::arith).map(|part| self.climb(part))?;
                    repeated.steps.push(Repeat {
                        months,
                        periods,
                        factor,
                    });
                }
                Rule::growth => repeated.growth = Some(self.growth(part, span)?),
                Rule::compounding => {
                    repeated.compounding = Some(!words(&part).starts_with("not"));
                }
                Rule::repeat_most => {
                    let factor = Children::of(part).find(Rule::arith)?;
                    repeated.most = Some(self.climb(factor));
                }
                _ => {}
            }
        }
        Some(SlStatement::Repeated(repeated, span))
    }

    fn growth(&mut self, node: Node<'t>, span: Span) -> Option<Expr> {
        let mut parts = Children::of(node);
        let number = parts.find(Rule::number)?;
        let growth = Some(self.percentage(&number));
        if parts.find(Rule::k_failures).is_none() {
            self.report_lack(
                span,
                "`repeated`",
                "what makes the credit grow",
                "`repeated 50% more each further failure, not compounding`",
            );
            return None;
        }
        growth
    }

    fn earn_back(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        parts.take(Rule::k_earn_back);
        if let Some(share) = parts.take(Rule::earn_share) {
            return self.earn_back_yearly(share, parts, span);
        }
        let months = parts.find(Rule::count).map(|part| self.count(part))?;
        let level = parts.find(Rule::arith).map(|part| self.climb(part))?;
        Some(SlStatement::EarnBack(EarnBack { months, level }, span))
    }

    fn earn_back_yearly(
        &mut self,
        share: Node<'t>,
        parts: &mut Children<'t>,
        span: Span,
    ) -> Option<SlStatement> {
        let share = Children::of(share)
            .find(Rule::arith)
            .map(|part| self.climb(part));
        let year = parts.find(Rule::year_end).map(|part| {
            if words(&part).contains("contract") {
                Every::ContractYear
            } else {
                Every::CalendarYear
            }
        })?;
        let earned = match parts.next() {
            Some(part) if part.as_rule() == Rule::with_average => {
                let mut parts = Children::of(part);
                let level = parts.find(Rule::arith).map(|part| self.climb(part))?;
                let excused = parts.find(Rule::excused_in_average);
                Earned::Average {
                    level,
                    excused_count: excused.map(|part| words(&part).ends_with("counted")),
                }
            }
            Some(part) if part.as_rule() == Rule::when => Earned::When(self.when(part)?),
            _ => {
                self.report_lack(
                    span,
                    "`earn back`",
                    "what condition it has",
                    "`earn back 50% at the end of the contract year with an average of 85% or better`",
                );
                return None;
            }
        };
        let terms = EarnBackYearly {
            share,
            year,
            earned,
        };
        Some(SlStatement::EarnBackYearly(terms, span))
    }

    fn raised(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        let up = words(&parts.find(Rule::k_raised)?) == "raised";
        let periods = parts.find(Rule::count).map(|part| self.count(part))?;
        let period_word = parts.find(Rule::k_periods).map(|part| self.name(&part))?;
        let side = parts.find(Rule::raised_side)?;
        let side = words(&side);
        let (mut mean, mut rounded, mut bound, mut most) = (None, None, None, true);
        while let Some(part) = parts.next() {
            match part.as_rule() {
                Rule::raised_to => mean = Some(words(&part).contains("mean")),
                Rule::rounded => rounded = self.rounded(part),
                Rule::raised_bound => most = words(&part).ends_with("most"),
                Rule::arith => bound = Some((most, self.climb(part))),
                _ => {}
            }
        }
        let Some(mean) = mean else {
            let word = if up { "raised" } else { "lowered" };
            self.report_lack(
                span,
                &format!("`{word}`"),
                "what the new target is",
                "`to the mean of target and average`, or `to the average`",
            );
            return None;
        };
        let raised = Raised {
            up,
            periods,
            period_word,
            above: side.contains("above"),
            at_target: side.contains(" or "),
            mean,
            rounded,
            bound,
        };
        Some(SlStatement::Raised(raised, span))
    }

    fn terminate(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        let failures = parts.find(Rule::count).map(|part| self.count(part))?;
        let months = parts.find(Rule::count).map(|part| self.count(part));
        Some(SlStatement::Terminate(Terminate { failures, months }, span))
    }

    fn counts(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        let ordinal = parts.find(Rule::ordinal)?;
        let miss_span = self.span(&ordinal);
        let digits = words(&ordinal).trim_end_matches(|c: char| !c.is_ascii_digit());
        let miss = match digits.parse::<u32>() {
            Ok(miss) if (1..=1200).contains(&miss) => miss,
            _ => {
                self.report_no_such_miss(miss_span);
                return None;
            }
        };
        let months = parts.find(Rule::count).map(|part| self.count(part))?;
        let counts = CountsFrom {
            miss,
            miss_span,
            months,
        };
        Some(SlStatement::CountsFrom(counts, span))
    }

    fn persistent(&mut self, parts: &mut Children<'t>, span: Span) -> Option<SlStatement> {
        let failures = parts.find(Rule::count).map(|part| self.count(part))?;
        let months = match parts.find(Rule::k_in).and_then(|_| parts.next()) {
            Some(part) if part.as_rule() == Rule::count => Some(self.count(part)),
            _ => None,
        };
        let (mut amount, mut beside) = (None, None);
        while let Some(part) = parts.next() {
            match part.as_rule() {
                Rule::flat | Rule::if_expr => amount = Some(self.expr(part)),
                Rule::beside_credit if words(&part).starts_with("in") => {
                    beside = Some(Beside::InPlace);
                }
                Rule::beside_credit => beside = Some(Beside::OnTop),
                _ => {}
            }
        }
        if amount.is_none() {
            self.report_lack(
                span,
                "`persistent`",
                "what persistent failure costs",
                "`persistent after 3 failures in 6 months: 5% of charges on top of the credit`",
            );
        }
        let persistent = Persistent {
            failures,
            months,
            amount: amount?,
            beside,
        };
        Some(SlStatement::Persistent(persistent, span))
    }
}
