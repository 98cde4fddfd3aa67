//! Which figures a month can have: the columns of the data with their ranges, and what is assumed where the contract
//! states none.

use std::collections::BTreeMap;

use crate::model::Contract;
use crate::program::{NodeId, Program, Slot};
use crate::quantity::{Exact, Figure, Type, Unit};

use super::range::Range;
use super::ratio::{self, Ratio};

/// What a column of the data can hold.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its values.
    pub range: Range,
    /// Its values as the contract states them; a count is never below 0.
    pub stated: Range,
    /// The distance between two values next to each other; nothing where there is none.
    pub step: Option<Exact>,
    /// Its usual value.
    pub usual: Exact,
    /// Whether the contract states the usual value, as nominal or in a scenario.
    pub known: bool,
    /// The assumption about its range, where the contract states none.
    pub assumed: Option<String>,
}

/// The figures that a program reads, and how.
#[derive(Clone, Debug)]
pub struct Space {
    /// The columns, in the order of the plan.
    pub columns: Vec<Column>,
    /// Quotients that stand for the column above the line, by their nodes.
    pub ratios: BTreeMap<NodeId, Ratio>,
}

/// The greatest count where the contract knows no figure at all.
const UNKNOWN_COUNT: i64 = 1_000;

impl Space {
    /// The figures of a contract's program.
    #[must_use]
    pub fn of(contract: &Contract, program: &Program) -> Self {
        let slots = program.plan.slots.iter().enumerate();
        let columns: Vec<Column> = slots
            .map(|(at, slot)| column(slot, &figures(contract, at, slot), is_level(contract, slot)))
            .collect();
        let ratios = ratio::find(program, &columns);
        Self { columns, ratios }
    }

    /// The figures of two texts of a contract in one program: what either says of a column is known of it.
    pub(super) fn of_both(old: &Contract, new: &Contract, program: &Program) -> Self {
        let columns = program.plan.slots.iter().map(|slot| {
            let known = [new, old].into_iter().flat_map(|contract| {
                let own = contract
                    .plan
                    .slots
                    .iter()
                    .position(|one| one.name == slot.name);
                let own = own.and_then(|at| Some((at, contract.plan.slots.get(at)?)));
                own.map(|(at, own)| figures(contract, at, own))
                    .unwrap_or_default()
            });
            let is_level = is_level(new, slot) || is_level(old, slot);
            column(slot, &known.collect::<Vec<_>>(), is_level)
        });
        let columns: Vec<Column> = columns.collect();
        let ratios = ratio::find(program, &columns);
        Self { columns, ratios }
    }

    /// The values of all columns in a usual month.
    #[must_use]
    pub fn usual(&self) -> Vec<Exact> {
        self.columns
            .iter()
            .map(|column| column.usual.clone())
            .collect()
    }
}

/// The figures that the contract itself names for a column: its nominal value first, then those of scenarios.
fn figures(contract: &Contract, at: usize, slot: &Slot) -> Vec<Exact> {
    let mut known: Vec<Exact> = slot.nominal.iter().cloned().collect();
    for scenario in &contract.scenarios {
        let given = scenario.given.iter().find(|(id, _)| id.0 as usize == at);
        if let Some((_, values)) = given {
            known.extend(values.iter().flatten().cloned());
        }
    }
    known
}

/// Whether a column is a published level, such as an index or an exchange rate: it never comes near 0.
fn is_level(contract: &Contract, slot: &Slot) -> bool {
    let facts = &contract.facts;
    let indices = facts.indices.iter().flat_map(|index| {
        let links = index.links.iter().map(|link| &link.by);
        links.chain([&index.by])
    });
    let rates = facts.currency_shares.iter().map(|share| &share.by);
    let is_rate =
        slot.kind.unit().is_some_and(Unit::has_currency) && slot.kind.currency().is_none();
    is_rate || indices.chain(rates).any(|link| link.name == slot.input)
}

