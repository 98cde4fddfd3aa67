//! `operational-metrics-only`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::model::facts::KpiKind;

use crate::lint::rule::rule;

rule! {
    /// Every KPI that changes the pay counts volume, speed, handle time or productivity.
    ///
    /// "Don't base contracts purely on operational metrics": all of them can be good while the work is bad.
    ///
    /// ```quid bad with unpaid-satisfaction-metric
    /// input gave_up : calls from "ACD" by both
    /// metric abandoned is abandonment, percent, lower is better { gave_up / offered }
    /// credit lost on abandoned { above 5%: 500 EUR }
    /// # without: experience, adjustment, content, scenario
    /// ```
    ///
    /// ```quid good
    /// credit content on csat { below 3.8: 2_000 EUR }
    /// ```
    ///
    /// To fix it, let part of the pay depend on a KPI of resolution, quality or satisfaction.
    "operational-metrics-only": Incentive, Warning, Stable since "0.2.0" from Absence
}

const OPERATIONAL: &[KpiKind] = &[
    KpiKind::Volume,
    KpiKind::Timeliness,
    KpiKind::Abandonment,
    KpiKind::HandleTime,
    KpiKind::Productivity,
    KpiKind::Forecast,
];

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let metrics = subject.contract.metrics.iter();
    let paid: Vec<_> = metrics
        .filter(|metric| subject.moves_money(metric))
        .collect();
    let mut kinds: Vec<KpiKind> = paid.iter().filter_map(|metric| metric.kind).collect();
    kinds.sort_unstable_by_key(|kind| kind.word());
    kinds.dedup();
    let all_operational = kinds.iter().all(|kind| OPERATIONAL.contains(kind));
    // `service-level-only` reports speed alone, and volume alone is not a KPI of work.
    let others = [
        KpiKind::Abandonment,
        KpiKind::HandleTime,
        KpiKind::Productivity,
    ];
    let counts = kinds.len() >= 2 || kinds.iter().any(|kind| others.contains(kind));
    if !counts || !all_operational {
        return Vec::new();
    }
    let place = paid.first().map_or(subject.place(), |metric| metric.span);
    let words: Vec<String> = kinds.iter().map(|kind| kind.words()).collect();
    let words = words.join(", ");
    vec![
        Diagnostic::warning(
            RULE.name,
            place,
            format!("every KPI that changes the pay is operational: {words}"),
        )
        .because("they show how much and how fast, and not how well: all of them can be good while the work is bad")
        .help("let part of the pay depend on a KPI of resolution, quality or satisfaction"),
    ]
}
