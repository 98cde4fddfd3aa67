//! What the versions of an amended contract share: the facts of each month.
//!
//! A fact belongs to an item and a month, and to no wording: what was missed, credited, held back, and what is still
//! open. A version that is still to come computes the months before it with its own words, but **from the facts of the
//! version that was in force**. So whatever it keeps from month to month, it has when its time has come.

use super::NodeId;

/// A node that is a fact of its month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is called in every version: the item's lineage, the member, and what it is.
    pub name: String,
    /// Its value.
    pub node: NodeId,
    /// What it was in a month whose text did not have it.
    pub before: Before,
}

/// What a fact was in a month whose text did not have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// What the new text makes of the month's data.
    Computed,
    /// Nothing: it was 0, and averages and counts of months begin with it.
    NotThere,
    /// 0.
    Zero,
    /// The value of another node, made of other facts.
    Other(NodeId),
}

/// The facts of one version, and which of its nodes belong to which item.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The facts, in the order of their nodes. None in a contract that is not amended.
    pub all: Vec<Fact>,
    /// For each node its item, as a position among the lineages.
    pub owners: Vec<Option<u32>>,
    /// The lineages of the items.
    pub lineages: Vec<String>,
}

impl Facts {
    /// The lineage of the item that a node belongs to.
    #[must_use]
    pub fn owner(&self, node: NodeId) -> Option<&str> {
        let at = self.owners.get(node.0 as usize).copied().flatten()?;
        self.lineages.get(at as usize).map(String::as_str)
    }
}
