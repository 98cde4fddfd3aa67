//! Critical misses, which are so bad that they cost more and count at once.

use crate::diagnostic::Diagnostic;
use crate::ledger::StepKind;
use crate::program::{Comparison, NodeId, Op};
use crate::quantity::{Figure, Type};
use crate::syntax::tree::{Comparison as TreeComparison, SlStatement};
use crate::text::Span;
use crate::typing::{Context, Outcome, Typed};

use super::Reading;

impl Reading<'_> {
    /// Whether a miss is so bad that it is critical.
    pub(super) fn critical(
        &self,
        cx: &mut Context<'_>,
        short: NodeId,
        target: (&Typed, Span),
    ) -> Option<NodeId> {
        let (comparison, level, span) =
            self.level
                .statements
                .iter()
                .find_map(|statement| match statement {
                    SlStatement::Critical(comparison, level, span) => {
                        Some((*comparison, level, *span))
                    }
                    _ => None,
                })?;
        let level = cx.expression(level);
        let (_, level) = cx.unify(&self.subject, &level, "compared with", span)?;
        let outcome = Outcome {
            always: "every miss is critical",
            never: "no miss is ever critical",
        };
        let certain = cx.refuse_certain(&self.subject, comparison, &level, outcome);
        let wrong_side = if self.higher_is_better {
            matches!(comparison, TreeComparison::Above | TreeComparison::AtLeast)
        } else {
            matches!(comparison, TreeComparison::Below | TreeComparison::AtMost)
        };
        if wrong_side {
            let better = if self.higher_is_better {
                "higher"
            } else {
                "lower"
            };
            let metric = &self.level.metric.name.text;
            let finding = Diagnostic::error(
                "wrong-side",
                span,
                format!("this calls a good `{metric}` critical"),
            )
            .because(format!("`{metric}` is declared with `{better} is better`"))
            .help(if self.higher_is_better {
                "write `critical below …`"
            } else {
                "write `critical above …`"
            });
            cx.report(finding);
        } else if !certain {
            self.demand_worse_than_target(cx, (&level, span), target);
        }
        let op = match comparison {
            TreeComparison::Below => Comparison::Below,
            TreeComparison::AtMost => Comparison::AtMost,
            TreeComparison::Above => Comparison::Above,
            TreeComparison::AtLeast => Comparison::AtLeast,
            TreeComparison::Is => Comparison::Is,
            TreeComparison::IsNot => Comparison::IsNot,
        };
        let below = cx.node(
            Op::Compare(op, self.subject.node, level.node),
            Type::Flag,
            span,
        );
        let below = if self.subject.optional {
            let no = cx.number(0, Type::Flag, span);
            cx.node(Op::IfKnown(below, no), Type::Flag, span)
        } else {
            below
        };
        let critical = cx.node(Op::And(Box::new([short, below])), Type::Flag, span);
        let name = format!("{} critical", self.name);
        cx.graph
            .label(critical, StepKind::Condition, name, self.clause.clone());
        Some(critical)
    }

    /// Checks that a critical level is a worse miss than the target's. Otherwise every miss would be critical.
    fn demand_worse_than_target(
        &self,
        cx: &mut Context<'_>,
        (level, at): (&Typed, Span),
        (target, target_at): (&Typed, Span),
    ) {
        let (Some(critical), Some(aim)) = (&level.constant, &target.constant) else {
            return;
        };
        let (is_better, side) = if self.higher_is_better {
            (critical > aim, "below")
        } else {
            (critical < aim, "above")
        };
        if !is_better {
            return;
        }
        let name = &self.level.name.text;
        let aim = Figure::new(aim.clone(), target.kind.clone());
        let finding = Diagnostic::error(
            "critical-before-target",
            at,
            format!("every miss of `{name}` would be critical, and its target means nothing"),
        )
        .and_at(target_at, format!("the target is {aim}"))
        .because("a critical level marks the worst of the misses")
        .help(format!(
            "write a level {side} the target: `critical {side} …`, worse than {aim}"
        ));
        cx.report(finding);
    }
}
