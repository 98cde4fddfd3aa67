//! `small-sample`

use crate::calendar::Month;
use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::flow::Reach;
use crate::lint::rule::rule;
use crate::lint::{Subject, mend};
use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::program::{NodeId, Op, SlotId};
use crate::quantity::{Exact, Type};

/// Kinds of KPI that only some customers are asked about, or that are checked in only some contacts.
const SAMPLED: &[KpiKind] = &[
    KpiKind::Satisfaction,
    KpiKind::Loyalty,
    KpiKind::Effort,
    KpiKind::Quality,
    KpiKind::Accuracy,
    KpiKind::Compliance,
];

rule! {
    /// A KPI from a sample changes the pay, and any sample size will do.
    ///
    /// Three surveys in a weak month decide as much as three hundred. The pay is then down to chance: a supplier that
    /// delivers the same quality every month is sometimes charged a credit and sometimes rewarded for nothing.
    ///
    /// A KPI counts as a sample if it is of satisfaction, loyalty, effort, quality, accuracy or compliance, and is
    /// divided by a count that no charge is paid for. Any condition on that count is a minimum: `needs`, or a condition
    /// of the credit.
    ///
    /// ```quid bad
    /// metric csat is satisfaction, 1 to 5, higher is better { survey_points / surveys }
    /// ```
    ///
    /// ```quid good
    /// metric csat is satisfaction, 1 to 5, higher is better { survey_points / surveys; needs surveys >= 50, otherwise last known value }
    /// ```
    ///
    /// To fix it, say how many are needed, and what counts in a month with fewer.
    "small-sample": Measurement, Warning, Stable since "0.2.0"; Unsafe fix "require a sample of at least 30, and take \
                                                                            the last known value otherwise"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let charged = charged(subject);
    let divided = subject.flow.made_from(&divisions(subject));
    let mut found = Vec::new();
    for metric in subject.metrics(SAMPLED) {
        if !subject.is_paid(metric) || is_made_of_others(subject, metric) {
            continue;
        }
        let sizes: Vec<SlotId> = sizes(subject, metric)
            .into_iter()
            .filter(|slot| !charged.contains(slot))
            .collect();
        let Some(first) = sizes.first() else { continue };
        if sizes
            .iter()
            .any(|size| is_tested(subject, metric, *size, &divided))
        {
            continue;
        }
        let plan = &subject.contract.plan;
        let Some(size) = plan.slots.get(first.0 as usize) else {
            continue;
        };
        let message = format!(
            "`{}` changes the pay, however few {} there are",
            metric.name, size.input
        );
        let mut finding = Diagnostic::warning(RULE.name, metric.span, message)
            .and_at(size.span, "the size of the sample")
            .because("a few answers decide as much as hundreds, and the pay is then down to chance")
            .help(format!(
                "add a minimum: `needs {} >= 30, otherwise last known value`",
                size.input
            ));
        if let Some((moved, month)) = at_stake(subject, metric) {
            finding = finding
                .because(format!(
                    "in the contract's example month, {month}, a single very bad one instead of a very good one \
                     changes the invoice by up to {}",
                    subject.money(&moved)
                ))
                .costing(subject.money(&moved));
        }
        let edits = subject
            .declared(metric)
            .filter(|declared| declared.head.own)
            .filter(|_| size.member.is_none())
            .and_then(|declared| {
                let needs = format!("needs {} >= 30, otherwise last known value", size.input);
                mend::with_statement(subject, declared.head.span, &needs)
            });
        found.push(mend::mended(finding, &RULE, edits));
    }
    found
}

/// The columns for which a charge is paid. What is paid by the piece is counted in full, and is not a sample.
fn charged(subject: &Subject<'_>) -> Vec<SlotId> {
    let lines = subject.contract.plan.lines.iter();
    let amounts: Vec<NodeId> = lines
        .filter(|line| line.kind == LineKind::Charge)
        .map(|line| line.amount)
        .collect();
    subject.flow.columns(&amounts)
}

/// Whether it is computed from another metric. That one is then checked instead.
fn is_made_of_others(subject: &Subject<'_>, metric: &MetricFacts) -> bool {
    let reach = subject.flow.behind(&metric.nodes);
    let others = subject.contract.metrics.iter();
    others
        .filter(|other| other.name != metric.name)
        .any(|other| other.nodes.iter().any(|node| reach.has(*node)))
}

/// The counts by which the metric is divided.
fn sizes(subject: &Subject<'_>, metric: &MetricFacts) -> Vec<SlotId> {
    let reach = subject.flow.behind(&metric.nodes);
    let mut found = Vec::new();
    for op in reached(subject, |id| reach.has(id)) {
        if let Op::Divide(_, below) = op {
            let columns = subject.flow.columns(&[*below]).into_iter();
            found.extend(columns.filter(|slot| is_count(subject, *slot)));
        }
    }
    found
}

fn is_count(subject: &Subject<'_>, slot: SlotId) -> bool {
    let slot = subject.contract.plan.slots.get(slot.0 as usize);
    slot.is_some_and(|slot| match &slot.kind {
        Type::Number => true,
        Type::Quantity(unit) => {
            let base = unit.as_base();
            base.is_some_and(|base| base.seconds().is_none() && !unit.has_currency())
        }
        _ => false,
    })
}

/// Whether the metric, or a payment, depends on the size of that count, and not only on what is divided by it.
fn is_tested(subject: &Subject<'_>, metric: &MetricFacts, size: SlotId, divided: &Reach) -> bool {
    let own = subject.flow.behind(&metric.nodes);
    let counted = subject.flow.made_from_column(size);
    let counts = |node: NodeId| counted.has(node) && !divided.has(node);
    reached(subject, |id| own.has(id) || subject.flow.changes_pay(&[id])).any(|op| match op {
        Op::Compare(_, left, right) => counts(*left) || counts(*right),
        Op::Bands(by, ..) => counts(*by),
        _ => false,
    })
}

/// All divisions of the contract.
fn divisions(subject: &Subject<'_>) -> Vec<NodeId> {
    let nodes = subject.contract.graph.nodes().iter().zip((0..).map(NodeId));
    nodes
        .filter(|(node, _)| matches!(node.op, Op::Divide(..)))
        .map(|(_, id)| id)
        .collect()
}

fn reached<'c>(
    subject: &Subject<'c>,
    wanted: impl Fn(NodeId) -> bool,
) -> impl Iterator<Item = &'c Op> {
    let nodes = subject.contract.graph.nodes().iter().zip(0..);
    nodes
        .filter(move |(_, id)| wanted(NodeId(*id)))
        .map(|(node, _)| &node.op)
}

/// How much more the example month costs with the metric at its best than at its worst.
fn at_stake(subject: &Subject<'_>, metric: &MetricFacts) -> Option<(Exact, Month)> {
    let example = subject.example.as_ref()?;
    let named = subject.named(&metric.name)?;
    let total = |end: &Exact| {
        let nodes = metric.nodes.iter();
        let values: Vec<(NodeId, Exact)> = nodes.map(|node| (*node, end.clone())).collect();
        example.last_total_with_values(&values)
    };
    let moved = total(named.most.as_ref()?)?
        .subtract(&total(named.least.as_ref()?)?)
        .abs();
    (!moved.is_zero()).then(|| (moved, example.month()))
}
