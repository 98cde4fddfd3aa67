//! `unstated-calendar`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, answers, asked};
use crate::model::facts::KpiKind;
use crate::model::facts::PartnershipKind;

/// Kinds of KPI that depend on the clock.
const BY_THE_CLOCK: &[KpiKind] = &[
    KpiKind::Timeliness,
    KpiKind::Abandonment,
    KpiKind::Availability,
];

rule! {
    /// A KPI that changes the pay depends on the clock, and the contract does not say in which time zone, during which
    /// hours and on which days it is measured.
    ///
    /// The calls of a Sunday or of a holiday abroad can turn a good month into a missed one. If the contract does not
    /// say, the tool's settings decide, and whoever runs the tool.
    ///
    /// ```quid bad
    /// measurement { data within 5 days; late data counts as missing; corrections within 60 days by a new invoice; transfers counted once; abandoned contacts counted }
    /// ```
    ///
    /// ```quid good
    /// measurement { data within 5 days; late data counts as missing; corrections within 60 days by a new invoice; time zone "Madrid"; service hours "Monday to Friday, 08:00 to 20:00"; holidays "Spain, national"; transfers counted once; abandoned contacts counted }
    /// ```
    ///
    /// To answer it, write the time zone, and the hours or the holidays.
    "unstated-calendar": Question, Info, Stable since "0.2.0"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let timed = subject.metrics(BY_THE_CLOCK);
    let timed: Vec<&str> = timed
        .into_iter()
        .filter(|metric| subject.is_paid(metric))
        .map(|metric| metric.name.as_str())
        .collect();
    let said = |form: &str| asked::measurement(subject, form).is_some();
    let (zone, days) = (said("time zone"), said("service hours") || said("holidays"));
    if timed.is_empty() || (zone && days) {
        return Vec::new();
    }
    let (what, text) = match (zone, days) {
        (true, _) => (
            "in which hours and on which days",
            "service hours \"Monday to Friday, 08:00 to 18:00\"; holidays \"those of the site\"",
        ),
        (false, true) => ("in which time zone", "time zone \"of the site\""),
        (false, false) => (
            "in which hours, on which days and in which time zone",
            "time zone \"of the site\"; service hours \"Monday to Friday, 08:00 to 18:00\"; holidays \"those of the site\"",
        ),
    };
    let is = if timed.len() == 1 { "is" } else { "are" };
    let message = format!("{what} {is} {} measured?", asked::listed(&timed));
    let mut finding = Diagnostic::info(RULE.name, subject.place(), message)
        .because("today the settings of the tool decide, and whoever runs it; nothing says which month a call at \
                  midnight belongs to");
    if let (Some((best, worst)), Some(example)) = (stake(subject, &timed), &subject.example) {
        finding = finding.because(format!(
            "in the contract's example month, {}, {} {} between {} and {}",
            example.month(),
            if timed.len() == 1 { "it" } else { "they" },
            if timed.len() == 1 {
                "decides"
            } else {
                "decide"
            },
            subject.money(&worst),
            subject.money(&best)
        ));
    }
    let edit = answers::fact(subject, PartnershipKind::Measurement, text);
    finding.fix = answers::agreed(subject, "say when", edit.into_iter().collect());
    vec![finding.help(format!("write `measurement {{ {text} }}`"))]
}

/// The cost of the example month with these KPIs at their best and at their worst.
fn stake(
    subject: &Subject<'_>,
    names: &[&str],
) -> Option<(crate::quantity::Exact, crate::quantity::Exact)> {
    use crate::lint::samples::{at, end};
    let example = subject.example.as_ref()?;
    let total = |best: bool| {
        let metrics = subject.contract.metrics.iter();
        let own = metrics.filter(|metric| names.contains(&metric.name.as_str()));
        let values: Vec<_> = own
            .filter_map(|metric| Some(at(metric, &end(subject, metric, best)?)))
            .flatten()
            .collect();
        Some(example.with_values(&values)?.total.clone())
    };
    let (best, worst) = (total(true)?, total(false)?);
    (best != worst).then_some((best, worst))
}
