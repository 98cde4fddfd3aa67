//! Which nodes a value really came from in a month: for a choice only the branch that was taken, and for bands only the
//! band that was reached.

use crate::program::{NodeId, Op};

use super::evaluator::{Evaluator, reached};
use super::value::Value;

/// The nodes that the node's value came from, in the month computed last.
pub(super) fn sources(evaluator: &Evaluator<'_>, id: NodeId) -> Vec<NodeId> {
    let Some(node) = evaluator.program().node(id) else {
        return Vec::new();
    };
    match &node.op {
        Op::If(condition, then, otherwise) => match evaluator.value(*condition) {
            Value::Number(value) if value.is_zero() => vec![*condition, *otherwise],
            Value::Number(_) => vec![*condition, *then],
            Value::None | Value::Fault(_) => vec![*condition],
        },
        Op::Bands(subject, bands, no_value) => {
            let mut used = vec![*subject];
            match evaluator.value(*subject) {
                Value::Number(value) => used.extend(reached(value, bands).map(|band| band.value)),
                Value::None => used.extend(*no_value),
                Value::Fault(_) => {}
            }
            used
        }
        Op::And(all) => decided(evaluator, all, false),
        Op::Or(all) => decided(evaluator, all, true),
        Op::Recover(value, _, other) => match evaluator.value(*value) {
            Value::Fault(_) if evaluator.value(id) == evaluator.value(*other) => vec![*other],
            _ => vec![*value],
        },
        Op::IfKnown(value, other) => match evaluator.value(*value) {
            Value::None => vec![*other],
            _ => vec![*value],
        },
        Op::Share {
            parts,
            total,
            index,
            ..
        } => {
            let part = parts.get(*index as usize).copied();
            part.into_iter().chain([*total]).collect()
        }
        op => {
            let mut used = Vec::new();
            op.each_use(|one| used.push(one));
            used
        }
    }
}

/// The conditions up to the one that decides.
fn decided(evaluator: &Evaluator<'_>, all: &[NodeId], decisive: bool) -> Vec<NodeId> {
    let mut used = Vec::new();
    for id in all {
        used.push(*id);
        match evaluator.value(*id) {
            Value::Number(value) if value.is_zero() == decisive => {}
            _ => break,
        }
    }
    used
}
