//! How a KPI is varied: which columns of the data are changed, and between which values.

use std::collections::BTreeSet;

use crate::calendar::Month;
use crate::data::{Cell, Row, Schema};
use crate::model::Contract;
use crate::program::{NodeId, Op, Program, Slot, SlotId};
use crate::quantity::{Exact, Type};
use crate::report::curve::Way;

use super::{Occasion, scale};

/// What is varied, and how.
pub(super) struct Variable {
    /// The node of the program in force that has its value; nothing for a column of the data.
    pub(super) node: Option<NodeId>,
    /// The type of its value.
    pub(super) kind: Type,
    /// The type of what is changed.
    pub(super) set_kind: Type,
    /// What it is called for people.
    pub(super) title: Option<String>,
    /// The clause of the paper contract.
    pub(super) clause: Option<String>,
    /// Whether a higher value is better, if that is declared.
    pub(super) higher_is_better: Option<bool>,
    /// What is changed.
    pub(super) change: Change,
}

impl Variable {
    /// The KPI or column with that name.
    pub(super) fn of(
        occasion: &mut Occasion<'_>,
        contract: &Contract,
        program: &Program,
        name: &str,
    ) -> Result<Self, String> {
        let measure = program.plan.measures.iter().find(|one| one.name == name);
        let Some(measure) = measure else {
            return Self::column(occasion, program, name);
        };
        let metric = contract
            .metrics
            .iter()
            .find(|one| one.name == name || is_member(name, &one.name));
        let node = program.node(measure.node);
        let kind = node.map_or(Type::Unknown, |node| node.kind.clone());
        let mut found = Self {
            node: Some(measure.node),
            set_kind: kind.clone(),
            kind,
            title: measure.title.clone(),
            clause: measure.clause.clone(),
            higher_is_better: metric.and_then(|one| one.higher_is_better),
            change: Change::Itself(Vec::new()),
        };
        if is_scorecard(contract, name) {
            let nodes = own_nodes(occasion, contract, name);
            if nodes.is_empty() {
                return Err("no statement needs it".to_owned());
            }
            found.change = Change::Itself(nodes);
            return Ok(found);
        }
        let refused = match quotient(program, measure.node, (&occasion.schema, &occasion.row)) {
            Ok(change) => {
                found.change = change;
                match scale::is_linear(occasion, program, &found) {
                    Ok(()) => {
                        found.set_kind = found.kind_of_sum(program);
                        return Ok(found);
                    }
                    Err(why) => why,
                }
            }
            Err(why) => return Err(why),
        };
        let nodes = own_nodes(occasion, contract, name);
        if refused != scale::NOT_LINEAR || nodes.is_empty() {
            return Err(refused);
        }
        found.change = Change::Itself(nodes);
        Ok(found)
    }

    fn column(occasion: &Occasion<'_>, program: &Program, name: &str) -> Result<Self, String> {
        let slot = program.plan.slots.iter().find(|slot| slot.name == name);
        let slot = slot.ok_or("the contract in force in the month has no such KPI or input")?;
        let column = occasion.schema.position(name);
        Ok(Self {
            node: None,
            kind: slot.kind.clone(),
            set_kind: slot.kind.clone(),
            title: slot.title.clone(),
            clause: None,
            higher_is_better: None,
            change: Change::Column(column.ok_or("the data has no such column")?),
        })
    }

    /// The type of the sum of the columns above the line.
    fn kind_of_sum(&self, program: &Program) -> Type {
        let Change::Quotient { above, .. } = &self.change else {
            return self.kind.clone();
        };
        let first = above.first();
        let slots = program.plan.slots.iter();
        let slot = first.and_then(|first| slots.clone().find(|slot| slot.name == first.name));
        slot.map_or(Type::Number, |slot| slot.kind.clone())
    }

    /// What is changed, in the month as it is.
    pub(super) fn now(&self, occasion: &Occasion<'_>, name: &str) -> Option<Exact> {
        match &self.change {
            Change::Quotient { above, .. } => Some(sum(above)),
            Change::Column(_) | Change::Itself(_) => {
                let last = occasion.past.last()?;
                last.value_of(name).cloned()
            }
        }
    }
}

