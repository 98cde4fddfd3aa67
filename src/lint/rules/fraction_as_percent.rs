//! `fraction-as-percent`

use crate::diagnostic::Diagnostic;
use crate::lint::rule::rule;
use crate::lint::{Subject, mend, nominal};
use crate::model::MetricFacts;
use crate::model::facts::Value;
use crate::program::{Band, BandEnd, Comparison, NodeId, Op};
use crate::quantity::{Exact, Figure, Type};
use crate::text::Span;

rule! {
    /// A percentage is below 1%, and a hundred times as much would be usual: `0.8%` where 80% is meant.
    ///
    /// A spreadsheet shows 80% as 0.8, and `0.8%` is a hundredth of it. A target of 0.8% is never missed, so its credit
    /// is never paid. A credit of 0.05% is paid, and nobody notices it.
    ///
    /// The rule looks at levels that a percentage is compared with, at the edges of bands, and at credits and bonuses
    /// that are a share of something. It reports a level if the usual value of what is measured, from the contract's
    /// example month or its nominal values, is nearer to a hundred times the level. It reports a share if the share is
    /// at most 0.2%.
    ///
    /// ```quid bad
    /// service level speed on service_level {
    ///   target 0.8% each month
    ///   excused when outage
    ///   excused when offered > 115% of forecast
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
    /// To fix it, write the percentage that is meant. If it is really below 1%, waive the finding and say why.
    "fraction-as-percent": Measurement, Warning, Stable since "0.2.0"; Unsafe fix "write a hundred times the percentage"
}

/// Something that is written below 1%.
struct Suspect {
    /// Where it is written.
    at: Span,
    /// Its value.
    level: Exact,
    /// The usual value of what is measured, if anything is measured.
    usual: Option<Exact>,
    /// For a measured value, its node and value for each reading: if the level is as written, and if it is a hundred
    /// times that.
    readings: Vec<Reading>,
}

/// The results of one month under the two readings of a level.
struct Reading {
    /// The month, in words.
    month: String,
    as_written: (NodeId, Exact),
    hundredfold: (NodeId, Exact),
}

fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let nodes = subject.contract.graph.nodes().iter().enumerate();
    let nodes = nodes.filter_map(|(at, node)| Some((NodeId(u32::try_from(at).ok()?), &node.op)));
    let mut suspects: Vec<Suspect> = Vec::new();
    for (id, op) in nodes {
        match op {
            Op::Compare(comparison, a, b) => {
                suspects.extend(compared(subject, id, *comparison, *a, *b));
                suspects.extend(compared(subject, id, comparison.mirrored(), *b, *a));
            }
            Op::Bands(by, bands, _) => suspects.extend(edges(subject, id, *by, bands)),
            _ => {}
        }
    }
    suspects.extend(shares(subject));
    let mut found: Vec<Diagnostic> = Vec::new();
    for suspect in suspects {
        let known = found.iter().any(|one| one.primary.span == suspect.at);
        if !known && subject.is_own(suspect.at) {
            found.push(finding(subject, &suspect));
        }
    }
    found
}

fn hundred() -> Exact {
    Exact::from_integer(100)
}

/// Whether a level is above 0 and below 1%.
fn is_small(level: &Exact) -> bool {
    *level > Exact::zero() && level.multiply(&hundred()) < Exact::one()
}

/// A level with which a measured value is compared.
fn compared(
    subject: &Subject<'_>,
    id: NodeId,
    comparison: Comparison,
    measured: NodeId,
    level: NodeId,
) -> Option<Suspect> {
    let node = subject.contract.graph.get(level)?;
    let value = subject.flow.constant(level)?;
    if node.kind != Type::Percent || !is_small(&value) || subject.flow.constant(measured).is_some()
    {
        return None;
    }
    let usual = usual(subject, measured);
    let more = value.multiply(&hundred());
    is_nearer(subject, measured, usual.as_ref(), &value)?;
    let holds = |value: &Exact, level: &Exact| {
        let holds = comparison.holds(value, level);
        Exact::from_integer(i64::from(holds))
    };
    let reading = |month: String, at: &Exact| Reading {
        month,
        as_written: (id, holds(at, &value)),
        hundredfold: (id, holds(at, &more)),
    };
    Some(Suspect {
        at: node.span,
        readings: months(subject, measured, usual.as_ref(), &value)
            .into_iter()
            .map(|(month, at)| reading(month, &at))
            .collect(),
        level: value,
        usual,
    })
}

