//! Prices that follow a published index.

use crate::calendar::{MONTH_NAMES, Month};
use crate::text::Span;

use super::super::grammar::{Children, Node, Rule, words};
use super::super::tree::{
    Index, IndexAgainst, IndexBase, IndexDates, IndexLink, IndexTarget, IndexThreshold, ItemKind,
};
use super::Lowering;
use super::body::Statement;
use super::file::ItemParts;
use super::item::Common;

/// The statements of an `index`, while they are read.
#[derive(Default)]
struct Parts {
    base: Option<IndexBase>,
    dates: Option<IndexDates>,
    fixed: Option<super::super::tree::Expr>,
    threshold: Option<IndexThreshold>,
    least: Option<super::super::tree::Expr>,
    most: Option<super::super::tree::Expr>,
    factor: Option<super::super::tree::Rounded>,
    prices: Option<super::super::tree::Rounded>,
    against: Option<(IndexAgainst, Span)>,
    links: Vec<IndexLink>,
    /// The words of the statements so far, each with its place.
    seen: Vec<(&'static str, Span)>,
    /// Whether one of them could not be read.
    broken: bool,
}

impl<'t> Lowering<'t> {
    pub(super) fn index_item(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("index", &node);
        let (mut targets, mut by, mut parts) = (Vec::new(), None, None);
        let mut behind_by = false;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_index => {}
                Rule::k_by => behind_by = true,
                Rule::path if behind_by => by = Some(self.path(&part)),
                Rule::path => targets.push(self.index_target(&part)),
                Rule::index_body => parts = Some(self.index_body(part)),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if targets.is_empty() || by.is_none() {
            self.lacks(
                &common,
                "what follows which index",
                "`index handling by cpi { … }`, with the names of charges and of an input",
            );
            return None;
        }
        let Some(parts) = parts else {
            if !common.broken {
                self.report_missing_block(&common, INDEX_MODEL);
            }
            return None;
        };
        self.index_lacks(&common, &parts);
        let index = Index {
            targets,
            by: by?,
            base: parts.base?,
            dates: parts.dates?,
            fixed: parts.fixed,
            threshold: parts.threshold,
            least: parts.least,
            most: parts.most,
            factor: parts.factor,
            prices: parts.prices,
            against: parts.against,
            links: parts.links,
        };
        Some((ItemKind::Index(Box::new(index)), common.clause))
    }

    fn index_target(&mut self, node: &Node<'t>) -> IndexTarget {
        let path = self.path(node);
        if path.member.is_none() && path.name.text == "charges" {
            return IndexTarget::Charges(path.span);
        }
        IndexTarget::Named(path)
    }

    fn index_lacks(&mut self, common: &Common, parts: &Parts) {
        let said = |word: &str| parts.seen.iter().any(|(known, _)| *known == word);
        if parts.broken || common.broken {
            return;
        }
        if !said("base") {
            self.lacks(
                common,
                "which value of the index the prices are based on",
                "`base 118.4 of 2025-10`",
            );
        }
        if !said("each") {
            self.lacks(
                common,
                "when prices are adjusted, and with which month's value",
                "`each January from 2027 with the value of October before`",
            );
        }
    }

    fn index_body(&mut self, node: Node<'t>) -> Parts {
        let mut parts = Parts::default();
        let bad = node
            .clone()
            .into_inner()
            .any(|part| part.as_rule() == Rule::bad_statement);
        parts.broken = bad;
        self.body(node, Rule::only_index, "this index", |this, statement| {
            this.index_statement(statement, &mut parts);
        });
        parts
    }

    fn index_statement(&mut self, statement: Statement<'t>, parts: &mut Parts) {
        let Statement { node, broken } = statement;
        let span = self.span(&node);
        let rule = node.as_rule();
        let word = match rule {
            Rule::index_base => "base",
            Rule::index_dates => "each",
            Rule::index_fixed => "fixed",
            Rule::index_threshold => "above",
            Rule::index_bounds => "a year",
            Rule::index_factor => "factor",
            Rule::index_prices => "prices",
            Rule::index_against => "against",
            _ => "link",
        };
        if word != "link" {
            if parts.seen.iter().any(|(known, _)| *known == word) {
                self.report_twice(span);
                return;
            }
            parts.seen.push((word, span));
        }
        if broken {
            parts.broken = true;
            return;
        }
        match rule {
            Rule::index_base => parts.base = self.index_base(node),
            Rule::index_dates => parts.dates = self.index_dates(node),
            Rule::index_fixed => {
                let mut inside = Children::of(node);
                let number = inside.take(Rule::number);
                parts.fixed = number.map(|number| self.amount(&number, &mut inside));
            }
            Rule::index_threshold => parts.threshold = self.index_threshold(node),
            Rule::index_bounds => self.index_bounds(node, parts),
            Rule::index_factor | Rule::index_prices => {
                let rounded = node
                    .into_inner()
                    .find(|part| part.as_rule() == Rule::rounded)
                    .and_then(|part| self.rounded(part));
                if rule == Rule::index_factor {
                    parts.factor = rounded;
                } else {
                    parts.prices = rounded;
                }
            }
            Rule::index_against => {
                let text = words(&node);
                let against = if text.ends_with("base") {
                    IndexAgainst::Base
                } else if text.ends_with("before") {
                    IndexAgainst::YearBefore
                } else {
                    IndexAgainst::LastAdjustment
                };
                parts.against = Some((against, span));
            }
            Rule::index_link => match self.index_link(node) {
                Some(link) => parts.links.push(link),
                None => parts.broken = true,
            },
            _ => {}
        }
    }

