//! `bonus-while-failing`

use crate::diagnostic::Diagnostic;
use crate::ledger::{Line, LineKind, NoticeKind};
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::lint::samples::{at, end, samples};
use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::model::facts::ServiceLevel;
use crate::program::NodeId;
use crate::quantity::{Exact, Figure};

rule! {
    /// A bonus can be paid in a month in which a critical level is missed.
    ///
    /// A level is critical because nothing makes up for missing it. A bonus for something else in the same month
    /// offsets the credit, and can be larger than the credit.
    ///
    /// The rule sets the critical KPI just below its level and every other KPI to its best value. It then looks for a
    /// bonus, or a raised price, in the contract's example month. A surcharge that no KPI influences is not a bonus.
    ///
    /// ```quid bad
    /// service level speed on service_level { target 80% each month; critical below 70%; credit 2% of charges, critical 5% of charges; excused when outage; excused when offered > 115% of forecast; excused in the first 2 months; excused month keeps the run; terminate after 3 failures in 6 months }
    /// ```
    ///
    /// ```quid good
    /// service level speed on service_level { target 80% each month; critical below 70%; credit 2% of charges, critical 5% of charges; excused when outage; excused when offered > 115% of forecast; excused in the first 2 months; excused month keeps the run; terminate after 3 failures in 6 months }
    /// scorecard experience {
    ///   30% csat          { below 3.8: 0; below 4.2: 60; otherwise 100 }
    ///   30% fcr           { below 65%: 0; below 75%: 60; otherwise 100 }
    ///   20% qa            { below 80: 0; below 90: 60; otherwise 100 }
    ///   20% service_level { below 70%: 0; below 80%: 60; otherwise 100 }
    /// }
    /// ```
    ///
    /// To fix it, give the critical KPI a weight on the scorecard, so that the bonus is out of reach without it, or pay
    /// the bonus only `when` the KPI is at its critical level or better.
    "bonus-while-failing": Incentive, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let levels = subject.levels().filter(|level| level.critical.is_some());
    levels
        .filter_map(|level| {
            let metric = subject.measured(&level.metric)?;
            match &subject.example {
                Some(_) => by_example(subject, level, metric),
                None => by_flow(subject, level, metric),
            }
        })
        .collect()
}

/// The finding with its amounts, if the example month pays a bonus.
fn by_example(
    subject: &Subject<'_>,
    level: &ServiceLevel,
    metric: &MetricFacts,
) -> Option<Diagnostic> {
    let example = subject.example.as_ref()?;
    let mut values = samples(subject, metric);
    if metric.higher_is_better.unwrap_or(true) {
        values.reverse();
    }
    let others = others_at_best(subject, metric);
    for value in values {
        let all: Vec<(NodeId, Exact)> = others.iter().cloned().chain(at(metric, &value)).collect();
        let Some(months) = example.months_with_values(&all) else {
            continue;
        };
        let mut failing = months.iter().filter(|month| {
            let mut notices = month.notices.iter();
            notices.any(|notice| {
                notice.kind == NoticeKind::Critical && level_of(&notice.name) == level.head.name()
            })
        });
        let Some(month) = failing.next() else {
            continue;
        };
        let bonus = month.lines.iter().find(|line| is_bonus(subject, line))?;
        let credits = month.lines.iter().filter(|line| {
            line.kind == LineKind::Credit && level_of(&line.name) == level.head.name()
        });
        let credit = credits.fold(Exact::zero(), |sum, line| sum.add(&line.amount));
        let value = Figure::new(value, metric.value_type.clone());
        return Some(
            finding(level, &bonus.name, bonus.kind)
                .and_at(bonus.span, "this is still paid")
                .because(format!(
                    "in the contract's example, {}, with `{}` at {value} and everything else at its best, `{}` pays \
                     {} and `{}` takes off {}",
                    month.month,
                    metric.name,
                    bonus.name,
                    subject.money(&bonus.amount),
                    level.head.name(),
                    subject.money(&credit.abs())
                ))
                .costing(subject.money(&bonus.amount)),
        );
    }
    None
}

/// The finding if no month can be computed: a bonus depends on KPIs other than the critical one.
fn by_flow(
    subject: &Subject<'_>,
    level: &ServiceLevel,
    metric: &MetricFacts,
) -> Option<Diagnostic> {
    let bonus = subject.contract.plan.lines.iter().find(|line| {
        let reach = subject.flow.behind(&[line.amount]);
        line.kind == LineKind::Bonus
            && depends_on_quality(subject, line.amount)
            && !metric.nodes.iter().any(|node| reach.has(*node))
    })?;
    let found = finding(level, &bonus.name, bonus.kind);
    Some(found.and_at(bonus.span, "this does not depend on it"))
}

fn finding(level: &ServiceLevel, bonus: &str, kind: LineKind) -> Diagnostic {
    let name = level.head.name();
    let words = if kind == LineKind::Bonus {
        format!("the bonus `{bonus}` can be paid")
    } else {
        format!("the adjustment `{bonus}` can raise the price")
    };
    Diagnostic::warning(
        RULE.name,
        level.head.place(),
        format!("{words} in a month in which `{name}` misses its critical level"),
    )
    .because("a level is critical because nothing makes up for missing it; a bonus paid next to the credit does")
    .help(format!(
        "give the KPI of `{name}` a weight on the scorecard, so that the bonus is out of reach without it, or pay the \
         raise as a `bonus … when` the KPI is not critical"
    ))
}

fn is_bonus(subject: &Subject<'_>, line: &Line) -> bool {
    let paid = !line.amount.is_zero() && !line.amount.is_negative();
    if !paid || !matches!(line.kind, LineKind::Bonus | LineKind::Adjustment) {
        return false;
    }
    let mut plans = subject.contract.plan.lines.iter();
    let plan = plans.find(|plan| plan.kind == line.kind && plan.name == line.name);
    plan.is_some_and(|plan| depends_on_quality(subject, plan.amount))
}

fn depends_on_quality(subject: &Subject<'_>, amount: NodeId) -> bool {
    let reach = subject.flow.behind(&[amount]);
    let mut metrics = subject.contract.metrics.iter();
    metrics.any(|metric| {
        !matches!(
            metric.kind,
            Some(KpiKind::Volume | KpiKind::Forecast) | None
        ) && metric.nodes.iter().any(|node| reach.has(*node))
    })
}

/// Every other metric with a direction at its best. Metrics that are computed from the critical one stay as they are.
fn others_at_best(subject: &Subject<'_>, critical: &MetricFacts) -> Vec<(NodeId, Exact)> {
    let columns = subject.flow.columns(&critical.nodes);
    subject
        .contract
        .metrics
        .iter()
        .filter(|metric| metric.name != critical.name)
        .filter(|metric| subject.flow.columns(&metric.nodes) != columns)
        .filter_map(|metric| Some(at(metric, &end(subject, metric, true)?)))
        .flatten()
        .collect()
}

/// The service level to which a line or notice of one of its members belongs.
fn level_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}
