//! `immaterial-quality-share`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::kinds::QUALITY;
use crate::lint::rule::rule;
use crate::lint::samples::{at, end};
use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::program::NodeId;
use crate::quantity::{Exact, Figure, Type};

rule! {
    /// Quality changes too small a share of the pay.
    ///
    /// Credits that cost less than better service do not change behaviour. 10% to 12% of the month is usual for all
    /// KPIs together; an audit called 3% hollow.
    ///
    /// The rule compares two quarters like the contract's example month: what a quarter costs with every paid KPI at
    /// its best, and how much less it costs with every KPI of quality at its worst. It computes a whole year, so that
    /// items settled by the quarter or with the next invoice are included.
    ///
    /// ```quid bad
    /// adjust handling by experience { below 60: -1%; otherwise 0% }
    /// # without: content
    /// ```
    ///
    /// ```quid good
    /// adjust handling by experience { below 60: -10%; below 95: 0%; otherwise +5% }
    /// ```
    ///
    /// To fix it, raise the adjustment or the credits until a bad month hurts.
    "immaterial-quality-share": Incentive, Warning, Stable since "0.2.0",
    "share" = "5%" "the least share of the pay that quality should be able to change"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let paid: Vec<&MetricFacts> = subject
        .metrics(QUALITY)
        .into_iter()
        .filter(|metric| subject.is_paid(metric))
        .collect();
    let metrics = subject.contract.metrics.iter();
    let others: Vec<&MetricFacts> = metrics
        .filter(|metric| {
            subject.is_paid(metric) && !metric.kind.is_some_and(|kind| QUALITY.contains(&kind))
        })
        .filter(|metric| !is_volume_or_cost(metric))
        .collect();
    let Some(example) = subject.example.as_ref().filter(|_| !paid.is_empty()) else {
        return Vec::new();
    };
    let mut best = ends(subject, &others, true);
    let mut worst = best.clone();
    best.extend(ends(subject, &paid, true));
    worst.extend(ends(subject, &paid, false));
    let (Some((good, count)), Some((bad, counted))) =
        (example.year(&best, &best), example.year(&worst, &best))
    else {
        return Vec::new();
    };
    let moved = good.subtract(&bad);
    let Some(quarter) = quarter(&good, count).filter(|_| count == counted) else {
        return Vec::new();
    };
    let Some(share) = moved.divide(&quarter) else {
        return Vec::new();
    };
    let least = subject.settings.threshold(&RULE, "share");
    if share >= least {
        return Vec::new();
    }
    let place = paid.first().map_or(subject.place(), |metric| metric.span);
    let shown = Figure::new(share, Type::Percent);
    let least = Figure::new(least, Type::Percent);
    let finding = Diagnostic::warning(
        RULE.name,
        place,
        if moved.is_zero() {
            "quality changes nothing of what is paid".to_owned()
        } else {
            format!("quality changes only {shown} of what is paid")
        },
    )
    .because(format!(
        "a quarter like the contract's example month, {}, costs {} with every KPI at its best; with the KPIs of \
         quality at their worst, it costs {} less",
        example.month(),
        subject.money(&quarter),
        subject.money(&moved)
    ))
    .because(format!(
        "credits that cost less than better service do not change it; an audit called less than {least} hollow"
    ))
    .help("raise the adjustment, or the credits for missed quality");
    vec![match moved.divide(&Exact::from_integer(3)) {
        Some(a_month) => finding.costing(subject.money(&a_month)),
        None => finding,
    }]
}

/// The cost of three average months, or of all the months if there are fewer.
fn quarter(sum: &Exact, months: usize) -> Option<Exact> {
    let months = i64::try_from(months).ok()?;
    sum.multiply(&Exact::from_integer(months.min(3)))
        .divide(&Exact::from_integer(months))
}

fn is_volume_or_cost(metric: &MetricFacts) -> bool {
    matches!(
        metric.kind,
        Some(KpiKind::Volume | KpiKind::Forecast | KpiKind::Cost)
    )
}

/// The metrics' values at their best or worst ends. Metrics without such an end are left as they are.
fn ends(subject: &Subject<'_>, metrics: &[&MetricFacts], best: bool) -> Vec<(NodeId, Exact)> {
    let ends = metrics
        .iter()
        .filter_map(|metric| Some(at(metric, &end(subject, metric, best)?)));
    ends.flatten().collect()
}
