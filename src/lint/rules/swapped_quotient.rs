//! `swapped-quotient`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, mend, nominal};
use crate::model::facts::{Link, Metric, Quotient};
use crate::model::{ExpectedWhat, ScenarioFacts};
use crate::program::{NodeId, Op};
use crate::quantity::{Exact, Figure, Type};

rule! {
    /// The formula of a KPI leaves the KPI's range with figures that the contract itself calls usual, or its numerator
    /// and denominator look swapped.
    ///
    /// `offered / answered` is 118% in a good month. A percentage is never above 100% unless its range says so, so no
    /// such month can be invoiced. That shows only once the data is there.
    ///
    /// The rule computes each KPI with the nominal values of its inputs and with the figures of each scenario. Without
    /// such figures, it looks at the names where one count is divided by another: what is offered, received or counted
    /// in total belongs below the line; what is answered, resolved or in time belongs above it.
    ///
    /// ```quid bad
    /// metric service_level is timeliness, percent, higher is better { offered / answered_in_20s; if nothing to measure, no invoice }
    /// # without: scenario
    /// ```
    ///
    /// ```quid good
    /// metric service_level is timeliness, percent, higher is better { answered_in_20s / offered; if nothing to measure, no invoice }
    /// # without: scenario
    /// ```
    ///
    /// To fix it, swap the two counts, or correct the figures. If the KPI can really be that high, say so in its range
    /// (`between 0% and 150%`).
    "swapped-quotient": Measurement, Warning, Stable since "0.2.0"; Unsafe fix "swap numerator and denominator"
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let metrics = subject.own(&subject.facts().metrics);
    metrics
        .filter_map(|metric| {
            beyond_range(subject, metric).or_else(|| looks_exchanged(subject, metric))
        })
        .collect()
}

/// The finding if usual figures give a value that the metric cannot have.
fn beyond_range(subject: &Subject<'_>, metric: &Metric) -> Option<Diagnostic> {
    let facts = subject.named(metric.name())?;
    let (value, of) = facts
        .nodes
        .iter()
        .flat_map(|node| usual_values(subject, *node))
        .find(|(value, _)| {
            facts.least.as_ref().is_some_and(|least| value < least)
                || facts.most.as_ref().is_some_and(|most| value > most)
        })?;
    let figure = |value: &Exact| Figure::new(value.clone(), facts.kind.clone()).to_string();
    let name = metric.name();
    let range = match (&facts.least, &facts.most) {
        (Some(least), Some(most)) => {
            format!("`{name}` is between {} and {}", figure(least), figure(most))
        }
        (Some(least), None) => format!("`{name}` is never below {}", figure(least)),
        (None, Some(most)) => format!("`{name}` is never above {}", figure(most)),
        (None, None) => return None,
    };
    let finding = Diagnostic::warning(
        RULE.name,
        metric
            .formula
            .as_ref()
            .map_or(metric.head.span, |formula| formula.span),
        format!(
            "`{name}` is {} with {of}",
            figure(&rounded(&value, &facts.kind))
        ),
    )
    .because(format!(
        "{range}, so a month with these figures cannot be invoiced"
    ));
    let swapped = exchanged(subject, metric).filter(|_| {
        let other = Exact::one().divide(&value);
        other.is_some_and(|other| facts.most.as_ref().is_none_or(|most| other <= *most))
    });
    let finding = match &swapped {
        Some(swapped) => finding.help(format!("swap the two counts: `{swapped}`")),
        None => finding.help("correct the formula or the figures, or write the range that the values have (`between … and …`)"),
    };
    Some(with_edit(subject, metric, swapped, finding))
}

/// The value as it is shown. A percentage is rounded to a hundredth of a percent.
fn rounded(value: &Exact, kind: &Type) -> Exact {
    let places = Exact::from_integer(if *kind == Type::Percent { 10_000 } else { 100 });
    let half = Exact::ratio(1, 2).unwrap_or_else(Exact::zero);
    let scaled = value.multiply(&places).add(&half).floor();
    scaled.divide(&places).unwrap_or_else(|| value.clone())
}

/// What the formula gives with the nominal values and in the months of each scenario, and whose figures these are.
fn usual_values(subject: &Subject<'_>, node: NodeId) -> Vec<(Exact, String)> {
    let contract = subject.contract;
    let slots = &contract.plan.slots;
    let mut values = Vec::new();
    let nominal = nominal::value(contract, node, &|column| {
        nominal::of_column(contract, column)
    });
    values.extend(nominal.map(|value| (value, "the nominal values of its inputs".to_owned())));
    // A scenario may test an impossible month.
    let is_usual = |scenario: &&ScenarioFacts| {
        let mut expected = scenario.expected.iter();
        !expected.any(|one| matches!(one.what, ExpectedWhat::NoInvoice))
    };
    for scenario in contract.scenarios.iter().filter(is_usual) {
        for (at, month) in scenario.months().take(MOST_MONTHS).enumerate() {
            let cell = |column: usize| scenario.value(column, slots.get(column)?, at).cloned();
            let value = nominal::value(contract, node, &cell);
            values.extend(value.map(|value| {
                (
                    value,
                    format!(
                        "the figures of the scenario \"{}\" in {month}",
                        scenario.name
                    ),
                )
            }));
        }
    }
    values
}

