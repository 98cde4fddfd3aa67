//! How a service level's credits can be earned back: by good months after the miss, or at the end of the year.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::mechanism::worksheet::{Pending, PendingTerms};
use crate::mechanism::{Worksheet, award};
use crate::program::{Cause, Comparison, Fold, NodeId, Op, WindowMonths};
use crate::quantity::{Exact, Type};
use crate::syntax::tree::{
    Comparison as TreeComparison, EarnBack, EarnBackYearly, Earned, Every, Expr, SlStatement,
};
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::{Month, Reading};

impl Reading<'_> {
    /// Records what can be earned back. It is computed once the limits are known.
    pub(super) fn earn_back(&self, cx: &mut Context<'_>, sheet: &mut Worksheet, month: &Month) {
        for statement in &self.level.statements {
            let (terms, span) = match statement {
                SlStatement::EarnBack(terms, span) => {
                    (self.after_good_months(cx, terms, month, *span), *span)
                }
                SlStatement::EarnBackYearly(terms, span) => {
                    (self.at_year_end(cx, terms, month, *span), *span)
                }
                _ => continue,
            };
            let Some(terms) = terms else { continue };
            sheet.pending.push(Pending {
                credit: self.name.clone(),
                title: self.level.title.as_ref().map(|title| title.text.clone()),
                clause: self.clause.clone(),
                span,
                terms,
            });
        }
    }

    /// The terms of an earn-back after good months. A month is good if it reaches the level of the earn-back and is not
    /// itself a miss.
    fn after_good_months(
        &self,
        cx: &mut Context<'_>,
        terms: &EarnBack,
        month: &Month,
        span: Span,
    ) -> Option<PendingTerms> {
        let months = cx.count_of_months(&terms.months)?;
        let level = cx.expression(&terms.level);
        let (_, level) = cx.unify(&self.subject, &level, "compared with", span)?;
        self.refuse_level(cx, &level);
        let good = self.at_or_better(cx, self.subject.node, level.node, span);
        let good = if self.may_have_no_value(cx) {
            let no = cx.number(0, Type::Flag, span);
            cx.node(Op::IfKnown(good, no), Type::Flag, span)
        } else {
            good
        };
        let not_missed = cx.node(Op::Not(month.short), Type::Flag, span);
        let good = cx.node(Op::And(Box::new([not_missed, good])), Type::Flag, span);
        Some(PendingTerms::AfterMonths {
            months,
            good,
            skipped: month.skipped,
        })
    }

    /// Refuses a level for the earn-back that no month can reach, or that is not a value of the metric.
    fn refuse_level(&self, cx: &mut Context<'_>, level: &Typed) {
        let better = if self.higher_is_better {
            TreeComparison::AtLeast
        } else {
            TreeComparison::AtMost
        };
        if !cx.refuse_never(&self.subject, better, level, "nothing is ever earned back") {
            cx.refuse_outside(&self.subject, level, "the level");
        }
    }

    /// Whether a value is at the level or on the better side of it.
    fn at_or_better(
        &self,
        cx: &mut Context<'_>,
        value: NodeId,
        level: NodeId,
        span: Span,
    ) -> NodeId {
        let comparison = if self.higher_is_better {
            Comparison::AtLeast
        } else {
            Comparison::AtMost
        };
        cx.node(Op::Compare(comparison, value, level), Type::Flag, span)
    }

    fn at_year_end(
        &self,
        cx: &mut Context<'_>,
        terms: &EarnBackYearly,
        month: &Month,
        span: Span,
    ) -> Option<PendingTerms> {
        let share = match &terms.share {
            Some(share) => Some(share_of_credits(cx, share)?),
            None => None,
        };
        let earned = match &terms.earned {
            Earned::When(condition) => {
                let condition = cx.expression(condition);
                let condition = cx.demand_condition(condition, "what earns credits back");
                (!condition.is_unknown()).then_some(condition.node)?
            }
            Earned::Average {
                level,
                excused_count,
            } => self.good_average(cx, level, *excused_count, terms.year, month, span)?,
        };
        // The target may be settled by the same year, and end or go on without the earn-back.
        let what = format!("earned back {}", terms.year.words());
        let ends = award::ends_of(cx, terms.year, span, &what)?;
        let earned = cx.node(Op::And(Box::new([ends, earned])), Type::Flag, span);
        let name = format!("{} earned back", self.name);
        cx.graph
            .label(earned, StepKind::Condition, name, self.clause.clone());
        Some(PendingTerms::AtYearEnd {
            year: year_of(terms.year),
            earned,
            share,
        })
    }

    /// Whether the average of the year's settled values reaches the level. Without any value it does not.
    fn good_average(
        &self,
        cx: &mut Context<'_>,
        level: &Expr,
        excused_count: Option<bool>,
        year: Every,
        month: &Month,
        span: Span,
    ) -> Option<NodeId> {
        let level = cx.expression(level);
        let (_, level) = cx.unify(&self.subject, &level, "compared with", span)?;
        self.refuse_level(cx, &level);
        if self.can_be_excused_with_a_value() && excused_count.is_none() {
            self.ask_for_excused_in_average(cx, span);
            return None;
        }
        let mut counted: Vec<NodeId> = self.settled.into_iter().collect();
        if excused_count == Some(false) {
            counted.push(cx.node(Op::Not(month.excused), Type::Flag, span));
        }
        let kind = self.subject.kind.clone();
        let value = match counted.as_slice() {
            [] => self.subject.node,
            _ => {
                let counted = cx.node(Op::And(counted.into()), Type::Flag, span);
                let none = cx.node(Op::NoValue, kind.clone(), span);
                cx.node(Op::If(counted, self.subject.node, none), kind.clone(), span)
            }
        };
        let series = cx.series_of(value);
        let average = cx.node(Op::Window(series, Fold::Average, year_of(year)), kind, span);
        let name = format!("average of {} in the year", self.metric_name(cx));
        cx.graph.label(average, StepKind::Part, name, None);
        let good = self.at_or_better(cx, average, level.node, span);
        let name = format!("average at {} or better", cx.quote(level.span));
        cx.graph.label(good, StepKind::Condition, name, None);
        let no = cx.number(0, Type::Flag, span);
        Some(cx.node(Op::Recover(good, Cause::NoHistory, no), Type::Flag, span))
    }

    /// Whether a month can be excused although it has a value. A month without a value is in no average anyway.
    fn can_be_excused_with_a_value(&self) -> bool {
        self.level.statements.iter().any(|statement| {
            matches!(
                statement,
                SlStatement::ExcusedWhen(..) | SlStatement::Grace(..)
            )
        })
    }

    fn ask_for_excused_in_average(&self, cx: &mut Context<'_>, span: Span) {
        let finding = Diagnostic::error(
            "open-average",
            span,
            format!(
                "the contract does not say whether excused months of `{}` count in the average",
                self.level.name.text
            ),
        )
        .because("eleven months of 90% and an excused one of 30% have an average of 85% if the excused one counts, \
                  and of 90% if it is left out")
        .help("append `excused months counted` or `excused months left out`");
        cx.report(finding);
    }
}

