//! What excuses a miss, and what an excused month means for a run of misses.

use crate::calendar::Month;
use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Comparison, Fold, NodeId, Op, WindowMonths};
use crate::quantity::Type;
use crate::syntax::tree::{Every, SlStatement, Within};
use crate::text::Span;
use crate::typing::Context;

use super::Reading;
use super::repeats::check_period;

impl Reading<'_> {
    pub(super) fn read_excuses(&mut self, cx: &mut Context<'_>, every: Every) {
        let mut said = false;
        for statement in &self.level.statements {
            match statement {
                SlStatement::ExcusedWhen(condition, within, span) => {
                    let value = cx.expression(condition);
                    let value = cx.demand_condition(value, "what excuses a miss");
                    if !value.is_unknown() {
                        let node = self.over_the_period(cx, value.node, (*within, every), *span);
                        self.excuses.push((node, *span));
                    }
                }
                SlStatement::ExcusedBreaks(_, period, _) | SlStatement::Tolerated(_, period, _) => {
                    check_period(cx, period, every);
                }
                SlStatement::Grace(months, span) => {
                    if let Some(months) = cx.count_of_months(months) {
                        check_grace(cx, months, every, *span);
                        let now = cx.node(Op::MonthOfTerm, Type::Number, *span);
                        let last = cx.number(i64::from(months), Type::Number, *span);
                        let grace = cx.node(
                            Op::Compare(Comparison::AtMost, now, last),
                            Type::Flag,
                            *span,
                        );
                        // The calendar decides before reported values do.
                        self.excuses.insert(0, (grace, *span));
                    }
                }
                SlStatement::NoValue(excused, span) => {
                    said = true;
                    if *excused && self.subject.optional {
                        let known = cx.node(Op::IsKnown(self.subject.node), Type::Flag, *span);
                        let unknown = cx.node(Op::Not(known), Type::Flag, *span);
                        self.excuses.push((unknown, *span));
                    }
                }
                SlStatement::Target(..)
                | SlStatement::Critical(..)
                | SlStatement::Credit(..)
                | SlStatement::Repeated(..)
                | SlStatement::EarnBack(..)
                | SlStatement::EarnBackYearly(..)
                | SlStatement::Raised(..)
                | SlStatement::Terminate(..)
                | SlStatement::Applied(..)
                | SlStatement::InPlace(..)
                | SlStatement::CountsFrom(..)
                | SlStatement::Persistent(..) => {}
            }
        }
        if self.subject.optional && !said {
            self.ask_for_no_value(cx);
        }
    }

    /// The condition over the months of the settled period: in any of them, in every one, or in the last.
    fn over_the_period(
        &self,
        cx: &mut Context<'_>,
        condition: NodeId,
        (within, every): (Option<Within>, Every),
        span: Span,
    ) -> NodeId {
        let months = match every {
            Every::Month => return condition,
            Every::Quarter => WindowMonths::CalendarQuarter,
            Every::ContractYear => WindowMonths::ContractYear,
            Every::CalendarYear => WindowMonths::CalendarYear,
        };
        let fold = match within {
            Some(Within::Last) => return condition,
            Some(Within::Any) => Fold::Greatest,
            Some(Within::Every) => Fold::Least,
            None => {
                self.ask_for_months_excused(cx, every, span);
                return condition;
            }
        };
        let series = cx.series_of(condition);
        let node = cx.node(Op::Window(series, fold, months), Type::Flag, span);
        let words = cx.quote(span);
        cx.graph.label(node, StepKind::Condition, words, None);
        node
    }

    fn ask_for_months_excused(&self, cx: &mut Context<'_>, every: Every, span: Span) {
        let period = period_word(every);
        let finding = Diagnostic::error(
            "open-excuse",
            span,
            format!("the contract does not say in which months of a {period} this excuses `{}`", self.level.name.text),
        )
        .because(format!(
            "the target is settled once in a {period}: if this is so in one of its months and not in the last, it is \
             open whether the credit of the whole {period} is owed"
        ))
        .help("append `in any month`, `in every month` or `in the last month`");
        cx.report(finding);
    }

    pub(super) fn ask_for_no_value(&self, cx: &mut Context<'_>) {
        let metric = &self.level.metric.name.text;
        let mut finding = Diagnostic::error(
            "possibly-no-value",
            self.level.metric.span,
            format!(
                "`{metric}` has no value in some months, and `{}` does not say what counts then",
                self.level.name.text
            ),
        )
        .help("add `no value excused` or `no value failed`");
        if let Some(origin) = &self.subject.origin {
            finding = finding.and_at(origin.declared, "declared with `no value` here");
        }
        cx.report(finding);
    }

    pub(super) fn excused(&self, cx: &mut Context<'_>) -> NodeId {
        let nodes: Vec<NodeId> = self.excuses.iter().map(|(node, _)| *node).collect();
        let node = match nodes.as_slice() {
            [] => cx.number(0, Type::Flag, self.span),
            [one] => *one,
            _ => cx.node(Op::Or(nodes.into()), Type::Flag, self.span),
        };
        if !self.excuses.is_empty() {
            cx.graph.label(node, StepKind::Condition, "excused", None);
        }
        node
    }

    pub(super) fn in_settled_month(&self, cx: &mut Context<'_>, missed: NodeId) -> NodeId {
        match self.settled {
            Some(settled) => cx.node(Op::And(Box::new([settled, missed])), Type::Flag, self.span),
            None => missed,
        }
    }

    /// Whether the month is skipped in a run: it is excused, or it settles nothing.
    pub(super) fn skipped(&self, cx: &mut Context<'_>, excused: NodeId) -> NodeId {
        match self.settled {
            Some(settled) => {
                let open = cx.node(Op::Not(settled), Type::Flag, self.span);
                cx.node(Op::Or(Box::new([open, excused])), Type::Flag, self.span)
            }
            None => excused,
        }
    }
}

fn period_word(every: Every) -> &'static str {
    match every {
        Every::Month => "month",
        Every::Quarter => "quarter",
        Every::ContractYear => "contract year",
        Every::CalendarYear => "calendar year",
    }
}

/// Checks that a grace period ends with a settled period. Otherwise it would excuse a part of one.
fn check_grace(cx: &mut Context<'_>, months: u32, every: Every, span: Span) {
    let Some(term) = cx.term else { return };
    let behind = i32::try_from(months).unwrap_or(i32::MAX);
    let next = Month::of(term.first).plus(behind);
    let start = match every {
        Every::Month => return,
        Every::Quarter => next.quarter_start(),
        Every::ContractYear => term.contract_year_start(next),
        Every::CalendarYear => next.year_start(),
    };
    if start == next {
        return;
    }
    let period = period_word(every);
    let finding = Diagnostic::error(
        "open-excuse",
        span,
        format!("the grace period ends in {}, within a {period}", next.plus(-1)),
    )
    .because(format!(
        "the target is settled once in a {period}, and the contract does not say whether a part of one excuses it"
    ))
    .help(format!(
        "end the grace period with a {period}, or write `excused when month of term at most {months} in any month`"
    ));
    cx.report(finding);
}
