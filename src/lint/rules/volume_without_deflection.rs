//! `volume-without-deflection`

use crate::diagnostic::Diagnostic;
use crate::ledger::LineKind;
use crate::lint::Subject;
use crate::lint::kinds::QUALITY;
use crate::lint::rule::rule;
use crate::model::facts::KpiKind;
use crate::program::{LinePlan, SlotId};
use crate::quantity::{Exact, Figure, Type};

rule! {
    /// Most of the pay grows with the number of contacts, and nothing rewards fewer of them.
    ///
    /// A supplier that removes the cause of a contact, resolves it at the first attempt or helps customers to help
    /// themselves then loses money, and the customer pays for contacts that were not necessary.
    ///
    /// These reward it: a KPI of resolution that changes the pay, or a KPI of volume for which lower is better, such as
    /// contacts per order. The rule ignores charges that grow with other things, such as claims or parcels.
    ///
    /// ```quid bad
    /// scorecard experience {
    ///   40% csat          { below 3.8: 0; below 4.2: 60; otherwise 100 }
    ///   40% qa            { below 80: 0; below 90: 60; otherwise 100 }
    ///   20% service_level { below 70%: 0; below 80%: 60; otherwise 100 }
    /// }
    /// ```
    ///
    /// ```quid good
    /// scorecard experience {
    ///   40% csat { below 3.8: 0; below 4.2: 60; otherwise 100 }
    ///   30% fcr  { below 65%: 0; below 75%: 60; otherwise 100 }
    ///   30% qa   { below 80: 0; below 90: 60; otherwise 100 }
    /// }
    /// ```
    ///
    /// To fix it, pay for resolution at first contact or self-service, share what fewer contacts save, or make more of the
    /// price a fixed one.
    "volume-without-deflection": Incentive, Warning, Stable since "0.2.0" from Absence,
    "share" = "50%" "the share of a month's charges that may grow with contacts before something should reward fewer"
}

/// Units that count contacts.
const CONTACTS: &[&str] = &[
    "calls", "contacts", "chats", "emails", "messages", "letters", "tickets", "requests",
];

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut metrics = subject.contract.metrics.iter();
    let rewards = metrics.any(|metric| {
        let fewer = metric.kind == Some(KpiKind::Volume) && metric.higher_is_better == Some(false);
        (metric.kind == Some(KpiKind::Resolution) || fewer) && subject.is_paid(metric)
    });
    // If no KPI of quality changes the pay at all, other rules report that.
    let quality = subject.metrics(QUALITY);
    if !quality.iter().any(|metric| subject.is_paid(metric)) {
        return Vec::new();
    }
    let facts = subject.facts();
    let shares = !facts.currency_shares.is_empty() || !facts.gain_shares.is_empty();
    if rewards || shares {
        return Vec::new();
    }
    let charges = subject.contract.plan.lines.iter();
    let charges: Vec<&LinePlan> = charges
        .filter(|line| line.kind == LineKind::Charge)
        .collect();
    let Some(first) = charges.iter().find(|line| grows(subject, line)) else {
        return Vec::new();
    };
    let most = subject.settings.threshold(&RULE, "share");
    let share = share(subject, &charges);
    if share.as_ref().is_some_and(|share| *share <= most)
        || (share.is_none() && !charges.iter().all(|line| grows(subject, line)))
    {
        return Vec::new();
    }
    let mut finding = Diagnostic::warning(
        RULE.name,
        first.span,
        "pay grows with the number of contacts, and nothing rewards fewer of them",
    )
    .here("this grows with every contact")
    .because("a supplier that removes the cause of a contact, or helps customers to help themselves, loses money");
    if let (Some(share), Some(example)) = (share, &subject.example) {
        finding = finding.because(format!(
            "in the contract's example month, {}, {} of the charges grow with contacts",
            example.month(),
            Figure::new(share, Type::Percent)
        ));
    }
    vec![finding.help(
        "pay for resolution at first contact or for self-service, share what fewer contacts save, or make more of the price a \
         fixed one",
    )]
}

/// Whether a charge depends on a column that counts contacts.
fn grows(subject: &Subject<'_>, line: &LinePlan) -> bool {
    let columns = subject.flow.columns(&[line.amount]).into_iter();
    columns
        .into_iter()
        .any(|column| counts_contacts(subject, column))
}

fn counts_contacts(subject: &Subject<'_>, column: SlotId) -> bool {
    let slot = subject.contract.plan.slots.get(column.0 as usize);
    let unit = slot.and_then(|slot| slot.kind.unit());
    unit.and_then(|unit| unit.as_base())
        .is_some_and(|base| CONTACTS.contains(&base.plural()))
}

/// The share of the example month's charges that grows with contacts; nothing if no month can be computed.
fn share(subject: &Subject<'_>, charges: &[&LinePlan]) -> Option<Exact> {
    let example = subject.example.as_ref()?;
    let mut all = Exact::zero();
    let mut growing = Exact::zero();
    for line in &example.statement.lines {
        if line.kind != LineKind::Charge {
            continue;
        }
        all = all.add(&line.amount);
        let plan = charges.iter().find(|plan| plan.name == line.name);
        if plan.is_some_and(|plan| grows(subject, plan)) {
            growing = growing.add(&line.amount);
        }
    }
    growing.divide(&all)
}
