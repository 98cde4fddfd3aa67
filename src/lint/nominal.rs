//! The result of a formula with the figures that the contract itself calls usual. It does not matter whether they are
//! possible; rules check that later.

use crate::model::Contract;
use crate::program::{NodeId, Op};
use crate::quantity::Exact;

/// The depth to which a formula is followed.
const DEEPEST: u8 = 40;

/// The value of a node, with the figures that `cell` returns for the columns of the data by position. Nothing if this
/// takes more than arithmetic on this month's figures.
pub fn value(
    contract: &Contract,
    node: NodeId,
    cell: &dyn Fn(usize) -> Option<Exact>,
) -> Option<Exact> {
    at_depth(contract, node, cell, 0)
}

/// The figure that the contract calls usual for a column.
pub fn of_column(contract: &Contract, column: usize) -> Option<Exact> {
    contract.plan.slots.get(column)?.nominal.clone()
}

fn at_depth(
    contract: &Contract,
    node: NodeId,
    cell: &dyn Fn(usize) -> Option<Exact>,
    depth: u8,
) -> Option<Exact> {
    if depth > DEEPEST {
        return None;
    }
    let of = |node: &NodeId| at_depth(contract, *node, cell, depth + 1);
    match &contract.graph.get(node)?.op {
        Op::Constant(value) => Some(value.clone()),
        Op::Input(slot) => cell(slot.0 as usize),
        Op::Sum(parts) => parts
            .iter()
            .try_fold(Exact::zero(), |sum, part| Some(sum.add(&of(part)?))),
        Op::Subtract(a, b) => Some(of(a)?.subtract(&of(b)?)),
        Op::Multiply(a, b) => Some(of(a)?.multiply(&of(b)?)),
        Op::Divide(a, b) => of(a)?.divide(&of(b)?),
        Op::Negate(a) => Some(of(a)?.negate()),
        Op::Round(a, rounding) => Some(rounding.apply(&of(a)?)),
        Op::Recover(a, ..) | Op::IfKnown(a, _) | Op::InRange(a, _) => of(a),
        Op::If(condition, a, b) => of(if of(condition)?.is_zero() { b } else { a }),
        Op::Compare(comparison, a, b) => Some(flag(comparison.holds(&of(a)?, &of(b)?))),
        Op::Not(a) => Some(flag(of(a)?.is_zero())),
        Op::And(all) => {
            let all: Option<Vec<Exact>> = all.iter().map(of).collect();
            Some(flag(all?.iter().all(|one| !one.is_zero())))
        }
        Op::Or(all) => {
            let all: Option<Vec<Exact>> = all.iter().map(of).collect();
            Some(flag(all?.iter().any(|one| !one.is_zero())))
        }
        _ => None,
    }
}

fn flag(holds: bool) -> Exact {
    Exact::from_integer(i64::from(holds))
}
