//! `consequence-without-target`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::Subject;
use crate::lint::flow::Reach;
use crate::lint::kinds::WORK;
use crate::lint::rule::rule;
use crate::model::MetricFacts;
use crate::program::{LinePlan, NodeId, Op};

rule! {
    /// A KPI changes a credit, a bonus or a price in proportion, and nothing says which value is good enough.
    ///
    /// Without a target every month costs something, however well it went. Nobody can say whether the supplier did what
    /// was agreed, and what should be a credit for a failure becomes a discount.
    ///
    /// A target is a service level, an objective with a value, a band, or any value that the formula compares the KPI
    /// with, such as `above 30 seconds`.
    ///
    /// ```quid bad
    /// credit content = (5 - csat) * 500 EUR
    /// objective care "Good service" { purpose quality; measured by fcr at least 75% }
    /// scorecard experience {
    ///   50% fcr  { below 65%: 0; below 75%: 60; otherwise 100 }
    ///   30% qa   { below 80: 0; below 90: 60; otherwise 100 }
    ///   20% service_level { below 70%: 0; below 80%: 60; otherwise 100 }
    /// }
    /// ```
    ///
    /// ```quid good
    /// credit content = (if csat < 4.2 then 4.2 - csat else 0) * 500 EUR
    /// objective care "Good service" { purpose quality; measured by fcr at least 75% }
    /// scorecard experience {
    ///   50% fcr  { below 65%: 0; below 75%: 60; otherwise 100 }
    ///   30% qa   { below 80: 0; below 90: 60; otherwise 100 }
    ///   20% service_level { below 70%: 0; below 80%: 60; otherwise 100 }
    /// }
    /// ```
    ///
    /// To fix it, say from which value the amount is due: `… per full percentage point of … below 80%`.
    "consequence-without-target": Measurement, Warning, Stable since "0.2.0" from Absence
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let lines: Vec<&LinePlan> = subject
        .contract
        .plan
        .lines
        .iter()
        .filter(|line| {
            matches!(
                line.kind,
                LineKind::Credit | LineKind::Bonus | LineKind::Adjustment
            )
        })
        .collect();
    let metrics = subject.metrics(WORK).into_iter();
    metrics
        .filter(|metric| !has_goal(subject, metric))
        .filter_map(|metric| {
            let made = subject.flow.made_from(&metric.nodes);
            let moves = |line: &&&LinePlan| made.has(line.amount);
            let moved: Vec<&&LinePlan> = lines.iter().filter(moves).collect();
            let is_lowering = |line: &&&&LinePlan| line.kind != LineKind::Bonus;
            // A bonus for an excellent value does not say at which value deductions stop.
            let lowering: Vec<&&LinePlan> = moved.iter().filter(is_lowering).copied().collect();
            let moved = if lowering.is_empty() { moved } else { lowering };
            let first = moved.first()?;
            let held = holding(subject, metric, &made);
            let is_plain = moved.iter().all(|line| {
                // The metric reaches the amount without being compared, banded or limited on the way.
                let behind = subject.flow.behind(&[line.amount]);
                !behind.has_any(&held)
            });
            is_plain.then(|| finding(metric, first))
        })
        .collect()
}

fn finding(metric: &MetricFacts, line: &LinePlan) -> Diagnostic {
    let message = format!(
        "`{}` changes the pay at every value, and no value is said to be good enough",
        metric.name
    );
    Diagnostic::warning(RULE.name, line.span, message)
        .and_at(metric.span, "it has no target")
        .because("every month then costs something, however well it went, and nobody can say whether the service was \
                  as agreed")
        .help(format!(
            "say from which value of `{}` the amount is due, with bands or a comparison, or give it a target in an \
             objective or a service level",
            metric.name
        ))
}

/// Whether an objective or a service level gives it a target value.
fn has_goal(subject: &Subject<'_>, metric: &MetricFacts) -> bool {
    let objectives = subject.own(&subject.facts().objectives);
    let mut goals = objectives.flat_map(|objective| &objective.measured_by);
    goals.any(|goal| metric.is(&goal.metric) && goal.level.is_some())
        || subject
            .levels()
            .any(|level| metric.is(&level.metric) && level.target.is_some())
}

/// The nodes outside the metric that compare something with a value made from the metric, as long as that is not money.
fn holding(subject: &Subject<'_>, metric: &MetricFacts, made: &Reach) -> Vec<NodeId> {
    let graph = &subject.contract.graph;
    let within = subject.flow.behind(&metric.nodes);
    let is_it = |node: &NodeId| {
        let known = graph.get(*node);
        let is_money = known.is_some_and(|node| node.kind.currency().is_some());
        !is_money && made.has(*node)
    };
    let holds = |op: &Op| match op {
        Op::Compare(_, a, b) => is_it(a) || is_it(b),
        Op::Bands(by, ..) => is_it(by),
        Op::Min(all) | Op::Max(all) => all.iter().any(is_it),
        _ => false,
    };
    let nodes = graph.nodes().iter().zip((0..).map(NodeId));
    nodes
        .filter(|(node, id)| !within.has(*id) && holds(&node.op))
        .map(|(_, id)| id)
        .collect()
}
