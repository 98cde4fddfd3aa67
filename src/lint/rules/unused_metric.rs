//! `unused-metric`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::uses::Uses;
use crate::lint::{Subject, mend};
use crate::model::facts::{KpiKind, Name};

/// KPIs that are worth watching even if nothing depends on them, because paying by them would reward haste or volume.
/// Satisfaction that changes no payment has a rule of its own.
const WATCHED: &[KpiKind] = &[
    KpiKind::Satisfaction,
    KpiKind::Loyalty,
    KpiKind::Effort,
    KpiKind::HandleTime,
    KpiKind::Productivity,
    KpiKind::Volume,
    KpiKind::Forecast,
    KpiKind::Attrition,
    KpiKind::Cost,
];

rule! {
    /// A KPI of results is computed, and nothing depends on it: no payment, no notice, no objective, no renewal.
    ///
    /// What is measured and not used is not managed. A long list of such KPIs also hides the few that count.
    ///
    /// The rule ignores handle time, productivity, volume, forecasts, attrition and cost: they are worth watching
    /// without paying by them.
    ///
    /// ```quid bad
    /// input abandoned : calls from "ACD" by both
    /// metric lost is abandonment, percent, lower is better { abandoned / offered }
    /// ```
    ///
    /// ```quid good
    /// input abandoned : calls from "ACD" by both
    /// metric lost is abandonment, percent, lower is better { abandoned / offered }
    /// notice lost_callers "too many callers gave up" when lost > 8%
    /// ```
    ///
    /// To fix it, let an objective, a service level or a notice use the KPI, or remove it.
    "unused-metric": Measurement, Warning, Stable since "0.2.0" from Absence; Safe fix "remove the KPI"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let uses = Uses::of(subject);
    let mut found = Vec::new();
    for metric in subject.own(&subject.facts().metrics) {
        let item = &metric.head;
        let idle = |name: &&Name| uses.is_idle(&name.text) && !uses.is_goal(&name.text);
        let Some(name) = item.name.as_ref().filter(idle) else {
            continue;
        };
        if metric.is_one_of(WATCHED) {
            continue;
        }
        let message = format!("nothing depends on `{}`", name.text);
        let finding = Diagnostic::warning(RULE.name, name.span, message)
                .because("no payment, notice, objective or renewal uses it; what is measured and not used is not managed")
                .help(format!("name it in an objective, `measured by {}`, or give it a service level, or remove it", name.text));
        let edits = mend::without_item(subject, item, &name.text);
        found.push(mend::mended(finding, &RULE, edits));
    }
    found
}
