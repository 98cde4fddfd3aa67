//! Two texts of a contract as one program, so that one month can be asked about under both.

use std::collections::HashMap;

use crate::program::{
    Facts, LinePlan, Node, NodeId, Op, PartPlan, Plan, Program, SeriesId, SlotId,
};

/// The program of an old and of a new text: the old nodes first. Columns of the same name are the same column; the plan is
/// the new one's.
pub(super) struct Merged {
    pub(super) program: Program,
    /// The total of the old text.
    pub(super) old_total: Option<NodeId>,
    /// The total of the new text.
    pub(super) new_total: Option<NodeId>,
}

impl Merged {
    pub(super) fn of(old: &Program, new: &Program) -> Self {
        let offset = u32::try_from(old.nodes.len()).unwrap_or(u32::MAX);
        let series = u32::try_from(old.series.len()).unwrap_or(u32::MAX);
        let later = |id: NodeId| NodeId(id.0.saturating_add(offset));
        let mut slots = old.plan.slots.clone();
        let mut places: HashMap<u32, SlotId> = HashMap::new();
        for (slot, at) in new.plan.slots.iter().zip(0u32..) {
            let known = slots.iter().position(|one| one.name == slot.name);
            let place = known.unwrap_or_else(|| {
                slots.push(slot.clone());
                slots.len() - 1
            });
            // What the new text says of a column counts: its range, its usual value.
            if let Some(own) = slots.get_mut(place) {
                *own = slot.clone();
            }
            places.insert(at, SlotId(u32::try_from(place).unwrap_or(u32::MAX)));
        }
        let mut nodes: Vec<Node> = old.nodes.clone();
        nodes.extend(new.nodes.iter().map(|node| {
            let op = node
                .op
                .mapped(later, |id| SeriesId(id.0.saturating_add(series)));
            let op = match op {
                Op::Input(slot) => Op::Input(places.get(&slot.0).copied().unwrap_or(slot)),
                other => other,
            };
            Node { op, ..node.clone() }
        }));
        let mut all_series = old.series.clone();
        all_series.extend(new.series.iter().map(|node| later(*node)));
        let lines = new.plan.lines.iter().map(|line| moved(line, later));
        Self {
            old_total: old.plan.total,
            new_total: new.plan.total.map(later),
            program: Program {
                nodes,
                series: all_series,
                facts: Facts::default(),
                plan: Plan {
                    slots,
                    lines: lines.collect(),
                    notices: Vec::new(),
                    measures: Vec::new(),
                    total: new.plan.total.map(later),
                    ..new.plan.clone()
                },
            },
        }
    }
}

fn moved(line: &LinePlan, later: impl Fn(NodeId) -> NodeId) -> LinePlan {
    LinePlan {
        amount: later(line.amount),
        quantity: line.quantity.map(&later),
        rate: line.rate.map(&later),
        base: line.base.map(&later),
        parts: line
            .parts
            .iter()
            .map(|part| PartPlan {
                label: part.label.clone(),
                quantity: later(part.quantity),
                rate: later(part.rate),
                amount: later(part.amount),
            })
            .collect(),
        cuts: Vec::new(),
        shown_when: line.shown_when.map(&later),
        arose_since: line.arose_since.map(&later),
        ..line.clone()
    }
}
