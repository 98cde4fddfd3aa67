//! What is measured.

use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    DimensionItem, Expr, Fallback, Input, ItemKind, Let, Name, Reporter, TypeExpr, UnitItem,
    ValueRange,
};
use super::Lowering;
use super::body::Statement;
use super::expression::{broken, signed};
use super::file::ItemParts;
use super::item::Common;

/// What comes after `by`.
enum By {
    Reporter(Reporter, Span),
    Dimension(DimensionItem),
}

/// The attributes that inputs and metrics share.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) value_type: Option<TypeExpr>,
    pub(super) dimension: Option<DimensionItem>,
    pub(super) source: Option<super::super::tree::Text>,
    pub(super) reporter: Option<(Reporter, Span)>,
    pub(super) range: Option<ValueRange>,
    pub(super) step: Option<Expr>,
    pub(super) nominal: Option<Expr>,
    pub(super) if_missing: Option<Fallback>,
    /// What was stated a second time.
    pub(super) twice: Vec<Span>,
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

    pub(super) fn members(&mut self, node: Node<'t>) -> Vec<Name> {
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
        let mut counted = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_input | Rule::assign => {}
                Rule::counted_from => {
                    common.no_more_title();
                    let span = self.span(&part);
                    let read = self.counted_from(part);
                    if counted.is_some() {
                        has.twice.push(span);
                    }
                    counted = counted.or(read);
                }
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
        self.report_all_twice(&common, &has.twice);
        if has.value_type.is_none() {
            let name = common.name.as_ref().map_or("offered", |name| &name.text);
            let help = format!("`input {name} : calls`, with what it counts in place of `calls`");
            self.lacks(&common, "what it counts in", &help);
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
            counted,
        };
        Some((ItemKind::Input(input), common.clause))
    }

    /// An attribute of an input or metric; a repeated attribute is reported.
    pub(super) fn attribute_of(&mut self, has: &mut Attributes, node: Node<'t>) {
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
                let nominal = node
                    .into_inner()
                    .find(|part| part.as_rule() == Rule::bare)
                    .map(|part| self.climb(part));
                std::mem::replace(&mut has.nominal, nominal).is_some()
            }
            Rule::if_missing => {
                let fallback = self.fallback_in(node);
                std::mem::replace(&mut has.if_missing, fallback).is_some()
            }
            _ => false,
        };
        if twice {
            has.twice.push(span);
        }
    }

    /// A second attribute is an error of its own only if everything could be read.
    pub(super) fn report_all_twice(&mut self, common: &Common, twice: &[Span]) {
        if !common.broken {
            for &span in twice {
                self.report_twice(span);
            }
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
        if value.is_none() {
            self.lacks(
                &common,
                "what its value is",
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
}
