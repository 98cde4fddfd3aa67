//! What values are made of.

use super::{Graph, NodeId, Op, SlotId};

/// Nodes that a value is made of.
#[derive(Clone, Debug)]
pub struct Reach(Vec<bool>);

impl Reach {
    /// Whether it is one of them.
    #[must_use]
    pub fn has(&self, node: NodeId) -> bool {
        self.0.get(node.0 as usize).copied().unwrap_or(false)
    }
}

impl Graph {
    /// Everything that the values are made of, in this month or an earlier one, themselves included, without what only
    /// the nodes that are left out bring in.
    #[must_use]
    pub fn behind(&self, roots: &[NodeId], left_out: &[NodeId]) -> Reach {
        let mut reached = vec![false; self.nodes().len()];
        let mut open = roots.to_vec();
        while let Some(id) = open.pop() {
            if left_out.contains(&id) {
                continue;
            }
            let (Some(seen), Some(node)) = (reached.get_mut(id.0 as usize), self.get(id)) else {
                continue;
            };
            if std::mem::replace(seen, true) {
                continue;
            }
            node.op.each_use(|used| open.push(used));
            let series = node.op.series();
            open.extend(series.and_then(|id| self.series().get(id.0 as usize)?.node));
        }
        Reach(reached)
    }

    /// The columns of the data that the values are made of.
    #[must_use]
    pub fn columns(&self, nodes: &[NodeId]) -> Vec<SlotId> {
        let reach = self.behind(nodes, &[]);
        let all = (0u32..).zip(self.nodes());
        all.filter(|(at, _)| reach.has(NodeId(*at)))
            .filter_map(|(_, node)| match node.op {
                Op::Input(slot) => Some(slot),
                _ => None,
            })
            .collect()
    }
}