/// Whether a name is that of a member of something.
pub(super) fn is_member(name: &str, whole: &str) -> bool {
    name.strip_prefix(whole)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// Whether that is a scorecard, whose score is made of several KPIs.
fn is_scorecard(contract: &Contract, name: &str) -> bool {
    let mut all = contract.facts.scorecards.iter();
    all.any(|one| one.head.name() == name)
}

/// The nodes that have the value of a KPI or score without members.
fn own_nodes(occasion: &Occasion<'_>, contract: &Contract, name: &str) -> Vec<NodeId> {
    let begun = |from: Option<Month>| from.is_none_or(|from| from <= occasion.row.month);
    let versions = occasion.checked.versions();
    let version = versions.iter().rfind(|version| begun(version.from));
    let compiled = version.and_then(|version| version.compiled);
    let (Some(compiled), Some(named)) = (compiled, contract.named(name)) else {
        return Vec::new();
    };
    let nodes = named.nodes.iter();
    let mut found: Vec<NodeId> = nodes.filter_map(|node| compiled.node(*node)).collect();
    found.sort();
    found.dedup();
    found
}

/// The value of a node before it is rounded, and before a replacement may take its place.
pub(super) fn unrounded(program: &Program, node: NodeId) -> NodeId {
    let mut at = node;
    // A node uses only nodes before it, so this ends.
    loop {
        at = match program.node(at).map(|node| &node.op) {
            Some(Op::Round(of, _) | Op::InRange(of, _)) => *of,
            Some(Op::Sum(of)) => match of.as_ref() {
                [one] => *one,
                _ => return at,
            },
            _ => return at,
        };
    }
}

/// The step to which an amount is rounded.
pub(super) fn rounding_step(program: &Program, node: NodeId) -> Option<Exact> {
    let mut at = node;
    loop {
        at = match program.node(at).map(|node| &node.op) {
            Some(Op::Round(_, rounding)) => return Some(rounding.step.clone()),
            Some(Op::Negate(of)) => *of,
            Some(Op::Sum(of)) => match of.as_ref() {
                [one] => *one,
                _ => return None,
            },
            _ => return None,
        };
    }
}

/// What is changed.
pub(super) enum Change {
    /// A column, by its position in the data.
    Column(usize),
    /// Columns above the line of a quotient, and those that make up for it.
    Quotient {
        above: Vec<Share>,
        against: Vec<Share>,
        fixed: Vec<String>,
    },
    /// The value itself: the nodes that have it.
    Itself(Vec<NodeId>),
}

/// A column with its part in a sum.
pub(super) struct Share {
    /// The position of the column in the data.
    pub(super) column: usize,
    /// Its name.
    pub(super) name: String,
    /// What it is in the month.
    pub(super) now: Exact,
    /// Whether only whole numbers can be observed.
    pub(super) whole: bool,
    /// The measurement step.
    pub(super) step: Option<Exact>,
    /// Its least and greatest value.
    pub(super) least: Option<Exact>,
    pub(super) most: Option<Exact>,
}

impl Change {
    /// How it is changed, for people.
    pub(super) fn way(&self, name: &str) -> Way {
        let names = |all: &[Share]| all.iter().map(|one| one.name.clone()).collect();
        match self {
            Self::Column(_) => Way::Column(name.to_owned()),
            Self::Quotient {
                above,
                against,
                fixed,
            } => Way::Quotient {
                above: names(above),
                against: names(against),
                fixed: fixed.clone(),
            },
            Self::Itself(_) => Way::Itself,
        }
    }

    /// The columns that it changes.
    pub(super) fn columns(&self) -> BTreeSet<usize> {
        match self {
            Self::Column(column) => BTreeSet::from([*column]),
            Self::Quotient { above, against, .. } => {
                above.iter().chain(against).map(|one| one.column).collect()
            }
            Self::Itself(_) => BTreeSet::new(),
        }
    }

    /// Sets the cells of a row so that what is changed has that value.
    pub(super) fn apply(&self, value: &Exact, row: &mut Row) {
        let mut put = |column: usize, value: Exact| {
            if let Some(cell) = row.cells.get_mut(column) {
                *cell = Cell::Value(value);
            }
        };
        match self {
            Self::Column(column) => put(*column, value.clone()),
            Self::Quotient { above, against, .. } => {
                let more = value.subtract(&sum(above));
                for (column, value) in spread(above, value) {
                    put(column, value);
                }
                if !against.is_empty() {
                    for (column, value) in spread(against, &sum(against).subtract(&more)) {
                        put(column, value);
                    }
                }
            }
            Self::Itself(_) => {}
        }
    }

    /// What it is in the month as it is, where that is a sum of columns.
    pub(super) fn now(&self) -> Option<Exact> {
        match self {
            Self::Quotient { above, .. } => Some(sum(above)),
            Self::Column(_) | Self::Itself(_) => None,
        }
    }
}

/// The sum of columns in the month as it is.
pub(super) fn sum(all: &[Share]) -> Exact {
    all.iter().fold(Exact::zero(), |sum, one| sum.add(&one.now))
}

/// A total spread over columns in proportion to what they are in the month. What does not divide goes to the last.
fn spread(all: &[Share], total: &Exact) -> Vec<(usize, Exact)> {
    let now = sum(all);
    let count = Exact::from_integer(i64::try_from(all.len()).unwrap_or(i64::MAX));
    let mut left = total.clone();
    let mut parts = Vec::with_capacity(all.len());
    for (at, one) in all.iter().enumerate() {
        let part = if at + 1 == all.len() {
            left.clone()
        } else {
            let part = match total.multiply(&one.now).divide(&now) {
                Some(part) => part,
                None => total.divide(&count).unwrap_or_else(Exact::zero),
            };
            if one.whole { part.floor() } else { part }
        };
        left = left.subtract(&part);
        parts.push((one.column, part));
    }
    parts
}

/// The columns of a quotient whose value a node is. Nothing if the node is no quotient of columns of this month alone.
pub(super) fn quotient(
    program: &Program,
    node: NodeId,
    (schema, row): (&Schema, &Row),
) -> Result<Change, String> {
    let reach = Cone::of(program, node);
    if reach.columns.is_empty() {
        if !reach.earlier {
            return Err("no column of the data is part of it".to_owned());
        }
        let all = program.columns(node).into_iter().collect::<BTreeSet<_>>();
        let all = all.into_iter().filter_map(|slot| slot_of(program, slot));
        let all: Vec<String> = all.map(|slot| format!("`{}`", slot.name)).collect();
        return Err(format!(
            "it is computed over several months, so it has no curve of its own; ask for what it is made of in one month: {}",
            all.join(", ")
        ));
    }
    let below = &reach.below;
    let only_above: BTreeSet<SlotId> = reach.columns.difference(below).copied().collect();
    let (above, against) = if only_above.is_empty() {
        let both: BTreeSet<SlotId> = reach.above.intersection(below).copied().collect();
        let rest = below.difference(&both).copied().collect();
        (both, rest)
    } else {
        (only_above, BTreeSet::new())
    };
    let fixed = reach
        .columns
        .iter()
        .filter(|slot| !above.contains(slot) && !against.contains(slot))
        .filter_map(|slot| Some(slot_of(program, *slot)?.name.clone()));
    Ok(Change::Quotient {
        fixed: fixed.collect(),
        above: shares(program, &above, schema, row)?,
        against: shares(program, &against, schema, row)?,
    })
}

fn shares(
    program: &Program,
    slots: &BTreeSet<SlotId>,
    schema: &Schema,
    row: &Row,
) -> Result<Vec<Share>, String> {
    let each = slots.iter().filter_map(|slot| {
        let slot = slot_of(program, *slot)?;
        Some((slot, schema.position(&slot.name)?))
    });
    each.map(|(slot, column)| match row.cells.get(column) {
        Some(Cell::Value(now)) => Ok(Share {
            column,
            name: slot.name.clone(),
            now: now.clone(),
            whole: slot.whole,
            step: slot.step.clone(),
            least: slot.least.clone(),
            most: slot.most.clone(),
        }),
        _ => Err(format!("the month has no value of `{}`", slot.name)),
    })
    .collect()
}

pub(super) fn slot_of(program: &Program, slot: SlotId) -> Option<&Slot> {
    program.plan.slots.get(slot.0 as usize)
}

/// The columns from which a value of this month is computed, above and below the lines of quotients.
#[derive(Default)]
struct Cone {
    columns: BTreeSet<SlotId>,
    above: BTreeSet<SlotId>,
    below: BTreeSet<SlotId>,
    /// Whether it also reads earlier months.
    earlier: bool,
}

impl Cone {
    fn of(program: &Program, root: NodeId) -> Self {
        let mut cone = Self::default();
        let mut seen = BTreeSet::new();
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            let Some(node) = program.node(id).filter(|_| seen.insert(id)) else {
                continue;
            };
            cone.earlier |= node.op.series().is_some();
            match &node.op {
                Op::Input(slot) => {
                    cone.columns.insert(*slot);
                }
                Op::Divide(above, below) => {
                    cone.above.extend(this_month(program, *above));
                    cone.below.extend(this_month(program, *below));
                    open.extend([*above, *below]);
                }
                // A replacement or a condition for it is not part of the value itself.
                Op::Recover(of, ..) | Op::IfKnown(of, _) => open.push(*of),
                Op::If(_, then, _) => open.push(*then),
                op => op.each_use(|used| open.push(used)),
            }
        }
        cone
    }
}

/// The columns of this month from which a value is computed.
fn this_month(program: &Program, root: NodeId) -> BTreeSet<SlotId> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        let Some(node) = program.node(id).filter(|_| seen.insert(id)) else {
            continue;
        };
        match &node.op {
            Op::Input(slot) => {
                found.insert(*slot);
            }
            op => op.each_use(|used| open.push(used)),
        }
    }
    found
}
