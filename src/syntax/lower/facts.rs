//! Partnership clauses and scenarios.

use super::super::grammar::{Children, Node, Rule};
use super::super::tree::{
    Assignment, Expectation, Expr, Fact, FactToken, ItemKind, Name, PartnershipClause,
    PartnershipKind, Path, Scenario,
};
use super::Lowering;
use super::file::ItemParts;
use super::item::Common;

impl<'t> Lowering<'t> {
    pub(super) fn partnership(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = Common::untitled("clause", self.span(&node));
        let (mut kind, mut facts) = (PartnershipKind::Training, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::partnership_word => {
                    common.at = self.span(&part);
                    kind = partnership_kind(part.as_str());
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
        let mut tokens = Vec::new();
        let mut parts = Children::of(node);
        while let Some(part) = parts.next() {
            tokens.push(match part.as_rule() {
                Rule::number => {
                    let number = self.number(&part);
                    match parts.take(Rule::pct) {
                        Some(_) => FactToken::Percent(number),
                        None => FactToken::Number(number),
                    }
                }
                Rule::string => FactToken::Text(self.string(&part)),
                Rule::comma => FactToken::Comma(self.span(&part)),
                _ => FactToken::Word(self.name(&part)),
            });
        }
        Fact { tokens, span }
    }

    pub(super) fn scenario(&mut self, node: Node<'t>) -> ItemParts {
        let whole = node.clone();
        let mut common = Common::titled("scenario", self.span(&node));
        let (mut months, mut months_span, mut body) = (Vec::new(), None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_scenario => common.at = self.span(&part),
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
        if (common.title.is_none() || months.is_empty() || body.is_none()) && !common.broken {
            self.report_missing(
                common.at,
                "its name, its month or its values",
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
        let (mut given, mut expected, mut opened) = (Vec::new(), Vec::new(), None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open => opened = Some(self.span(&part)),
                Rule::missing_close => self.report_missing_close(opened, &part, &common.called()),
                Rule::bad_statement => self.report_bad_statement(&part, Rule::scenario_body),
                Rule::given => self.given(part, &mut given),
                Rule::expect => self.expect(part, &mut expected),
                _ => {}
            }
        }
        (given, expected)
    }

    fn given(&mut self, node: Node<'t>, given: &mut Vec<Assignment>) {
        let whole = node.clone();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::assignment => given.extend(self.assignment(part)),
                Rule::broken_statement => self.report_broken(&whole, &part),
                _ => {}
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
                _ => self.stated(part, &mut values),
            }
        }
        Some(Assignment {
            path: path?,
            values,
            span,
        })
    }

    /// What is common to assignments and expectations behind their name.
    fn stated(&mut self, node: Node<'t>, values: &mut Vec<Expr>) {
        match node.as_rule() {
            Rule::stated => values.push(self.climb(node)),
            Rule::colon_for_assign => self.report_colon_for_assign(&node),
            _ => {}
        }
    }

    fn expect(&mut self, node: Node<'t>, expected: &mut Vec<Expectation>) {
        let whole = node.clone();
        let at = self.span(&node);
        for part in node.into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::expect_value => expected.extend(self.expect_value(part)),
                Rule::expect_no => {
                    let no_invoice = part.as_str().contains("invoice");
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
                Rule::broken_statement => self.report_broken(&whole, &part),
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

/// `expect minimum = …`: the word is the name, too.
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
    }
}
