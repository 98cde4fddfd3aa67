//! The invoice over two KPIs at once.

use crate::data::Row;
use crate::driver::Outcome;
use crate::evaluate::Evaluator;
use crate::program::NodeId;
use crate::quantity::{Exact, Figure};
use crate::report::curve::{Curve, Map, Point, Way};

use super::Occasion;
use super::sampler::{Amounts, amounts};
use super::variable::{Change, Variable};

/// The most values of a KPI on a map.
const MOST_VALUES: usize = 12;

/// The map of two curves: at the ends of their pieces and at the values of the month.
///
/// # Errors
/// Why there is none.
pub fn map(occasion: &mut Occasion<'_>, across: &Curve, down: &Curve) -> Result<Map, String> {
    let contract = occasion.checked.contract_in(occasion.row.month);
    let program = occasion.program().ok_or("the contract has no program")?;
    let first = Variable::of(occasion, contract, program, &across.name)?;
    let second = Variable::of(occasion, contract, program, &down.name)?;
    independent((across, &first), (down, &second))?;
    let (columns, rows) = (values(across), values(down));
    let totals = rows.iter().map(|row| {
        let each = columns.iter().map(|column| {
            let pair = [(&first.change, &column.set), (&second.change, &row.set)];
            compute(occasion, pair).ok().map(|amounts| amounts.total)
        });
        each.collect()
    });
    let totals = totals.collect();
    let at = |all: &[Point], curve: &Curve| {
        let now = curve.now.as_ref()?;
        all.iter().position(|point| point.set == now.set)
    };
    let figures = |all: &[Point], curve: &Curve| -> Vec<Figure> {
        all.iter()
            .map(|point| Figure::new(point.value.clone(), curve.kind.clone()))
            .collect()
    };
    Ok(Map {
        across: across.name.clone(),
        now: at(&rows, down).zip(at(&columns, across)),
        columns: figures(&columns, across),
        down: down.name.clone(),
        rows: figures(&rows, down),
        totals,
    })
}

/// Refuses two KPIs of which one changes what the other is made of.
fn independent(
    (one, first): (&Curve, &Variable),
    (other, second): (&Curve, &Variable),
) -> Result<(), String> {
    let shared = first.change.columns();
    if !shared.is_disjoint(&second.change.columns()) {
        return Err(format!(
            "`{}` and `{}` are made of the same column, so one cannot change without the other",
            one.name, other.name
        ));
    }
    for (reader, changed) in [(one, other), (other, one)] {
        let (Way::Quotient { fixed, .. }, changes) = (&reader.varied.way, changed_names(changed))
        else {
            continue;
        };
        if let Some(name) = changes.iter().find(|name| fixed.contains(name)) {
            return Err(format!(
                "`{}` is made of `{name}`, which changes with `{}`",
                reader.name, changed.name
            ));
        }
    }
    Ok(())
}

fn changed_names(curve: &Curve) -> Vec<String> {
    match &curve.varied.way {
        Way::Column(name) => vec![name.clone()],
        Way::Quotient { above, against, .. } => above.iter().chain(against).cloned().collect(),
        Way::Itself => Vec::new(),
    }
}

/// The ends of the pieces and the value of the month, each once. Of too many, the pieces with the greatest change
/// between them are kept.
fn values(curve: &Curve) -> Vec<Point> {
    let ends = curve
        .pieces
        .iter()
        .flat_map(|piece| [&piece.from, &piece.to]);
    let mut all: Vec<Point> = ends.chain(&curve.now).cloned().collect();
    all.sort_by(|one, other| one.value.cmp(&other.value));
    all.dedup_by(|one, other| one.set == other.set);
    let is_now = |point: &Point| curve.now.as_ref().is_some_and(|now| now.set == point.set);
    while all.len() > MOST_VALUES {
        let inner = 1..all.len().saturating_sub(1);
        let change = |at: usize| -> Option<Exact> {
            let before = all.get(at.checked_sub(1)?)?;
            let (here, after) = (all.get(at)?, all.get(at + 1)?);
            let one = here.total.subtract(&before.total).abs();
            Some(one.add(&after.total.subtract(&here.total).abs()))
        };
        let least = inner
            .filter(|at| all.get(*at).is_some_and(|point| !is_now(point)))
            .min_by_key(|at| change(*at));
        match least {
            Some(at) => all.remove(at),
            None => break,
        };
    }
    all
}

/// The month with two changes.
fn compute(occasion: &mut Occasion<'_>, pair: [(&Change, &Exact); 2]) -> Result<Amounts, String> {
    let mut row: Row = occasion.row.clone();
    let mut supposed: Vec<(NodeId, Exact)> = Vec::new();
    for (change, set) in pair {
        match change {
            Change::Itself(nodes) => {
                supposed.extend(nodes.iter().map(|node| (*node, set.clone())));
            }
            _ => change.apply(set, &mut row),
        }
    }
    if supposed.is_empty() {
        return amounts(occasion.invoicing.compute_aside(&row), None);
    }
    let read = |_: &Evaluator<'_>, outcome: Outcome| amounts(outcome, None);
    let found = occasion.invoicing.suppose_aside(&row, &supposed, read);
    found.unwrap_or_else(|| Err("the contract has no program".to_owned()))
}
