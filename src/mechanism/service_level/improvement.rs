//! Continuous improvement: a target that rises, or falls, once it has been met for a number of periods in a row.
//!
//! The target in force is the stated one or the one reached by improvement, whichever is stricter. Improvement happens
//! once the value has been on the better side of it for the stated number of settled periods in a row. From the next
//! month onwards, the new target is the average of those periods, or the mean of that average and the target. Then the
//! count starts again. An excused period neither breaks nor extends the run, unless the contract says otherwise. Nor
//! does a month that could not be computed.

use crate::diagnostic::Diagnostic;
use crate::ledger::{NoticeKind, StepKind};
use crate::program::{Before, Cause, Comparison, MeasurePlan, NodeId, Op, Piece, SeriesId};
use crate::quantity::Type;
use crate::syntax::tree::{Every, Expr, Raised, SlStatement};
use crate::text::Span;
use crate::typing::{Context, Typed};

use super::repeats::check_period;
use super::{Month, Reading};

/// A target that improves, while the month is being read.
pub(super) struct Improving<'r> {
    terms: &'r Raised,
    span: Span,
    /// The number of periods after which it improves.
    periods: u32,
    /// The target that was reached by improvement, month by month.
    reached: SeriesId,
    /// The target in force.
    target: Typed,
}

