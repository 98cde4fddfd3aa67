//! Partnership clauses and scenarios.

use super::super::grammar::{Node, Rule, words};
use super::super::tree::{
    Assignment, Expectation, Expr, Fact, FactToken, ItemKind, Name, PartnershipClause,
    PartnershipKind, Path, Scenario,
};
use super::Lowering;
use super::body::Statement;
use super::file::ItemParts;
use super::item::Common;

/// A scenario has no more months than these.
const MOST_MONTHS: usize = 1_200;

impl<'t> Lowering<'t> {
    pub(super) fn partnership(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.untitled("clause", &node);
        let (mut kind, mut facts) = (PartnershipKind::Training, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::partnership_word => {
                    kind = partnership_kind(words(&part));
                    common.word = partnership_name(kind);
                }
                Rule::facts => facts = Some(self.facts(part, common.word)),
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if facts.is_none() && !common.broken {
            self.report_missing_block(&common, "what was agreed: `{ operations review weekly }`");
        }
        let clause = PartnershipClause {
            kind,
            facts: facts.unwrap_or_default(),
        };
        Some((ItemKind::Partnership(clause), common.clause))
    }

    fn facts(&mut self, node: Node<'t>, word: &str) -> Vec<Fact> {
        let (mut facts, mut opened) = (Vec::new(), None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open => opened = Some(self.span(&part)),
                Rule::missing_close => self.report_missing_close(opened, &part, word),
                Rule::fact => facts.push(self.fact(part)),
                Rule::bad_fact => self.report_bad_fact(&part),
                _ => {}
            }
        }
        facts
    }

    fn fact(&mut self, node: Node<'t>) -> Fact {
        let span = self.span(&node);
        let tokens = node
            .into_inner()
            .map(|part| match part.as_rule() {
                Rule::fact_number => self.fact_number(&part),
                Rule::fact_text => FactToken::Text(self.string(&part)),
                Rule::fact_comma => FactToken::Comma(self.span(&part)),
                _ => FactToken::Word(self.name(&part)),
            })
            .collect();
        Fact { tokens, span }
    }

    fn fact_number(&mut self, node: &Node<'t>) -> FactToken {
        let number = self.number(node);
        if words(node).ends_with('%') {
            FactToken::Percent(number)
        } else {
            FactToken::Number(number)
        }
    }

