//! `whole-month-metric-on-part-month`

use crate::calendar::Month;
use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::model::MetricFacts;
use crate::program::{NodeId, Op};
use crate::quantity::{BaseUnit, Type};

rule! {
    /// Money depends on a count for a month, and the term begins or ends within a month.
    ///
    /// A limit of 40 complaints is easy to keep in a month of three days, and a bonus from 10,000 sales is out of
    /// reach. What is fixed per month can be divided by `part months`; the bands and targets of a count cannot.
    ///
    /// The rule ignores shares and averages: they are of the days that there are.
    ///
    /// ```quid bad
    /// term 2026-01-29 to 2028-12-31
    /// part months in full
    /// input upheld : contacts from "Helpdesk" by both
    /// metric complaints is compliance, contacts, lower is better { upheld }
    /// credit care_failed on complaints { above 40 contacts: 1_500 EUR }
    /// # without: scenario
    /// ```
    ///
    /// ```quid good
    /// term 2026-01-29 to 2028-12-31
    /// part months in full
    /// input upheld : contacts from "Helpdesk" by both
    /// metric complaints is compliance, percent, lower is better { upheld / handled }
    /// credit care_failed on complaints { above 2%: 1_500 EUR }
    /// # without: scenario
    /// ```
    ///
    /// To fix it, measure a share, or let the term begin and end with a month.
    "whole-month-metric-on-part-month": Measurement, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(term) = &subject.contract.term else {
        return Vec::new();
    };
    let first = Month::of(term.first).first_day() != Some(term.first);
    let last = Month::of(term.last).last_day() != Some(term.last);
    let when = match (first, last) {
        (true, true) => "the first and the last month of the term are not whole months",
        (true, false) => "the first month of the term is not a whole month",
        (false, true) => "the last month of the term is not a whole month",
        (false, false) => return Vec::new(),
    };
    let metrics = subject.contract.metrics.iter();
    metrics
        .filter(|metric| subject.is_own(metric.span) && is_count(metric) && is_judged(subject, metric))
        .map(|metric| {
            let message = format!("`{}` is judged in part of a month as in a whole month", metric.name);
            let finding = Diagnostic::warning(RULE.name, metric.span, message);
            let finding = match subject.contract.plan.term_span {
                Some(place) => finding.and_at(place, "the term"),
                None => finding,
            };
            finding
                .because(format!("it counts what happened in the month, and {when}"))
                .help("measure a share of the month's volume, or let the term begin and end with a month")
        })
        .collect()
}

/// Whether money depends on the side of some value on which the metric is.
fn is_judged(subject: &Subject<'_>, metric: &MetricFacts) -> bool {
    let is_it = |node: &NodeId| metric.nodes.contains(node);
    let mut nodes = subject.contract.graph.nodes().iter().zip(0..);
    nodes.any(|(node, id)| {
        let judges = match &node.op {
            Op::Bands(by, ..) => is_it(by),
            Op::Compare(_, left, right) => is_it(left) || is_it(right),
            _ => false,
        };
        judges && subject.flow.changes_pay(&[NodeId(id)])
    })
}

/// Whether it is a plain count of something, rather than money or time.
fn is_count(metric: &MetricFacts) -> bool {
    let Type::Quantity(unit) = &metric.value_type else {
        return false;
    };
    matches!(unit.as_base(), Some(base @ BaseUnit::Counted(_)) if base.seconds().is_none())
}
