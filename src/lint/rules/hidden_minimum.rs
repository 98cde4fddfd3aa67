//! `hidden-minimum`

use crate::diagnostic::Diagnostic;
use crate::ledger::{LineKind, Statement};
use crate::lint::Subject;
use crate::lint::rule::rule;
use crate::model::facts::{Baseline, Charge, Link, Price, Pricing, Value};
use crate::model::is_line_of;
use crate::program::{NodeId, SlotId};
use crate::quantity::{Exact, Figure, Type};

rule! {
    /// A price for a baseline of units gives so little back for fewer units that most of it is due even with none.
    ///
    /// The lowest band of resource charges is then a minimum that no clause calls a minimum. Whoever negotiates the
    /// unit price does not see it, and discovers it when the volume is gone.
    ///
    /// The rule computes the charge in the example month without a single unit. It skips contracts that state a
    /// minimum, and baselines that leave so small a volume to agreement.
    ///
    /// ```quid bad
    /// charge desk for handled {
    ///   baseline 18_000 contacts at 70_000 EUR each month
    ///   deadband 5% deductible
    ///   above    up to 20%: 3.60 EUR per contact; beyond by agreement
    ///   below    up to 20%: 2.00 EUR per contact back; beyond as at 20%
    /// }
    /// # without: handling, floor, scenario
    /// adjust desk by experience { below 60: -10%; below 95: 0%; otherwise +5% }
    /// scenario "A usual month" for 2026-03 {
    ///   given offered = 20_000, answered_in_20s = 17_000, handled = 18_000, resolved_first = 14_000
    ///   given audits = 100, audit_points = 9_100, surveys = 400, survey_points = 1_720, forecast = 20_000, outage = no
    ///   expect charge desk = 70_000 EUR
    /// }
    /// ```
    ///
    /// ```quid good
    /// charge desk for handled {
    ///   baseline 18_000 contacts at 70_000 EUR each month
    ///   deadband 5% deductible
    ///   above    up to 20%: 3.60 EUR per contact; beyond by agreement
    ///   below    up to 20%: 2.00 EUR per contact back; beyond by agreement
    /// }
    /// # without: handling, floor, scenario
    /// adjust desk by experience { below 60: -10%; below 95: 0%; otherwise +5% }
    /// scenario "A usual month" for 2026-03 {
    ///   given offered = 20_000, answered_in_20s = 17_000, handled = 18_000, resolved_first = 14_000
    ///   given audits = 100, audit_points = 9_100, surveys = 400, survey_points = 1_720, forecast = 20_000, outage = no
    ///   expect charge desk = 70_000 EUR
    /// }
    /// ```
    ///
    /// To fix it, pay back more in the lowest band, leave it to agreement, or state the minimum.
    "hidden-minimum": Risk, Warning, Stable since "0.2.0",
    "share" = "50%" "the share of the baseline's price that may be due without a single unit"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let lines = &subject.contract.plan.lines;
    if lines.iter().any(|line| line.kind == LineKind::Minimum) {
        return Vec::new();
    }
    let baselines = subject.charges().flat_map(baselines);
    baselines
        .filter_map(|(line, units, baseline)| finding(subject, &line, &units, baseline))
        .collect()
}

/// The charge's baselines, each with the line that it produces and the columns that it counts.
fn baselines(charge: &Charge) -> Vec<(String, Counted<'_>, &Baseline)> {
    let name = charge.head.name();
    let all = charge.prices().filter_map(|(arm, price)| {
        let Price::Baseline(baseline) = price else {
            return None;
        };
        Some(match (&charge.pricing, arm) {
            (Pricing::Card(link, _), Some(arm)) => {
                let units = Counted::Member(link, &arm.member);
                (format!("{name}.{}", arm.member), units, &**baseline)
            }
            (Pricing::Units(units, _), _) => (name.to_owned(), Counted::All(units), &**baseline),
            _ => return None,
        })
    });
    all.collect()
}

/// What a baseline counts.
enum Counted<'c> {
    /// The columns of an expression.
    All(&'c Value),
    /// One member of an input.
    Member(&'c Link, &'c str),
}

fn finding(
    subject: &Subject<'_>,
    line: &str,
    units: &Counted<'_>,
    baseline: &Baseline,
) -> Option<Diagnostic> {
    let example = subject.example.as_ref()?;
    let none: Vec<(SlotId, Exact)> = columns(subject, units)
        .into_iter()
        .map(|slot| (slot, Exact::zero()))
        .collect();
    if none.is_empty() {
        return None;
    }
    // The KPIs stay as they are, because many of them divide by the same units.
    let metrics = subject.contract.metrics.iter();
    let held: Vec<(NodeId, Exact)> = metrics
        .flat_map(|metric| &metric.nodes)
        .filter_map(|node| Some((*node, example.value(*node)?)))
        .collect();
    let month = example.with(&held, &none)?;
    let unused = amount(&month, line);
    let usual = amount(&example.statement, line);
    let price = example.value(
        *subject
            .flow
            .within(baseline.price.span)
            .iter()
            .rev()
            .find(|node| example.value(**node).is_some())?,
    )?;
    let share = unused.divide(&price)?;
    if share <= subject.settings.threshold(&RULE, "share") {
        return None;
    }
    let shown = Figure::new(share, Type::Percent);
    let rate = format!("without a single unit, {shown} of the baseline's price is due");
    Some(
        Diagnostic::warning(RULE.name, baseline.below.span, rate)
            .here("these bands give no more back")
            .because(format!(
                "in the contract's example month, {}, `{line}` is {} as it is, and {} without a single unit",
                example.month(),
                subject.money(&usual),
                subject.money(&unused)
            ))
            .because("this is a minimum that no clause calls a minimum, and it shows only when the volume is gone")
            .help("pay back more in the lowest band, leave it `by agreement`, or state the minimum: `minimum … each month`")
            .costing(subject.money(&unused)),
    )
}

fn columns(subject: &Subject<'_>, units: &Counted<'_>) -> Vec<SlotId> {
    match units {
        Counted::All(units) => subject.flow.columns(&subject.values_of(units)),
        Counted::Member(link, member) => {
            let slots = (0u32..).zip(&subject.contract.plan.slots);
            slots
                .filter(|(_, slot)| {
                    slot.input == link.name && slot.member.as_deref() == Some(*member)
                })
                .map(|(at, _)| SlotId(at))
                .collect()
        }
    }
}

fn amount(statement: &Statement, name: &str) -> Exact {
    let lines = statement.lines.iter();
    lines
        .filter(|line| line.kind == LineKind::Charge && is_line_of(&line.name, name))
        .fold(Exact::zero(), |sum, line| sum.add(&line.amount))
}
