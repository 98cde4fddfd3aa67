//! The program as its readers get it.

use super::{Facts, Node, NodeId, Plan};

/// A contract ready to be computed: only nodes that a statement needs, each after those that it uses.
#[derive(Clone, Debug)]
pub struct Program {
    /// The nodes; a [`NodeId`] is an index into them.
    pub nodes: Vec<Node>,
    /// The node of each series; a [`super::SeriesId`] is an index into them.
    pub series: Vec<NodeId>,
    /// What other versions of the contract read of its months.
    pub facts: Facts,
    /// The lines, notices and measures.
    pub plan: Plan,
}

impl Program {
    /// The node of that id.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }
}
