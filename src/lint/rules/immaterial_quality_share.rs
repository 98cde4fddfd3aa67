//! `immaterial-quality-share`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::kinds::QUALITY;
use crate::lint::rule::rule;
use crate::lint::samples::{at, end};
use crate::model::MetricFacts;
use crate::program::NodeId;
use crate::quantity::{Exact, Figure, Type};

rule! {
    /// What quality can move is too small a share of the month's pay.
    ///
    /// Credits that cost less than better service do not change behaviour. 10 to 12% of the month is usual; 3% was found
    /// hollow by an audit.
    ///
    /// The share is what the contract's example month costs with every paid KPI of quality at its best, less what it costs
    /// with every one at its worst, of what it costs at its best.
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
    /// To mend it, raise the adjustment or the credits until a bad month hurts.
    "immaterial-quality-share": Incentive, Warning, Stable since "0.2.0",
    "share" = "10%" "the least share of a month's pay that quality should be able to move"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let paid: Vec<&MetricFacts> = subject
        .metrics(QUALITY)
        .into_iter()
        .filter(|metric| subject.is_paid(metric))
        .collect();
    let Some(example) = subject.example.as_ref().filter(|_| !paid.is_empty()) else {
        return Vec::new();
    };
    let total = |best: bool| example.with_values(&ends(subject, &paid, best));
    let (Some(good), Some(bad)) = (total(true), total(false)) else {
        return Vec::new();
    };
    let moved = good.total.subtract(&bad.total);
    let Some(share) = moved.divide(&good.total) else {
        return Vec::new();
    };
    if share >= subject.settings.threshold(&RULE, "share") {
        return Vec::new();
    }
    let place = paid.first().map_or(subject.place(), |metric| metric.span);
    let shown = Figure::new(share, Type::Percent);
    let least = Figure::new(subject.settings.threshold(&RULE, "share"), Type::Percent);
    vec![
        Diagnostic::warning(
            RULE.name,
            place,
            format!("quality can move only {shown} of the month's pay"),
        )
        .because(format!(
            "in the contract's example month, {}: {} with every KPI of quality at its best, {} at its worst",
            example.month(),
            subject.money(&good.total),
            subject.money(&bad.total)
        ))
        .because(format!(
            "credits that cost less than better service do not change it; at least {least} is usual"
        ))
        .help("raise the adjustment, or the credits for missed quality")
        .costing(subject.money(&moved)),
    ]
}

/// The metrics' values at their best or worst ends; those without such an end are left as they are.
fn ends(subject: &Subject<'_>, metrics: &[&MetricFacts], best: bool) -> Vec<(NodeId, Exact)> {
    let ends = metrics
        .iter()
        .filter_map(|metric| Some(at(metric, &end(subject, metric, best)?)));
    ends.flatten().collect()
}