impl<'r> Reading<'r> {
    /// The target in force, if it can change by improvement.
    pub(super) fn improving(
        &self,
        cx: &mut Context<'_>,
        written: &Typed,
        every: Every,
    ) -> Option<Improving<'r>> {
        let mut statements = self.level.statements.iter();
        let (terms, span) = statements.find_map(|statement| match statement {
            SlStatement::Raised(terms, span) => Some((terms, *span)),
            _ => None,
        })?;
        if !self.is_right_way(cx, terms, span) {
            return None;
        }
        check_period(cx, &terms.period_word, every);
        let periods = cx.count_of_months(&terms.periods)?;
        let reached = cx.new_series();
        let kind = written.kind.clone();
        let before = Op::Previous(reached, Some(written.node));
        let before = cx.node(before, kind.clone(), span);
        let before = Op::IfKnown(before, written.node);
        let before = cx.node(before, kind.clone(), span);
        let in_force = self.more_ambitious(cx, written.node, before, &kind, span);
        let name = format!("target of {} in force", self.name);
        cx.graph
            .label(in_force, StepKind::Part, name.clone(), self.clause.clone());
        cx.plan.measures.push(MeasurePlan {
            name: format!("{}.target", self.name),
            title: Some(name),
            clause: self.clause.clone(),
            node: in_force,
            span: self.span,
        });
        Some(Improving {
            terms,
            span,
            periods,
            reached,
            target: Typed::new(in_force, kind, written.span),
        })
    }

    fn more_ambitious(
        &self,
        cx: &mut Context<'_>,
        a: NodeId,
        b: NodeId,
        kind: &Type,
        span: Span,
    ) -> NodeId {
        let both = Box::new([a, b]);
        let op = if self.higher_is_better {
            Op::Max(both)
        } else {
            Op::Min(both)
        };
        cx.node(op, kind.clone(), span)
    }

    /// Binds the target reached by improvement to this month's result.
    pub(super) fn improve(&self, cx: &mut Context<'_>, improving: &Improving<'_>, month: &Month) {
        let span = improving.span;
        let kind = improving.target.kind.clone();
        let good = self.is_better(cx, improving, month);
        let passed_over = self.passed_over(cx, month);
        let zero = cx.number(0, kind.clone(), span);
        let none = cx.number(0, Type::Number, span);
        let one = cx.number(1, Type::Number, span);
        let (runs, sums) = (cx.new_series(), cx.new_series());
        let run_before = cx.node(Op::Previous(runs, Some(none)), Type::Number, span);
        let sum_before = cx.node(Op::Previous(sums, Some(zero)), kind.clone(), span);
        let longer = cx.node(Op::Sum(Box::new([run_before, one])), Type::Number, span);
        let more = cx.node(
            Op::Sum(Box::new([sum_before, self.subject.node])),
            kind.clone(),
            span,
        );
        let run = cx.node(Op::If(good, longer, none), Type::Number, span);
        let sum = cx.node(Op::If(good, more, zero), kind.clone(), span);
        let needed = cx.number(i64::from(improving.periods), Type::Number, span);
        let enough = cx.node(
            Op::Compare(Comparison::AtLeast, run, needed),
            Type::Flag,
            span,
        );
        let enough = cx.fact(self.span, "announced", enough, Before::Zero);
        // A run under an earlier text can be longer than this text requires.
        let row = cx.node(Op::Max(Box::new([run, needed])), Type::Number, span);
        let new = self.new_target(cx, improving, sum, row);
        let run = cx.node(Op::If(enough, none, run), Type::Number, span);
        let sum = cx.node(Op::If(enough, zero, sum), kind.clone(), span);
        // The target in force is kept, so an easier target that is written from some month onwards has no effect.
        let in_force = improving.target.node;
        let reached = cx.node(Op::If(enough, new, in_force), kind.clone(), span);
        let state = [
            (runs, run, run_before, Type::Number),
            (sums, sum, sum_before, kind.clone()),
            (improving.reached, reached, in_force, kind),
        ];
        for (series, now, before, kind) in state {
            let now = cx.node(Op::If(passed_over, before, now), kind.clone(), span);
            let mut now = cx.node(Op::Recover(now, Cause::Any, before), kind, span);
            if series == improving.reached {
                // Under a text without improvement, no target was reached.
                let kind = improving.target.kind.clone();
                let none = cx.node(Op::NoValue, kind, span);
                now = cx.fact(self.span, "target reached", now, Before::Other(none));
            }
            cx.graph.bind_series(series, now);
        }
        self.tell_new_target(cx, improving, (passed_over, enough), new);
    }

    /// Whether the value is on the better side of the target in force.
    fn is_better(&self, cx: &mut Context<'_>, improving: &Improving<'_>, month: &Month) -> NodeId {
        let span = improving.span;
        let comparison = match (improving.terms.above, improving.terms.at_target) {
            (true, false) => Comparison::Above,
            (true, true) => Comparison::AtLeast,
            (false, false) => Comparison::Below,
            (false, true) => Comparison::AtMost,
        };
        let beyond = cx.node(
            Op::Compare(comparison, self.subject.node, improving.target.node),
            Type::Flag,
            span,
        );
        let beyond = if self.may_have_no_value(cx) {
            let no = cx.number(0, Type::Flag, span);
            cx.node(Op::IfKnown(beyond, no), Type::Flag, span)
        } else {
            beyond
        };
        let not_excused = cx.node(Op::Not(month.excused), Type::Flag, span);
        cx.node(Op::And(Box::new([not_excused, beyond])), Type::Flag, span)
    }

    /// Whether the month is skipped: it settles nothing, or it is excused and that breaks no run.
    fn passed_over(&self, cx: &mut Context<'_>, month: &Month) -> NodeId {
        if !self.excused_breaks() {
            return month.skipped;
        }
        match self.settled {
            Some(settled) => cx.node(Op::Not(settled), Type::Flag, self.span),
            None => cx.number(0, Type::Flag, self.span),
        }
    }

    /// The average of the periods, or the mean of it and the target. It is rounded and bounded, and never less strict
    /// than before.
    fn new_target(
        &self,
        cx: &mut Context<'_>,
        improving: &Improving<'_>,
        sum: NodeId,
        periods: NodeId,
    ) -> NodeId {
        let (terms, span) = (improving.terms, improving.span);
        let kind = improving.target.kind.clone();
        let average = cx.node(Op::Divide(sum, periods), kind.clone(), span);
        let name = format!("average of {}", self.metric_name(cx));
        cx.graph.label(average, StepKind::Part, name, None);
        let mut new = average;
        if terms.mean {
            let both = cx.node(
                Op::Sum(Box::new([improving.target.node, average])),
                kind.clone(),
                span,
            );
            let two = cx.number(2, Type::Number, span);
            new = cx.node(Op::Divide(both, two), kind.clone(), span);
        }
        if let Some(rounded) = &terms.rounded {
            let value = Typed::new(new, kind.clone(), span);
            new = cx.rounded(value, rounded).node;
        }
        if let Some((_, bound)) = &terms.bound
            && let Some(bound) = self.bound(cx, bound, span)
        {
            let both = Box::new([new, bound]);
            let op = if terms.up {
                Op::Min(both)
            } else {
                Op::Max(both)
            };
            new = cx.node(op, kind.clone(), span);
        }
        self.more_ambitious(cx, new, improving.target.node, &kind, span)
    }

    fn bound(&self, cx: &mut Context<'_>, bound: &Expr, span: Span) -> Option<NodeId> {
        let bound = cx.expression(bound);
        let (_, bound) = cx.unify(&self.subject, &bound, "compared with", span)?;
        cx.refuse_outside(&self.subject, &bound, "the level");
        Some(bound.node)
    }

    fn tell_new_target(
        &self,
        cx: &mut Context<'_>,
        improving: &Improving<'_>,
        (passed_over, enough): (NodeId, NodeId),
        new: NodeId,
    ) {
        let (terms, span) = (improving.terms, improving.span);
        let counted = cx.node(Op::Not(passed_over), Type::Flag, span);
        let when = cx.node(Op::And(Box::new([counted, enough])), Type::Flag, span);
        let no = cx.number(0, Type::Flag, span);
        let when = cx.node(Op::Recover(when, Cause::Any, no), Type::Flag, span);
        let word = if terms.up { "raised" } else { "lowered" };
        let text = vec![
            Piece::Text(format!("target {word} from ")),
            Piece::Value(improving.target.node),
            Piece::Text(" to ".to_owned()),
            Piece::Value(new),
            Piece::Text(format!(
                " from the next month on, after {} {} in a row",
                improving.periods, terms.period_word.text
            )),
        ];
        self.notice(cx, NoticeKind::NewTarget, when, text);
    }

    /// Checks the direction, because a target can only become stricter.
    fn is_right_way(&self, cx: &mut Context<'_>, terms: &Raised, span: Span) -> bool {
        let up = self.higher_is_better;
        let bound = terms.bound.as_ref().is_none_or(|(most, _)| *most == up);
        if terms.up == up && terms.above == up && bound {
            return true;
        }
        let metric = &self.level.metric.name.text;
        let better = if up { "higher" } else { "lower" };
        let finding = Diagnostic::error(
            "wrong-side",
            span,
            format!("this would make the target of `{}` easier, not harder", self.level.name.text),
        )
        .because(format!("`{metric}` is declared with `{better} is better`"))
        .help(if up {
            "write `raised after 12 months in a row above target, to the mean of target and average, at most …`"
        } else {
            "write `lowered after 12 months in a row below target, to the mean of target and average, at least …`"
        });
        cx.report(finding);
        false
    }
}

impl Improving<'_> {
    /// The target in force.
    pub(super) fn target(&self) -> Typed {
        self.target.clone()
    }

    /// Sets the node that is the target in force.
    pub(super) fn is_in_force(&mut self, target: NodeId) {
        self.target.node = target;
    }
}
