//! What in a contract can change what is paid: read from the data flow of its nodes, not from its words.

use crate::model::Contract;
pub use crate::program::Reach;
use crate::program::{Graph, NodeId, Op, SlotId};
use crate::quantity::Exact;
use crate::text::Span;

/// The data flow of a contract.
pub struct Flow<'c> {
    graph: &'c Graph,
    paid: Reach,
}

impl<'c> Flow<'c> {
    /// The flow of a contract.
    #[must_use]
    pub fn of(contract: &'c Contract) -> Self {
        let lines = contract.plan.lines.iter().map(|line| line.amount);
        let roots: Vec<NodeId> = lines.chain(contract.plan.total).collect();
        Self {
            graph: &contract.graph,
            paid: contract.graph.behind(&roots, &[]),
        }
    }

    /// Whether any of the values can change what is paid.
    #[must_use]
    pub fn changes_pay(&self, nodes: &[NodeId]) -> bool {
        nodes.iter().any(|node| self.paid.has(*node))
    }

    /// Everything that the values are made of, in this month or an earlier one, themselves included.
    #[must_use]
    pub fn behind(&self, nodes: &[NodeId]) -> Reach {
        self.graph.behind(nodes, &[])
    }

    /// The same, without what only these nodes bring in.
    #[must_use]
    pub fn behind_without(&self, nodes: &[NodeId], left_out: &[NodeId]) -> Reach {
        self.graph.behind(nodes, left_out)
    }

    /// The values that these words of the contract stand for, in part or together.
    #[must_use]
    pub fn within(&self, place: Span) -> Vec<NodeId> {
        let nodes = (0u32..).zip(self.graph.nodes());
        let inside = |span: Span| {
            span.file == place.file && place.start <= span.start && span.end <= place.end
        };
        nodes
            .filter(|(_, node)| inside(node.span))
            .map(|(at, _)| NodeId(at))
            .collect()
    }

    /// The number that a value always is, if the contract writes it.
    #[must_use]
    pub fn constant(&self, node: NodeId) -> Option<Exact> {
        match &self.graph.get(node)?.op {
            Op::Constant(value) => Some(value.clone()),
            Op::Sum(one) => match one.as_ref() {
                [one] => self.constant(*one),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether any of the values reads earlier months.
    #[must_use]
    pub fn looks_back(&self, nodes: &[NodeId]) -> bool {
        let reach = self.behind(nodes);
        let mut all = (0u32..).zip(self.graph.nodes());
        all.any(|(at, node)| reach.has(NodeId(at)) && node.op.series().is_some())
    }

    /// The columns of the data that the values are made of.
    #[must_use]
    pub fn columns(&self, nodes: &[NodeId]) -> Vec<SlotId> {
        self.graph.columns(nodes)
    }
}
