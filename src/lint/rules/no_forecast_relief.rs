//! `no-forecast-relief`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, forecast};
use crate::model::facts::KpiKind;
use crate::program::NodeId;

rule! {
    /// Slow service costs the supplier money, however far the volume exceeds what was expected.
    ///
    /// A supplier that staffs for a forecast cannot be fast when a third more calls come. Without relief the supplier
    /// staffs for the peak, and the customer pays for it in every other month.
    ///
    /// Relief is an excuse that looks at a volume, an expected volume in the formula of a credit, bonus or adjustment, or a
    /// baseline of units with prices for more and fewer.
    ///
    /// ```quid bad
    /// service level speed on service_level {
    ///   target 80% each month
    ///   excused when outage
    ///   excused in the first 2 months
    ///   excused month keeps the run
    ///   credit 2% of charges
    ///   terminate after 3 failures in 6 months
    /// }
    /// ```
    ///
    /// ```quid good
    /// service level speed on service_level {
    ///   target 80% each month
    ///   excused when outage
    ///   excused when offered > 115% of forecast
    ///   excused in the first 2 months
    ///   excused month keeps the run
    ///   credit 2% of charges
    ///   terminate after 3 failures in 6 months
    /// }
    /// ```
    ///
    /// To fix it, let the customer give a forecast, and excuse the months that go well beyond it.
    "no-forecast-relief": Risk, Warning, Stable since "0.2.0" from Absence
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let lines = subject.contract.plan.lines.iter();
    let credits: Vec<NodeId> = lines
        .filter(|line| line.kind == LineKind::Credit)
        .map(|line| line.amount)
        .collect();
    let reach = subject.flow.behind(&credits);
    let speed = subject.metrics(&[KpiKind::Timeliness, KpiKind::Abandonment]);
    let speed = speed
        .into_iter()
        .find(|metric| metric.nodes.iter().any(|node| reach.has(*node)));
    let Some(speed) = speed else {
        return Vec::new();
    };
    let excused = forecast::excuses(subject).into_iter().any(|condition| {
        let nodes = subject.values_of(condition);
        let columns = subject.flow.columns(&nodes);
        columns
            .into_iter()
            .any(|slot| forecast::is_volume(subject, slot))
    });
    if excused || forecast::has_baseline(subject) || !forecast::columns(subject).is_empty() {
        return Vec::new();
    }
    let message = format!(
        "a miss of `{}` costs a credit, however far the volume exceeds what was expected",
        speed.name
    );
    vec![
        Diagnostic::warning(RULE.name, speed.span, message)
            .because("without relief the supplier staffs for the peak, and the customer pays for it in every other month")
            .help("let the customer give a forecast, and write `excused when offered > 115% of forecast`"),
    ]
}
