//! `average-only-timeliness`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::program::{Fold, Graph, NodeId, Op};
use crate::quantity::Type;

rule! {
    /// Speed is measured only as an average.
    ///
    /// Averages hide bad days and long waits: a month of quiet mornings makes up for a day on which nobody was
    /// answered.
    ///
    /// ```quid bad
    /// input waited : seconds from "ACD" by both
    /// metric service_level is timeliness, seconds per call, lower is better { waited / offered }
    /// service level speed on service_level { target 30 seconds per call each month; credit 2% of charges; excused when outage; excused when offered > 115% of forecast; excused in the first 2 months; excused month keeps the run; terminate after 3 failures in 6 months }
    /// # without: answered_in_20s, scenario
    /// ```
    ///
    /// ```quid good
    /// metric service_level is timeliness, percent, higher is better { answered_in_20s / offered }
    /// ```
    ///
    /// To fix it, also measure the share that is answered within a limit, or the longest wait, or count the bad days.
    "average-only-timeliness": Incentive, Warning, Stable since "0.2.0" from Absence
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let speed = subject.metrics(&[KpiKind::Timeliness]);
    let graph = &subject.contract.graph;
    let is_average = |metric: &&MetricFacts| {
        metric.value_type != Type::Percent
            && metric.nodes.iter().all(|node| averages(graph, *node, 0))
    };
    if !speed.iter().all(is_average) {
        return Vec::new();
    }
    let paid = speed.iter().find(|metric| subject.is_paid(metric));
    let Some(first) = paid.or(speed.first()) else {
        return Vec::new();
    };
    let message = format!("speed is measured only as an average: `{}`", first.name);
    vec![
        Diagnostic::warning(RULE.name, first.span, message)
            .because("averages hide bad days and long waits: quiet hours make up for hours in which nobody was \
                      answered")
            .help("also measure the share that is answered within a limit, or the longest wait"),
    ]
}

/// Whether a value is a quotient, such as waiting time divided by calls, or an average over months.
fn averages(graph: &Graph, node: NodeId, depth: u8) -> bool {
    let Some(node) = graph.get(node).filter(|_| depth < 20) else {
        return false;
    };
    let of = |node: NodeId| averages(graph, node, depth + 1);
    match &node.op {
        Op::Divide(..) | Op::Window(_, Fold::Average, _) => true,
        Op::Round(of_it, _)
        | Op::InRange(of_it, _)
        | Op::Recover(of_it, ..)
        | Op::IfKnown(of_it, _)
        | Op::Multiply(of_it, _) => of(*of_it),
        Op::If(_, one, other) => of(*one) || of(*other),
        Op::Sum(one) => matches!(one.as_ref(), [one] if of(*one)),
        _ => false,
    }
}
