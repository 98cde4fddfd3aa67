//! What an item pays at each value of its measure, with everything else as in the contract's own example.

use crate::calendar::Month;
use crate::catalogue::ItemKind;
use crate::curve::{self, Occasion};
use crate::driver::{Checked, Loaded};
use crate::model::Contract;
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

/// Computes what an item pays over the values of the first metric or scorecard that it names.
///
/// # Errors
/// Why there is no such curve, in plain words.
pub fn payout_curve(index: &Index<'_>, item: Span) -> Result<Curve, String> {
    let checked = of_item(index.loaded, item)
        .ok_or_else(|| "the contract of this clause has errors, or is a library".to_owned())?;
    let measure = measure(index, &checked.contract, item)
        .ok_or_else(|| "this clause names no metric and no scorecard".to_owned())?;
    let (mut occasion, _) = Occasion::of_example(checked).ok_or_else(|| {
        "there is no month to take everything else from; write a scenario that is invoiced"
            .to_owned()
    })?;
    let program = occasion
        .program()
        .ok_or_else(|| "the contract has no program".to_owned())?;
    // Of a measure with members, the first one.
    let names = curve::names(&checked.contract, program, Some(&measure));
    let name = names.first().unwrap_or(&measure);
    let found = curve::curve(&mut occasion, name, Some(item))
        .map_err(|why| format!("`{name}` has no curve: {why}"))?;
    let currency = checked.contract.currency;
    let money = |amount: &Exact| {
        let kind = currency.map_or(Type::Number, Type::money);
        Figure::new(amount.clone(), kind)
    };
    let ends = found
        .pieces
        .iter()
        .flat_map(|piece| [&piece.from, &piece.to]);
    let mut points: Vec<CurvePoint> = ends
        .map(|point| CurvePoint {
            value: Figure::new(point.value.clone(), found.kind.clone()),
            amount: money(&point.own),
            total: money(&point.total),
        })
        .collect();
    points.dedup();
    let points = thinned(points);
    let first = points.first().map(|point| &point.amount);
    if points.iter().all(|point| Some(&point.amount) == first) {
        return Err(format!(
            "the clause pays the same at any value of `{name}` in that month"
        ));
    }
    Ok(Curve {
        measure: name.clone(),
        month: occasion.row.month,
        points,
    })
}

fn of_item(loaded: &Loaded, item: Span) -> Option<&Checked> {
    loaded.contracts.iter().find(|checked| {
        let mut items = checked.contract.items.iter();
        items.any(|own| own.span == item)
    })
}

/// Returns the name of the first metric or scorecard that an item names.
fn measure(index: &Index<'_>, contract: &Contract, item: Span) -> Option<String> {
    index.within(item).find_map(|reference| {
        let declaration = index.declaration(reference.to)?;
        let is_measure = matches!(
            declaration.what,
            Declared::Item(ItemKind::Metric) | Declared::Item(ItemKind::Scorecard)
        );
        let name = declaration.name;
        (is_measure && contract.named(name).is_some()).then(|| name.to_owned())
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
