//! Where a value goes: the lines and notices of the statement that it takes part in.

use crate::model::Contract;
use crate::program::NodeId;

/// The names of the lines that any of the values can change, in the order of computation.
pub(super) fn lines_reached(contract: &Contract, from: &[NodeId]) -> Vec<String> {
    let reached = reached(contract, from);
    let is_reached = |id: NodeId| reached.get(id.0 as usize).copied().unwrap_or(false);
    let mut names: Vec<String> = Vec::new();
    for line in &contract.plan.lines {
        if is_reached(line.amount) && !names.contains(&line.name) {
            names.push(line.name.clone());
        }
    }
    names
}

/// The nodes that the values take part in, in this month or a later one.
fn reached(contract: &Contract, from: &[NodeId]) -> Vec<bool> {
    let graph = &contract.graph;
    let mut reached = vec![false; graph.nodes().len()];
    for id in from {
        if let Some(place) = reached.get_mut(id.0 as usize) {
            *place = true;
        }
    }
    // A node uses only nodes before it; what it reads of earlier months may stand behind it, so a second pass is needed,
    // and a third where one series reads another.
    for _ in 0..3 {
        let mut changed = false;
        for (at, node) in graph.nodes().iter().enumerate() {
            if reached.get(at).copied().unwrap_or(true) {
                continue;
            }
            let mut uses = false;
            node.op
                .each_use(|used| uses |= reached.get(used.0 as usize).copied().unwrap_or(false));
            let series = node.op.series();
            let read = series.and_then(|id| graph.series().get(id.0 as usize)?.node);
            uses |= read.is_some_and(|id| reached.get(id.0 as usize).copied().unwrap_or(false));
            if uses && let Some(place) = reached.get_mut(at) {
                *place = true;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    reached
}
