//! The program as its readers get it.

use super::{Node, NodeId, Plan};

/// What a series is called in every version of a contract: values under a common name and of the same type are the
/// same thing, and go on when the contract is amended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeriesKey {
    /// The item, and what the item keeps; several where one value has several names.
    pub names: Vec<String>,
    /// Whether the drafter reads it: what he reads of earlier months they have even if the clause was not agreed then.
    /// What a mechanism keeps (a run of misses, what of a limit is used) begins with the item.
    pub is_read: bool,
}

/// A contract ready to be computed: only nodes that a statement needs, each after those that it uses.
#[derive(Clone, Debug)]
pub struct Program {
    /// The nodes; a [`NodeId`] is an index into them.
    pub nodes: Vec<Node>,
    /// The node of each series; a [`super::SeriesId`] is an index into them.
    pub series: Vec<NodeId>,
    /// What each series is called in every version of the contract.
    pub keys: Vec<SeriesKey>,
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