    pub(super) fn scenario(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = self.titled("scenario", &node);
        let (mut months, mut months_span, mut body) = (Vec::new(), None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_for | Rule::k_to => common.no_more_title(),
                Rule::calendar => {
                    let span = self.span(&part);
                    months_span =
                        Some(months_span.map_or(span, |first: crate::text::Span| first.to(span)));
                    match self.month(&part) {
                        Some(month) => months.push(month),
                        None => common.broken = true,
                    }
                }
                Rule::scenario_body => {
                    common.no_more_title();
                    body = Some(self.scenario_body(part, &common));
                }
                _ => {
                    self.common(&mut common, &whole, part);
                }
            }
        }
        if common.title.is_none() || months.is_empty() || body.is_none() {
            self.lacks(&common, "its name in quotation marks, its month and its values",
                "`scenario \"all is well\" for 2026-02 { given handled = 1_000; expect total = 5_000 EUR }`",
            );
        }
        let (given, expected) = body.unwrap_or_default();
        let first = months.first().copied()?;
        let scenario = Scenario {
            name: common.title?,
            first,
            last: months.last().copied().unwrap_or(first),
            months_span: months_span?,
            given,
            expected,
        };
        Some((ItemKind::Scenario(scenario), common.clause))
    }

    fn scenario_body(
        &mut self,
        node: Node<'t>,
        common: &Common,
    ) -> (Vec<Assignment>, Vec<Expectation>) {
        let (mut given, mut expected) = (Vec::new(), Vec::new());
        self.body(
            node,
            Rule::only_scenario,
            &common.called(),
            |this, part| match part.node.as_rule() {
                Rule::given => this.given(part, &mut given),
                _ => this.expect(part.node, &mut expected),
            },
        );
        (given, expected)
    }

    fn given(&mut self, given: Statement<'t>, assignments: &mut Vec<Assignment>) {
        for part in given.node.into_inner() {
            if part.as_rule() == Rule::assignment {
                assignments.extend(self.assignment(part));
            }
        }
    }

    fn assignment(&mut self, node: Node<'t>) -> Option<Assignment> {
        let span = self.span(&node);
        let mut path = None;
        let mut values = Vec::with_capacity(1);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::path => path = Some(self.path(&part)),
                Rule::not_reported => values.push(None),
                Rule::for_months => self.repeat_last(&part, &mut values),
                _ => {
                    let mut stated = Vec::with_capacity(1);
                    self.stated(part, &mut stated);
                    values.extend(stated.into_iter().map(Some));
                }
            }
        }
        Some(Assignment {
            path: path?,
            values,
            span,
        })
    }

    /// `for 17 months`: the value before it is that of so many months, one after the other.
    fn repeat_last<T: Clone>(&mut self, node: &Node<'t>, values: &mut Vec<T>) {
        let number = node
            .clone()
            .into_inner()
            .find(|part| part.as_rule() == Rule::number);
        let text = number.as_ref().map_or("", words).replace('_', "");
        match (text.parse::<usize>(), values.last().cloned()) {
            (Ok(months @ 1..=MOST_MONTHS), Some(value)) => {
                values.extend(std::iter::repeat_n(value, months - 1));
            }
            (_, None) => {}
            _ => self.report_odd_months(node),
        }
    }

    /// The common part of assignments and expectations after their name.
    fn stated(&mut self, node: Node<'t>, values: &mut Vec<Expr>) {
        match node.as_rule() {
            Rule::stated => values.push(self.climb(node)),
            Rule::colon_for_assign => self.report_colon_for_assign(&node),
            _ => {}
        }
    }

    fn expect(&mut self, node: Node<'t>, expected: &mut Vec<Expectation>) {
        let at = self.span(&node);
        for part in node.into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::expect_value => expected.extend(self.expect_value(part)),
                Rule::expect_no => {
                    let no_invoice = words(&part).contains("invoice");
                    let month = part
                        .into_inner()
                        .find(|part| part.as_rule() == Rule::in_month);
                    let month = month
                        .and_then(|part| self.month_in(part))
                        .map(|(month, _)| month);
                    expected.push(if no_invoice {
                        Expectation::NoInvoice(month, at.to(span))
                    } else {
                        Expectation::NoNotice(month, at.to(span))
                    });
                }
                Rule::expect_notice => expected.extend(self.expect_notice(part)),
                _ => {}
            }
        }
    }

    fn expect_notice(&mut self, node: Node<'t>) -> Option<Expectation> {
        let span = self.span(&node);
        let (mut text, mut month) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::string => text = Some(self.string(&part)),
                Rule::in_month => month = self.month_in(part).map(|(month, _)| month),
                _ => {}
            }
        }
        Some(Expectation::Notice(text?, month, span))
    }

    fn expect_value(&mut self, node: Node<'t>) -> Option<Expectation> {
        let span = self.span(&node);
        let (mut word, mut path) = (None, None);
        let mut values = Vec::with_capacity(1);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::expect_word => word = Some(self.name(&part)),
                Rule::path => path = Some(self.path(&part)),
                Rule::for_months => self.repeat_last(&part, &mut values),
                _ => self.stated(part, &mut values),
            }
        }
        let path = match (path, &word) {
            (Some(path), _) => path,
            (None, Some(word)) => alone(word),
            (None, None) => return None,
        };
        if word.is_none() && path.member.is_none() && path.name.text == "total" {
            return Some(Expectation::Total(values, span));
        }
        Some(Expectation::Value {
            word,
            path,
            values,
            span,
        })
    }
}

/// `expect minimum = …`: the word is also the name.
fn alone(word: &Name) -> Path {
    Path {
        name: word.clone(),
        member: None,
        span: word.span,
    }
}

fn partnership_kind(words: &str) -> PartnershipKind {
    match words {
        "training" => PartnershipKind::Training,
        "knowledge" => PartnershipKind::Knowledge,
        "feedback" => PartnershipKind::Feedback,
        "escalation" => PartnershipKind::Escalation,
        "governance" => PartnershipKind::Governance,
        "tools" => PartnershipKind::Tools,
        "transition" => PartnershipKind::Transition,
        "exit" => PartnershipKind::Exit,
        "renewal" => PartnershipKind::Renewal,
        "measurement" => PartnershipKind::Measurement,
        _ => PartnershipKind::QualityAssurance,
    }
}

fn partnership_name(kind: PartnershipKind) -> &'static str {
    match kind {
        PartnershipKind::Training => "training",
        PartnershipKind::Knowledge => "knowledge",
        PartnershipKind::QualityAssurance => "quality assurance",
        PartnershipKind::Feedback => "feedback",
        PartnershipKind::Escalation => "escalation",
        PartnershipKind::Governance => "governance",
        PartnershipKind::Tools => "tools",
        PartnershipKind::Transition => "transition",
        PartnershipKind::Exit => "exit",
        PartnershipKind::Renewal => "renewal",
        PartnershipKind::Measurement => "measurement",
    }
}
