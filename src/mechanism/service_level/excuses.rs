//! What excuses a miss, and what an excused month means for a run of misses.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Comparison, NodeId, Op};
use crate::quantity::Type;
use crate::syntax::tree::SlStatement;
use crate::typing::Context;

use super::Reading;

impl Reading<'_> {
    pub(super) fn read_excuses(&mut self, cx: &mut Context<'_>) {
        let mut said = false;
        for statement in &self.level.statements {
            match statement {
                SlStatement::ExcusedWhen(condition, span) => {
                    let value = cx.expression(condition);
                    let value = cx.demand_condition(value, "what excuses a miss");
                    if !value.is_unknown() {
                        self.excuses.push((value.node, *span));
                    }
                }
                SlStatement::Grace(months, span) => {
                    if let Some(months) = cx.count_of_months(months) {
                        let now = cx.node(Op::MonthOfTerm, Type::Number, *span);
                        let last = cx.number(i64::from(months), Type::Number, *span);
                        let grace = cx.node(
                            Op::Compare(Comparison::AtMost, now, last),
                            Type::Flag,
                            *span,
                        );
                        self.excuses.push((grace, *span));
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
                | SlStatement::Tolerated(..)
                | SlStatement::Persistent(..)
                | SlStatement::ExcusedBreaks(..) => {}
            }
        }
        if self.subject.optional && !said {
            self.ask_for_no_value(cx);
        }
    }

    pub(super) fn ask_for_no_value(&self, cx: &mut Context<'_>) {
        let metric = &self.level.metric.name.text;
        let mut finding = Diagnostic::error(
            "possibly-no-value",
            self.level.metric.span,
            format!(
                "`{metric}` has no value in some months, and `{}` does not say what then",
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

    /// Whether the month is passed over in a run: it is excused, or nothing is settled in it.
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