/// The share of the credits that comes back, which is never more than all of them.
fn share_of_credits(cx: &mut Context<'_>, share: &Expr) -> Option<Typed> {
    let value = cx.expression(share);
    let mut value = cx.demand(value, &Type::Percent, "the share that is earned back");
    if value.is_unknown() {
        return None;
    }
    match &value.constant {
        Some(constant) if *constant > Exact::one() || *constant <= Exact::zero() => {
            let text = cx.quote(share.span);
            let finding = Diagnostic::error(
                "earn-back-share",
                share.span,
                format!("{text} of the credits cannot be earned back"),
            )
            .because("what comes back is a part of what was deducted, or all of it")
            .help("write a share above 0% and up to 100%, or `all`");
            cx.report(finding);
            return None;
        }
        Some(_) => {}
        None => {
            let (none, all) = (
                cx.number(0, Type::Percent, share.span),
                cx.number(1, Type::Percent, share.span),
            );
            let least = cx.node(
                Op::Max(Box::new([value.node, none])),
                Type::Percent,
                share.span,
            );
            value.node = cx.node(Op::Min(Box::new([least, all])), Type::Percent, share.span);
        }
    }
    Some(value)
}

fn year_of(year: Every) -> WindowMonths {
    match year {
        Every::CalendarYear => WindowMonths::CalendarYear,
        Every::ContractYear | Every::Month | Every::Quarter => WindowMonths::ContractYear,
    }
}
