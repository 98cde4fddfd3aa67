//! Persistent failure: an additional amount once failures have become frequent, on top of the credit or in its place.
//!
//! The failures of this month and of earlier months are counted. Once there are as many as the contract says, each
//! further failure also costs the amount, as long as that many are within the months that count.

use crate::diagnostic::Diagnostic;
use crate::ledger::{NoticeKind, StepKind};
use crate::program::{Comparison, NodeId, Op, Piece};
use crate::quantity::{Figure, Type};
use crate::syntax::tree::{Beside, Every, Persistent, SlStatement};
use crate::text::Span;
use crate::typing::{Context, Share, Typed};

use super::counting::{check_within_reach, count_in};
use super::credit::labelled;
use super::{Month, Reading};
use crate::mechanism::award::at_least_zero;

impl Reading<'_> {
    /// The credit of a month that failed, including the effect of persistent failure.
    pub(super) fn with_persistent(
        &self,
        cx: &mut Context<'_>,
        credit: Option<Typed>,
        month: &Month,
        every: Every,
    ) -> Option<Typed> {
        let mut statements = self.level.statements.iter();
        let found = statements.find_map(|statement| match statement {
            SlStatement::Persistent(terms, span) => Some((terms, *span)),
            _ => None,
        });
        let Some((terms, span)) = found else {
            return credit;
        };
        let failures = cx.count_of_months(&terms.failures)?;
        let (count, words) = match &terms.months {
            None => (month.run, "failures in a row".to_owned()),
            Some(within) => {
                let months = cx.count_of_months(within)?;
                check_within_reach(cx, failures, terms.failures.span, months, every);
                let count = count_in(cx, month.failed, months, span);
                (count, format!("failures in {months} months"))
            }
        };
        cx.graph.label(count, StepKind::Part, words.clone(), None);
        let amount = cx.expression(&terms.amount);
        let amount = cx.demand_amount(amount, "what persistent failure costs");
        if amount.is_unknown() {
            return None;
        }
        // Neither of the two may reduce the other.
        let credit = credit.map(|credit| at_least_zero(cx, credit));
        let amount = at_least_zero(cx, amount);
        let amount = labelled(cx, amount, "for persistent failure");
        let needed = cx.number(i64::from(failures), Type::Number, span);
        let reached = cx.node(
            Op::Compare(Comparison::AtLeast, count, needed),
            Type::Flag,
            span,
        );
        let name = format!("{} persistently failed", self.name);
        cx.graph
            .label(reached, StepKind::Condition, name, self.clause.clone());
        if let (Some(credit), None) = (&credit, terms.beside) {
            self.ask_for_beside(cx, terms, credit, &amount, failures, span);
        }
        self.tell_persistent(cx, month, reached, count, &words, terms);
        Some(match credit {
            None => only_reached(cx, amount, reached, span),
            Some(credit) => joined(cx, credit, amount, reached, terms.beside, span),
        })
    }

    fn tell_persistent(
        &self,
        cx: &mut Context<'_>,
        month: &Month,
        reached: NodeId,
        count: NodeId,
        words: &str,
        terms: &Persistent,
    ) {
        let span = terms.amount.span;
        let when = cx.node(Op::And(Box::new([month.failed, reached])), Type::Flag, span);
        let beside = match terms.beside {
            Some(Beside::InPlace) => " in place of the credit",
            Some(Beside::OnTop) => " on top of the credit",
            None => "",
        };
        let amount = cx.quote(span);
        let text = vec![
            Piece::Value(count),
            Piece::Text(format!(" {words}: {amount}{beside}")),
        ];
        self.notice(cx, NoticeKind::PersistentFailure, when, text);
    }

    fn ask_for_beside(
        &self,
        cx: &mut Context<'_>,
        terms: &Persistent,
        credit: &Typed,
        amount: &Typed,
        failures: u32,
        span: Span,
    ) {
        let text = cx.quote(terms.amount.span);
        let both = both_readings(cx, credit, amount)
            .unwrap_or_else(|| format!("{text}, or {text} and the credit"));
        let finding = Diagnostic::error(
            "open-persistent-credit",
            span,
            format!("the contract does not say whether `{text}` replaces the credit of the month or is added to it"),
        )
        .because(format!(
            "from failure {failures} on, the two readings cost different amounts: {both}"
        ))
        .help("append `in place of the credit` or `on top of the credit`");
        cx.report(finding);
    }
}

/// Both readings, as in `5% of charges, or 7% of charges`: what replaces the credit, and what both are together if that
/// is fixed.
fn both_readings(cx: &Context<'_>, credit: &Typed, amount: &Typed) -> Option<String> {
    if let (Some(a), Some(b)) = (&credit.constant, &amount.constant) {
        let shown = |value| Figure::new(value, amount.kind.clone());
        return Some(format!("{} or {}", shown(b.clone()), shown(a.add(b))));
    }
    let (a, b) = (credit.share.as_deref()?, amount.share.as_deref()?);
    let base = cx.quote(b.base.span);
    if cx.quote(a.base.span) != base || a.rate.kind != b.rate.kind {
        return None;
    }
    let (x, y) = (a.rate.constant.as_ref()?, b.rate.constant.as_ref()?);
    let shown = |value| Figure::new(value, b.rate.kind.clone());
    Some(format!(
        "{} or {} of {base}",
        shown(y.clone()),
        shown(x.add(y))
    ))
}

/// The amount if the number of failures is reached, otherwise 0.
fn only_reached(cx: &mut Context<'_>, amount: Typed, reached: NodeId, span: Span) -> Typed {
    let money = cx.money();
    let zero = cx.number(0, money.clone(), span);
    let node = cx.node(Op::If(reached, amount.node, zero), money.clone(), span);
    let mut value = Typed::new(node, money, span);
    value.share = amount.share;
    value
}

/// The credit, plus the amount that is added if the number of failures is reached.
fn joined(
    cx: &mut Context<'_>,
    credit: Typed,
    amount: Typed,
    reached: NodeId,
    beside: Option<Beside>,
    span: Span,
) -> Typed {
    let money = cx.money();
    let together = |cx: &mut Context<'_>, a: NodeId, b: NodeId, kind: Type| match beside {
        Some(Beside::InPlace) => b,
        Some(Beside::OnTop) | None => cx.node(Op::Sum(Box::new([a, b])), kind, span),
    };
    let then = together(cx, credit.node, amount.node, money.clone());
    let node = cx.node(Op::If(reached, then, credit.node), money.clone(), span);
    let mut value = Typed::new(node, money, span);
    if let (Some(a), Some(b)) = (credit.share, amount.share)
        && a.rate.kind == b.rate.kind
        && cx.quote(a.base.span) == cx.quote(b.base.span)
    {
        let kind = a.rate.kind.clone();
        let then = together(cx, a.rate.node, b.rate.node, kind.clone());
        let rate = cx.node(Op::If(reached, then, a.rate.node), kind.clone(), span);
        value.share = Some(Box::new(Share {
            rate: Typed::new(rate, kind, span),
            base: a.base,
        }));
    }
    value
}
