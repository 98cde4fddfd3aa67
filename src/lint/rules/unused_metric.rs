//! `unused-metric`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::uses::Uses;
use crate::lint::{Subject, mend};
use crate::model::facts::{KpiKind, Name};

/// What is sound to watch and not to act on: paying by it would reward haste or volume. Satisfaction that moves no money
/// has a rule of its own.
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
    /// A KPI of results is computed, and nothing follows from it: no payment, no notice, no objective, no renewal.
    ///
    /// What is measured and not used is not managed. A long list of such KPIs also hides the few that count.
    ///
    /// Handle time, productivity, volume, forecasts, attrition and cost are left out: it is sound to watch them without
    /// paying by them.
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
    /// To mend it, let an objective, a service level or a notice use the KPI, or take it out.
    "unused-metric": Measurement, Warning, Stable since "0.2.0" from Absence; Safe fix "take the KPI out"
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
        let message = format!("nothing follows from `{}`", name.text);
        let finding = Diagnostic::warning(RULE.name, name.span, message)
                .because("no payment, notice, objective or renewal uses it; what is measured and not used is not managed")
                .help(format!("name it in an objective, `measured by {}`, or give it a service level, or take it out", name.text));
        let edits = mend::without_item(subject, item, &name.text);
        found.push(mend::mended(finding, &RULE, edits));
    }
    found
}
