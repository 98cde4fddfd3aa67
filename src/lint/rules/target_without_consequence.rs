//! `target-without-consequence`

use crate::diagnostic::Diagnostic;
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::syntax::tree::{Item, ItemKind, ServiceLevel, SlStatement};

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
    "target-without-consequence": Measurement, Warning, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in subject.items() {
        let ItemKind::ServiceLevel(level) = &item.kind else {
            continue;
        };
        let target = level
            .statements
            .iter()
            .find_map(|statement| match statement {
                SlStatement::Target(value, _, _) => Some(value),
                _ => None,
            });
        let Some(target) = target else { continue };
        let metric = subject.named(&level.metric.name.text);
        let paid = metric.is_some_and(|metric| subject.flow.changes_pay(&metric.nodes));
        if paid || has_consequence(level) || subject.items().any(|item| allocates(item, level)) {
            continue;
        }
        let message = format!("nothing follows when `{}` is missed", level.name.text);
        found.push(
            Diagnostic::warning(RULE.name, level.name.span, message)
                .and_at(target.span, "the target")
                .because("no credit, no share of an at-risk amount and no right to terminate: the supplier may miss the target every month")
                .help("add `credit 1% of charges`, or `terminate after 3 failures in 6 months`"),
        );
    }
    found
}

fn has_consequence(level: &ServiceLevel) -> bool {
    level.statements.iter().any(|statement| {
        matches!(
            statement,
            SlStatement::Credit(..) | SlStatement::Persistent(..) | SlStatement::Terminate(..)
        )
    })
}

/// Whether the item gives the service level a share of an at-risk amount.
fn allocates(item: &Item, level: &ServiceLevel) -> bool {
    let ItemKind::AtRisk(pool) = &item.kind else {
        return false;
    };
    pool.allocations()
        .any(|share| share.level.name.text == level.name.text)
}
