//! Objectives: what the contract is for, and the metrics that show it.

use crate::model::ObjectiveFacts;
use crate::syntax::tree::Objective;
use crate::typing::Context;

/// Reads an objective; its metrics must exist, and its goals must be values that they can have.
pub(super) fn read(cx: &mut Context<'_>, objective: &Objective) -> ObjectiveFacts {
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
    ObjectiveFacts {
        name: objective.name.text.clone(),
        purposes: objective
            .purposes
            .iter()
            .map(|purpose| purpose.text.clone())
            .collect(),
        measured_by: objective
            .measured_by
            .iter()
            .map(|measured| measured.metric.name.text.clone())
            .collect(),
        span: objective.name.span,
    }
}
