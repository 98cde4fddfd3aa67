//! The cost of a month, depending on the service. The evaluator computes it from the contract's example month.

use crate::model::MetricFacts;
use crate::model::facts::KpiKind;
use crate::program::NodeId;
use crate::prove::moved_over_months;
use crate::quantity::{Exact, Figure, Type};
use crate::review::{Range, Share, Stakes};

use crate::lint::kinds::QUALITY;
use crate::lint::samples::{at, end};
use crate::lint::{Example, Subject, extremes};

/// The stakes of the example month.
pub fn stakes(subject: &Subject<'_>) -> Option<Stakes> {
    let example = subject.example.as_ref()?;
    let charged = extremes::charged(&example.statement);
    let service = range(subject, example, |_| true)?;
    let is_quality = |metric: &MetricFacts| metric.kind.is_some_and(|kind| QUALITY.contains(&kind));
    let worst = subject.worst()?;
    let (before, after) = extremes::taken_off(&worst.month);
    Some(Stakes {
        month: example.month(),
        charged: subject.money(&charged),
        total: subject.money(&example.statement.total),
        service,
        quality: range(subject, example, is_quality),
        at_risk: share(subject, &after, &extremes::charged(&worst.month)),
        at_risk_in: worst.words(),
        before_limits: subject.money(&before),
    })
}

/// How much the month's invoice changes between the best and the worst value of one KPI. If it changes nothing in that month, how much
/// the invoices of that month and of the next ones can change together.
pub fn moved_by(subject: &Subject<'_>, metric: &MetricFacts) -> Option<Figure> {
    let example = subject.example.as_ref()?;
    let range = range(subject, example, |other| other.name == metric.name)?;
    let moved = range.moved.amount;
    if !moved.value.is_zero() || !subject.is_paid(metric) {
        return Some(moved);
    }
    let later = subject.prover().and_then(|prover| {
        let mut nodes = metric.nodes.iter();
        nodes.find_map(|node| moved_over_months(prover, *node))
    });
    Some(later.map_or(moved, |later| subject.money(&later)))
}

/// The month with these KPIs at their best and at their worst, and all others at their best.
fn range(
    subject: &Subject<'_>,
    example: &Example<'_>,
    wanted: impl Fn(&MetricFacts) -> bool,
) -> Option<Range> {
    let total = |best: bool| {
        let values: Vec<(NodeId, Exact)> = subject
            .contract
            .metrics
            .iter()
            .filter(|metric| metric.kind != Some(KpiKind::Volume))
            .filter(|metric| subject.is_paid(metric))
            .filter_map(|metric| Some(at(metric, &end(subject, metric, best || !wanted(metric))?)))
            .flatten()
            .collect();
        example
            .with_values(&values)
            .map(|month| month.total.clone())
    };
    let (best, worst) = (total(true)?, total(false)?);
    let moved = best.subtract(&worst);
    Some(Range {
        moved: share(subject, &moved, &best),
        best: subject.money(&best),
        worst: subject.money(&worst),
    })
}

fn share(subject: &Subject<'_>, part: &Exact, whole: &Exact) -> Share {
    let share = part.divide(whole).unwrap_or_else(Exact::zero);
    Share {
        amount: subject.money(part),
        share: Figure::new(to_a_tenth(&share), Type::Percent),
    }
}

/// A ratio rounded to a tenth of a percent.
fn to_a_tenth(share: &Exact) -> Exact {
    let thousand = Exact::from_integer(1000);
    let half = Exact::ratio(1, 2).unwrap_or_else(Exact::zero);
    let rounded = share.multiply(&thousand).add(&half).floor();
    rounded.divide(&thousand).unwrap_or_else(Exact::zero)
}
