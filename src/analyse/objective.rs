//! Objectives: what the contract is for, and the metrics that show it.

use crate::syntax::tree::Objective;
use crate::typing::Context;

/// Checks an objective: its goals must be values that its metrics.
pub(super) fn check(cx: &mut Context<'_>, objective: &Objective) {
    for measured in &objective.measured_by {
        let declared = cx.find(&measured.metric.name);
        if let (Some(symbol), Some((comparison, goal))) = (declared, &measured.goal) {
            let mut metric = crate::typing::Typed::new(
                crate::program::NodeId(0),
                symbol.kind.clone(),
                measured.metric.span,
            );
            metric.origin = Some(crate::typing::Origin {
                name: symbol.name.clone(),
                declared: symbol.span,
            });
            metric.domain = symbol.domain.clone();
            let goal = cx.expression(goal);
            let span = measured.metric.span.to(goal.span);
            let _ = cx.comparison(&metric, *comparison, &goal, span);
        }
    }
}
