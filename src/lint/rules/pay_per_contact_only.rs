//! `pay-per-contact-only`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, forecast};
use crate::model::facts::KpiKind;
use crate::program::{NodeId, SlotId};
use crate::quantity::Unit;

rule! {
    /// The variable part of the pay depends on activity alone: contacts, calls, minutes or hours. No KPI of how well
    /// the work is done can change it.
    ///
    /// Such a contract "encourages the outsourcer to maximise calls rather than handle them well" (Gartner). Pay per
    /// call and pay per resolution both lead to less quality than is best for the two parties together (Ren and Zhou).
    ///
    /// Seats, devices, people and what is passed on at cost are not activity: nobody handles more of them.
    ///
    /// ```quid bad with unpaid-satisfaction-metric
    /// # without: experience, adjustment, content, speed
    /// ```
    ///
    /// ```quid good
    /// adjust handling by experience { below 60: -10%; below 95: 0%; otherwise +5% }
    /// ```
    ///
    /// To fix it, let the price of a contact follow a scorecard, or give a credit where a KPI of quality is missed.
    "pay-per-contact-only": Incentive, Error, Stable since "0.2.0" from Absence
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut metrics = subject.contract.metrics.iter();
    let counts = |kind: Option<KpiKind>| matches!(kind, Some(KpiKind::Volume | KpiKind::Forecast));
    if metrics.any(|metric| subject.is_paid(metric) && !counts(metric.kind))
        || pays_by_more_than_charges(subject)
    {
        return Vec::new();
    }
    let charges = subject.contract.plan.lines.iter();
    let activity = charges
        .filter(|line| line.kind == LineKind::Charge)
        .find(|line| {
            let columns = subject.flow.columns(&[line.amount]);
            columns.iter().any(|slot| is_activity(subject, *slot))
        });
    let Some(activity) = activity else {
        return Vec::new();
    };
    let mut finding = Diagnostic::warning(
        RULE.name,
        activity.span,
        "pay depends on activity alone, and no KPI can change it",
    )
    .here("this grows with every contact, however it is handled")
    .because(
        "a supplier that is paid by the contact earns more by handling more contacts, not by handling them well",
    );
    if let Some(example) = &subject.example {
        let total = subject.money(&example.statement.total);
        finding = finding.because(format!(
            "in the contract's example month, {}, the invoice is {total} whatever the quality",
            example.month()
        ));
    }
    vec![finding.help(
        "let a scorecard of quality KPIs change the price: `adjust … by … { below 60: -10%; below 95: 0%; otherwise \
         +5% }`, or give a credit where one is missed",
    )]
}

/// Whether a credit, a bonus or an adjustment depends on a count for which no charge is paid, such as late cases.
fn pays_by_more_than_charges(subject: &Subject<'_>) -> bool {
    let columns = |wanted: fn(LineKind) -> bool| {
        let lines = subject.contract.plan.lines.iter();
        let amounts: Vec<NodeId> = lines
            .filter(|line| wanted(line.kind))
            .map(|line| line.amount)
            .collect();
        subject.flow.columns(&amounts)
    };
    let charged = columns(|kind| kind == LineKind::Charge);
    let moved = columns(|kind| {
        matches!(
            kind,
            LineKind::Credit | LineKind::Bonus | LineKind::Adjustment
        )
    });
    moved.iter().any(|column| !charged.contains(column))
}

/// Units of what is held ready rather than of what is done.
const HELD_READY: &[&str] = &[
    "seats",
    "users",
    "devices",
    "servers",
    "licences",
    "agents",
    "people",
    "customers",
    "members",
    "sites",
    "FTE",
    "points",
    "months",
    "quarters",
    "years",
    "days",
];

fn is_activity(subject: &Subject<'_>, slot: SlotId) -> bool {
    let known = subject.contract.plan.slots.get(slot.0 as usize);
    let base = known
        .and_then(|slot| slot.kind.unit())
        .and_then(Unit::as_base);
    forecast::is_volume(subject, slot)
        && base.is_some_and(|base| !HELD_READY.contains(&base.plural()))
}
