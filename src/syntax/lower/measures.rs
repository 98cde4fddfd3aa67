//! What is measured.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule};
use super::super::tree::{
    Bands, DimensionItem, Expr, ExprKind, Fallback, FallbackKind, Input, ItemKind, Let, Measured,
    Metric, MetricStatement, Name, Objective, Reporter, Rounded, Scorecard, ScorecardArm, TypeExpr,
    UnitItem, ValueRange,
};
use super::Lowering;
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
        let mut common = Common::untitled("unit", self.span(&node));
        let (mut plural, mut fractional) = (None, false);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_unit => common.at = self.span(&part),
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
        let mut common = Common::untitled("dimension", self.span(&node));
        let mut members = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_dimension => common.at = self.span(&part),
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
        let mut opened = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open => opened = Some(self.span(&part)),
                Rule::missing_close => self.report_missing_close(opened, &part, "these members"),
                Rule::name => members.push(self.name(&part)),
                Rule::reserved_name => {
                    self.report_reserved(&part, "member");
                    members.push(self.name(&part));
                }
                Rule::bad_member => self.report_bad_statement(&part, Rule::members),
                _ => {}
            }
        }
        members
    }

    fn by(&mut self, node: Node<'t>) -> Option<By> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        parts.take(Rule::k_by);
        let word = parts.take(Rule::word_token)?;
        let members = parts.take(Rule::members).map(|part| self.members(part));
        let reporter = match word.as_str() {
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
        let mut common = Common::titled("input", self.span(&node));
        let mut has = Attributes::default();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_input => common.at = self.span(&part),
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
            Some(sign) => signed(sign.as_str(), self.span(&sign), value),
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
        let mut common = Common::titled("metric", self.span(&node));
        let mut has = Attributes::default();
        let (mut kind, mut higher, mut body) = (None, None, None);
        let mut statements = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_metric => common.at = self.span(&part),
                Rule::is_kind => {
                    common.no_more_title();
                    kind = part.into_inner().nth(1).map(|part| self.name(&part));
                }
                Rule::better => higher = Some(part.as_str().starts_with("higher")),
                Rule::wrong_better => {
                    higher = Some(part.as_str().contains("higher"));
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
            formula: body.flatten(),
            statements,
        };
        Some((ItemKind::Metric(metric), common.clause))
    }

    fn metric_body(
        &mut self,
        node: Node<'t>,
        common: &Common,
        statements: &mut Vec<MetricStatement>,
    ) -> Option<Expr> {
        let mut opened = None;
        let mut formula: Option<Expr> = None;
        let mut unread = false;
        let span = self.span(&node);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open => opened = Some(self.span(&part)),
                Rule::close => {}
                Rule::missing_close => self.report_missing_close(opened, &part, &common.called()),
                Rule::bad_statement => {
                    unread = true;
                    self.report_bad_statement(&part, Rule::metric_body);
                }
                Rule::formula => {
                    let (next, rounded) = self.formula(part);
                    statements.extend(rounded.map(MetricStatement::Rounded));
                    match &formula {
                        Some(first) => self.report_two_formulas(first.span, next.span),
                        None => formula = Some(next),
                    }
                }
                _ => statements.extend(self.metric_statement(part)),
            }
        }
        if formula.is_none() {
            if !unread {
                self.report_empty_formula(span, common);
            }
            formula = Some(broken(span));
        }
        formula
    }

    /// A formula, with the rounding that stands behind all of it apart.
    fn formula(&mut self, node: Node<'t>) -> (Expr, Option<Rounded>) {
        let whole = node.clone();
        let span = self.span(&node);
        let (mut value, mut rounds) = (broken(span), false);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::broken_statement => {
                    self.report_broken(&whole, &part);
                    return (broken(span), None);
                }
                _ => {
                    rounds = ends_in_rounding(part.clone());
                    value = self.expr(part);
                }
            }
        }
        if !rounds {
            return (value, None);
        }
        match value.kind {
            ExprKind::Rounded(inside, rounded) => (*inside, Some(*rounded)),
            kind => (Expr { kind, ..value }, None),
        }
    }

    fn metric_statement(&mut self, node: Node<'t>) -> Option<MetricStatement> {
        let whole = node.clone();
        let span = self.span(&node);
        let rule = node.as_rule();
        let (mut condition, mut fallback, mut rounded) = (None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::broken_statement => {
                    self.report_broken(&whole, &part);
                    return None;
                }
                Rule::flat => condition = Some(self.climb(part)),
                Rule::fallback => fallback = self.fallback(part),
                Rule::if_missing | Rule::if_nothing => fallback = self.fallback_in(part),
                Rule::rounded => rounded = self.rounded(part),
                _ => {}
            }
        }
        match rule {
            Rule::needs => {
                let Some(condition) = condition else {
                    self.report_missing(
                        span,
                        "the condition",
                        "`needs surveys >= 50, otherwise no value`",
                    );
                    return None;
                };
                Some(MetricStatement::Needs(condition, fallback, span))
            }
            Rule::if_missing_statement => Some(MetricStatement::IfMissing(fallback?, span)),
            Rule::if_nothing_statement => {
                Some(MetricStatement::IfNothingToMeasure(fallback?, span))
            }
            _ => Some(MetricStatement::Rounded(rounded?)),
        }
    }

    pub(super) fn let_item(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let span = self.span(&node);
        let mut common = Common::titled("let", span);
        let (mut dimension, mut value_type, mut value) = (None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_let => common.at = self.span(&part),
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
        let mut common = Common::titled("scorecard", self.span(&node));
        let mut body = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_scorecard => common.at = self.span(&part),
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
        let (mut arms, mut rounded, mut opened) = (Vec::new(), None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open => opened = Some(self.span(&part)),
                Rule::missing_close => self.report_missing_close(opened, &part, &common.called()),
                Rule::scorecard_arm => arms.extend(self.scorecard_arm(part)),
                Rule::rounded_statement => match self.metric_statement(part) {
                    Some(MetricStatement::Rounded(how)) => rounded = Some(how),
                    _ => {}
                },
                Rule::bad_statement => self.report_bad_statement(&part, Rule::scorecard_body),
                _ => {}
            }
        }
        (arms, rounded)
    }

    fn scorecard_arm(&mut self, node: Node<'t>) -> Option<ScorecardArm> {
        let whole = node.clone();
        let span = self.span(&node);
        let (mut weight, mut metric, mut bands) = (None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::weight => {
                    let mut parts = Children::of(part);
                    let number = parts.next()?;
                    weight = Some(self.amount(&number, &mut parts));
                }
                Rule::path => metric = Some(self.path(&part)),
                Rule::bands => bands = Some(self.bands(part)),
                Rule::bad_header | Rule::broken_statement => self.report_broken(&whole, &part),
                _ => {}
            }
        }
        Some(ScorecardArm {
            weight: weight?,
            metric: metric?,
            bands: bands.unwrap_or(Bands {
                bands: Vec::new(),
                span,
            }),
            span,
        })
    }

    pub(super) fn objective(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = Common::titled("objective", self.span(&node));
        let mut body = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_objective => common.at = self.span(&part),
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
        let (mut purposes, mut measured, mut opened) = (Vec::new(), Vec::new(), None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open => opened = Some(self.span(&part)),
                Rule::missing_close => self.report_missing_close(opened, &part, &common.called()),
                Rule::bad_statement => self.report_bad_statement(&part, Rule::objective_body),
                Rule::purpose | Rule::measured_by => {
                    let whole = part.clone();
                    for word in part.into_inner() {
                        match word.as_rule() {
                            Rule::word_token => purposes.push(self.name(&word)),
                            Rule::measured => measured.extend(self.measured(word)),
                            Rule::broken_statement => self.report_broken(&whole, &word),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        (purposes, measured)
    }

    fn measured(&mut self, node: Node<'t>) -> Option<Measured> {
        let mut parts = Children::of(node);
        let metric = parts.take(Rule::path).map(|part| self.path(&part))?;
        let goal = match (parts.take(Rule::compare), parts.take(Rule::arith)) {
            (Some(compare), Some(value)) => {
                comparison(compare.as_str()).map(|compare| (compare, self.climb(value)))
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
