//! `no-excused-events`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::rule::rule;
use crate::lint::{Subject, forecast};
use crate::quantity::Type;

rule! {
    /// Nothing excuses a miss, neither force majeure nor what the customer itself caused.
    ///
    /// A supplier that pays for the customer's outage disputes the next one. Events that are named in advance cause no
    /// dispute.
    ///
    /// ```quid bad with no-forecast-relief
    /// service level speed on service_level {
    ///   target 80% each month
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
    /// To fix it, report such events as an input, yes or no, and excuse the months in which they occur.
    "no-excused-events": Risk, Warning, Stable since "0.2.0" from Absence
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let plan = &subject.contract.plan;
    let credits: Vec<_> = plan
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Credit)
        .collect();
    let Some(first) = credits.first() else {
        return Vec::new();
    };
    // An event in the formula of a credit excuses, just like a clause that says so.
    let amounts: Vec<_> = credits.iter().map(|line| line.amount).collect();
    let event = subject.flow.columns(&amounts).into_iter().any(|slot| {
        let slot = plan.slots.get(slot.0 as usize);
        slot.is_some_and(|slot| slot.kind == Type::Flag)
    });
    if event || !forecast::excuses(subject).is_empty() {
        return Vec::new();
    }
    vec![
        Diagnostic::warning(
            RULE.name,
            first.span,
            "nothing excuses a miss, not even what the customer itself caused",
        )
        .because("a supplier that pays for the customer's outage, or for a flood, disputes the credit; events that \
                  are named in advance cause no dispute")
        .help("report the event, `input outage : yes or no … by customer`, and write `excused when outage`"),
    ]
}
