//! `open-denominator`

use crate::diagnostic::{Diagnostic, Edit};
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::MetricFacts;
use crate::model::facts::Metric;
use crate::program::{NodeId, Op, SlotId};
use crate::quantity::Exact;
use crate::text::Span;

rule! {
    /// A KPI that changes the pay divides by something that can be 0, and the contract does not say what counts then.
    ///
    /// A month without a single survey has no satisfaction score. Such a month has no invoice at all, not even for what
    /// does not depend on it, until the parties agree on something that they could have written down.
    ///
    /// A minimum sample answers it, and so does a condition in the formula.
    ///
    /// ```quid bad
    /// metric fcr is resolution, percent, higher is better { resolved_first / handled }
    /// ```
    ///
    /// ```quid good
    /// metric fcr is resolution, percent, higher is better { resolved_first / handled; if nothing to measure, last known value }
    /// ```
    ///
    /// To answer it, write `if nothing to measure, …` with what counts: a value, `last known value`, `no value`, or, as it is
    /// today, `no invoice`.
    "open-denominator": Question, Info, Stable since "0.2.0"
}

/// A metric, and what it divides by.
struct Open<'c> {
    metric: &'c MetricFacts,
    item: Option<Span>,
    by: Span,
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let metrics = subject.contract.metrics.iter();
    let paid = metrics.filter(|metric| subject.is_paid(metric));
    let open: Vec<Open<'_>> = paid.filter_map(|metric| open(subject, metric)).collect();
    let Some(first) = open.first() else {
        return Vec::new();
    };
    let names: Vec<&str> = open.iter().map(|one| one.metric.name.as_str()).collect();
    let message = match names.as_slice() {
        [name] => format!(
            "`{name}` divides by `{}`: what counts in a month in which that is 0?",
            subject.quote(first.by)
        ),
        _ => format!(
            "{} divide by something that can be 0: what counts in such a month?",
            asked::listed(&names)
        ),
    };
    let place = first.item.map_or(subject.place(), |_| first.metric.span);
    let mut finding = Diagnostic::info(RULE.name, place, message)
        .because("today such a month has no invoice, not even for what does not depend on it");
    finding
        .why
        .extend(asked::of_the_month(subject, "this would hold up all of"));
    for one in open.iter().skip(1) {
        finding = finding.and_at(
            one.metric.span,
            format!("divides by `{}`", subject.quote(one.by)),
        );
    }
    finding.fix = answers::as_today(
        subject,
        "say that such a month has no invoice",
        edits(subject, &open),
    );
    vec![
        finding
            .help("write `if nothing to measure, no invoice` to keep it so")
            .help("or what counts instead: `if nothing to measure, last known value`, `no value`, or a value"),
    ]
}

fn edits(subject: &Subject<'_>, open: &[Open<'_>]) -> Vec<Edit> {
    let items = open.iter().filter_map(|one| one.item);
    items
        .filter_map(|item| answers::statement(subject, item, "if nothing to measure, no invoice"))
        .collect()
}

fn open<'c>(subject: &Subject<'c>, metric: &'c MetricFacts) -> Option<Open<'c>> {
    let declared = subject.declared(metric)?;
    if declared.if_nothing_to_measure.is_some() {
        return None;
    }
    let (below, columns) = divisor(subject, declared)?;
    if is_tested(subject, metric, &columns) || is_answered(subject, &columns) {
        return None;
    }
    let by = subject.contract.graph.get(below)?.span;
    let item = subject
        .is_own(declared.head.span)
        .then_some(declared.head.span);
    Some(Open { metric, item, by })
}

/// What the formula divides by, if that can be 0, and the columns from which it is computed.
fn divisor(subject: &Subject<'_>, declared: &Metric) -> Option<(NodeId, Vec<SlotId>)> {
    let graph = &subject.contract.graph;
    let slots = &subject.contract.plan.slots;
    let formula = declared.formula.as_ref()?;
    let zero = Exact::zero();
    let nodes = subject.flow.within(formula.span).into_iter();
    nodes
        .filter_map(|node| match graph.get(node)?.op {
            Op::Divide(_, below) => Some(below),
            _ => None,
        })
        .map(|below| (below, subject.flow.columns(&[below])))
        .find(|(_, columns)| {
            let mut all = columns.iter().filter_map(|slot| slots.get(slot.0 as usize));
            let above = all.any(|slot| slot.least.as_ref().is_some_and(|least| *least > zero));
            !columns.is_empty() && !above
        })
}

/// Whether the metric depends on the size of the divisor, as it does with a minimum sample.
fn is_tested(subject: &Subject<'_>, metric: &MetricFacts, columns: &[SlotId]) -> bool {
    let own = subject.flow.behind(&metric.nodes);
    let tested = |node: NodeId| {
        let made = subject.flow.columns(&[node]);
        made.iter().any(|slot| columns.contains(slot))
    };
    let nodes = (0u32..).zip(subject.contract.graph.nodes());
    nodes
        .filter(|(at, _)| own.has(NodeId(*at)))
        .any(|(_, node)| match &node.op {
            Op::Compare(_, left, right) => tested(*left) || tested(*right),
            _ => false,
        })
}

/// Whether the example month is still invoiced if all of these columns are 0.
fn is_answered(subject: &Subject<'_>, columns: &[SlotId]) -> bool {
    let Some(example) = &subject.example else {
        return false;
    };
    let cells: Vec<(SlotId, Exact)> = columns.iter().map(|slot| (*slot, Exact::zero())).collect();
    example.with_cells(&cells).is_some()
}