/// The edges of bands on a measured value.
fn edges(subject: &Subject<'_>, id: NodeId, by: NodeId, bands: &[Band]) -> Vec<Suspect> {
    let kind = subject.contract.graph.get(by).map(|node| &node.kind);
    if kind != Some(&Type::Percent) {
        return Vec::new();
    }
    let mut suspects: Vec<Suspect> = Vec::new();
    for band in bands {
        let ends = [&band.low, &band.high].into_iter().flatten();
        for (edge, _) in ends.filter(|(edge, _)| is_small(edge)) {
            let usual = usual(subject, by);
            let known = suspects.iter().any(|known| known.level == *edge);
            if known || is_nearer(subject, by, usual.as_ref(), edge).is_none() {
                continue;
            }
            let moved: Vec<Band> = bands.iter().map(|band| moved(band, edge)).collect();
            let reading = |(month, at): (String, Exact)| {
                Some(Reading {
                    month,
                    as_written: (id, value_in(subject, bands, &at)?),
                    hundredfold: (id, value_in(subject, &moved, &at)?),
                })
            };
            suspects.push(Suspect {
                at: band.span,
                readings: months(subject, by, usual.as_ref(), edge)
                    .into_iter()
                    .filter_map(reading)
                    .collect(),
                level: edge.clone(),
                usual,
            });
        }
    }
    suspects
}

/// The band, with that edge multiplied by a hundred.
fn moved(band: &Band, edge: &Exact) -> Band {
    let moved = |end: &BandEnd| {
        end.as_ref().map(|(at, included)| {
            let at = if at == edge {
                at.multiply(&hundred())
            } else {
                at.clone()
            };
            (at, *included)
        })
    };
    Band {
        low: moved(&band.low),
        high: moved(&band.high),
        ..band.clone()
    }
}

/// The value that the bands give.
fn value_in(subject: &Subject<'_>, bands: &[Band], at: &Exact) -> Option<Exact> {
    let holds = |band: &&Band| {
        let above = band
            .low
            .as_ref()
            .is_none_or(|(low, included)| at > low || (*included && at == low));
        let below = band
            .high
            .as_ref()
            .is_none_or(|(high, included)| at < high || (*included && at == high));
        above && below
    };
    let value = bands.iter().find(holds)?.value;
    subject
        .flow
        .constant(value)
        .or_else(|| subject.example.as_ref()?.value(value))
}

/// Whether a hundred times the level is more plausible. It is if the usual value of what is measured is nearer to it.
/// If no usual value is known, it is if a higher value is better and a hundred times the level is at least half.
fn is_nearer(
    subject: &Subject<'_>,
    measured: NodeId,
    usual: Option<&Exact>,
    level: &Exact,
) -> Option<()> {
    let more = level.multiply(&hundred());
    let is_it = match usual {
        Some(usual) => usual.subtract(&more).abs() < usual.subtract(level).abs(),
        None => {
            let metric = metric_of(subject, measured);
            let half = Exact::ratio(1, 2).unwrap_or_else(Exact::one);
            metric.and_then(|metric| metric.higher_is_better) == Some(true) && more >= half
        }
    };
    is_it.then_some(())
}

/// The metric that a value is, or is computed from.
fn metric_of<'c>(subject: &Subject<'c>, node: NodeId) -> Option<&'c MetricFacts> {
    let metrics = &subject.contract.metrics;
    let is_it = |metric: &&MetricFacts| metric.nodes.contains(&node);
    metrics.iter().find(is_it).or_else(|| {
        let behind = subject.flow.behind(&[node]);
        metrics
            .iter()
            .find(|metric| metric.nodes.iter().any(|node| behind.has(*node)))
    })
}

