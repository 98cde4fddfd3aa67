//! Where a value goes: the lines and notices of the statement that depend on it.

use crate::model::Contract;
use crate::program::NodeId;

/// Returns the names of the lines that any of the values can change, in the order of computation.
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

/// Marks the nodes that depend on the values, in this month or a later one.
fn reached(contract: &Contract, from: &[NodeId]) -> Vec<bool> {
    let graph = &contract.graph;
    let mut reached = vec![false; graph.nodes().len()];
    for id in from {
        if let Some(place) = reached.get_mut(id.0 as usize) {
            *place = true;
        }
    }
    // A node uses only nodes before it, but may read earlier months of nodes that come after it. This takes a second
    // pass, and a third where one series reads another.
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
