//! Quotients of counts that stand for the count above the line.
//!
//! `in_time / offered` decides what is paid, and `in_time` is read nowhere else: then any quotient is possible whatever
//! `offered` is, and the search goes over quotient and volume instead of two counts. That is a larger set of months, since
//! counts are whole; so what is proved for it holds, and what is found in it is tried with whole counts.

use std::collections::BTreeMap;

use crate::program::{NodeId, Op, Program, SlotId};
use crate::quantity::{Exact, Type};

use super::range::Range;
use super::space::Column;

/// A quotient that stands for a column.
#[derive(Clone, Debug)]
pub struct Ratio {
    /// The column that it stands for.
    pub slot: SlotId,
    /// The numerator.
    pub above: NodeId,
    /// The denominator.
    pub below: NodeId,
    /// What it can be.
    pub range: Range,
    /// The step on which values of it are shown.
    pub shown_step: Exact,
}

/// The quotients of a program that stand for one of their columns.
pub(super) fn find(program: &Program, columns: &[Column]) -> BTreeMap<NodeId, Ratio> {
    let users = users(program);
    let mut found = BTreeMap::new();
    let mut taken: Vec<SlotId> = Vec::new();
    for (at, node) in program.nodes.iter().enumerate() {
        let (Op::Divide(above, below), Ok(place)) = (&node.op, u32::try_from(at)) else {
            continue;
        };
        let divide = NodeId(place);
        let (Some(over), Some(under)) = (cells(program, *above), cells(program, *below)) else {
            continue;
        };
        let own = over.iter().find(|slot| {
            !under.contains(slot)
                && !taken.contains(slot)
                && is_linear(program, *above, **slot, columns)
                && reads(program, **slot)
                    .iter()
                    .all(|read| leads_only_to(&users, *read, divide))
        });
        let Some(slot) = own else {
            continue;
        };
        let Some(range) = range(program, &users, divide, columns, (*above, *below)) else {
            continue;
        };
        taken.push(*slot);
        let is_share = Range::unit().within(&range) == range;
        let shown_step = match node.kind {
            Type::Percent => Exact::ratio(1, 1_000),
            _ if is_share => Exact::ratio(1, 1_000),
            _ => Exact::ratio(1, 100),
        };
        found.insert(
            divide,
            Ratio {
                slot: *slot,
                above: *above,
                below: *below,
                range,
                shown_step: shown_step.unwrap_or_default(),
            },
        );
    }
    found
}

/// Which nodes read each node, in this month; series read theirs as well.
fn users(program: &Program) -> Vec<Vec<Option<NodeId>>> {
    let mut users = vec![Vec::new(); program.nodes.len()];
    for (node, id) in program.nodes.iter().zip((0..).map(NodeId)) {
        node.op.each_use(|used| {
            if let Some(own) = users.get_mut(used.0 as usize) {
                own.push(Some(id));
            }
        });
    }
    // An earlier month may be read by anything.
    for series in &program.series {
        if let Some(own) = users.get_mut(series.0 as usize) {
            own.push(None);
        }
    }
    users
}

/// Whether every way from a value to what is paid passes the quotient.
fn leads_only_to(users: &[Vec<Option<NodeId>>], from: NodeId, divide: NodeId) -> bool {
    let mut open = vec![from];
    let mut seen = Vec::new();
    while let Some(node) = open.pop() {
        if node == divide || seen.contains(&node) {
            continue;
        }
        seen.push(node);
        let Some(own) = users.get(node.0 as usize) else {
            return false;
        };
        if own.is_empty() {
            // Only shown, such as a quantity on a line.
            continue;
        }
        for user in own {
            match user {
                Some(user) => open.push(*user),
                None => return false,
            }
        }
        if seen.len() > 64 {
            return false;
        }
    }
    true
}

fn reads(program: &Program, slot: SlotId) -> Vec<NodeId> {
    let nodes = program.nodes.iter().zip((0..).map(NodeId));
    nodes
        .filter(|(node, _)| node.op == Op::Input(slot))
        .map(|(_, id)| id)
        .collect()
}