    /// `base 118.4 of 2025-10`
    fn index_base(&mut self, node: Node<'t>) -> Option<IndexBase> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let value = parts.find(Rule::number).map(|part| self.number(&part));
        let month = match parts.find(Rule::calendar) {
            Some(month) => Some(self.month(&month)?),
            None => None,
        };
        let (Some(value), Some(month)) = (value, month) else {
            self.report_lack(
                span,
                "`base`",
                "the value and its month",
                "`base 118.4 of 2025-10`",
            );
            return None;
        };
        Some(IndexBase { value, month, span })
    }

    /// `each January from 2027 with the value of October before`
    fn index_dates(&mut self, node: Node<'t>) -> Option<IndexDates> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let adjusted = parts
            .find(Rule::word_token)
            .and_then(|part| self.month_named(&part));
        let year = parts
            .take(Rule::k_from)
            .and_then(|_| parts.take(Rule::number));
        let value_of = parts
            .take(Rule::index_value_of)
            .and_then(|_| parts.take(Rule::word_token))
            .map(|part| self.month_named(&part));
        let (Some(year), Some(value_of)) = (year, value_of) else {
            if adjusted.is_some() {
                self.report_lack(
                    span,
                    "`each`",
                    "from which year on prices are adjusted, and with which month's value",
                    "`each January from 2027 with the value of October before`",
                );
            }
            return None;
        };
        let (adjusted, value_of) = (adjusted?, value_of?);
        let first = words(&year)
            .parse()
            .ok()
            .and_then(|number: i32| Month::new(number, adjusted));
        if first.is_none() {
            self.report_not_a_year(&year);
        }
        Some(IndexDates {
            first: first?,
            value_of,
            span,
        })
    }

    /// The number of the month of that name.
    fn month_named(&mut self, node: &Node<'t>) -> Option<u32> {
        let name = words(node);
        let number = (1..)
            .zip(MONTH_NAMES)
            .find(|(_, month)| *month == name)
            .map(|(number, _)| number);
        if number.is_none() {
            self.report_not_a_month_name(node);
        }
        number
    }

    /// `only the change above 2%`
    fn index_threshold(&mut self, node: Node<'t>) -> Option<IndexThreshold> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        let text = words(&parts.take(Rule::threshold_words)?);
        let only_above = if text.starts_with("only") {
            Some(true)
        } else {
            text.contains("whole").then_some(false)
        };
        let level = self.climb(parts.take(Rule::arith)?);
        Some(IndexThreshold {
            only_above,
            level,
            span,
        })
    }

    /// `at least 0% and at most 5% a year`
    fn index_bounds(&mut self, node: Node<'t>, parts: &mut Parts) {
        let span = self.span(&node);
        let mut inside = Children::of(node);
        let mut of_a_year = false;
        while let Some(part) = inside.next() {
            of_a_year |= part.as_rule() == Rule::a_year;
            if part.as_rule() != Rule::bound_words {
                continue;
            }
            let least = words(&part).ends_with("least");
            let Some(value) = inside.take(Rule::arith) else {
                continue;
            };
            let value = self.climb(value);
            let slot = if least {
                &mut parts.least
            } else {
                &mut parts.most
            };
            if slot.is_some() {
                self.report_twice(value.span);
            } else {
                *slot = Some(value);
            }
        }
        if !of_a_year {
            self.report_lack(
                span,
                "this bound",
                "what it limits",
                "`at least 0% and at most 5% a year`: each adjustment's change is kept within it",
            );
        }
    }

    /// `from 2028-01 by cpi_new, 104.2 linked to 121.7`
    fn index_link(&mut self, node: Node<'t>) -> Option<IndexLink> {
        let span = self.span(&node);
        let mut parts = Children::of(node);
        parts.take(Rule::k_from);
        let from = parts.take(Rule::calendar)?;
        let from = self.month(&from)?;
        parts.take(Rule::k_by);
        let by = parts.take(Rule::path).map(|part| self.path(&part));
        let new_value = parts.find(Rule::number).map(|part| self.number(&part));
        let old_value = parts.find(Rule::number).map(|part| self.number(&part));
        let (Some(by), Some(new_value), Some(old_value)) = (by, new_value, old_value) else {
            self.report_lack(
                span,
                "the new index",
                "which value of the old index its value corresponds to",
                "`from 2028-01 by cpi_new, 104.2 linked to 121.7`: 104.2 of the new index is 121.7 of the old one",
            );
            return None;
        };
        Some(IndexLink {
            from,
            by,
            new_value,
            old_value,
            span,
        })
    }
}

const INDEX_MODEL: &str =
    "`{ base 118.4 of 2025-10; each January from 2027 with the value of October before }`";
