//! `service-level-only`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::lint::samples::{at, end};
use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::quantity::Exact;

rule! {
    /// Only the speed of the work changes what the supplier is paid.
    ///
    /// "If their only metric is SLAs, the quality won't be in line": a supplier that is paid for answering in time
    /// answers in time. It hurries, passes contacts on and closes them early where that helps.
    ///
    /// A KPI of volume or forecast does not count: it shows how much there was to do, not how it was done.
    ///
    /// ```quid bad with percentile-without-tail, unpaid-satisfaction-metric
    /// # without: experience, adjustment, content
    /// ```
    ///
    /// ```quid good
    /// # without: experience, adjustment
    /// credit solved on fcr { below 65%: 9_000 EUR }
    /// ```
    ///
    /// To fix it, let part of the pay also depend on a KPI of satisfaction, resolution or quality.
    "service-level-only": Incentive, Warning, Stable since "0.2.0" from Absence
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let metrics = subject.contract.metrics.iter();
    let paid: Vec<&MetricFacts> = metrics
        .filter(|metric| subject.is_paid(metric))
        .filter(|metric| !matches!(metric.kind, Some(KpiKind::Volume | KpiKind::Forecast)))
        .collect();
    let is_speed = |metric: &&MetricFacts| metric.kind == Some(KpiKind::Timeliness);
    if !paid.iter().all(is_speed) || others_pay(subject, &paid) {
        return Vec::new();
    }
    let Some(first) = paid.first() else {
        return Vec::new();
    };
    let names: Vec<String> = paid
        .iter()
        .map(|metric| format!("`{}`", metric.name))
        .collect();
    let mut finding = Diagnostic::warning(
        RULE.name,
        first.span,
        format!(
            "only speed changes what the supplier is paid: {}",
            names.join(", ")
        ),
    )
    .because("a supplier that is paid for answering in time answers in time, well or not");
    if let Some((best, worst)) = amounts(subject, &paid) {
        finding = finding
            .because(format!(
                "in the contract's example the invoices come to {} with speed at its best and to {} at its worst, whatever \
                 the quality",
                subject.money(&best),
                subject.money(&worst)
            ))
            .costing(subject.money(&best.subtract(&worst)));
    }
    vec![finding.help("let part of the pay depend on a KPI of satisfaction, resolution or quality")]
}

/// Whether something other than these metrics changes a credit or a price, such as a formula on inputs that is not a
/// metric.
fn others_pay(subject: &Subject<'_>, paid: &[&MetricFacts]) -> bool {
    let kinds = [LineKind::Credit, LineKind::Adjustment, LineKind::Bonus];
    let mut lines = subject.contract.plan.lines.iter();
    lines.any(|line| {
        let reach = subject.flow.behind(&[line.amount]);
        let mut nodes = paid.iter().flat_map(|metric| &metric.nodes);
        kinds.contains(&line.kind) && !nodes.any(|node| reach.has(*node))
    })
}

/// The cost of the example with all of them at their best and at their worst.
fn amounts(subject: &Subject<'_>, paid: &[&MetricFacts]) -> Option<(Exact, Exact)> {
    let example = subject.example.as_ref()?;
    let total = |best: bool| {
        let values = paid.iter().filter_map(|metric| {
            let end = end(subject, metric, best)?;
            Some(at(metric, &end))
        });
        example.total_with_values(&values.flatten().collect::<Vec<_>>())
    };
    Some((total(true)?, total(false)?))
}