fn column(slot: &Slot, known: &[Exact], is_level: bool) -> Column {
    let step = match (&slot.step, slot.whole) {
        (Some(step), _) if !step.is_zero() => Some(step.clone()),
        (_, true) => Some(Exact::one()),
        _ => None,
    };
    let stated = Range::between(slot.least.clone(), slot.most.clone());
    let (least, most, assumed) = match slot.kind {
        Type::Flag => (Exact::zero(), Exact::one(), None),
        _ => ends(slot, &stated, known, is_level),
    };
    let range = on_grid(Range::new(least, most), step.as_ref());
    let usual = known
        .iter()
        .find(|value| range.has(value))
        .cloned()
        .unwrap_or_else(|| middle(&range, step.as_ref()));
    let counts = matches!(slot.kind, Type::Quantity(_)) && slot.kind.currency().is_none();
    let stated = if counts && stated.low.is_none() {
        Range::between(Some(Exact::zero()), stated.high)
    } else {
        stated
    };
    Column {
        stated,
        known: !known.is_empty(),
        usual,
        assumed,
        step: if slot.kind == Type::Flag {
            Some(Exact::one())
        } else {
            step
        },
        range,
    }
}

fn ends(
    slot: &Slot,
    stated: &Range,
    known: &[Exact],
    is_level: bool,
) -> (Exact, Exact, Option<String>) {
    if let (Some(least), Some(most)) = (&stated.low, &stated.high) {
        return (least.clone(), most.clone(), None);
    }
    let largest = known.iter().map(Exact::abs).max().unwrap_or_default();
    let double = largest.add(&largest);
    let (mut high, mut why) = if double.is_zero() {
        let most = match slot.kind {
            Type::Percent => Exact::one(),
            _ => Exact::from_integer(UNKNOWN_COUNT),
        };
        (most, "the contract names no figure for it")
    } else {
        (double, "twice the largest figure that the contract names")
    };
    let below_zero = known.iter().any(Exact::is_negative);
    let mut low = if below_zero {
        high.negate()
    } else {
        Exact::zero()
    };
    let smallest = known.iter().min().filter(|_| is_level && !below_zero);
    if let Some(half) = smallest.and_then(|least| least.divide(&Exact::from_integer(2))) {
        low = half;
        why = "half and twice the figures that the contract names";
    }
    if let Some(least) = &stated.low {
        low = least.clone();
        high = high.max(low.clone());
    }
    if let Some(most) = &stated.high {
        high = most.clone();
        low = low.min(high.clone());
        why = "the contract states no least value";
    }
    let figure = |value: &Exact| Figure::new(value.clone(), slot.kind.clone());
    let assumed = format!(
        "`{}` is between {} and {} ({why})",
        slot.name,
        figure(&low),
        figure(&high)
    );
    (low, high, Some(assumed))
}

/// The same range with its ends on the grid.
fn on_grid(range: Range, step: Option<&Exact>) -> Range {
    let Some(step) = step else {
        return range;
    };
    let onto = |value: &Exact, apply: fn(&Exact) -> Exact| {
        value
            .divide(step)
            .map_or_else(|| value.clone(), |count| apply(&count).multiply(step))
    };
    let moved = Range::between(
        range.low.as_ref().map(|low| onto(low, Exact::ceiling)),
        range.high.as_ref().map(|high| onto(high, Exact::floor)),
    );
    if moved.is_empty() { range } else { moved }
}

/// The value in the middle, on the grid.
pub(super) fn middle(range: &Range, step: Option<&Exact>) -> Exact {
    let (Some(low), Some(high)) = (&range.low, &range.high) else {
        return range
            .low
            .clone()
            .or_else(|| range.high.clone())
            .unwrap_or_default();
    };
    let half = low
        .add(high)
        .divide(&Exact::from_integer(2))
        .unwrap_or_default();
    match step {
        Some(step) => half
            .divide(step)
            .map_or(half.clone(), |count| count.floor().multiply(step)),
        None => half,
    }
}