/// The value in the example month, or with the nominal values.
fn usual(subject: &Subject<'_>, node: NodeId) -> Option<Exact> {
    let known = subject
        .example
        .as_ref()
        .and_then(|example| example.value(node));
    known.or_else(|| {
        let contract = subject.contract;
        nominal::value(contract, node, &|column| {
            nominal::of_column(contract, column)
        })
    })
}

/// The usual month, and one between the two readings of a level.
fn months(
    subject: &Subject<'_>,
    measured: NodeId,
    usual: Option<&Exact>,
    level: &Exact,
) -> Vec<(String, Exact)> {
    let metric = metric_of(subject, measured);
    let name = metric.map_or_else(
        || "what is measured".to_owned(),
        |metric| format!("`{}`", metric.name),
    );
    let middle = level
        .multiply(&hundred())
        .add(level)
        .divide(&Exact::from_integer(2));
    let usual = usual.map(|usual| ("in the contract's example month".to_owned(), usual.clone()));
    let middle = middle.map(|middle| {
        let figure = Figure::new(middle.clone(), Type::Percent);
        (format!("in such a month with {name} at {figure}"), middle)
    });
    usual.into_iter().chain(middle).collect()
}

/// Credits and bonuses that are a very small share of something.
fn shares(subject: &Subject<'_>) -> Vec<Suspect> {
    let levels = subject.levels().filter_map(|level| level.credit.as_ref());
    let levels = levels.flat_map(|credit| credit.what.amounts());
    let awards = subject.awards().flat_map(|award| award.terms.amounts());
    levels
        .chain(awards)
        .filter_map(|amount| share(subject, amount))
        .collect()
}

fn share(subject: &Subject<'_>, amount: &Value) -> Option<Suspect> {
    let (rate, _) = amount.rate_of()?;
    let level = rate.percent()?;
    let most = Exact::ratio(2, 1000)?;
    if *level <= Exact::zero() || *level > most {
        return None;
    }
    let is_amount = |node: &NodeId| {
        let node = subject.contract.graph.get(*node);
        node.is_some_and(|node| node.span == amount.span && node.kind.currency().is_some())
    };
    let node = subject.flow.within(amount.span).into_iter().find(is_amount);
    let paid = node.and_then(|node| Some((node, subject.example.as_ref()?.value(node)?)));
    let reading = paid.map(|(node, paid)| Reading {
        month: "in the contract's example month, if it is due".to_owned(),
        hundredfold: (node, paid.multiply(&hundred())),
        as_written: (node, paid),
    });
    Some(Suspect {
        at: rate.span,
        level: level.clone(),
        usual: None,
        readings: reading.into_iter().collect(),
    })
}

fn finding(subject: &Subject<'_>, suspect: &Suspect) -> Diagnostic {
    let percent = |value: &Exact| Figure::new(value.clone(), Type::Percent).to_string();
    let (written, more) = (
        percent(&suspect.level),
        percent(&suspect.level.multiply(&hundred())),
    );
    let mut finding = Diagnostic::warning(
        RULE.name,
        suspect.at,
        format!("{written} is less than one percent, and {more} would be usual here"),
    );
    if let Some(usual) = &suspect.usual {
        finding = finding.because(format!(
            "the measured value is usually about {}",
            percent(usual)
        ));
    }
    let mut paid = suspect.readings.iter().filter_map(|reading| {
        let example = subject.example.as_ref()?;
        let total = |value: &(NodeId, Exact)| {
            Some(
                example
                    .with_values(std::slice::from_ref(value))?
                    .total
                    .clone(),
            )
        };
        let (one, other) = (total(&reading.as_written)?, total(&reading.hundredfold)?);
        (one != other).then_some((&reading.month, one, other))
    });
    if let Some((month, one, other)) = paid.next() {
        finding = finding
            .because(format!(
                "{month}, the invoice is {} with {written} and {} with {more}",
                subject.money(&one),
                subject.money(&other)
            ))
            .costing(subject.money(&one.subtract(&other).abs()));
    }
    let finding = finding.help(format!(
        "write `{more}`; if {written} is meant, waive this finding and say why"
    ));
    let is_literal = subject.quote(suspect.at) == written;
    let edits = is_literal.then(|| mend::with_words(subject, suspect.at, more));
    mend::mended(finding, &RULE, edits.flatten())
}
