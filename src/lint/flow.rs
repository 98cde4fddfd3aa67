//! What in a contract can change what is paid: read from the data flow of its nodes, not from its words.

use crate::model::Contract;
use crate::program::{Graph, NodeId, Op, SlotId};
use crate::quantity::Exact;
use crate::text::Span;

/// The data flow of a contract.
pub struct Flow<'c> {
    graph: &'c Graph,
    paid: Reach,
}

/// Nodes that a value is computed from.
pub struct Reach(Vec<bool>);

impl Reach {
    /// Whether it is one of them.
    #[must_use]
    pub fn has(&self, node: NodeId) -> bool {
        self.0.get(node.0 as usize).copied().unwrap_or(false)
    }
}

impl<'c> Flow<'c> {
    /// The flow of a contract.
    #[must_use]
    pub fn of(contract: &'c Contract) -> Self {
        let lines = contract.plan.lines.iter().map(|line| line.amount);
        let roots: Vec<NodeId> = lines.chain(contract.plan.total).collect();
        Self {
            graph: &contract.graph,
            paid: behind(&contract.graph, &roots),
        }
    }

    /// Whether any of the values can change what is paid.
    #[must_use]
    pub fn changes_pay(&self, nodes: &[NodeId]) -> bool {
        nodes.iter().any(|node| self.paid.has(*node))
    }

    /// Everything that the values are computed from, in this month or an earlier one, themselves included.
    #[must_use]
    pub fn behind(&self, nodes: &[NodeId]) -> Reach {
        behind(self.graph, nodes)
    }

    /// The same, without what only these nodes bring in.
    #[must_use]
    pub fn behind_without(&self, nodes: &[NodeId], left_out: &[NodeId]) -> Reach {
        reach(self.graph, nodes, left_out)
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

    /// The number that a value always is, if the contract states it.
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
        let mut all = self.graph.nodes().iter().zip(&reach.0);
        all.any(|(node, reached)| *reached && node.op.series().is_some())
    }

    /// The columns of the data that the values are computed from.
    #[must_use]
    pub fn columns(&self, nodes: &[NodeId]) -> Vec<SlotId> {
        let reach = self.behind(nodes);
        let all = self.graph.nodes().iter().zip(&reach.0);
        all.filter(|(_, reached)| **reached)
            .filter_map(|(node, _)| match node.op {
                Op::Input(slot) => Some(slot),
                _ => None,
            })
            .collect()
    }
}

fn behind(graph: &Graph, roots: &[NodeId]) -> Reach {
    reach(graph, roots, &[])
}

fn reach(graph: &Graph, roots: &[NodeId], left_out: &[NodeId]) -> Reach {
    let mut reached = vec![false; graph.nodes().len()];
    let mut open = roots.to_vec();
    while let Some(id) = open.pop() {
        if left_out.contains(&id) {
            continue;
        }
        let (Some(seen), Some(node)) = (reached.get_mut(id.0 as usize), graph.get(id)) else {
            continue;
        };
        if std::mem::replace(seen, true) {
            continue;
        }
        node.op.each_use(|used| open.push(used));
        let series = node.op.series();
        open.extend(series.and_then(|id| graph.series().get(id.0 as usize)?.node));
    }
    Reach(reached)
}
