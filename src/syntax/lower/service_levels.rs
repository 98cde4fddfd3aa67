//! Service levels: what is to be reached and what a miss costs.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    EarnBack, InPlace, ItemKind, Repeat, ServiceLevel, SlCredit, SlStatement, Terminate,
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
                "which level is to be reached",
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
}
