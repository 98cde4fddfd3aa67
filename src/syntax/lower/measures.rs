//! What is measured.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Bands, DimensionItem, Expr, ExprKind, Fallback, FallbackKind, Input, ItemKind, Let, Measured,
    Metric, MetricStatement, Name, Objective, Reporter, Rounded, Scorecard, ScorecardArm, TypeExpr,
    UnitItem, ValueRange,
};
use super::Lowering;
use super::body::Statement;
use super::climb::comparison;
use super::expression::{broken, signed};
use super::file::ItemParts;
use super::item::Common;

/// What stands behind `by`.
enum By {
    Reporter(Reporter, Span),
    Dimension(DimensionItem),
}

/// The attributes that inputs and metrics share.
#[derive(Default)]
struct Attributes {
    value_type: Option<TypeExpr>,
    dimension: Option<DimensionItem>,
    source: Option<super::super::tree::Text>,
    reporter: Option<(Reporter, Span)>,
    range: Option<ValueRange>,
    step: Option<Expr>,
    nominal: Option<Expr>,
    if_missing: Option<Fallback>,
}

impl<'t> Lowering<'t> {
    pub(super) fn unit_item(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("unit", &node);
        let (mut plural, mut fractional) = (None, false);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::word_token => plural = Some(self.name(&part)),
                Rule::k_fractional => fractional = true,
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        let unit = UnitItem {
            singular: common.name?,
            plural,
            fractional,
        };
        Some((ItemKind::Unit(unit), common.clause))
    }

    pub(super) fn dimension_item(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("dimension", &node);
        let mut members = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::members => members = Some(self.members(part)),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if members.is_none() && !common.broken {
            self.report_missing_block(&common, "its members: `{ voice, email, chat }`");
        }
        let dimension = DimensionItem {
            name: common.name?,
            members: members.unwrap_or_default(),
        };
        Some((ItemKind::Dimension(dimension), common.clause))
    }

    fn members(&mut self, node: Node<'t>) -> Vec<Name> {
        let mut members = Vec::new();
        self.body(
            node,
            Rule::only_member,
            "this list",
            |this, Statement { node, .. }| {
                if node.as_rule() == Rule::reserved_name {
                    this.report_reserved(&node, "member");
                }
                members.push(this.name(&node));
            },
        );
        members
    }

    fn by(&mut self, node: Node<'t>) -> Option<By> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        parts.take(Rule::k_by);
        let word = parts.take(Rule::word_token)?;
        let members = parts.take(Rule::members).map(|part| self.members(part));
        let reporter = match words(&word) {
            "customer" => Reporter::Customer,
            "supplier" => Reporter::Supplier,
            "both" => Reporter::Both,
            _ => {
                return Some(By::Dimension(DimensionItem {
                    name: self.name(&word),
                    members: members.unwrap_or_default(),
                }));
            }
        };
        Some(By::Reporter(reporter, span))
    }

    /// The dimension of an item that has no reporter.
    pub(super) fn only_dimension(&mut self, node: Node<'t>) -> Option<Name> {
        match self.by(node)? {
            By::Dimension(dimension) => Some(dimension.name),
            By::Reporter(_, span) => {
                self.report_reporter_here(span);
                None
            }
        }
    }

