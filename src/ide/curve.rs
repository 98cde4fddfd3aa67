//! What an item pays at each value of its measure, with everything else as in the contract's own example.

use crate::calendar::Month;
use crate::catalogue::ItemKind;
use crate::driver::Loaded;
use crate::lint::{Settings, Subject, at, samples};
use crate::model::{Contract, MetricFacts};
use crate::quantity::{Exact, Figure, Type};
use crate::text::Span;

use super::declarations::Declared;
use super::index::Index;

/// The amounts of an item over the values of a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    /// The measure: a metric or scorecard.
    pub measure: String,
    /// The month from which everything else is taken.
    pub month: Month,
    /// The amounts, in the order of the values. Neighbours that pay the same are left out, except the ends of a step.
    pub points: Vec<CurvePoint>,
}

/// One value, and what the item pays at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurvePoint {
    /// The value of the measure.
    pub value: Figure,
    /// The lines of the item together; above 0 is paid to the supplier.
    pub amount: Figure,
    /// The total of the month.
    pub total: Figure,
}

/// Computes what an item pays at each value of the first metric or scorecard that it names.
///
/// # Errors
/// Why there is no such curve, in plain words.
pub fn payout_curve(index: &Index<'_>, item: Span) -> Result<Curve, String> {
    let (contract, compiled) = of_item(index.loaded, item)
        .ok_or_else(|| "the contract of this clause has errors, or is a library".to_owned())?;
    let measure = measure(index, contract, item)
        .ok_or_else(|| "this clause names no metric and no scorecard".to_owned())?;
    let settings = Settings::default();
    let subject = Subject::new(contract, Some(compiled), &index.loaded.sources, &settings);
    let example = subject.example.as_ref().ok_or_else(|| {
        "there is no month to take everything else from; write a scenario that is invoiced"
            .to_owned()
    })?;
    let kind = measure.value_type.clone();
    let mut points = Vec::new();
    for value in samples(&subject, &measure) {
        let Some(statement) = example.with_values(&at(&measure, &value)) else {
            continue;
        };
        let own = statement
            .lines
            .iter()
            .filter(|line| holds(item, line.span))
            .fold(Exact::zero(), |sum, line| sum.add(&line.amount));
        let money = |amount: &Exact| Figure::new(amount.clone(), Type::money(statement.currency));
        points.push(CurvePoint {
            value: Figure::new(value, kind.clone()),
            amount: money(&own),
            total: money(&statement.total),
        });
    }
    if points.is_empty() {
        return Err(format!(
            "the contract compares `{}` with nothing, so the clause pays the same at any value",
            measure.name
        ));
    }
    Ok(Curve {
        measure: measure.name,
        month: example.month(),
        points: thinned(points),
    })
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn of_item(loaded: &Loaded, item: Span) -> Option<(&Contract, &crate::compile::Compiled)> {
    loaded.contracts.iter().find_map(|checked| {
        let mut items = checked.contract.items.iter();
        items.find(|own| own.span == item)?;
        Some((&checked.contract, checked.compiled.as_ref()?))
    })
}

/// Returns the first metric or scorecard that an item names.
fn measure(index: &Index<'_>, contract: &Contract, item: Span) -> Option<MetricFacts> {
    index.within(item).find_map(|reference| {
        let declaration = index.declaration(reference.to)?;
        let is_measure = matches!(
            declaration.what,
            Declared::Item(ItemKind::Metric) | Declared::Item(ItemKind::Scorecard)
        );
        let name = declaration.name;
        let metric = contract.metrics.iter().find(|metric| metric.name == name);
        match (is_measure, metric) {
            (false, _) => None,
            (true, Some(metric)) => Some(metric.clone()),
            (true, None) => {
                let named = contract.named(name)?;
                Some(MetricFacts {
                    item: None,
                    name: named.name.clone(),
                    kind: None,
                    value_type: named.kind.clone(),
                    higher_is_better: Some(true),
                    nodes: named.nodes.clone(),
                    span: named.span,
                })
            }
        }
    })
}

/// Leaves out the points within a level stretch.
fn thinned(points: Vec<CurvePoint>) -> Vec<CurvePoint> {
    let same = |one: Option<&CurvePoint>, other: &CurvePoint| {
        one.is_some_and(|one| one.amount == other.amount && one.total == other.total)
    };
    let kept: Vec<CurvePoint> = points
        .iter()
        .enumerate()
        .filter(|(at, point)| {
            let before = at.checked_sub(1).and_then(|at| points.get(at));
            let after = points.get(at + 1);
            !(same(before, point) && same(after, point))
        })
        .map(|(_, point)| point.clone())
        .collect();
    kept
}