/// The most months of a scenario that are tried.
const MOST_MONTHS: usize = 24;

/// The finding if the names show that the counts are swapped.
fn looks_exchanged(subject: &Subject<'_>, metric: &Metric) -> Option<Diagnostic> {
    let facts = subject.named(metric.name())?;
    let Quotient { above, below, .. } = metric.quotient.as_ref()?;
    let is_share = facts.kind == Type::Percent && facts.most.as_ref() == Some(&Exact::one());
    let counts = [above, below].iter().all(|link| is_counted(subject, link));
    let known = facts
        .nodes
        .iter()
        .any(|node| !usual_values(subject, *node).is_empty());
    if !is_share || !counts || known {
        return None;
    }
    let (above, below) = (&above.name, &below.name);
    let turned = turned_elsewhere(subject, metric, above, below);
    let named_so = is_whole(above) && is_part(below);
    if !turned && !named_so {
        return None;
    }
    let swapped = exchanged(subject, metric)?;
    let name = metric.name();
    let finding = Diagnostic::warning(
        RULE.name,
        metric.formula.as_ref().map_or(metric.head.span, |formula| formula.span),
        format!("numerator and denominator of `{name}` look swapped"),
    )
    .because(if turned {
        format!("another KPI divides `{below}` by `{above}`")
    } else {
        format!("`{below}` is by its name a part of `{above}`, so the quotient is above 100% in most months")
    })
    .because(format!("`{name}` is never above 100%, and such a month cannot be invoiced"))
    .help(format!(
        "swap the two counts: `{swapped}`; or, if it is right as it is, write its range (`between … and …`)"
    ));
    Some(with_edit(subject, metric, Some(swapped), finding))
}

fn with_edit(
    subject: &Subject<'_>,
    metric: &Metric,
    swapped: Option<String>,
    finding: Diagnostic,
) -> Diagnostic {
    let formula = metric.formula.as_ref().map(|formula| formula.span);
    let edits = formula
        .zip(swapped)
        .and_then(|(place, words)| mend::with_words(subject, place, words));
    mend::mended(finding, &RULE, edits)
}

/// The formula the other way round.
fn exchanged(subject: &Subject<'_>, metric: &Metric) -> Option<String> {
    let quotient = metric.quotient.as_ref()?;
    Some(format!(
        "{} / {}",
        subject.quote(quotient.below_span),
        subject.quote(quotient.above_span)
    ))
}

/// Whether a name is that of counted figures in the data.
fn is_counted(subject: &Subject<'_>, link: &Link) -> bool {
    let named = subject.named(&link.name);
    named.is_some_and(|named| {
        let counts = |node: &NodeId| {
            let node = subject.contract.graph.get(*node);
            node.is_some_and(|node| matches!(node.op, Op::Input(_) | Op::Recover(..)))
        };
        matches!(named.kind, Type::Quantity(_)) && named.nodes.iter().all(counts)
    })
}

/// Whether another metric divides them the other way round.
fn turned_elsewhere(subject: &Subject<'_>, metric: &Metric, above: &str, below: &str) -> bool {
    let mut others = subject.own(&subject.facts().metrics);
    others.any(|other| {
        let turned = other.quotient.as_ref();
        other.head.id != metric.head.id
            && turned.is_some_and(|one| one.above.name == below && one.below.name == above)
    })
}

/// Words for a total.
const WHOLES: [&str; 16] = [
    "offered",
    "received",
    "total",
    "all",
    "scheduled",
    "planned",
    "due",
    "opened",
    "created",
    "raised",
    "submitted",
    "incoming",
    "audited",
    "sampled",
    "requested",
    "expected",
];

/// Words for a part of it.
const PARTS: [&str; 24] = [
    "answered",
    "resolved",
    "solved",
    "closed",
    "completed",
    "abandoned",
    "within",
    "time",
    "met",
    "kept",
    "missed",
    "late",
    "failed",
    "passed",
    "correct",
    "reopened",
    "first",
    "accepted",
    "rejected",
    "delivered",
    "satisfied",
    "available",
    "handled",
    "breached",
];

fn has_word(name: &str, words: &[&str]) -> bool {
    name.split('_').any(|part| words.contains(&part))
}

fn is_whole(name: &str) -> bool {
    has_word(name, &WHOLES) && !has_word(name, &PARTS)
}

fn is_part(name: &str) -> bool {
    has_word(name, &PARTS) && !has_word(name, &WHOLES)
}
