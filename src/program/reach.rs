//! What values are made of.

use super::{Graph, NodeId, Op, Program, SlotId};

/// A set of nodes.
#[derive(Clone, Debug)]
pub struct Reach(Vec<u64>);

impl Reach {
    /// The empty set, of a graph with so many nodes.
    #[must_use]
    pub fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    /// Whether it is one of them.
    #[must_use]
    pub fn has(&self, node: NodeId) -> bool {
        let (at, bit) = (node.0 as usize / 64, node.0 % 64);
        self.0.get(at).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    /// Whether any of these is one of them.
    #[must_use]
    pub fn has_any(&self, nodes: &[NodeId]) -> bool {
        nodes.iter().any(|node| self.has(*node))
    }

    /// Adds a node, and says whether it is new. A node that the contract does not have is none.
    pub fn add(&mut self, node: NodeId) -> bool {
        let (at, bit) = (node.0 as usize / 64, node.0 % 64);
        let Some(bits) = self.0.get_mut(at) else {
            return false;
        };
        let is_new = *bits >> bit & 1 == 0;
        *bits |= 1 << bit;
        is_new
    }
}

impl Graph {
    /// Everything that the values are made of, in this month or an earlier one, themselves included, without what only
    /// the nodes that are left out bring in.
    #[must_use]
    pub fn behind(&self, roots: &[NodeId], left_out: &[NodeId]) -> Reach {
        let mut reached = Reach::none(self.nodes().len());
        let mut open = roots.to_vec();
        while let Some(id) = open.pop() {
            if left_out.contains(&id) {
                continue;
            }
            let Some(node) = self.get(id) else {
                continue;
            };
            if !reached.add(id) {
                continue;
            }
            node.op.each_use(|used| open.push(used));
            let series = node.op.series();
            open.extend(series.and_then(|id| self.series().get(id.0 as usize)?.node));
        }
        reached
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

impl Program {
    /// The columns of the data that a value is made of, in this month or an earlier one.
    #[must_use]
    pub fn columns(&self, root: NodeId) -> Vec<SlotId> {
        let mut reached = Reach::none(self.nodes.len());
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            let Some(node) = self.node(id) else {
                continue;
            };
            if !reached.add(id) {
                continue;
            }
            node.op.each_use(|used| open.push(used));
            let series = node.op.series();
            open.extend(series.and_then(|id| self.series.get(id.0 as usize)));
        }
        let all = (0u32..).zip(&self.nodes);
        all.filter(|(at, _)| reached.has(NodeId(*at)))
            .filter_map(|(_, node)| match node.op {
                Op::Input(slot) => Some(slot),
                _ => None,
            })
            .collect()
    }
}
