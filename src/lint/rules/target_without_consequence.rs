//! `target-without-consequence`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::model::facts::{AtRisk, ServiceLevel};

rule! {
    /// A service level has a target, and nothing follows when it is missed.
    ///
    /// There is no credit, no share of an at-risk amount, no right to terminate, and no other clause that pays by the
    /// same KPI, so the supplier may miss the target every month.
    ///
    /// ```quid bad
    /// input abandoned : calls from "ACD" by both
    /// metric lost is abandonment, percent, lower is better { abandoned / offered }
    /// service level patience on lost { target 5% each month }
    /// # without: scenario
    /// ```
    ///
    /// ```quid good
    /// input abandoned : calls from "ACD" by both
    /// metric lost is abandonment, percent, lower is better { abandoned / offered }
    /// service level patience on lost { target 5% each month; credit 1% of charges }
    /// # without: scenario
    /// ```
    ///
    /// To fix it, add a credit or a right to terminate, or state the value as the goal of an objective.
    "target-without-consequence": Measurement, Warning, Stable since "0.2.0" from Absence
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for level in subject.levels() {
        let Some(target) = &level.target else {
            continue;
        };
        let metric = subject.named(&level.metric.name);
        let paid = metric.is_some_and(|metric| subject.flow.changes_pay(&metric.nodes));
        if paid || has_consequence(level) || is_pooled(subject, level) {
            continue;
        }
        let message = format!("nothing follows when `{}` is missed", level.head.name());
        found.push(
            Diagnostic::warning(RULE.name, level.head.place(), message)
                .and_at(target.level.span, "the target")
                .because("no credit, no share of an at-risk amount and no right to terminate: the supplier may miss the target every month")
                .help("add `credit 1% of charges`, or `terminate after 3 failures in 6 months`"),
        );
    }
    found
}

/// Whether a miss costs something or gives a right.
fn has_consequence(level: &ServiceLevel) -> bool {
    level.credit.is_some() || level.persistent.is_some() || level.terminate.is_some()
}

/// Whether it has a share of an at-risk amount.
fn is_pooled(subject: &Subject<'_>, level: &ServiceLevel) -> bool {
    let mut shares = subject.pools().flat_map(AtRisk::levels);
    shares.any(|share| share.level.to == Some(level.head.id))
}
