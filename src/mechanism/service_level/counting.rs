//! Which misses count: all of them, or only those from the Nth within some months; and how failures are counted.
//!
//! A miss that does not count yet is tolerated. A critical miss always counts. Every miss that is not excused counts
//! towards the Nth, including critical and tolerated ones.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Cause, Comparison, Fold, NodeId, Op, WindowMonths};
use crate::quantity::Type;
use crate::syntax::tree::{CountsFrom, Every, SlStatement, Terminate, Tolerated};
use crate::text::Span;
use crate::typing::Context;

use super::Reading;

/// The misses of the last months, and whether there are so many that this one counts.
pub(super) struct Counted {
    /// The number of misses.
    pub(super) misses: NodeId,
    /// The number of months.
    pub(super) months: u32,
}

impl Reading<'_> {
    /// Whether the miss counts as a failure.
    pub(super) fn counted(
        &mut self,
        cx: &mut Context<'_>,
        short: NodeId,
        critical: Option<NodeId>,
        every: Every,
    ) -> NodeId {
        let Some((counts, span)) = self.counts_from() else {
            self.check_nothing_tolerated(cx);
            return short;
        };
        let Some(months) = cx.count_of_months(&counts.months) else {
            return short;
        };
        check_within_reach(cx, counts.miss, counts.miss_span, months, every);
        self.check_tolerated_in_runs(cx, span);
        let misses = count_in(cx, short, months, span);
        let name = format!("misses in {months} months");
        cx.graph.label(misses, StepKind::Part, name, None);
        let needed = cx.number(i64::from(counts.miss), Type::Number, span);
        let enough = cx.node(
            Op::Compare(Comparison::AtLeast, misses, needed),
            Type::Flag,
            span,
        );
        let name = format!("{} misses or more in {months} months", counts.miss);
        cx.graph.label(enough, StepKind::Condition, name, None);
        let counted = match critical {
            Some(critical) => cx.node(Op::Or(Box::new([critical, enough])), Type::Flag, span),
            None => enough,
        };
        let failed = cx.node(Op::And(Box::new([short, counted])), Type::Flag, span);
        let name = format!("{} counts", self.name);
        cx.graph
            .label(failed, StepKind::Condition, name, self.clause.clone());
        self.counted = Some(Counted { misses, months });
        failed
    }

    fn counts_from(&self) -> Option<(&CountsFrom, Span)> {
        let mut statements = self.level.statements.iter();
        statements.find_map(|statement| match statement {
            SlStatement::CountsFrom(counts, span) => Some((counts, *span)),
            _ => None,
        })
    }

    fn tolerated(&self) -> Option<(Tolerated, Span)> {
        let mut statements = self.level.statements.iter();
        statements.find_map(|statement| match statement {
            SlStatement::Tolerated(effect, _, span) => Some((*effect, *span)),
            _ => None,
        })
    }

    fn check_nothing_tolerated(&self, cx: &mut Context<'_>) {
        if let Some((_, span)) = self.tolerated() {
            let finding = Diagnostic::error(
                "nothing-tolerated",
                span,
                format!("`{}` tolerates no miss: each one counts", self.level.name.text),
            )
            .help("remove it, or say from which miss on they count: `counts from the 4th miss in 12 months`");
            cx.report(finding);
        }
    }

    /// Checks that the contract says what a tolerated miss between two failures means, if failures in a row matter.
    fn check_tolerated_in_runs(&self, cx: &mut Context<'_>, counts: Span) {
        if self.tolerated().is_some() {
            return;
        }
        let in_a_row = self.level.statements.iter().find_map(|statement| {
            let terminate = |terms: &Terminate| terms.months.is_none();
            match statement {
                SlStatement::Repeated(_, span) => Some(*span),
                SlStatement::Terminate(terms, span) => terminate(terms).then_some(*span),
                SlStatement::Persistent(terms, span) => terms.months.is_none().then_some(*span),
                _ => None,
            }
        });
        let Some(span) = in_a_row else { return };
        let finding = Diagnostic::error(
            "open-tolerated-month",
            counts,
            format!(
                "the contract does not say what a tolerated miss means for failures in a row of `{}`",
                self.level.name.text
            ),
        )
        .and_at(span, "failures in a row matter here")
        .because(
            "after a failure and a tolerated miss, the next failure is the 1st in a row if the tolerated miss breaks \
             the run, the 2nd if it is skipped, and the 3rd if it counts",
        )
        .help(
            "write `tolerated month breaks the run`, `tolerated month keeps the run` or `tolerated month extends the run`",
        );
        cx.report(finding);
    }

    /// The number of failures in a row up to this month, and whether this month extends the run. A month that is not
    /// settled, or is excused, neither breaks nor extends the run, unless the contract says otherwise.
    pub(super) fn run(
        &self,
        cx: &mut Context<'_>,
        short: NodeId,
        failed: NodeId,
        excused: NodeId,
    ) -> (NodeId, NodeId) {
        let mut passed_over = Vec::new();
        if let Some(settled) = self.settled {
            passed_over.push(cx.node(Op::Not(settled), Type::Flag, self.span));
        }
        // Under an amendment, earlier words may have excused a month although these have no excuse.
        let can_be_excused = !self.excuses.is_empty() || cx.lineages.is_amended();
        if can_be_excused && !self.excused_breaks() {
            passed_over.push(excused);
        }
        let mut holds = failed;
        match self.counts_from().and(self.tolerated()) {
            Some((Tolerated::Keeps, span)) => {
                let not = cx.node(Op::Not(failed), Type::Flag, span);
                passed_over.push(cx.node(Op::And(Box::new([short, not])), Type::Flag, span));
            }
            Some((Tolerated::Extends, _)) => holds = short,
            Some((Tolerated::Breaks, _)) | None => {}
        }
        let passed_over = match passed_over.as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => Some(cx.node(Op::Or(passed_over.into()), Type::Flag, self.span)),
        };
        let run = cx.run_length(holds, passed_over, self.span);
        cx.graph
            .label(run, StepKind::Part, "failures in a row", None);
        (run, holds)
    }

    pub(super) fn excused_breaks(&self) -> bool {
        let mut statements = self.level.statements.iter();
        statements.any(|statement| matches!(statement, SlStatement::ExcusedBreaks(true, ..)))
    }
}

