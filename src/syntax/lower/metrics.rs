//! Metrics: what the numbers mean.

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Expr, ExprKind, Fallback, FallbackKind, ItemKind, Metric, MetricStatement, Name, Rounded,
};
use super::Lowering;
use super::body::Statement;
use super::expression::broken;
use super::file::ItemParts;
use super::item::Common;
use super::measures::Attributes;

impl<'t> Lowering<'t> {
    /// The kind of a metric. Of two words the kind is one name, whose place shows that it was written as two.
    fn kind_of(&mut self, node: Node<'t>) -> Option<Name> {
        let mut parts = Children::of(node);
        parts.take(Rule::k_is);
        let first = self.name(&parts.next()?);
        Some(match parts.take(Rule::second_kind) {
            Some(second) => {
                let second = self.name(&second);
                Name {
                    text: format!("{}_{}", first.text, second.text),
                    span: first.span.to(second.span),
                }
            }
            None => first,
        })
    }

    pub(super) fn fallback_in(&mut self, node: Node<'t>) -> Option<Fallback> {
        node.into_inner()
            .find(|part| part.as_rule() == Rule::fallback)
            .and_then(|part| self.fallback(part))
    }

    fn fallback(&mut self, node: Node<'t>) -> Option<Fallback> {
        let span = self.span(&node);
        let inner = node.into_inner().next()?;
        let kind = match inner.as_rule() {
            Rule::no_value => FallbackKind::NoValue,
            Rule::no_invoice => FallbackKind::NoInvoice,
            Rule::last_known => FallbackKind::LastKnown,
            Rule::average_of => {
                let count = inner
                    .into_inner()
                    .find(|part| part.as_rule() == Rule::count)
                    .map(|part| self.count(part))?;
                FallbackKind::AverageOfLast(count)
            }
            _ => FallbackKind::Value(self.expr(inner)),
        };
        Some(Fallback { kind, span })
    }

    pub(super) fn metric(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.titled("metric", &node);
        let mut has = Attributes::default();
        let (mut kind, mut higher, mut body) = (None, None, None);
        let mut statements = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_metric => {}
                Rule::is_kind => {
                    common.no_more_title();
                    kind = self.kind_of(part);
                }
                Rule::better => higher = Some(words(&part).starts_with("higher")),
                Rule::wrong_better => {
                    higher = Some(words(&part).contains("higher"));
                    self.report_wrong_better(&part);
                }
                Rule::rounded => {
                    statements.extend(self.rounded(part).map(MetricStatement::Rounded));
                }
                Rule::metric_body => {
                    common.no_more_title();
                    body = Some(self.metric_body(part, &common, &mut statements));
                }
                _ => {
                    if let Some(part) = self.common(&mut common, &whole, part) {
                        if part.as_rule() != Rule::by_dimension {
                            common.no_more_title();
                        }
                        self.attribute_of(&mut has, part);
                    }
                }
            }
        }
        self.report_all_twice(&common, &has.twice);
        if body.is_none() && !common.broken {
            self.report_missing_block(&common, "its formula: `{ resolved_first / handled }`");
        }
        if let Some(fallback) = has.if_missing {
            let span = fallback.span;
            statements.push(MetricStatement::IfMissing(fallback, span));
        }
        let metric = Metric {
            name: common.name?,
            title: common.title,
            dimension: has.dimension.map(|dimension| dimension.name),
            kind,
            value_type: has.value_type,
            step: has.step,
            higher_is_better: higher,
            range: has.range,
            source: has.source,
            reporter: has.reporter,
            formula: body,
            statements,
        };
        Some((ItemKind::Metric(metric), common.clause))
    }

    fn metric_body(
        &mut self,
        node: Node<'t>,
        common: &Common,
        statements: &mut Vec<MetricStatement>,
    ) -> Expr {
        let span = self.span(&node);
        let reported = self.found.count();
        let mut formula: Option<(Expr, (usize, usize))> = None;
        self.body(node, Rule::only_metric, &common.called(), |this, part| {
            if part.node.as_rule() == Rule::formula {
                let (start, end) = this.ends(&part.node);
                let (next, rounded) = this.formula(part);
                statements.extend(rounded.map(MetricStatement::Rounded));
                match &formula {
                    None => formula = Some((next, (start, end))),
                    Some((first, (begin, end))) => {
                        let between = this.text.get(*end..start).unwrap_or_default();
                        let same_line = !between.contains(['\n', ';']);
                        if same_line {
                            this.report_two_on_a_line(*begin, start);
                        } else {
                            this.report_two_formulas(first.span, next.span, false);
                        }
                    }
                }
            } else if !part.broken {
                statements.extend(this.metric_statement(part.node));
            }
        });
        if let Some((formula, _)) = formula {
            return formula;
        }
        if reported == self.found.count() {
            self.report_empty_formula(span, common);
        }
        broken(span)
    }

    /// A formula, separated from the rounding that comes after all of it.
    fn formula(
        &mut self,
        Statement { node, broken: cut }: Statement<'t>,
    ) -> (Expr, Option<Rounded>) {
        let span = self.span(&node);
        let Some(part) = node.into_inner().next().filter(|_| !cut) else {
            return (broken(span), None);
        };
        let rounds = ends_in_rounding(part.clone());
        let value = self.expr(part);
        match value.kind {
            ExprKind::Rounded(inside, rounded) if rounds => (*inside, Some(*rounded)),
            kind => (Expr { kind, ..value }, None),
        }
    }

    fn metric_statement(&mut self, node: Node<'t>) -> Option<MetricStatement> {
        let span = self.span(&node);
        match node.as_rule() {
            Rule::needs => self.needs(node),
            Rule::if_missing => Some(MetricStatement::IfMissing(self.fallback_in(node)?, span)),
            Rule::if_nothing => Some(MetricStatement::IfNothingToMeasure(
                self.fallback_in(node)?,
                span,
            )),
            _ => self.rounded(node).map(MetricStatement::Rounded),
        }
    }

    fn needs(&mut self, node: Node<'t>) -> Option<MetricStatement> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let Some(condition) = parts.find(Rule::flat) else {
            self.report_lack(
                span,
                "`needs`",
                "what is needed",
                "`needs surveys >= 50, otherwise no value`",
            );
            return None;
        };
        let condition = self.climb(condition);
        let fallback = parts
            .find(Rule::fallback)
            .and_then(|part| self.fallback(part));
        Some(MetricStatement::Needs(condition, fallback, span))
    }
}

/// Whether the last thing in a formula is `rounded … to …`, outside parentheses.
fn ends_in_rounding(node: Node<'_>) -> bool {
    let last = node.into_inner().next_back();
    last.is_some_and(|last| last.as_rule() == Rule::rounded)
}