    pub(super) fn input(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.titled("input", &node);
        let mut has = Attributes::default();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_input => {}
                Rule::equals_for_colon => self.report_equals_for_colon(&part),
                _ => {
                    let Some(part) = self.common(&mut common, &whole, part) else {
                        continue;
                    };
                    let opens_title = matches!(part.as_rule(), Rule::type_of | Rule::type_flag);
                    let had_dimension = has.dimension.is_some();
                    self.attribute_of(&mut has, part);
                    if !opens_title && had_dimension == has.dimension.is_some() {
                        common.no_more_title();
                    }
                }
            }
        }
        if has.value_type.is_none() && !common.broken {
            self.report_missing(
                common.name.as_ref().map_or(common.at, |name| name.span),
                "what it counts in",
                "`input offered : calls`",
            );
        }
        let input = Input {
            name: common.name?,
            value_type: has.value_type?,
            dimension: has.dimension,
            title: common.title,
            source: has.source,
            reporter: has.reporter,
            range: has.range,
            step: has.step,
            nominal: has.nominal,
            if_missing: has.if_missing,
        };
        Some((ItemKind::Input(input), common.clause))
    }

    /// An attribute of an input or metric; one that stands twice is reported.
    fn attribute_of(&mut self, has: &mut Attributes, node: Node<'t>) {
        let span = self.span(&node);
        let twice = match node.as_rule() {
            Rule::type_flag => has.value_type.replace(TypeExpr::Flag(span)).is_some(),
            Rule::type_of => match self.type_of(node) {
                Some(value_type) => has.value_type.replace(value_type).is_some(),
                None => false,
            },
            Rule::source => {
                let text = node
                    .into_inner()
                    .find(|part| part.as_rule() == Rule::string)
                    .map(|part| self.string(&part));
                std::mem::replace(&mut has.source, text).is_some()
            }
            Rule::by_dimension | Rule::by_members => match self.by(node) {
                Some(By::Reporter(who, span)) => has.reporter.replace((who, span)).is_some(),
                Some(By::Dimension(dimension)) => has.dimension.replace(dimension).is_some(),
                None => false,
            },
            Rule::between => {
                let range = self.value_range(node);
                std::mem::replace(&mut has.range, range).is_some()
            }
            Rule::step => {
                let step = self.only_arith(node);
                std::mem::replace(&mut has.step, step).is_some()
            }
            Rule::nominal => {
                let nominal = self.only_arith(node);
                std::mem::replace(&mut has.nominal, nominal).is_some()
            }
            Rule::if_missing => {
                let fallback = self.fallback_in(node);
                std::mem::replace(&mut has.if_missing, fallback).is_some()
            }
            _ => false,
        };
        if twice {
            self.report_twice(span);
        }
    }

    fn only_arith(&mut self, node: Node<'t>) -> Option<Expr> {
        node.into_inner()
            .find(|part| part.as_rule() == Rule::arith)
            .map(|part| self.climb(part))
    }

    fn value_range(&mut self, node: Node<'t>) -> Option<ValueRange> {
        let mut ends = node
            .into_inner()
            .filter(|part| part.as_rule() == Rule::arith);
        let (least, most) = (ends.next()?, ends.next()?);
        Some(ValueRange {
            least: self.climb(least),
            most: self.climb(most),
        })
    }

    fn type_of(&mut self, node: Node<'t>) -> Option<TypeExpr> {
        let span = self.span(&node);
        let inner = node.into_inner().next()?;
        match inner.as_rule() {
            Rule::percentage_points => Some(TypeExpr::PercentagePoints(span)),
            Rule::scale => {
                let mut ends = inner
                    .into_inner()
                    .filter(|part| part.as_rule() == Rule::scale_end);
                let (least, most) = (ends.next()?, ends.next()?);
                let least = Box::new(self.scale_end(least));
                let most = Box::new(self.scale_end(most));
                Some(TypeExpr::Scale(least, most, span))
            }
            _ => {
                let unit = self.unit(inner)?;
                Some(match (unit.above.text.as_str(), unit.below.is_empty()) {
                    ("percent", true) => TypeExpr::Percent(span),
                    ("number", true) => TypeExpr::Number(span),
                    _ => TypeExpr::Unit(unit),
                })
            }
        }
    }

    fn scale_end(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let sign = parts.take(Rule::sign);
        let Some(number) = parts.take(Rule::number) else {
            return broken(span);
        };
        let value = self.amount(&number, &mut parts);
        match sign {
            Some(sign) => signed(words(&sign), self.span(&sign), value),
            None => value,
        }
    }

    fn fallback_in(&mut self, node: Node<'t>) -> Option<Fallback> {
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
                    kind = part.into_inner().nth(1).map(|part| self.name(&part));
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
        let mut formulas: Vec<Expr> = Vec::with_capacity(1);
        self.body(node, Rule::only_metric, &common.called(), |this, part| {
            if part.node.as_rule() == Rule::formula {
                let (formula, rounded) = this.formula(part);
                statements.extend(rounded.map(MetricStatement::Rounded));
                formulas.push(formula);
            } else if !part.broken {
                statements.extend(this.metric_statement(part.node));
            }
        });
        let mut formulas = formulas.into_iter();
        let Some(formula) = formulas.next() else {
            if reported == self.found.count() {
                self.report_empty_formula(span, common);
            }
            return broken(span);
        };
        for another in formulas {
            self.report_two_formulas(formula.span, another.span);
        }
        formula
    }

    /// A formula, with the rounding that stands behind all of it apart.
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
            self.report_missing(
                span,
                "the condition",
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

    pub(super) fn let_item(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = self.titled("let", &node);
        let (mut dimension, mut value_type, mut value) = (None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::assign => common.no_more_title(),
                Rule::colon_for_assign => {
                    common.no_more_title();
                    self.report_colon_for_assign(&part);
                }
                Rule::by_dimension => dimension = self.only_dimension(part),
                Rule::type_of => value_type = self.type_of(part),
                Rule::type_flag => value_type = Some(TypeExpr::Flag(self.span(&part))),
                Rule::flat | Rule::if_expr => value = Some(self.expr(part)),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if value.is_none() && !common.broken {
            self.report_missing(
                common.name.as_ref().map_or(common.at, |name| name.span),
                "its value",
                "`let share = resolved_first / total handled`",
            );
        }
        let value = match value {
            Some(value) if !common.broken => value,
            _ => broken(span),
        };
        let item = Let {
            name: common.name?,
            title: common.title,
            dimension,
            value_type,
            value,
        };
        Some((ItemKind::Let(item), common.clause))
    }

    pub(super) fn scorecard(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.titled("scorecard", &node);
        let mut body = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::scorecard_body => {
                    common.no_more_title();
                    body = Some(self.scorecard_body(part, &common));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if body.is_none() && !common.broken {
            self.report_missing_block(&common, "`{ 50% csat { below 4.0: 0; otherwise 100 } … }`");
        }
        let (arms, rounded) = body.unwrap_or_default();
        let scorecard = Scorecard {
            name: common.name?,
            title: common.title,
            arms,
            rounded,
        };
        Some((ItemKind::Scorecard(scorecard), common.clause))
    }

    fn scorecard_body(
        &mut self,
        node: Node<'t>,
        common: &Common,
    ) -> (Vec<ScorecardArm>, Option<Rounded>) {
        let (mut arms, mut rounded) = (Vec::new(), None);
        self.body(
            node,
            Rule::only_scorecard,
            &common.called(),
            |this, part| {
                if part.node.as_rule() == Rule::rounded {
                    rounded = this.rounded(part.node);
                } else {
                    arms.extend(this.scorecard_arm(part.node));
                }
            },
        );
        (arms, rounded)
    }

    fn scorecard_arm(&mut self, node: Node<'t>) -> Option<ScorecardArm> {
        let whole = node.clone();
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let number = parts.take(Rule::number)?;
        let weight = self.amount(&number, &mut parts);
        let metric = parts.take(Rule::path).map(|part| self.path(&part))?;
        if let Some(bad) = parts.take(Rule::bad_header) {
            self.report_broken(&whole, &bad, Rule::only_scorecard);
        }
        let bands = parts.take(Rule::bands).map(|part| self.bands(part));
        if bands.is_none() {
            self.report_missing(
                metric.span.after(),
                "the points by band",
                "`50% csat { below 4.0: 0; otherwise 100 }`",
            );
        }
        Some(ScorecardArm {
            weight,
            metric,
            bands: bands.unwrap_or(Bands {
                bands: Vec::new(),
                span,
            }),
            span,
        })
    }

    pub(super) fn objective(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.titled("objective", &node);
        let mut body = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::objective_body => {
                    common.no_more_title();
                    body = Some(self.objective_body(part, &common));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if body.is_none() && !common.broken {
            self.report_missing_block(&common, "`{ purpose quality; measured by csat }`");
        }
        let (purposes, measured_by) = body.unwrap_or_default();
        let objective = Objective {
            name: common.name?,
            title: common.title,
            purposes,
            measured_by,
        };
        Some((ItemKind::Objective(objective), common.clause))
    }

    fn objective_body(&mut self, node: Node<'t>, common: &Common) -> (Vec<Name>, Vec<Measured>) {
        let (mut purposes, mut measured) = (Vec::new(), Vec::new());
        self.body(
            node,
            Rule::only_objective,
            &common.called(),
            |this, part| {
                for word in part.node.into_inner() {
                    match word.as_rule() {
                        Rule::word_token => purposes.push(this.name(&word)),
                        Rule::measured => measured.extend(this.measured(word)),
                        _ => {}
                    }
                }
            },
        );
        (purposes, measured)
    }

    fn measured(&mut self, node: Node<'t>) -> Option<Measured> {
        let mut parts = Children::of(node);
        let metric = parts.take(Rule::path).map(|part| self.path(&part))?;
        let goal = match (parts.take(Rule::compare), parts.take(Rule::arith)) {
            (Some(compare), Some(value)) => {
                comparison(words(&compare)).map(|compare| (compare, self.climb(value)))
            }
            _ => None,
        };
        Some(Measured { metric, goal })
    }
}

/// Whether the last thing in a formula is `rounded … to …`, outside of parentheses.
fn ends_in_rounding(node: Node<'_>) -> bool {
    let last = node.into_inner().next_back();
    last.is_some_and(|last| last.as_rule() == Rule::rounded)
}