/// The number of the last months, including this one, in which the condition was met. A month that could not be
/// computed counts as one in which it was not met.
pub(super) fn count_in(cx: &mut Context<'_>, holds: NodeId, months: u32, span: Span) -> NodeId {
    let no = cx.number(0, Type::Flag, span);
    let known = cx.node(Op::Recover(holds, Cause::Any, no), Type::Number, span);
    let series = cx.series_of(known);
    cx.node(
        Op::Window(series, Fold::Sum, WindowMonths::Last(months)),
        Type::Number,
        span,
    )
}

/// Refuses a clause that has no effect because the months cannot have that many failures.
pub(super) fn check_within_reach(
    cx: &mut Context<'_>,
    needed: u32,
    span: Span,
    months: u32,
    every: Every,
) {
    // The last month of the term also ends a period, so a window can contain one period more than its length suggests.
    let (most, periods) = match every {
        Every::Month => (months, "months"),
        Every::Quarter => (months.div_ceil(3) + 1, "quarters"),
        Every::ContractYear | Every::CalendarYear => (months.div_ceil(12) + 1, "years"),
    };
    if needed <= most {
        return;
    }
    let finding = Diagnostic::error(
        "out-of-reach",
        span,
        format!("{needed} misses do not fit into {months} months"),
    )
    .because(format!(
        "the target is settled by {periods}, and each of them is missed at most once"
    ))
    .help("count over more months, or fewer misses");
    cx.report(finding);
}