/// The columns that a value is made of, if it is made of this month's columns by arithmetic alone.
fn cells(program: &Program, node: NodeId) -> Option<Vec<SlotId>> {
    let mut found = Vec::new();
    let mut open = vec![(node, 0u8)];
    while let Some((node, depth)) = open.pop() {
        if depth > 12 || found.len() > 64 {
            return None;
        }
        match &program.node(node)?.op {
            Op::Input(slot) => found.push(*slot),
            Op::Recover(a, ..) | Op::IfKnown(a, _) => open.push((*a, depth + 1)),
            op @ (Op::Constant(_)
            | Op::Sum(_)
            | Op::Subtract(..)
            | Op::Multiply(..)
            | Op::Negate(_)
            | Op::InRange(..)) => op.each_use(|used| open.push((used, depth + 1))),
            _ => return None,
        }
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// A value made of columns, with these figures.
pub(super) fn value(
    program: &Program,
    node: NodeId,
    cell: &dyn Fn(SlotId) -> Option<Exact>,
) -> Option<Exact> {
    let of = |node: &NodeId| value(program, *node, cell);
    match &program.node(node)?.op {
        Op::Constant(value) => Some(value.clone()),
        Op::Input(slot) => cell(*slot),
        Op::Sum(all) => all
            .iter()
            .try_fold(Exact::zero(), |sum, one| Some(sum.add(&of(one)?))),
        Op::Subtract(a, b) => Some(of(a)?.subtract(&of(b)?)),
        Op::Multiply(a, b) => Some(of(a)?.multiply(&of(b)?)),
        Op::Negate(a) => Some(of(a)?.negate()),
        Op::Divide(a, b) => of(a)?.divide(&of(b)?),
        Op::Recover(a, ..) | Op::IfKnown(a, _) | Op::InRange(a, _) => of(a),
        _ => None,
    }
}

/// Whether the numerator is a multiple of the column, and others added to it.
fn is_linear(program: &Program, above: NodeId, slot: SlotId, columns: &[Column]) -> bool {
    let at = |figure: i64| {
        value(program, above, &|one| {
            if one == slot {
                Some(Exact::from_integer(figure))
            } else {
                columns
                    .get(one.0 as usize)
                    .map(|column| column.usual.clone())
            }
        })
    };
    match (at(0), at(1), at(2)) {
        (Some(zero), Some(one), Some(two)) => {
            let first = one.subtract(&zero);
            !first.is_zero() && first == two.subtract(&one)
        }
        _ => false,
    }
}

/// The figure of the column that gives the quotient that value, where all other columns are known.
pub(super) fn solve(
    program: &Program,
    ratio: &Ratio,
    quotient: &Exact,
    cell: &dyn Fn(SlotId) -> Option<Exact>,
) -> Option<Exact> {
    let at = |figure: Exact| {
        value(program, ratio.above, &|one| {
            if one == ratio.slot {
                Some(figure.clone())
            } else {
                cell(one)
            }
        })
    };
    let below = value(program, ratio.below, cell)?;
    let (zero, one) = (at(Exact::zero())?, at(Exact::one())?);
    quotient
        .multiply(&below)
        .subtract(&zero)
        .divide(&one.subtract(&zero))
}

/// What the quotient can be: within the range that the contract checks it for, or what its figures allow.
fn range(
    program: &Program,
    users: &[Vec<Option<NodeId>>],
    divide: NodeId,
    columns: &[Column],
    (above, below): (NodeId, NodeId),
) -> Option<Range> {
    let figures = extremes(program, above, columns)?;
    let divisor = extremes(program, below, columns)?;
    let all = match divisor.inverse() {
        Some(inverse) => figures.multiply(&inverse),
        None => return None,
    };
    let mut checked: Option<Range> = None;
    let mut node = divide;
    for _ in 0..6 {
        let own: Vec<NodeId> = users
            .get(node.0 as usize)?
            .iter()
            .copied()
            .collect::<Option<Vec<_>>>()?;
        let ranges: Option<Vec<Range>> = own
            .iter()
            .map(|user| match &program.node(*user)?.op {
                Op::InRange(_, ends) => Some(Range::between(ends.0.clone(), ends.1.clone())),
                _ => None,
            })
            .collect();
        match (ranges, own.as_slice()) {
            (Some(ranges), [_, ..]) => {
                checked = ranges.into_iter().reduce(|one, two| one.hull(&two));
                break;
            }
            (_, [only]) => node = *only,
            _ => break,
        }
    }
    let range = match checked {
        Some(checked) => all.within(&checked),
        None => all,
    };
    (range.low.is_some() && range.high.is_some() && !range.is_empty()).then_some(range)
}

/// The least and the greatest value of an arithmetic value of columns.
fn extremes(program: &Program, node: NodeId, columns: &[Column]) -> Option<Range> {
    let of = |node: &NodeId| extremes(program, *node, columns);
    match &program.node(node)?.op {
        Op::Constant(value) => Some(Range::point(value.clone())),
        Op::Input(slot) => Some(columns.get(slot.0 as usize)?.range.clone()),
        Op::Sum(all) => all
            .iter()
            .try_fold(Range::zero(), |sum, one| Some(sum.add(&of(one)?))),
        Op::Subtract(a, b) => Some(of(a)?.subtract(&of(b)?)),
        Op::Multiply(a, b) => Some(of(a)?.multiply(&of(b)?)),
        Op::Negate(a) => Some(of(a)?.negate()),
        Op::Recover(a, ..) | Op::IfKnown(a, _) | Op::InRange(a, _) => of(a),
        _ => None,
    }
}
