//! `lump-sum-cliff`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::samples::{at, steps};
use crate::lint::{Example, Subject, extremes};
use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::quantity::{Exact, Figure, Type};

rule! {
    /// The smallest change of a KPI, across one edge, changes a large part of the month's pay.
    ///
    /// Lump sums invite gaming, and proportional amounts do not (Liang and Atkins): close to the edge people do
    /// everything to get across it, and far from it they do nothing. A tiny difference in measurement then decides an
    /// amount that people will dispute.
    ///
    /// The rule computes the contract's example month with the KPI just on either side of each edge in the contract,
    /// with all clauses and limits together. It accepts steps up to what is usually at risk in a month.
    ///
    /// ```quid bad
    /// adjust handling by experience { below 65: -22%; below 95: 0%; otherwise +5% }
    /// limit credits and reductions to 25% of charges each month
    /// ```
    ///
    /// ```quid good
    /// adjust handling by experience { below 45: -16%; below 55: -8%; below 65: -4%; below 95: 0%; otherwise +5% }
    /// limit credits and reductions to 25% of charges each month
    /// ```
    ///
    /// To fix it, split the step into several, or pay in proportion: `500 EUR per full percentage point of … below
    /// 80%`.
    "lump-sum-cliff": Incentive, Warning, Stable since "0.2.0",
    "share" = "12%" "the share of the month's charges that the smallest change of one KPI may change"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(example) = &subject.example else {
        return Vec::new();
    };
    let charged = extremes::charged(&example.statement);
    let most = charged.multiply(&subject.settings.threshold(&RULE, "share"));
    let metrics = subject.contract.metrics.iter();
    metrics
        .filter(|metric| subject.is_paid(metric) && metric.kind != Some(KpiKind::Volume))
        .filter_map(|metric| {
            let step = largest(subject, example, metric)?;
            (step.moved > most).then(|| finding(subject, example, metric, &charged, &step))?
        })
        .collect()
}

/// Two neighbouring values, and the cost of the month with each.
struct Step {
    from: (Exact, Exact),
    to: (Exact, Exact),
    moved: Exact,
}

fn largest(subject: &Subject<'_>, example: &Example<'_>, metric: &MetricFacts) -> Option<Step> {
    let total = |value: &Exact| example.last_total_with_values(&at(metric, value));
    steps(subject, metric)
        .into_iter()
        .filter_map(|(low, high)| {
            let (below, above) = (total(&low)?, total(&high)?);
            let moved = above.subtract(&below).abs();
            Some(Step {
                from: (low, below),
                to: (high, above),
                moved,
            })
        })
        .max_by(|a, b| a.moved.cmp(&b.moved))
}

fn finding(
    subject: &Subject<'_>,
    example: &Example<'_>,
    metric: &MetricFacts,
    charged: &Exact,
    step: &Step,
) -> Option<Diagnostic> {
    let share = Figure::new(step.moved.divide(charged)?, Type::Percent);
    let figure = |value: &Exact| Figure::new(value.clone(), metric.value_type.clone());
    let message = format!(
        "the smallest step of `{}` can change the invoice by {share} of the month's charges",
        metric.name
    );
    Some(
        Diagnostic::warning(RULE.name, metric.span, message)
            .because(format!(
                "in the contract's example month, {}, the invoice is {} with it at {}, and {} at {}",
                example.month(),
                subject.money(&step.from.1),
                figure(&step.from.0),
                subject.money(&step.to.1),
                figure(&step.to.0)
            ))
            .because("close to such an edge people do everything to get across it, and far from it they do nothing")
            .help("split the step into several, or pay in proportion: `… per full percentage point of … below …`")
            .costing(subject.money(&step.moved)),
    )
}
